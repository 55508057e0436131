/**
 * A WebSocket whose server is a few lines below it, so that only the client is measured: one class for every
 * contestant. What it answers comes in microtasks; what a benchmark delivers comes at once.
 */

interface Receiver {
  onmessage: ((event: { readonly data: string }) => void) | null;
}

/** What a benchmark may want to know and to change. */
export class FakeSocket implements Receiver {
  static newest: FakeSocket;
  /** The members of presence channels. */
  static roster: readonly string[] = [];

  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readyState = 0;
  /** When the server said welcome, in milliseconds of `performance.now()`. */
  welcomedAt = 0;
  /** How many subscriptions it has confirmed. */
  confirmed = 0;
  #awaited = Infinity;
  #reached: (at: number) => void = () => undefined;

  constructor() {
    FakeSocket.newest = this;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.({});
      queueMicrotask(() => {
        this.welcomedAt = performance.now();
        const data = JSON.stringify({ socket_id: '1234.5678', activity_timeout: 120 });
        this.onmessage?.({ data: JSON.stringify({ event: 'pusher:connection_established', data }) });
      });
    });
  }

  /** Resolves with the time at which it has confirmed that many subscriptions in all. */
  confirmations(count: number): Promise<number> {
    return new Promise((resolve) => {
      if (this.confirmed >= count) resolve(performance.now());
      this.#awaited = count;
      this.#reached = resolve;
    });
  }

  send(text: string): void {
    const { event, data } = JSON.parse(text) as { event: string; data: { channel: string } };
    if (event === 'pusher:subscribe') queueMicrotask(() => this.#confirm(data.channel));
    if (event === 'pusher:ping') queueMicrotask(() => this.onmessage?.({ data: '{"event":"pusher:pong"}' }));
  }

  close(code = 1000): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '', wasClean: code === 1000 });
  }

  #confirm(channel: string): void {
    const event = 'pusher_internal:subscription_succeeded';
    this.onmessage?.({ data: JSON.stringify({ event, channel, data: confirmation(channel) }) });
    if (++this.confirmed === this.#awaited) this.#reached(performance.now());
  }
}

function confirmation(channel: string): string {
  if (!channel.startsWith('presence-')) return '{}';
  const ids = FakeSocket.roster;
  const hash = Object.fromEntries(ids.map((id) => [id, { name: `Member ${id}` }]));
  return JSON.stringify({ presence: { count: ids.length, ids, hash } });
}
