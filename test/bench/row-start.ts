/** Row 5: bytes, parsing and evaluating, and the time to `connected` and to the first event over a real socket. */
import { brotliCompressSync } from 'node:zlib';
import { ChannelsServer } from '../server/channels-server.js';
import type { BenchPage, BrowserName } from './browser.js';
import type { Contestant, Result } from './results.js';
import { barePage, peerPage, taggedPage } from './start-pages.js';
import type { Files } from './production.js';

const key = 'bench-key';
const channel = 'cache-prices';
const event = 'tick';
const rounds = 9;

/** What a script took, in milliseconds from its start. */
interface Started {
  readonly evaluated: number;
  readonly connected: number;
  readonly first: number;
}

type Rounds = Partial<Record<Contestant, number[]>>;

export async function startRow(
  { page, serve }: BenchPage,
  where: BrowserName,
  files: Files,
): Promise<Result[]> {
  const server = new ChannelsServer({ apps: [{ key }] });
  await server.listen();
  // A cache channel repeats its last event to each new subscriber, so the first event comes with no publisher.
  server.core.publish({ channels: [channel], event, data: { price: 41 } });

  const results: Result[] = [];
  const add = (what: string, unit: string, found: Rounds): void => {
    results.push({ row: 5, what, where, unit, rounds: found });
  };

  const client = files.get('/ours/index.js')!;
  const peer = files.get('/peer.js')!;
  add('bytes of the client, brotli', 'B', { ours: [size(client)], peer: [size(peer)] });
  add('bytes of three elements with Lit, by pusher-js, brotli', 'B', {
    ours: [entryFiles(files, ['connection', 'status', 'channel']).reduce((sum, text) => sum + size(text), 0)],
    peer: [size(peer)],
  });

  const address = serve('/empty', files.get('/empty')!);
  // A script without an address of its own imports nothing by a relative one.
  const scripts: Readonly<Record<Contestant, string>> = {
    ours: client.replace(/import\((["'`])\.\//g, `import($1${new URL('/ours/', address).href}`),
    peer,
    floor: '',
  };
  const times: Record<keyof Started, Rounds> = { evaluated: {}, connected: {}, first: {} };
  const fromNew: Rounds = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, code] of Object.entries(scripts) as [Contestant, string][]) {
      await page.goto(address);
      const found = await page.evaluate(start, { name, code, key, port: server.port, channel, event });
      if (round === 0) continue; // to warm up
      for (const [what, time] of Object.entries(found) as [keyof Started, number][])
        (times[what][name] ??= []).push(time);
      (fromNew[name] ??= []).push(found.connected - found.evaluated);
    }
  add('parsing and evaluating the script', 'ms', {
    ours: times.evaluated.ours!,
    peer: times.evaluated.peer!,
  });
  add('from script start to connected', 'ms', times.connected);
  add('from `new` to connected', 'ms', fromNew);
  add('from script start to first event', 'ms', times.first);

  const place = { key, port: server.port, channel, event };
  const pages: Readonly<Record<Contestant, string>> = {
    ours: serve('/tags', taggedPage(place)),
    peer: serve('/by-hand', peerPage(place)),
    floor: serve('/bare', barePage(place)),
  };
  const shown: Rounds = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, url] of Object.entries(pages) as [Contestant, string][]) {
      await page.goto(url);
      await page.waitForFunction(() => document.title === 'shown', { timeout: 20_000 });
      const time = await page.evaluate(() => (globalThis as unknown as { shownAt: number }).shownAt);
      if (round > 0) (shown[name] ??= []).push(time);
    }
  add('a page, from navigation to first event (three tags, by hand, bare)', 'ms', shown);
  await page.goto('about:blank');
  await server.close();
  return results;
}

const size = (text: string): number => brotliCompressSync(text).length;

/** What these elements load at once: their chunks, and all that those import. */
function entryFiles(files: Files, names: readonly string[]): string[] {
  const found = new Map<string, string>();
  const follow = (path: string): void => {
    const text = files.get(path);
    if (text === undefined || found.has(path)) return;
    found.set(path, text);
    for (const [, inner] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
      follow(`/elements/${inner}`);
  };
  for (const name of names) follow(`/elements/${name}.js`);
  return [...found.values()];
}

interface Start {
  readonly name: Contestant;
  readonly code: string;
  readonly key: string;
  readonly port: number;
  readonly channel: string;
  readonly event: string;
}

/** Runs in the page: evaluates the script, connects, and waits for the first event of the channel. */
async function start({ name, code, key, port, channel, event }: Start): Promise<Started> {
  interface AnyClient {
    connection: { bind(event: string, callback: () => void): void };
    subscribe(channel: string): { bind(event: string, callback: () => void): void };
    disconnect(): void;
  }
  type Make = new (key: string, options: object) => AnyClient;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const begin = performance.now();
  const library = (await import(url)) as { Pusher?: Make };
  const evaluated = performance.now() - begin;
  return new Promise((resolve) => {
    let connected = 0;
    if (name === 'floor') {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7&client=bare&version=1`);
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data as string) as { event: string; data: string };
        if (frame.event === 'pusher:connection_established') {
          connected = performance.now() - begin;
          socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel } }));
        } else if (frame.event === event && JSON.parse(frame.data)) {
          resolve({ evaluated, connected, first: performance.now() - begin });
          socket.close();
        }
      };
      return;
    }
    const Pusher = library.Pusher ?? (globalThis as unknown as { Pusher: Make }).Pusher;
    const client = new Pusher(key, {
      cluster: 'mt1',
      wsHost: '127.0.0.1',
      wsPort: port,
      forceTLS: false,
      enabledTransports: ['ws'],
      disableStats: true,
    });
    client.connection.bind('connected', () => {
      connected = performance.now() - begin;
    });
    client.subscribe(channel).bind(event, () => {
      resolve({ evaluated, connected, first: performance.now() - begin });
      client.disconnect();
    });
  });
}
