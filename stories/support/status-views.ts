/** What the stories of `<pusher-status>` draw. */
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { StatusFacet } from '../../components/index.js';
import { connectionActions, refuse, stopOrStart } from './actions.js';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { connectionIn, facetNames, situations } from './situations.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-status>`, and what its connection is going through. */
export interface StatusArgs {
  situation: StatusFacet;
  variant: 'badge' | 'dot' | 'banner' | 'text';
  theme: 'auto' | 'light' | 'dark';
  grace?: number;
  countdown: boolean;
  retry: boolean;
  details: boolean;
  announce: 'polite' | 'off';
  'hide-when'?: string;
  'label-connected'?: string;
  'label-reconnecting'?: string;
  'label-unavailable'?: string;
  'label-limit'?: string;
}

export type StatusContext = StoryContext<StatusArgs>;

export const statusDefaults: StatusArgs = {
  situation: 'connected',
  variant: 'badge',
  theme: 'auto',
  countdown: false,
  retry: false,
  details: false,
  announce: 'polite',
};

/** `<pusher-status>` as the controls say. `auto` follows the theme of the toolbar, which knows of no page. */
export function status(args: StatusArgs, context: StatusContext, slots: unknown = nothing): TemplateResult {
  const page = context.globals['theme'] as StatusArgs['theme'];
  return html`<pusher-status
    variant=${args.variant}
    theme=${args.theme === 'auto' ? page : args.theme}
    grace=${args.grace ?? nothing}
    ?countdown=${args.countdown}
    ?retry=${args.retry}
    ?details=${args.details}
    announce=${args.announce}
    hide-when=${orNothing(args['hide-when'])}
    label-connected=${orNothing(args['label-connected'])}
    label-reconnecting=${orNothing(args['label-reconnecting'])}
    label-unavailable=${orNothing(args['label-unavailable'])}
    label-limit=${orNothing(args['label-limit'])}
    >${slots}</pusher-status
  >`;
}

/** The markup of the above. */
export function statusMarkup(args: StatusArgs): string {
  return tag('pusher-status', { ...without({ ...args }, { ...statusDefaults }), situation: undefined });
}

/** What stands around a story of one connection. */
export interface StageParts {
  readonly actions?: readonly Action[];
  readonly buttons?: TemplateResult;
  readonly note?: string;
  readonly hasLog?: boolean;
}

/** A stage for one situation; another situation is another stage. */
export function stageFor(
  situation: StatusFacet,
  content: (scene: Scene) => unknown,
  { actions = [], buttons, note = '', hasLog = false }: StageParts = {},
): TemplateResult {
  const { setUp, connected } = situations[situation];
  const inside = (scene: Scene): unknown => connectionIn(situations[situation], scene, content(scene));
  const stage = html`<story-stage
    .setUp=${setUp}
    .connected=${connected}
    .content=${inside}
    .actions=${actions}
    .buttons=${buttons}
    .note=${note}
    .hasLog=${hasLog}
  ></story-stage>`;
  return html`${keyed(situation, stage)}`;
}

/** Every situation, each with a status of its own. */
export function everySituation(args: StatusArgs, context: StatusContext): TemplateResult {
  const one = (facet: StatusFacet): TemplateResult =>
    html`<div class=${args.variant === 'banner' ? 'wide' : ''}>
      <h3>${facet}</h3>
      ${stageFor(facet, () => status({ ...args, situation: facet }, context))}
    </div>`;
  const every = facetNames.map(one);
  return html`<div class="gallery">${every}</div>`;
}

/** The four variants of one status. */
export function variants(args: StatusArgs, context: StatusContext): TemplateResult {
  const one = (variant: StatusArgs['variant']): TemplateResult =>
    html`<div class=${variant === 'banner' ? 'wide' : ''}>
      <h3>${variant}</h3>
      ${status({ ...args, variant }, context)}
    </div>`;
  const every = (['badge', 'dot', 'text', 'banner'] as const).map(one);
  return stageFor(args.situation, () => html`<div class="gallery wide">${every}</div>`);
}

/** A status whose button can be made to do nothing. */
export function retryStage(args: StatusArgs, context: StatusContext): TemplateResult {
  let isCancelled = false;
  const choose = ({ target }: Event): void => {
    isCancelled = (target as HTMLInputElement).checked;
  };
  const decide = (event: Event): void => {
    if (isCancelled) event.preventDefault();
  };
  const choice = html`<label><input type="checkbox" @change=${choose} /> Cancel pusher-before-retry</label>`;
  const content = html`<div class="wide" @pusher-before-retry=${decide}>${status(args, context)}</div>`;
  return stageFor(args.situation, () => content, {
    actions: [refuse],
    buttons: choice,
    note: 'Let the server accept again, then press the button in the badge.',
    hasLog: true,
  });
}

/** One status on light paper, one on dark. */
export function sides(args: StatusArgs, context: StatusContext): TemplateResult {
  const side = (theme: 'light' | 'dark'): TemplateResult => {
    const all = (['badge', 'text', 'banner'] as const).map((variant) =>
      status({ ...args, variant, theme }, context),
    );
    return html`<div class="side" data-theme=${theme}>${all}</div>`;
  };
  return html`<div class="sides">${side('light')}${side('dark')}</div>`;
}

/** One status in each language that is built in. */
export function languages(args: StatusArgs, context: StatusContext): TemplateResult {
  const one = (language: string, direction: 'ltr' | 'rtl'): TemplateResult =>
    html`<div lang=${language} dir=${direction}>${status(args, context)}</div>`;
  return html`${one('en', 'ltr')}${one('de', 'ltr')}${one('es', 'ltr')}${one('ar', 'rtl')}`;
}

/** Two statuses of one connection, and what a screen reader hears of them. */
export function announcements(args: StatusArgs, context: StatusContext): TemplateResult {
  const heard = (stage: Element): readonly Fact[] =>
    [...stage.querySelectorAll('pusher-status')].map((element, index) => [
      `Spoken by the ${index === 0 ? 'first' : 'second'}`,
      element.shadowRoot?.querySelector('[role="status"]')?.textContent,
    ]);
  const content = html`<div class="row">${status(args, context)}${status(args, context)}</div>
    <story-facts .read=${heard}></story-facts>`;
  return stageFor(args.situation, () => content, {
    actions: [stopOrStart],
    note: 'Stop the server. The sentence stays long enough to be read, and is then taken away.',
  });
}

/** A status that stands outside its connection, and names it. */
export function elsewhere(_args: StatusArgs, context: StatusContext): TemplateResult {
  const id = `connection-of-${context.id}`;
  const content = (scene: Scene): TemplateResult =>
    html`<pusher-connection id=${id} app-key=${storyKey} .options=${scene.options}></pusher-connection>
      <pusher-status connection=${id}></pusher-status>`;
  return html`<story-stage .content=${content} .actions=${connectionActions}></story-stage>`;
}
