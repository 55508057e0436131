/** Somebody else on the server: joins presence channels and sends client events. Never in trouble. */
import type { ProtocolServer, ServerConnection } from '../../src/testing/index.js';
import { channelStringToSign } from '../../src/testing/index.js';
import { appKey, sign } from './vault.js';

export class Bystander {
  readonly connection: ServerConnection;
  readonly #name: string;

  constructor(server: ProtocolServer, index: number) {
    this.#name = `bystander-${index}`;
    const connection = server.connect(`wss://server/app/${appKey}?protocol=7`, {
      send: () => undefined,
      close: () => undefined,
      drop: () => undefined,
    });
    if (!connection) throw new Error('The server does not take bystanders.');
    connection.script({ subscribe: { type: 'succeed' }, subscribeTo: {}, pingsIdleClients: false });
    this.connection = connection;
  }

  join(channel: string): void {
    const channel_data = channel.startsWith('presence-')
      ? JSON.stringify({ user_id: this.#name })
      : undefined;
    const text = channelStringToSign(this.connection.socketId ?? '', channel, channel_data);
    this.#send('pusher:subscribe', {
      channel,
      auth: `${appKey}:${sign('', text)}`,
      ...(channel_data === undefined ? {} : { channel_data }),
    });
  }

  /** Leaves this channel, or another where it is not on this one. */
  leave(channel: string): void {
    const { channels } = this.connection;
    const left = channels.includes(channel) ? channel : channels[0];
    if (left !== undefined) this.#send('pusher:unsubscribe', { channel: left });
  }

  /** Sends a client event where it may. */
  say(channel: string, data: unknown): void {
    if (this.connection.channels.includes(channel)) this.#send('client-tick', data, channel);
  }

  #send(event: string, data: unknown, channel?: string): void {
    this.connection.receive(JSON.stringify({ event, data, ...(channel === undefined ? {} : { channel }) }));
  }
}
