/** The round trip of a connection, for `source="latency"`. */
import type { Pusher } from '../../src/index.js';

export class Latency {
  /** The socket id of the connection that was measured. */
  #measured: string | undefined;

  /** Tells the round trip in milliseconds as it was measured last, and measures it once for each connection. */
  read(connection: Pusher['connection'], tell: (latency: number | undefined) => void): void {
    tell(connection.latency);
    const id = connection.socket_id;
    if (id === undefined || id === this.#measured) return;
    this.#measured = id;
    connection.ping().then(tell, () => undefined); // Otherwise it was lost meanwhile.
  }
}
