/** What the stories of `<pusher-list>` draw. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherBeforeRenderEvent, PusherListElement } from '../../components/index.js';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-list>`. */
export interface ListArgs {
  insert: 'append' | 'prepend';
  limit?: number;
  sort?: string;
  'version-path'?: string;
  'items-path'?: string;
  'since-param'?: string;
  resync?: string;
  hold: boolean;
  announce: boolean;
  curly: boolean;
}

export const listDefaults: ListArgs = { insert: 'prepend', hold: false, announce: false, curly: false };

/** The channel of these stories. */
export const ordersChannel = 'orders';

/** What is inside most lists here. */
export const rows = html`<ul class="rows" aria-label="Orders">
    <template>
      <li data-pe-class-paid="paid">
        <b data-pe-text="number"></b> <span dir="auto" data-pe-text="customer"></span>
        <span data-pe-text="total" data-pe-format="currency:EUR"></span>
      </li>
    </template>
  </ul>
  <p slot="empty" class="placeholder">No orders yet.</p>
  <p slot="loading" class="placeholder">Asking for orders…</p>`;

const rowsMarkup = `<ul>
  <template>
    <li data-pe-class-paid="paid">
      <b data-pe-text="number"></b> <span data-pe-text="customer"></span>
      <span data-pe-text="total" data-pe-format="currency:EUR"></span>
    </li>
  </template>
</ul>
<p slot="empty">No orders yet.</p>
<p slot="loading">Asking for orders…</p>`;

/** The element as the controls say. */
export function list(
  args: ListArgs,
  content: unknown = rows,
  snapshotUrl: string | typeof nothing = nothing,
): TemplateResult {
  return html`<pusher-list
    channel=${ordersChannel}
    event="created"
    update-event="changed"
    remove-event="deleted"
    insert=${args.insert}
    limit=${args.limit ?? nothing}
    sort=${orNothing(args.sort)}
    version-path=${orNothing(args['version-path'])}
    items-path=${orNothing(args['items-path'])}
    since-param=${orNothing(args['since-param'])}
    resync=${orNothing(args.resync)}
    ?hold=${args.hold}
    ?announce=${args.announce}
    ?curly=${args.curly}
    snapshot-url=${snapshotUrl}
    >${content}</pusher-list
  >`;
}

/** The markup of the above. */
export const listMarkup = (args: ListArgs, content: string = rowsMarkup, snapshotUrl?: string): string =>
  tag(
    'pusher-list',
    {
      channel: ordersChannel,
      event: 'created',
      'update-event': 'changed',
      'remove-event': 'deleted',
      ...without({ ...args }, { insert: 'append' }),
      'snapshot-url': snapshotUrl,
    },
    content,
  );

const customers = ['Ada', 'Grace', 'Hedy', 'Katherine', 'Radia'];

/** Orders are made up, and the same ones each time. */
export const order = (id: number, changes: object = {}): object => ({
  id,
  number: `A-${String(100 + id)}`,
  customer: customers[id % customers.length],
  total: 10 + ((id * 37) % 90),
  version: 1,
  ...changes,
});

/** How many orders there were, in this story. */
const counts = new WeakMap<Scene, number>();
const nextId = (scene: Scene): number => {
  const id = (counts.get(scene) ?? 0) + 1;
  counts.set(scene, id);
  return id;
};

export const send = ({ app }: Scene, event: string, data: unknown): void => {
  app.publish({ channels: ordersChannel, event, data });
};

/** Publishes this. */
export const says = (label: string, event: string, data: unknown): Action => ({
  label: () => label,
  run: (scene) => {
    send(scene, event, data);
  },
});

export const add: Action = {
  label: () => 'New order',
  run: (scene) => {
    send(scene, 'created', order(nextId(scene)));
  },
};

export const addMany: Action = {
  label: () => 'A hundred orders',
  run: (scene) => {
    for (let index = 0; index < 100; index += 1) add.run(scene);
  },
};

export const pay: Action = {
  label: () => 'The last is paid',
  run: (scene) => {
    const id = counts.get(scene) ?? 1;
    send(scene, 'changed', order(id, { paid: true, version: 2 }));
  },
};

export const cancel: Action = {
  label: () => 'The first is cancelled',
  run: (scene) => {
    const { items } = find(scene) ?? {};
    const [first] = (items ?? []) as { readonly id: number }[];
    if (first) send(scene, 'deleted', first.id);
  },
};

const find = (scene: Scene): PusherListElement | undefined =>
  [...document.querySelectorAll('story-stage')]
    .find((stage) => stage.scene === scene)
    ?.querySelector('pusher-list') ?? undefined;

