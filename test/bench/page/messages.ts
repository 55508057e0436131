/** Frames of an exact size, as servers send them: JSON in a string in JSON. */

const pool = 64;

interface Order {
  readonly symbol: string;
  readonly price: number;
  readonly amount: number;
  readonly isOpen: boolean;
}

const order = (id: number): Order => ({
  symbol: `S${id % 89}`,
  price: 100 + (id % 977) / 8,
  amount: id % 53,
  isOpen: id % 3 === 0,
});

/** As many different frames as the processor's cache can take, so that no text is a constant. */
export function makeFrames(size: number, event: string, channel: string): { readonly data: string }[] {
  return Array.from({ length: pool }, (_, at) => ({ data: frame(size, 1000 + at, event, channel) }));
}

function frame(size: number, id: number, event: string, channel: string): string {
  const orders: Order[] = [];
  const write = (note: string): string =>
    JSON.stringify({ event, channel, data: JSON.stringify({ id, orders, note }) });
  while (write('').length < size - 90) orders.push(order(id + orders.length * 7));
  const left = size - write('').length;
  if (left < 0) throw new Error(`A frame of ${size} characters is too short.`);
  return write('n'.repeat(left));
}
