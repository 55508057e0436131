/**
 * Sits at the server's end of the wire, and notes of each answer to a subscription how many requests for that channel
 * the server had seen by then. The protocol does not say it, so no client can know.
 */
import type { Peer, ProtocolServer, ServerConnection, Upgrade } from '../../src/testing/index.js';
import { member, read } from './wire.js';

/** Whether it says that a channel is subscribed. */
export const isSuccess = (frame: unknown): frame is string =>
  typeof frame === 'string' && frame.includes('"pusher_internal:subscription_succeeded"');

export class Tap {
  /** For each connection, by socket id, the answers that have not arrived, oldest first. */
  readonly #answers = new Map<string, number[]>();
  readonly #server: ProtocolServer;

  constructor(server: ProtocolServer) {
    this.#server = server;
  }

  /** What the network needs of the server, with this between them. */
  get server(): ProtocolServer {
    const { clock } = this.#server;
    const upgrade = (url: string): Upgrade => {
      const made = this.#server.upgrade(url);
      if (made.outcome !== 'answered') return made;
      return { ...made, accept: (peer) => this.#accept(made.accept, peer) };
    };
    return { clock, upgrade } as unknown as ProtocolServer;
  }

  /** Which request the next answer on this connection is for. */
  nextAnswer(socketId: string | undefined): number | undefined {
    return socketId === undefined ? undefined : this.#answers.get(socketId)?.shift();
  }

  #accept(accept: (peer: Peer) => ServerConnection, peer: Peer): ServerConnection {
    const requests = new Map<string, number>();
    const answers: number[] = [];
    const connection: ServerConnection = accept({
      ...peer,
      send: (frame) => {
        if (isSuccess(frame)) {
          this.#answers.set(connection.socketId!, answers);
          answers.push(requests.get(read(frame)?.channel ?? '') ?? 0);
        }
        peer.send(frame);
      },
    });
    const receive = (frame: string | Uint8Array): void => {
      if (typeof frame === 'string' && frame.includes('"pusher:subscribe"')) {
        const channel = String(member(read(frame)?.payload, 'channel'));
        requests.set(channel, (requests.get(channel) ?? 0) + 1);
      }
      connection.receive(frame);
    };
    const closed = (code?: number, reason?: string): void => {
      connection.closed(code, reason);
    };
    return { receive, closed } as unknown as ServerConnection;
  }
}
