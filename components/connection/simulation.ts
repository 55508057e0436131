/** The in-page server behind `simulate`: the real client, the real protocol, no network. Loaded when asked for. */
import type { AuthorizationAnswer, Clock, PusherOptions, TransportFactory } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import type { ProtocolServer } from '../../src/testing/index.js';
import type { SimulatedUser } from './simulated-signatures.js';

/** The key that stands for one where a simulated connection has none. */
export const simulatedKey = 'simulated';

/** Milliseconds in each direction, as a network has them: states can be seen, and bursts are spread over tasks. */
const latency = 10;

/** One server for the life of an element, so that what was scripted on it stays when the element returns. */
export class Simulator {
  #server: ProtocolServer | undefined;
  #transport: TransportFactory | undefined;
  #key = simulatedKey;
  #user: SimulatedUser | undefined;

  get server(): ProtocolServer | undefined {
    return this.#server;
  }

  /** Options that lead a client with this key to the server. */
  async prepare(key: string, clock: Clock): Promise<PusherOptions> {
    const { ProtocolServer, createInMemoryTransport } = await import('../../src/testing/index.js');
    const server = (this.#server ??= new ProtocolServer({ clock }));
    if (!server.findApp(key)) server.addApp({ key });
    this.#key = key;
    return { transport: (this.#transport ??= createInMemoryTransport(server, { latency })) };
  }

  /** Answers authorizations, so that no endpoint is needed; the same user for the life of the element. */
  readonly sign = async ({
    channelName,
  }: {
    readonly channelName?: string;
  }): Promise<AuthorizationAnswer> => {
    const { createUser, sign } = await import('./simulated-signatures.js');
    this.#user ??= createUser(() => (this.#server?.clock ?? systemClock).random());
    return sign(this.#key, this.#user, channelName);
  };
}
