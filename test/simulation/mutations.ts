/**
 * Invariants broken on purpose, in the rooms of the client: each has to be found. The change is made while the
 * client is bundled, so that no source file is touched; the text that is replaced has to be there exactly once.
 */
import type { Mutation } from './bundle.js';

export interface BrokenRoom extends Mutation {
  /** What is broken, as the name of a test. */
  readonly what: string;
}

export const brokenRooms: readonly BrokenRoom[] = [
  {
    what: 'a failing attempt that restarts the thirty seconds to unavailable',
    file: 'src/connection/loss.ts',
    from: 'unavailableAt: isTrying(model.state)\n      ? model.unavailableAt\n      : facts.now + facts.settings.unavailableTimeout,',
    to: 'unavailableAt: facts.now + facts.settings.unavailableTimeout,',
  },
  {
    what: 'an answer of the hook that is taken after a listener has decided otherwise',
    file: 'src/connection/loss.ts',
    from: "if (model.activity !== 'planning' || input.generation !== model.generation) return stay(model);",
    to: "if (input.generation !== model.generation && model.activity === 'planning') return stay(model);",
  },
  {
    what: 'a server over capacity that is tried again after 0.9 seconds',
    file: 'src/connection/backoff.ts',
    from: 'export const backoffFloor = 1000;',
    to: 'export const backoffFloor = 900;',
  },
  {
    what: 'failures that are forgotten as soon as a connection is established',
    file: 'src/connection/transition.ts',
    from: "    activity: 'open',\n    socketId: input.socketId,",
    to: "    activity: 'open',\n    strikes: 0,\n    socketId: input.socketId,",
  },
  {
    what: 'a heartbeat that gives up a server that has answered',
    file: 'src/connection/heartbeat.ts',
    from: 'else if (this.#silentAt !== undefined && now >= this.#silentAt) this.#actions.silent();',
    to: 'else if (now >= (this.#silentAt ?? this.#heardAt + this.#activityTimeout)) this.#actions.silent();',
  },
  {
    what: 'a channel that is left while another holder is still there',
    file: 'src/channels/channel-registry.ts',
    from: 'if (entry.leases > 0 || !this.#isKept',
    to: 'if (entry.leases > 1 || !this.#isKept',
  },
  {
    what: 'an authorization that outlives its connection',
    file: 'src/channels/subscriber.ts',
    from: '    entry.authorization?.abort();\n',
    to: '',
  },
  {
    what: 'an unsubscribe that is not sent',
    file: 'src/channels/subscriber.ts',
    from: 'this.#parts.connection().send({ event: UNSUBSCRIBE, data: { channel } });',
    to: 'void [UNSUBSCRIBE, channel];',
  },
  {
    what: 'client events that are not held back to ten a second',
    file: 'src/channels/client-events.ts',
    from: 'export const clientEventsPerSecond = 10;',
    to: 'export const clientEventsPerSecond = 11;',
  },
  {
    what: 'encrypted events that overtake each other',
    file: 'src/channels/encrypted-inbox.ts',
    from: 'if (!this.#isWorking) void this.#work();',
    to: 'void this.#work();',
  },
  {
    what: 'a new key that is forgotten after one event',
    file: 'src/channels/encrypted-inbox.ts',
    from: '        this.#secret = secret;\n      } catch {',
    to: '        const old = this.#secret;\n        this.#secret = secret;\n        queueMicrotask(() => (this.#secret = old));\n      } catch {',
  },
  {
    what: 'a key that is fetched again for each event that it does not open',
    file: 'src/channels/encrypted-inbox.ts',
    from: 'return this.#refreshedAt === undefined || this.#parts.now() - this.#refreshedAt >= refreshInterval;',
    to: 'return true;',
  },
  {
    what: 'members that are not taken from a new roster',
    file: 'src/channels/members.ts',
    from: 'readRoster(payload)) this.#members.set(id, { id, info: info as Info });',
    to: 'readRoster(payload)) void [id, info];',
  },
  {
    what: 'a listener that is skipped after one that throws',
    file: 'src/dispatcher.ts',
    from: '        callback.call(context, value, extra);\n      } catch (error) {\n        reportListenerError(error);\n',
    to: '        callback.call(context, value, extra);\n      } catch (error) {\n        reportListenerError(error);\n        break;\n',
  },
  {
    what: 'a sign-in that is not repeated on a new connection',
    file: 'src/user/user.ts',
    from: '    if (this.#isWanted) this.#start();',
    to: '    void this.#isWanted;',
  },
];
