/**
 * A page with elements on it, a server in memory, a clock that the test moves and a network that it
 * switches. Everything is the real client; nothing is stubbed but time, chance and the wire.
 *
 * Most tests: `const { server, app, clock, root } = await renderPage(html`…`)`, then act, then
 * `await clock.advance(ms)`, which also runs everything that has no delay.
 */
import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../components/define.js';
import type { PusherConnectionElement } from '../../components/index.js';
import { loadSigning } from '../../src/auth/signatures.js';
import type { NetworkSignal, NetworkSource, PusherOptions } from '../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../src/testing/index.js';
import type { InMemoryTransportFactory, ServerApp } from '../../src/testing/index.js';

// Before any test, because modules are loaded in real time, and the clock of most tests is moved by hand.
await loadSigning();

export { html };

export const key = 'app-key';

/** The browser's opinion of the network, as the test wants it. Counts who listens (seed R-06). */
export class FakeNetwork implements NetworkSource {
  readonly #listeners = new Set<(signal: NetworkSignal) => void>();
  #isOnline = true;

  isOnline(): boolean {
    return this.#isOnline;
  }

  listen(on: (signal: NetworkSignal) => void): () => void {
    this.#listeners.add(on);
    return () => this.#listeners.delete(on);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  set(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const listener of [...this.#listeners]) listener(isOnline ? 'online' : 'offline');
  }
}

/** A world without a page. */
export interface World {
  readonly clock: FakeClock;
  readonly server: ProtocolServer;
  readonly app: ServerApp;
  readonly transport: InMemoryTransportFactory;
  readonly network: FakeNetwork;
  /** For the `options` property of a connection, or for `new Pusher`. */
  readonly options: PusherOptions;
  /** Addresses of every attempt so far. */
  readonly upgrades: () => string[];
  /** Names of the channels in the subscribe and unsubscribe frames so far, with a + or a − in front. */
  readonly subscriptions: () => string[];
  readonly publish: (channel: string, event: string, data?: unknown) => void;
}

export function createWorld(): World {
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const server = new ProtocolServer({ clock, apps: [{ key }, { key: 'other-key' }] });
  const app = server.app(key);
  const transport = createInMemoryTransport(server);
  const network = new FakeNetwork();
  return {
    clock,
    server,
    app,
    transport,
    network,
    options: { clock, transport, network },
    upgrades: () => app.record.upgrades.map(({ url }) => url),
    subscriptions: () =>
      app.record.received
        .filter(({ event }) => event === 'pusher:subscribe' || event === 'pusher:unsubscribe')
        .map(({ event, channel }) => `${event === 'pusher:subscribe' ? '+' : '−'}${channel ?? ''}`),
    publish: (channel, event, data = {}) => {
      app.publish({ channels: channel, event, data });
    },
  };
}

/** A world with a page. */
export interface Page extends World {
  readonly root: HTMLElement;
  readonly connection: PusherConnectionElement;
}

/** Renders a page; the template gets the world's options for its `<pusher-connection .options=${…}>`. */
export async function renderPage(
  template: (options: PusherOptions) => TemplateResult = (options) =>
    html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>`,
  world: World = createWorld(),
): Promise<Page> {
  const root = await fixture<HTMLElement>(html`<div>${template(world.options)}</div>`);
  await world.clock.advance(0);
  const connection = root.querySelector('pusher-connection')!;
  return { ...world, root, connection };
}

/** What elements say in the console while `act` runs. */
export async function warningsDuring(act: () => unknown): Promise<string[]> {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (message: unknown) => {
    said.push(String(message));
  };
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return said.filter((message) => message.startsWith('[pusher-elements]'));
}

/** Records the types of events, in their order. */
export function recordEvents(target: EventTarget, types: readonly string[], into: string[] = []): string[] {
  for (const type of types)
    target.addEventListener(type, () => {
      into.push(type);
    });
  return into;
}

/** Runs something that elements rightly complain about, where the test is not about that. */
export async function quietly<Result>(act: () => Promise<Result>): Promise<Result> {
  let result!: Result;
  await warningsDuring(async () => {
    result = await act();
  });
  return result;
}

/** Answers every fetch until the test is over. */
export async function withAnswers(answer: (url: URL) => unknown, act: () => Promise<void>): Promise<void> {
  const { fetch } = globalThis;
  globalThis.fetch = async (input) => {
    const body = await answer(new URL(input instanceof Request ? input.url : input));
    return body instanceof Response ? body : Response.json(body);
  };
  try {
    await act();
  } finally {
    globalThis.fetch = fetch;
  }
}
