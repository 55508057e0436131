/** Events that clients send to each other (protocol.md §7.4). */
import type { ServerApp } from './server-app.js';
import type { ServerConnection } from './server-connection.js';
import type { ClientFrame } from './wire.js';

const eventsPerWindow = 10;
const rateWindow = 1000;

/** Counts one connection's client events in a sliding second. */
export class ClientEventRate {
  #times: number[] = [];

  /** Whether one more is allowed at this time (milliseconds); counts it if it is. */
  allows(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < rateWindow);
    if (this.#times.length >= eventsPerWindow) return false;
    this.#times.push(now);
    return true;
  }
}

/** Passes a client event on to the others in the channel, or tells the sender why not. */
export function passClientEvent(
  app: ServerApp,
  sender: ServerConnection,
  frame: ClientFrame,
  rate: ClientEventRate,
): void {
  const channel = frame.channel === undefined ? undefined : sender.joinedChannel(frame.channel);
  if (!app.settings.hasClientEvents) {
    reject(sender, null, 'client events are not enabled for this app');
    return;
  }
  if (!channel) {
    reject(sender, null, `not subscribed to channel ${frame.channel ?? '(none)'}`);
    return;
  }
  const { access } = channel.kind;
  if (access !== 'private' && access !== 'presence') {
    reject(sender, null, 'only supported on private and presence channels');
    return;
  }
  if (!rate.allows(app.clock.now())) {
    reject(sender, 4301, 'rate limit exceeded');
    return;
  }
  const member = channel.memberOf(sender);
  channel.send(
    {
      event: frame.event,
      channel: channel.name,
      ...(frame.rawData === undefined ? {} : { data: frame.rawData }),
      ...(member ? { user_id: member.userId } : {}),
    },
    sender,
  );
}

function reject(sender: ServerConnection, code: number | null, why: string): void {
  sender.sendError(code, `Client event rejected - ${why}`);
}
