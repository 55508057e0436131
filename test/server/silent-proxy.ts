/** A TCP proxy that can stop forwarding without closing: a link that has gone silent, as only a network can. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly target: Socket;
}

export class SilentProxy {
  readonly #targetPort: number;
  readonly #host: string;
  readonly #pairs = new Set<Pair>();
  #server: Server | undefined;
  #port = 0;
  #isSilent = false;

  /** Forwards to `targetPort` on a loopback address. */
  constructor(targetPort: number, host: string = '127.0.0.1') {
    this.#targetPort = targetPort;
    this.#host = host;
  }

  /** 0 before `listen()`; kept while stopped. */
  get port(): number {
    return this.#port;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Listens on this port; 0 lets the system choose. */
  async listen(port: number = 0): Promise<number> {
    const server = createServer((client) => {
      this.#join(client);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }

  /**
   * Forwards nothing more, in either direction, and hides the ends of connections too. New connections are
   * taken and get no answer. What is sent meanwhile waits.
   */
  silence(): void {
    this.#isSilent = true;
    for (const { client, target } of this.#pairs) {
      client.pause();
      target.pause();
    }
  }

  /** Forwards again, beginning with what has waited. */
  forward(): void {
    this.#isSilent = false;
    for (const { client, target } of this.#pairs) {
      client.resume();
      target.resume();
    }
  }

  /** Breaks every connection, on both sides. */
  dropConnections(): void {
    for (const { client, target } of this.#pairs) {
      client.destroy();
      target.destroy();
    }
  }

  /** Breaks every connection and listens no more: new ones are refused by the system. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.dropConnections();
    if (server)
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
  }

  /** Listens again on the same port. */
  async start(): Promise<void> {
    if (!this.#server) await this.listen(this.#port);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.stop();
  }

  #join(client: Socket): void {
    const pair = { client, target: connect(this.#targetPort, this.#host) };
    this.#pairs.add(pair);
    this.#link(pair.client, pair.target, pair);
    this.#link(pair.target, pair.client, pair);
    if (this.#isSilent) client.pause();
  }

  // By hand and not with pipe(), which resumes a paused source whenever its destination drains.
  #link(from: Socket, to: Socket, pair: Pair): void {
    from.on('data', (chunk) => to.write(chunk));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      to.destroySoon();
      this.#pairs.delete(pair);
    });
  }
}
