/** What the stories of `<pusher-value>` draw. */
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { TemplateResult } from 'lit';
import type { PusherValueElement } from '../../components/index.js';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyChannel, storyEvent, storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-value>`. */
export interface ValueArgs {
  channel: string;
  event: string;
  field: string;
  source: 'event' | 'subscription-count' | 'member-count' | 'state' | 'latency';
  mode: 'set' | 'increment' | 'decrement' | 'sum' | 'max' | 'min' | 'toggle';
  format?: string;
  initial?: string;
  'max-age'?: number;
  flash: boolean;
  announce: boolean;
  persist: '' | 'session';
}

export const valueDefaults: ValueArgs = {
  channel: storyChannel,
  event: storyEvent,
  field: 'price',
  source: 'event',
  mode: 'set',
  format: 'currency:EUR',
  flash: false,
  announce: false,
  persist: '',
};

/** The element as the controls say. What is inside is written once: the element replaces it. */
export function value(
  args: ValueArgs,
  content: TemplateResult = html`…`,
  snapshotUrl: string | typeof nothing = nothing,
): TemplateResult {
  return html`<pusher-value
    channel=${args.channel}
    event=${orNothing(args.event)}
    field=${orNothing(args.field)}
    source=${args.source}
    mode=${args.mode}
    format=${orNothing(args.format)}
    initial=${orNothing(args.initial)}
    max-age=${args['max-age'] ?? nothing}
    ?flash=${args.flash}
    ?announce=${args.announce}
    persist=${orNothing(args.persist)}
    snapshot-url=${snapshotUrl}
    >${content}</pusher-value
  >`;
}

const unwritten = { source: 'event', mode: 'set' };

/** The markup of the above. */
export const valueMarkup = (args: ValueArgs): string =>
  tag('pusher-value', without({ ...args }, unwritten)).replace('></', '>…</');

/** What stands around a story of a value. */
export interface ValueStage {
  readonly actions?: readonly Action[];
  readonly buttons?: TemplateResult;
  readonly note?: string;
  readonly setUp?: (scene: Scene) => void;
  readonly hasLog?: boolean;
  readonly facts?: (stage: Element) => readonly Fact[];
}

/** What can be read from the element at any time. */
export function valueFacts(stage: Element): readonly Fact[] {
  const element = stage.querySelector('pusher-value');
  if (!element) return [];
  const states = ['empty', 'stale', 'up', 'down'].filter((name) => element.matches(`:state(${name})`));
  return [
    ['value', JSON.stringify(element.value)],
    ['previous', JSON.stringify(element.previous)],
    ['custom states', states.join(' ')],
  ];
}

/** A connection with values inside, and what one can do to them. */
export function valueStage(content: (scene: Scene) => unknown, parts: ValueStage = {}): TemplateResult {
  const { actions = [], buttons, note = '', setUp, hasLog = true, facts = valueFacts } = parts;
  const inside = (scene: Scene): TemplateResult =>
    html`<pusher-connection app-key=${storyKey} .options=${scene.options}
        >${content(scene)}</pusher-connection
      >
      <story-facts .read=${facts}></story-facts>`;
  return html`<story-stage
    .setUp=${setUp}
    .content=${inside}
    .actions=${actions}
    .buttons=${buttons}
    .note=${note}
    .hasLog=${hasLog}
  ></story-stage>`;
}

/** A price in a sentence, as a shop would show it. */
export const priceTag = (args: ValueArgs, content?: TemplateResult): TemplateResult =>
  html`<p class="price"><span>Bid</span> ${value(args, content)}</p>`;

/** Publishes this to the channel of the stories. */
export const say = (label: string, data: unknown, channel = storyChannel): Action => ({
  label: () => label,
  run: ({ app }) => {
    app.publish({ channels: channel, event: storyEvent, data });
  },
});

/** One event in every way of writing. */
export const formats: readonly (readonly [format: string, field: string])[] = [
  ['', 'text'],
  ['number', 'amount'],
  ['number:2', 'amount'],
  ['percent', 'share'],
  ['currency:EUR', 'amount'],
  ['bytes', 'size'],
  ['date', 'time'],
  ['time', 'time'],
  ['datetime', 'time'],
  ['relative', 'time'],
  ['json', 'share'],
];

export const sample = {
  text: 'as it came',
  amount: 1234.5,
  share: 0.256,
  size: 4_812_340,
  time: '2026-03-04T15:30:00Z',
};

export function everyFormat(args: ValueArgs): TemplateResult {
  const one = ([format, field]: (typeof formats)[number]): TemplateResult =>
    html`<div>
      <h3>${format || 'without format'}</h3>
      <span class="figure">${value({ ...args, format, field })}</span>
    </div>`;
  const every = formats.map(one);
  return html`<div class="gallery wide">${every}</div>`;
}

export const modes = ['set', 'increment', 'decrement', 'sum', 'max', 'min', 'toggle'] as const;

export function everyMode(args: ValueArgs): TemplateResult {
  const one = (mode: ValueArgs['mode']): TemplateResult =>
    html`<div>
      <h3>${mode}</h3>
      <span class="figure">${value({ ...args, mode })}</span>
    </div>`;
  const every = modes.map(one);
  return html`<div class="gallery wide">${every}</div>`;
}

/** What a value can show that no event has brought. */
export function everySource(args: ValueArgs): TemplateResult {
  const one = (source: ValueArgs['source'], channel: string, words: string): TemplateResult =>
    html`<div>
      <h3>${source}</h3>
      <p>
        <span class="figure">${value({ ...args, source, channel, event: '', field: '', format: '' })}</span>
        ${words}
      </p>
    </div>`;
  return html`<div class="gallery wide">
    ${one('subscription-count', storyChannel, 'reading now')} ${one('member-count', 'presence-lobby', 'here')}
    ${one('state', '', 'is the connection')} ${one('latency', '', 'ms to the server and back')}
  </div>`;
}

/** Calls the methods of the first value of the story. */
export function methods(): TemplateResult {
  const call =
    (run: (element: PusherValueElement) => void) =>
    ({ currentTarget }: Event): void => {
      const element = (currentTarget as Element).closest('story-stage')?.querySelector('pusher-value');
      if (element) run(element);
    };
  return html`<button
      type="button"
      @click=${call((element) => {
        element.set(99.5);
      })}
    >
      set(99.5)</button
    ><button
      type="button"
      @click=${call((element) => {
        element.reset();
      })}
    >
      reset()
    </button>`;
}

/** Two readers of the same page: the second is a new element with nothing but what was kept. */
export function pages(args: ValueArgs, content: (args: ValueArgs) => unknown): TemplateResult {
  let visit = 0;
  const next = ({ currentTarget }: Event): void => {
    visit += 1;
    (currentTarget as Element).closest('story-stage')?.requestUpdate();
  };
  return valueStage(() => html`${keyed(visit, content(args))}`, {
    actions: [say('Publish 7', { price: 7 })],
    buttons: html`<button type="button" @click=${next}>Open the next page</button>`,
    note: 'Publish, then open the next page: a new element begins with what the tab has kept.',
  });
}

/** What goes wrong, beside what is shown then. */
export function mistakes(args: ValueArgs): TemplateResult {
  const one = (title: string, changes: Partial<ValueArgs>): TemplateResult =>
    html`<div>
      <h3>${title}</h3>
      <span class="figure">${value({ ...args, ...changes }, html`no price`)}</span>
    </div>`;
  return html`<div class="gallery wide">
    ${one('a path that leads nowhere', { field: 'prise' })} ${one('no single value', { field: '' })}
    ${one('an unknown format', { format: 'euros' })} ${one('no event', { event: '' })}
  </div>`;
}
