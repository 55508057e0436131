/** A client under fire: connected to nothing but this rig, which speaks for the server. */
import { Pusher } from '../../src/index.js';
import type { Transport, TransportFactory, TransportHandlers } from '../../src/index.js';
import { drain } from './drain.js';
import { Dice } from './dice.js';
import { Endpoint } from './endpoint.js';
import type { EndpointWatcher } from './endpoint.js';
import { fuzzedChannels } from './fuzz-frames.js';
import { isSealed } from './listener.js';
import { Page } from './page.js';
import { SimulatedClock } from './simulated-clock.js';
import { appKey, userId, Vault } from './vault.js';
import { member, read } from './wire.js';

const roster = JSON.stringify({ presence: { ids: [userId], hash: { [userId]: null }, count: 1 } });

const unwatched: EndpointWatcher = {
  asked: () => undefined,
  gave: () => undefined,
  refused: () => undefined,
  threw: () => undefined,
};

export class FuzzRig {
  readonly clock: SimulatedClock = new SimulatedClock(false);
  readonly pusher: Pusher;
  readonly #vault = new Vault();
  /** How often each listener has heard a probe since the last one was sent. */
  readonly #heard = new Map<string, number>();
  #handlers: TransportHandlers | undefined;
  #isEstablished = false;
  #probes = 0;
  #sockets = 0;
  /** What went wrong first. */
  trouble: string | undefined;

  constructor() {
    const endpoint = new Endpoint(this.clock, this.#vault, unwatched);
    this.pusher = new Pusher(appKey, {
      clock: this.clock.view('client', new Dice(1).roll),
      transport: this.#transports(),
      network: new Page(),
      channelAuthorization: { customHandler: endpoint.channelHandler },
      userAuthentication: { customHandler: endpoint.userHandler },
    });
    this.#listen();
    this.pusher.signin();
    drain();
  }

  /** Whether a socket is waiting for its first frame. */
  get isOpening(): boolean {
    return this.#handlers !== undefined && !this.#isEstablished;
  }

  /** One frame comes in. */
  feed(raw: unknown): void {
    try {
      this.#handlers?.data(raw);
    } catch (error) {
      this.trouble ??= `an exception came out: ${String(error)}`;
    }
  }

  /** Lets time pass, with everything that promises and timers have waiting. */
  pass(milliseconds: number): void {
    const end = this.clock.now + milliseconds;
    drain();
    for (let steps = 0; this.clock.runNext(end); steps += 1) {
      drain();
      if (steps > 100_000) {
        this.trouble ??= 'time does not go on';
        return;
      }
    }
    this.clock.moveTo(end);
  }

  /** Until a socket waits for its first frame; a client that was refused for good is asked again. */
  reopen(): void {
    for (let tries = 0; !this.isOpening && tries < 50 && !this.trouble; tries += 1) {
      if (this.pusher.connection.state === 'disconnected') this.pusher.connect();
      this.pass(1000);
      if (this.#isEstablished && this.pusher.connection.state !== 'connected') this.#isEstablished = false;
      if (this.pusher.connection.state === 'connected') this.drop();
    }
    if (!this.isOpening) this.trouble ??= 'no attempt is made any more';
  }

  /** The connection breaks. */
  drop(): void {
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.closed({ code: 1006, reason: '', wasClean: false });
    drain();
  }

  /** A handshake that is right, and time for everything that follows it. */
  establish(): void {
    if (this.pusher.connection.state !== 'connected') {
      if (!this.isOpening) this.reopen();
      this.feed(
        JSON.stringify({
          event: 'pusher:connection_established',
          data: JSON.stringify({ socket_id: `1.${this.#sockets}`, activity_timeout: 120 }),
        }),
      );
    }
    this.pass(200);
    if (this.pusher.connection.state !== 'connected') this.trouble ??= 'a right handshake does not connect';
  }

  /** Whether the connection and every listener are still there: each gets one event, and nothing else. */
  probe(): void {
    this.#probes += 1;
    this.#heard.clear();
    const n = this.#probes;
    for (const channel of fuzzedChannels) {
      const data = JSON.stringify(isSealed(channel) ? this.#vault.seal(channel, { n }) : { n });
      this.feed(JSON.stringify({ event: 'probe', channel, data }));
    }
    const user = this.pusher.user.id;
    if (user !== undefined)
      this.feed(JSON.stringify({ event: 'probe', channel: `#server-to-user-${user}`, data: { n } }));
    this.pass(200);
    for (const channel of fuzzedChannels) this.#expect(channel, 1);
    this.#expect('the client', fuzzedChannels.length);
    if (user !== undefined && user === this.pusher.user.id) this.#expect('the user', 1);
    const { state } = this.pusher.connection;
    if (state !== 'connected') this.trouble ??= `the connection is ${state}`;
    if (this.pusher.allChannels().length !== fuzzedChannels.length)
      this.trouble ??= 'channels have come or gone';
  }

  #expect(who: string, times: number): void {
    const heard = this.#heard.get(who) ?? 0;
    if (heard !== times) this.trouble ??= `${who} heard ${heard} probes, not ${times}`;
  }

  #listen(): void {
    const hear = (who: string, payload: unknown): void => {
      if (member(payload, 'n') === this.#probes) this.#heard.set(who, (this.#heard.get(who) ?? 0) + 1);
    };
    for (const name of fuzzedChannels) {
      const channel = this.pusher.subscribe(name);
      channel.bind('probe', (payload) => {
        hear(name, payload);
      });
      channel.bind_global(() => undefined);
    }
    this.pusher.bind('probe', (payload) => {
      hear('the client', payload);
    });
    this.pusher.user.bind('probe', (payload: unknown) => {
      hear('the user', payload);
    });
    this.pusher.connection.bind_global(() => undefined);
    this.pusher.user.watchlist.bind_global(() => undefined);
  }

  #transports(): TransportFactory {
    return {
      isSupported: () => true,
      create: () => this.#transport(),
    };
  }

  #transport(): Transport {
    this.#sockets += 1;
    let mine: TransportHandlers | undefined;
    return {
      open: (handlers) => {
        this.#handlers = mine = handlers;
        this.#isEstablished = false;
      },
      send: (text) => {
        this.#isEstablished = true;
        this.#answer(text);
        return true;
      },
      close: () => {
        if (this.#handlers === mine) this.#handlers = undefined;
      },
    };
  }

  /** What a server says to what a client sends, a moment later. */
  #answer(text: string): void {
    const frame = read(text);
    const handlers = this.#handlers;
    const say = (answer: unknown): void => {
      this.clock.set(
        'server',
        () => {
          if (this.#handlers === handlers) this.feed(JSON.stringify(answer));
        },
        20,
      );
    };
    const channel = member(frame?.payload, 'channel');
    if (frame?.event === 'pusher:ping') say({ event: 'pusher:pong', data: {} });
    else if (frame?.event === 'pusher:subscribe')
      say({
        event: 'pusher_internal:subscription_succeeded',
        channel,
        data: String(channel).startsWith('presence-') ? roster : '{}',
      });
    else if (frame?.event === 'pusher:signin')
      say({ event: 'pusher:signin_success', data: { user_data: member(frame.payload, 'user_data') } });
  }
}