/** What can be read from the element at any time. */
export function listFacts(stage: Element): readonly Fact[] {
  const element = stage.querySelector('pusher-list');
  if (!element) return [];
  const states = ['empty', 'loading', 'held', 'stale'].filter((name) => element.matches(`:state(${name})`));
  return [
    ['length', element.length],
    ['pending', element.pending],
    ['custom states', states.join(' ')],
  ];
}

/** What stands around a story of a list. */
export interface ListStage {
  readonly actions?: readonly Action[];
  readonly buttons?: TemplateResult;
  readonly note?: string;
  readonly setUp?: (scene: Scene) => void;
}

/** A connection with a list inside, and what one can do to it. */
export function listStage(content: (scene: Scene) => unknown, parts: ListStage = {}): TemplateResult {
  const { actions = [add, pay, cancel], buttons, note = '', setUp } = parts;
  const inside = (scene: Scene): TemplateResult =>
    html`<pusher-connection app-key=${storyKey} .options=${scene.options}
        >${content(scene)}</pusher-connection
      >
      <story-facts .read=${listFacts}></story-facts>`;
  return html`<story-stage
    .setUp=${setUp}
    .content=${inside}
    .actions=${actions}
    .buttons=${buttons}
    .note=${note}
  ></story-stage>`;
}

export const table = html`<table>
  <thead>
    <tr>
      <th scope="col">Order</th>
      <th scope="col">Customer</th>
      <th scope="col">Total</th>
    </tr>
  </thead>
  <tbody>
    <template>
      <tr>
        <td data-pe-text="number"></td>
        <td data-pe-text="customer"></td>
        <td data-pe-text="total" data-pe-format="currency:EUR"></td>
      </tr>
    </template>
  </tbody>
</table>`;

/** As the server has written it; the third was added since. */
export const rendered = html`<ul class="rows" aria-label="Orders">
  <template>
    <li><b data-pe-text="number"></b> <span data-pe-text="customer"></span></li>
  </template>
  <li data-pe-key="2"><b data-pe-text="number">A-102</b> <span data-pe-text="customer">Hedy</span></li>
  <li data-pe-key="1"><b data-pe-text="number">A-101</b> <span data-pe-text="customer">Grace</span></li>
</ul>`;

/** Everything that a template can say. */
export const grammar = html`<ul class="rows" aria-label="Orders">
  <template>
    <li>
      <b data-pe-text="number"></b>
      <span data-pe-text="customer.name" data-pe-default="Somebody"></span>
      <a href="/" data-pe-if="customer.page" data-pe-attr-href="customer.page">page</a>
      <small data-pe-unless="paid">not paid</small>
      <small
        ><span data-pe-each="lines"><span data-pe-text="name"></span>; </span></small
      >
    </li>
  </template>
</ul>`;

export const curly = html`<ul class="rows" aria-label="Orders">
  <template>
    <li title="Order {{number}}"><span>{{number}} for {{customer}}</span></li>
  </template>
</ul>`;

export const withoutTemplate = html`<p class="placeholder">What was here stays here.</p>`;

/** Leaves out what is below 50, or no longer. */
export function filtered(args: ListArgs): TemplateResult {
  let isFiltered = true;
  const choose = ({ target }: Event): void => {
    isFiltered = (target as HTMLInputElement).checked;
  };
  const filter = ({ items }: PusherBeforeRenderEvent): void => {
    const wanted = items.filter((item) => !isFiltered || (item as { total: number }).total >= 50);
    items.splice(0, items.length, ...wanted);
  };
  const choice = html`<label
    ><input type="checkbox" checked @change=${choose} /> Only orders of 50 and more</label
  >`;
  return listStage(() => html`<div class="wide" @pusher-before-render=${filter}>${list(args)}</div>`, {
    actions: [add],
    buttons: choice,
  });
}

/** Calls the methods of the list of the story. */
export function methods(): TemplateResult {
  const one = (label: string, run: (element: PusherListElement) => void): TemplateResult => {
    const call = ({ currentTarget }: Event): void => {
      const element = (currentTarget as Element).closest('story-stage')?.querySelector('pusher-list');
      if (element) run(element);
    };
    return html`<button type="button" @click=${call}>${label}</button>`;
  };
  return html`${one('add()', (element) => {
    element.add(order(1));
    element.add(order(2));
  })}${one('set()', (element) => {
    element.set(order(1, { customer: 'Somebody else' }));
  })}${one('remove()', (element) => {
    element.remove('1');
  })}${one('clear()', (element) => {
    element.clear();
  })}`;
}
