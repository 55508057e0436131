/** Row 8: elements on a page, beside hand-written DOM code that shows the same with the same client. */
import type * as Ours from '../../../src/index.js';
import { connect, end } from './clients.js';
import type { Client, Libraries } from './clients.js';
import { FakeSocket } from './fake-socket.js';

/** Who shows it. */
export type Shower = 'ours' | 'floor';
/** What is shown: single values, each with an event of its own, or the rows of one list. */
export type Scene = 'values' | 'list';

interface Item {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

const channel = 'market';
const addressOf = (file: string): string => `/elements/${file}.js`;
let libraries: Promise<Pick<Libraries, 'ours'>> | undefined;

/** Once for a page: the elements, and the client that they share. */
const load = (): Promise<Pick<Libraries, 'ours'>> =>
  (libraries ??= (async () => {
    const ours = (await import(addressOf('client'))) as typeof Ours;
    await Promise.all([import(addressOf('value')), import(addressOf('list'))]);
    return { ours };
  })());

const place = document.createElement('main');
let client: Client | undefined;
let shown: Scene = 'values';
let total = 0;
let sent = 0;

const item = (id: number): Item => ({ id, name: `Item ${id % 97}`, price: 100 + (sent % 8999) / 7 });
const deliver = (event: string, data: unknown): void =>
  FakeSocket.newest.onmessage!({ data: JSON.stringify({ event, channel, data: JSON.stringify(data) }) });

/** Nodes that are not in the document, so that nothing of them is upgraded yet. */
function parse(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

const valueTag = (id: number): string =>
  `<p><pusher-value channel="${channel}" event="tick-${id}" field="price" format="number:2">…</pusher-value></p>`;
const listTag =
  `<pusher-list channel="${channel}" event="added" update-event="changed"><table><tbody><template>` +
  '<tr><td data-pe-text="name"></td><td data-pe-text="price" data-pe-format="number:2"></td></tr>' +
  '</template></tbody></table></pusher-list>';

async function prepare(shower: Shower): Promise<void> {
  const { ours } = await load();
  document.documentElement.lang = 'en';
  document.body.append(place);
  if (shower === 'floor') {
    client = await connect({ ours } as Libraries, 'ours');
    return;
  }
  const connection = document.createElement('pusher-connection') as HTMLElement & { options: object };
  connection.setAttribute('app-key', 'key');
  connection.options = { wsHost: '127.0.0.1', forceTLS: false, enabledTransports: ['ws'] };
  place.append(connection);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Milliseconds from the insertion of that many tags, or places, until each of them listens. */
export async function upgrade(shower: Shower, count: number): Promise<number> {
  await prepare(shower);
  const html = Array.from({ length: count }, (_, id) =>
    shower === 'ours' ? valueTag(id) : `<p><span data-id="${id}">…</span></p>`,
  ).join('');
  const nodes = document.importNode(parse(html), true);
  const before = performance.now();
  place.append(nodes);
  if (shower === 'floor') await bindValues();
  await pause();
  const time = performance.now() - before;
  deliver(`tick-${count - 1}`, item(count - 1));
  const last = place.lastElementChild!;
  for (let waited = 0; waited < 300 && last.textContent === '…'; waited += 1) await frame();
  if (last.textContent === '…') throw new Error(`${shower} does not listen.`);
  await clear();
  return time;
}

/** Puts a scene on the page, with `count` values or rows, each of which shows something. */
export async function show(shower: Shower, scene: Scene, count: number): Promise<void> {
  shown = scene;
  total = count;
  sent = 0;
  await prepare(shower);
  const isOurs = shower === 'ours';
  if (scene === 'list') {
    if (isOurs) place.append(document.importNode(parse(listTag), true));
    else await bindList();
  } else {
    for (let id = 0; id < count; id += 1)
      place.append(parse(isOurs ? valueTag(id) : `<p><span data-id="${id}">…</span></p>`));
    if (!isOurs) await bindValues();
  }
  await pause();
  if (scene === 'list')
    deliver(
      'added',
      Array.from({ length: count }, (_, id) => item(id)),
    );
  else for (let id = 0; id < count; id += 1) update();
  for (let waited = 0; waited < 40; waited += 1) await frame(); // what takes long goes on in later frames
  const places = place.querySelectorAll(scene === 'list' ? 'tr' : 'p');
  if (places.length !== count || [...places].some(({ textContent }) => !/\d\.\d\d/.test(textContent)))
    throw new Error(`${shower} does not show every one of ${count} ${scene}.`);
}

/** One event for one value or row, each in its turn. */
function update(): void {
  const id = (sent * 7) % total;
  sent += 1;
  deliver(shown === 'list' ? 'changed' : `tick-${id}`, item(id));
}

/** Events at this rate, as they would come over a network. Resolves with the number of frames drawn meanwhile. */
export function feed(perSecond: number, milliseconds: number): Promise<number> {
  return new Promise((resolve) => {
    const begin = performance.now();
    let fed = 0;
    let frames = 0;
    let isOver = false;
    const count = (): void => {
      frames += 1;
      if (!isOver) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    const timer = setInterval(() => {
      const passed = Math.min(performance.now() - begin, milliseconds);
      for (const due = (passed * perSecond) / 1000; fed < due; fed += 1) update();
      if (passed < milliseconds) return;
      clearInterval(timer);
      isOver = true;
      resolve(frames);
    }, 4);
  });
}

/** Events as fast as they are taken, with a frame after each thousand. */
export async function flood(count: number): Promise<void> {
  for (let fed = 0; fed < count; fed += 1) {
    update();
    if (fed % 1000 === 999) await frame();
  }
  await pause();
}

/** Everything off the page, and the client ended. */
export async function clear(): Promise<void> {
  place.replaceChildren();
  if (client) end(client);
  client = undefined;
  await pause();
}

const digits = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Writes with the next frame what was put down last for each node. */
function writer(): (node: Node, text: string) => void {
  const texts = new Map<Node, string>();
  const write = (): void => {
    for (const [node, text] of texts) node.textContent = text;
    texts.clear();
  };
  return (node, text) => {
    if (texts.size === 0) requestAnimationFrame(write);
    texts.set(node, text);
  };
}

async function bindValues(): Promise<void> {
  const joined = client!.subscribe(channel);
  const write = writer();
  for (const span of place.querySelectorAll<HTMLElement>('[data-id]'))
    joined.bind(`tick-${span.dataset['id']}`, (payload) => {
      write(span, digits.format((payload as Item).price));
    });
  await FakeSocket.newest.confirmations(1);
}

async function bindList(): Promise<void> {
  const body = document.createElement('tbody');
  place.append(document.createElement('table'));
  place.lastElementChild!.append(body);
  const rows = new Map<number, readonly HTMLElement[]>();
  const write = writer();
  const joined = client!.subscribe(channel);
  const fill = ({ id, name, price }: Item): void => {
    const [first, second] = rows.get(id)!;
    write(first!, name);
    write(second!, digits.format(price));
  };
  joined.bind('added', (payload) => {
    for (const added of payload as unknown as Item[]) {
      const cells = [document.createElement('td'), document.createElement('td')];
      const row = document.createElement('tr');
      row.append(...cells);
      body.append(row);
      rows.set(added.id, cells);
      fill(added);
    }
  });
  joined.bind('changed', (payload) => {
    fill(payload as Item);
  });
  await FakeSocket.newest.confirmations(1);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const frame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
