import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { drop, publish, publishTo, stopOrStart } from './support/actions.js';
import { comeAndGo } from './support/kind-views.js';
import { shownAs, tag } from './support/usage.js';
import * as plays from './support/value-plays.js';
import {
  everyFormat,
  everyMode,
  everySource,
  methods,
  mistakes,
  pages,
  priceTag,
  sample,
  say,
  value,
  valueDefaults,
  valueMarkup,
  valueStage,
} from './support/value-views.js';
import type { ValueArgs } from './support/value-views.js';

const text = { control: 'text' } as const;
const meta: Meta<ValueArgs> = {
  title: 'Elements/pusher-value',
  component: 'pusher-value',
  args: valueDefaults,
  argTypes: {
    event: text,
    field: text,
    source: {
      control: 'select',
      options: ['event', 'subscription-count', 'member-count', 'state', 'latency'],
    },
    mode: {
      control: 'select',
      options: ['set', 'increment', 'decrement', 'sum', 'max', 'min', 'toggle'],
    },
    format: text,
    initial: text,
    'max-age': { control: { type: 'number', min: 0, step: 0.5 } },
    flash: { control: 'boolean' },
    announce: { control: 'boolean' },
    persist: { control: 'inline-radio', options: ['', 'session'] },
  },
  parameters: shownAs(valueMarkup),
  render: (args) => valueStage(() => priceTag(args), { actions: [publish] }),
};
export default meta;

type Story = StoryObj<ValueArgs>;

/** Attributes are controls; events and troubles are buttons. */
export const Playground: Story = {
  args: { flash: true },
  render: (args) => valueStage(() => priceTag(args), { actions: [publish, drop, stopOrStart] }),
  play: plays.playPrice,
};

/** A field of the newest event. Before there is one, what is written inside is shown. */
export const Price: Story = { play: plays.playPrice };

const upAndDown = [say('Up to 120', { price: 120 }), say('Down to 90', { price: 90 })];

/** `:state(up)` and `:state(down)` hold for a second. The page says what they look like. */
export const Flash: Story = {
  args: { flash: true },
  parameters: shownAs(
    (args: ValueArgs) => `<style>
  pusher-value:state(up) { color: #0a7239; }
  pusher-value:state(down) { color: #b3261e; }
</style>
${valueMarkup(args)}`,
  ),
  render: (args) => valueStage(() => priceTag(args), { actions: upAndDown }),
  play: plays.playFlash,
};

/** By `Intl`, for the language of the page. */
export const Formats: Story = {
  render: (args) => valueStage(() => everyFormat(args), { actions: [say('Publish', sample)], hasLog: false }),
  play: plays.playFormats,
};

/** What an event makes of the value there is. All begin with 10. */
export const Modes: Story = {
  args: { initial: '10', format: 'number' },
  render: (args) =>
    valueStage(() => everyMode(args), {
      actions: [
        say('Publish 5', { price: 5 }),
        say('Publish 2', { price: 2 }),
        say('Publish -3', { price: -3 }),
      ],
      hasLog: false,
    }),
  play: plays.playModes,
};

/** No events: what the client knows anyway. */
export const Sources: Story = {
  parameters: shownAs(
    () => `<pusher-value channel="prices" source="subscription-count">1</pusher-value> reading now
<pusher-value channel="presence-lobby" source="member-count">…</pusher-value> here
<pusher-value source="state">…</pusher-value>
<pusher-value source="latency">…</pusher-value> ms`,
  ),
  render: (args) =>
    valueStage(() => everySource(args), { actions: [...comeAndGo(), stopOrStart], facts: () => [] }),
  play: plays.playSources,
};

/** Nobody can hear a price that has stopped. `:state(stale)` says that the subscription is lost. */
export const Stale: Story = {
  render: (args) =>
    valueStage(() => priceTag(args), {
      actions: [publish, stopOrStart],
      note: 'Publish, then stop the server: the price stays, and says that it may be old.',
    }),
  play: plays.playStale,
};

/** Or nothing has come in for `max-age` seconds, although all is well. */
export const MaxAge: Story = { args: { 'max-age': 1.5 }, play: plays.playMaxAge };

const publishCached = publishTo('cache-prices');

/** A cache channel repeats its last event, at first and after every loss. What is shown already is no news. */
export const Cached: Story = {
  args: { channel: 'cache-prices', flash: true },
  render: (args) =>
    valueStage(() => priceTag(args), { actions: [publishCached, drop], setUp: publishCached.run }),
  play: plays.playCached,
};

/** The first value, and the one after a gap, from the page's own server. */
export const Snapshot: Story = {
  parameters: shownAs((args: ValueArgs) => tag('pusher-value', { ...args, 'snapshot-url': '/price.json' })),
  render: (args) =>
    valueStage(
      ({ snapshot }) => html`<p class="price"><span>Bid</span> ${value(args, undefined, snapshot.path)}</p>`,
      {
        actions: [publish, drop],
        setUp: ({ snapshot }) => {
          snapshot.content = { price: 41 };
        },
      },
    ),
  play: plays.playSnapshot,
};

/** More than one field, by a template. */
export const Template: Story = {
  args: { field: '', format: '' },
  parameters: shownAs(
    () => `<pusher-value channel="prices" event="tick">
  No price yet
  <template>
    <span>
      <b data-pe-text="symbol"></b> <span data-pe-text="price" data-pe-format="currency:EUR"></span>
    </span>
  </template>
</pusher-value>`,
  ),
  render: (args) =>
    valueStage(
      () =>
        html`<p class="price">
          ${value(
            args,
            html`No price yet<template
                ><span
                  ><b data-pe-text="symbol"></b>
                  <span data-pe-text="price" data-pe-format="currency:EUR"></span></span
              ></template>`,
          )}
        </p>`,
      { actions: [publish] },
    ),
  play: plays.playTemplate,
};

/** Read out, politely: the newest value, and not more often than every five seconds. */
export const Announced: Story = { args: { announce: true }, play: plays.playAnnounce };

/** Kept in the storage of the tab, for the next page. */
export const Kept: Story = {
  args: { persist: 'session' },
  render: (args) => pages(args, priceTag),
  play: plays.playPersist,
};

/** From script: `set()` as an event would, `reset()` back to the beginning. */
export const FromScript: Story = {
  args: { initial: '12' },
  render: (args) => valueStage(() => priceTag(args), { actions: [publish], buttons: methods() }),
  play: plays.playMethods,
};

/** What is wrong is said once in the console, with the element; the page keeps what it had. */
export const Mistakes: Story = {
  args: { format: 'number:2' },
  render: (args) =>
    valueStage(() => mistakes(args), {
      actions: [publish],
      facts: () => [],
      note: 'The console says what to do.',
    }),
  play: plays.playMistakes,
};

/** Payloads are text, whatever is in them. */
export const Hostile: Story = {
  args: { format: '' },
  render: (args) =>
    valueStage(() => priceTag(args), {
      actions: [say('Publish markup', { price: '<img src=x onerror=alert(1)>' })],
    }),
  play: plays.playHostile,
};

/** From right to left, with the figures of the language. The language is in the toolbar. */
export const RightToLeft: Story = {
  globals: { language: 'ar' },
  render: (args) =>
    valueStage(() => html`<p class="price"><span>السعر</span> ${value(args)}</p>`, { actions: [publish] }),
  play: plays.playArabic,
};
