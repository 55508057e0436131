/** Real Laravel Echo instances on our client, on the local server over real sockets. */
import Echo from 'laravel-echo';
import WebSocket from 'ws';
import { createWebSocketTransport, Pusher } from '../../src/index.js';
import type { PusherOptions } from '../../src/index.js';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from '../server/channels-server.js';

export type EchoForm = 'client:' | 'Pusher:' | 'Pusher: (reverb)';
export type AnyEcho = Echo<'pusher'>;

/** The server, and what is on it. */
export class EchoStage {
  readonly server: ChannelsServer;
  readonly #clients: Pusher[] = [];
  readonly #echoes: AnyEcho[] = [];

  constructor() {
    this.server = new ChannelsServer({ apps: [{ key: 'kit-key' }] });
  }

  get app(): ServerApp {
    return this.server.core.app('kit-key');
  }

  /** An application's Echo; `userId` is who its endpoint signs for. */
  echo(form: EchoForm, userId: string = 'ann', more: object = {}): AnyEcho {
    const { address, host, port } = this.server;
    const options = {
      key: 'kit-key',
      wsHost: host,
      wsPort: port,
      forceTLS: false,
      enabledTransports: ['ws'] as PusherOptions['enabledTransports'],
      transport: createWebSocketTransport(WebSocket),
      authEndpoint: `${address}/pusher/auth`,
      auth: {
        headers: {} as Record<string, string>,
        params: { user_id: userId, user_info: JSON.stringify({ name: userId.toUpperCase() }) },
      },
      userAuthentication: {
        endpoint: `${address}/pusher/user-auth`,
        headers: {} as Record<string, string>,
        params: { user_id: userId },
      },
      namespace: 'App.Events',
      ...more,
    };
    // Echo's own types name the classes of pusher-js.
    const echo: AnyEcho = new Echo<'pusher'>({
      ...options,
      broadcaster: form === 'Pusher: (reverb)' ? 'reverb' : 'pusher',
      ...(form === 'client:' ? { client: new Pusher('kit-key', options) } : { Pusher }),
    } as never);
    this.#echoes.push(echo);
    const client: unknown = echo.connector.pusher;
    this.#clients.push(client as Pusher);
    return echo;
  }

  /** The channels that a client of an Echo is subscribed to, as the server knows it. */
  channelsOf(echo: AnyEcho): readonly string[] {
    const socketId = echo.socketId();
    return socketId === undefined ? [] : (this.app.connection(socketId)?.channels ?? []);
  }

  /** Ends what a test has made. */
  clear(): void {
    for (const echo of this.#echoes.splice(0)) echo.disconnect();
    for (const client of this.#clients.splice(0)) client.dispose();
    this.app.resetScript();
    this.app.record.clear();
  }
}
