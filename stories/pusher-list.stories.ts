import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { drop, stopOrStart } from './support/actions.js';
import * as plays from './support/list-plays.js';
import {
  add,
  addMany,
  cancel,
  curly,
  filtered,
  grammar,
  list,
  listDefaults,
  listMarkup,
  listStage,
  methods,
  order,
  pay,
  rendered,
  says,
  send,
  table,
  withoutTemplate,
} from './support/list-views.js';
import type { ListArgs } from './support/list-views.js';
import { shownAs } from './support/usage.js';

const text = { control: 'text' } as const;
const meta: Meta<ListArgs> = {
  title: 'Elements/pusher-list',
  component: 'pusher-list',
  args: listDefaults,
  argTypes: {
    insert: { control: 'inline-radio', options: ['append', 'prepend'] },
    limit: { control: { type: 'number', min: 1 } },
    sort: text,
    'version-path': text,
    'items-path': text,
    'since-param': text,
    resync: text,
    hold: { control: 'boolean' },
    announce: { control: 'boolean' },
    curly: { control: 'boolean' },
  },
  parameters: shownAs((args: ListArgs) => listMarkup(args)),
  render: (args) => listStage(() => list(args)),
};
export default meta;

type Story = StoryObj<ListArgs>;

/** Attributes are controls; events and troubles are buttons. */
export const Playground: Story = {
  args: { limit: 8 },
  render: (args) => listStage(() => list(args), { actions: [add, addMany, pay, cancel, drop, stopOrStart] }),
  play: plays.playRows,
};

/** Three events: one adds, one changes, one removes. Rows are known by their key. */
export const AddChangeRemove: Story = { play: plays.playRows };

/** While there is no row, the slot `empty` is shown. */
export const Empty: Story = { play: plays.playEmpty };

/** The newest three. */
export const Limit: Story = { args: { limit: 3 }, play: plays.playLimit };

/** A hundred in one moment are written in one frame. */
export const Burst: Story = {
  args: { limit: 8 },
  render: (args) => listStage(() => list(args), { actions: [addMany] }),
  play: plays.playBurst,
};

/** By a field; with a minus, the largest first. */
export const Sorted: Story = { args: { sort: '-total' }, play: plays.playSort };

/** An older version never replaces a newer one, and does not bring back what was removed. */
export const Versions: Story = {
  args: { 'version-path': 'version' },
  render: (args) =>
    listStage(() => list(args), {
      actions: [
        says('Version 3', 'created', order(1, { customer: 'third', version: 3 })),
        says('Version 2, late', 'created', order(1, { customer: 'second', version: 2 })),
        says('Deleted as of version 4', 'deleted', { id: 1, version: 4 }),
        says('Version 5', 'created', order(1, { customer: 'fifth', version: 5 })),
      ],
    }),
  play: plays.playVersions,
};

/** The template stands where rows are wanted, so a table stays a table. */
export const Table: Story = {
  parameters: shownAs((args: ListArgs) =>
    listMarkup(
      args,
      `<table>
  <tbody>
    <template>
      <tr><td data-pe-text="number"></td><td data-pe-text="customer"></td></tr>
    </template>
  </tbody>
</table>`,
    ),
  ),
  render: (args) => listStage(() => list(args, table)),
  play: plays.playTable,
};

/** Rows that the server has written are taken over by their `data-pe-key`; before the first event nothing changes. */
export const ServerRows: Story = {
  parameters: shownAs((args: ListArgs) =>
    listMarkup(
      args,
      `<ul>
  <template><li><b data-pe-text="number"></b> <span data-pe-text="customer"></span></li></template>
  <li data-pe-key="1"><b data-pe-text="number">A-101</b> <span data-pe-text="customer">Grace</span></li>
</ul>`,
    ),
  ),
  render: (args) =>
    listStage(() => list(args, rendered), {
      actions: [
        says('Grace marries', 'changed', order(1, { customer: 'Grace Hopper' })),
        says('A third', 'created', order(3)),
      ],
    }),
  play: plays.playServerRows,
};

const snapshotMarkup = shownAs((args: ListArgs) => listMarkup(args, undefined, '/orders.json'));

/** First from the page's own server. What comes in meanwhile waits, and is merged by key. */
export const Snapshot: Story = {
  parameters: snapshotMarkup,
  render: (args) =>
    listStage(({ snapshot }) => list(args, undefined, snapshot.path), {
      setUp: ({ snapshot }) => {
        snapshot.content = [order(1), order(2)];
        snapshot.hold();
      },
      actions: [
        says('An order meanwhile', 'created', order(9)),
        {
          label: () => 'Let the server answer',
          run: ({ snapshot }) => {
            snapshot.release();
          },
        },
      ],
    }),
  play: plays.playSnapshot,
};

