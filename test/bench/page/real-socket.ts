/** Row 3: messages over a real socket, taken by one contestant, and confirmed beside it so that no queue grows. */
import { create, end, RealSocket, whenConnected } from './clients.js';
import type { Libraries, Maker } from './clients.js';

export interface Stream {
  readonly key: string;
  /** The port of the Channels server. */
  readonly port: number;
  /** The address of a socket that is told how many have come. */
  readonly confirmAt: string;
  readonly count: number;
  /** How many come for each confirmation. */
  readonly every: number;
}

/** When it has taken them all: milliseconds from the first to the last, and the median and the last tenth of delays. */
export interface Taken {
  readonly time: number;
  readonly early: number;
  readonly late: number;
}

interface Payload {
  readonly id: number;
  readonly at: number;
}

const event = 'order-changed';
const channel = 'market';

export async function receive(
  libraries: Libraries,
  maker: Maker | 'floor',
  { key, port, confirmAt, count, every }: Stream,
): Promise<Taken> {
  const confirm = new RealSocket(confirmAt);
  await new Promise((resolve) => {
    confirm.onopen = resolve;
  });
  let stop = (): void => undefined;
  let seen = 0;
  let first = 0;
  const delays: number[] = [];
  const result = new Promise<Taken>((resolve) => {
    const listen = ({ at }: Payload): void => {
      if (seen === 0) first = performance.now();
      seen += 1;
      if (seen % every !== 0) return;
      delays.push(Date.now() - at);
      confirm.send(String(seen));
      if (seen < count) return;
      const part = Math.ceil(delays.length / 10);
      resolve({
        time: performance.now() - first,
        early: middle(delays.slice(part, 2 * part)), // the very first ones pay for compiling
        late: middle(delays.slice(-part)),
      });
    };
    void subscribe(listen).catch(reportError);
  });

  async function subscribe(listen: (payload: Payload) => void): Promise<void> {
    if (maker === 'floor') {
      const socket = new RealSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7`);
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data as string) as { event: string; data: string };
        if (frame.event === event) listen(JSON.parse(frame.data) as Payload);
        else if (frame.event === 'pusher:connection_established')
          socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel } }));
        else confirm.send('subscribed');
      };
      stop = () => {
        socket.close();
      };
      return;
    }
    Object.assign(globalThis, { WebSocket: RealSocket });
    const client = create(libraries, maker, 'none', { key, port });
    await whenConnected(client);
    const joined = client.subscribe(channel);
    joined.bind(event, listen as never);
    joined.bind('pusher:subscription_succeeded', () => {
      confirm.send('subscribed');
    });
    stop = () => {
      end(client);
    };
  }

  const taken = await result;
  stop();
  confirm.close();
  return taken;
}

const middle = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;
