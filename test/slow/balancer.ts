/** A load balancer over TCP: to each server in turn, and to the next one where nobody answers. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Balancer {
  readonly #server: Server = createServer((client) => {
    void this.#forward(client);
  });
  readonly #sockets = new Set<Socket>();
  readonly #ports: readonly number[];
  #turn = 0;
  /** When each connection came in, in milliseconds since the epoch, and the port that took it. */
  readonly taken: { readonly at: number; readonly port: number }[] = [];

  constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** The most connections that came in within any second since `from`. */
  peak(from: number): number {
    const times = this.taken.map(({ at }) => at).filter((at) => at >= from);
    return Math.max(
      0,
      ...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length),
    );
  }

  async #forward(client: Socket): Promise<void> {
    this.#sockets.add(client.on('error', () => client.destroy()));
    const first = this.#turn++ % this.#ports.length;
    for (const port of [...this.#ports.slice(first), ...this.#ports.slice(0, first)]) {
      const server = connect(port, '127.0.0.1');
      const isOpen = await new Promise<boolean>((resolve) => {
        server.once('connect', () => resolve(true)).once('error', () => resolve(false));
      });
      if (!isOpen) continue;
      this.#sockets.add(server.on('error', () => server.destroy()));
      this.taken.push({ at: Date.now(), port });
      client.pipe(server).pipe(client);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
      return;
    }
    client.destroy();
  }
}