/** The snapshot cannot be had: the console says why, and live rows go on. */
export const SnapshotFails: Story = {
  parameters: snapshotMarkup,
  render: (args) =>
    listStage(({ snapshot }) => list(args, undefined, snapshot.path), {
      setUp: ({ snapshot }) => {
        snapshot.isGone = true;
      },
    }),
  play: plays.playGone,
};

/** After a loss the snapshot is read again: what was missed is there, and what was deleted meanwhile is not. */
export const Gap: Story = {
  parameters: snapshotMarkup,
  render: (args) =>
    listStage(({ snapshot }) => list(args, undefined, snapshot.path), {
      setUp: ({ snapshot }) => {
        snapshot.content = [order(1), order(2)];
      },
      actions: [
        {
          label: () => 'Lose an event',
          run: (scene) => {
            scene.drop();
            scene.snapshot.content = [order(2), order(3)];
            send(scene, 'created', order(3));
          },
        },
      ],
      note: 'The socket breaks; meanwhile order 3 comes and order 1 goes.',
    }),
  play: plays.playGap,
};

/** Rows wait while somebody has scrolled away, points at the list, or has the focus in it. */
export const Hold: Story = {
  args: { hold: true },
  render: (args) =>
    listStage(
      () => html`<div class="scroll-list" tabindex="0" role="group" aria-label="Orders">${list(args)}</div>`,
      { actions: [add, addMany], note: 'Let a hundred come, scroll, and let one more come.' },
    ),
  play: plays.playHold,
};

/** Read out, politely: how many are new, not which. */
export const Announced: Story = { args: { announce: true }, play: plays.playAnnounce };

/** Everything that a template can say: texts, attributes, classes, conditions, repetitions, formats. */
export const Grammar: Story = {
  parameters: shownAs((args: ListArgs) =>
    listMarkup(
      args,
      `<ul>
  <template>
    <li>
      <b data-pe-text="number"></b>
      <span data-pe-text="customer.name" data-pe-default="Somebody"></span>
      <a href="/" data-pe-if="customer.page" data-pe-attr-href="customer.page">page</a>
      <small data-pe-unless="paid">not paid</small>
      <small><span data-pe-each="lines"><span data-pe-text="name"></span>; </span></small>
    </li>
  </template>
</ul>`,
    ),
  ),
  render: (args) => {
    const customer = { name: 'Ada', page: '/ada' };
    const lines = [{ name: 'Tea' }, { name: 'Milk' }];
    const page = 'javascript:alert(1)';
    return listStage(() => list(args, grammar), {
      actions: [
        says('With everything', 'created', { id: 1, number: 'A-1', customer, paid: true, lines }),
        says('With nothing', 'created', { id: 2, number: 'A-2' }),
        says('With a bad address', 'created', { id: 3, number: 'A-3', customer: { name: 'Eve', page } }),
      ],
    });
  },
  play: plays.playGrammar,
};

/** `{{path}}`, where the page's own server does not claim the braces. */
export const Curly: Story = {
  args: { curly: true },
  parameters: shownAs((args: ListArgs) =>
    listMarkup(
      args,
      '<ul>\n  <template><li title="Order {{number}}"><span>{{number}} for {{customer}}</span></li></template>\n</ul>',
    ),
  ),
  render: (args) => listStage(() => list(args, curly)),
  play: plays.playCurly,
};

/** Several items in one event, at a path in its payload. */
export const ItemsPath: Story = {
  args: { 'items-path': 'page.orders' },
  render: (args) =>
    listStage(() => list(args), {
      actions: [says('Three in one event', 'created', { page: { orders: [order(1), order(2), order(3)] } })],
    }),
  play: plays.playItems,
};

/** `pusher-before-render` may change what is taken in, or cancel it. */
export const Filtered: Story = {
  render: (args) => filtered(args),
  play: plays.playFiltered,
};

/** The same from script. */
export const FromScript: Story = {
  render: (args) => listStage(() => list(args), { actions: [], buttons: methods() }),
  play: plays.playMethods,
};

/** Payloads are text, whatever is in them. */
export const Hostile: Story = {
  render: (args) =>
    listStage(() => list(args), {
      actions: [says('Publish markup', 'created', order(1, { customer: '<img src=x onerror=alert(1)>' }))],
    }),
  play: plays.playHostile,
};

/** Nothing to make rows of: the console says what is missing, and the page stays as it was. */
export const WithoutTemplate: Story = {
  parameters: shownAs((args: ListArgs) => listMarkup(args, '<p>What was here stays here.</p>')),
  render: (args) => listStage(() => list(args, withoutTemplate), { actions: [add] }),
  play: plays.playNoTemplate,
};

/** An item without a key is left out, and said once. */
export const WithoutKey: Story = {
  render: (args) =>
    listStage(() => list(args), {
      actions: [says('Without a key', 'created', { number: 'A-0', customer: 'Nobody' }), add],
    }),
  play: plays.playNoKey,
};

/** From right to left. The language is in the toolbar. */
export const RightToLeft: Story = { globals: { language: 'ar' }, play: plays.playArabic };
