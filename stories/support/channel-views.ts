/** What the stories of `<pusher-channel>` draw. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyChannel, storyEvent, storyKey } from './scene.js';
import type { Scene } from './scene.js';
import type { StoryStage } from './stage.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-channel>`. */
export interface ChannelArgs {
  name: string;
  type: '' | 'private' | 'presence';
  when: 'load' | 'visible' | 'idle' | 'manual';
  events?: string;
  linger?: number;
}

export type ChannelContext = StoryContext<ChannelArgs>;

export const channelDefaults: ChannelArgs = { name: storyChannel, type: '', when: 'load' };

/** The element as the controls say. */
export function channel(args: ChannelArgs, id: string, content: unknown): TemplateResult {
  return html`<pusher-channel
    id=${id}
    name=${orNothing(args.name)}
    type=${orNothing(args.type)}
    when=${args.when}
    events=${orNothing(args.events)}
    linger=${args.linger ?? nothing}
    >${content}</pusher-channel
  >`;
}

/** The markup of the above. */
export function channelMarkup(args: ChannelArgs): string {
  return tag('pusher-channel', without({ ...args }, { ...channelDefaults, name: undefined }));
}

/** Prices, a word while they are on their way, and one for when they cannot be had. */
export const prices: TemplateResult = html`<story-ticker></story-ticker>
  <p slot="loading" class="placeholder">Asking for prices…</p>
  <p slot="error" class="placeholder">Prices cannot be had just now.</p>`;

const slotsMarkup = `Prices: <output id="prices">–</output>
<p slot="loading">Asking for prices…</p>
<p slot="error">Prices cannot be had just now.</p>`;

export const slottedMarkup = (args: ChannelArgs): string =>
  tag('pusher-channel', without({ ...args }, { ...channelDefaults, name: undefined }), slotsMarkup);

/** What can be read from the element at any time. */
export function readings(stage: Element): readonly Fact[] {
  const element = stage.querySelector('pusher-channel');
  if (!element) return [];
  return [
    ['state', element.state],
    ['channel', element.channel?.name],
    ['subscriptionCount', element.subscriptionCount],
    ['error', element.error?.message],
  ];
}

/** How often the server was asked to subscribe or to unsubscribe. */
export const framesOf = (scene: Scene): number =>
  scene.app.record.received.filter(({ event }) => /^pusher:(un)?subscribe$/.test(event ?? '')).length;

/** What a story of a channel may have beside the element. */
export interface ChannelStage {
  readonly actions?: readonly Action[];
  readonly buttons?: TemplateResult;
  readonly note?: string;
  readonly setUp?: (scene: Scene) => void;
  /** What happens once a second. */
  readonly pulse?: (scene: Scene) => void;
  /** What can be read, beside the usual. */
  readonly facts?: (stage: StoryStage) => readonly Fact[];
  readonly content?: (scene: Scene, id: string) => unknown;
  readonly hasCommands?: boolean;
}

/** A connection with a channel inside, what the channel says of itself, and what one can do to it. */
export function channelStage(
  args: ChannelArgs,
  context: ChannelContext,
  parts: ChannelStage = {},
): TemplateResult {
  const { actions = [], buttons, note = '', setUp, pulse, facts = () => [], hasCommands } = parts;
  const { content = (_scene: Scene, id: string) => channel(args, id, prices) } = parts;
  const id = `channel-of-${context.id}`;
  const commands = html`<div class="row">
    <button type="button" commandfor=${id} command="--subscribe">--subscribe</button>
    <button type="button" commandfor=${id} command="--unsubscribe">--unsubscribe</button>
  </div>`;
  const read = (stage: StoryStage): readonly Fact[] => [...readings(stage), ...facts(stage)];
  const inside = (scene: Scene): TemplateResult =>
    html`<pusher-connection app-key=${storyKey} .options=${scene.options}
        >${content(scene, id)}</pusher-connection
      >
      <story-facts .read=${read}></story-facts>
      ${hasCommands ? commands : nothing}`;
  return html`<story-stage
    .setUp=${setUp}
    .pulse=${pulse}
    .content=${inside}
    .actions=${actions}
    .buttons=${buttons}
    .note=${note}
  ></story-stage>`;
}

/** Publishes something other than a price. */
export const publishNews: Action = {
  label: () => 'Publish "news"',
  run: (scene) => {
    scene.publish('news');
  },
};

/** Publishes a price. */
export const publishTick: Action = {
  label: () => `Publish "${storyEvent}"`,
  run: (scene) => {
    scene.publish();
  },
};

/** Signs what the endpoint has held back. */
export const sign: Action = {
  label: () => 'Sign it',
  run: (scene) => {
    scene.endpoint.release();
  },
};

/** Answers what has been held back. */
export const acknowledge: Action = {
  label: () => 'Let the server answer',
  run: (scene) => {
    scene.app.acknowledge(storyChannel);
  },
};

/** Refuses subscriptions, or no longer. */
export const refuseSubscriptions: Action = {
  label: (scene) => (scene.app.behavior.subscribe.type === 'error' ? 'Let it in' : 'Refuse it'),
  run: (scene) => {
    const isRefusing = scene.app.behavior.subscribe.type === 'error';
    scene.app.script({
      subscribe: isRefusing ? { type: 'succeed' } : { type: 'error', style: 'subscription-error' },
    });
  },
};
