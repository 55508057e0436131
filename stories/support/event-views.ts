/** What the stories of `<pusher-event>` draw. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { ClassMode, EventAction, PusherBeforeActionEvent } from '../../components/index.js';
import type { Action } from './actions.js';
import { answerPath } from './own-server.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, tag, without } from './usage.js';

export interface EventArgs {
  do: EventAction;
  field: string;
  'class-name': string;
  'class-mode': ClassMode;
  'attr-name': string;
  'dispatch-as': string;
  'match-field': string;
  'match-value': string;
  debounce: number;
  jitter: number;
  announce: string;
}

export const eventDefaults: EventArgs = {
  do: 'dispatch',
  field: '',
  'class-name': '',
  'class-mode': 'add',
  'attr-name': '',
  'dispatch-as': '',
  'match-field': '',
  'match-value': '',
  debounce: 0,
  jitter: 0,
  announce: 'off',
};

/** The markup, as somebody would write it. */
export const eventMarkup = (args: EventArgs): string =>
  tag(
    'div',
    {},
    tag('pusher-event', {
      channel: 'cart',
      name: 'changed',
      ...without({ ...args }, { ...eventDefaults }),
      ...(args.do === 'refetch' && { 'refetch-url': '/cart' }),
    }),
  );

/** The element with its arguments; what is acted upon is its parent. */
export const eventElement = (args: EventArgs, scene: Scene): TemplateResult =>
  html`<pusher-event
    channel="cart"
    name="changed"
    do=${args.do}
    field=${orNothing(args.field)}
    class-name=${orNothing(args['class-name'])}
    class-mode=${args['class-mode']}
    attr-name=${orNothing(args['attr-name'])}
    dispatch-as=${orNothing(args['dispatch-as'])}
    match-field=${orNothing(args['match-field'])}
    match-value=${orNothing(args['match-value'])}
    debounce=${args.debounce}
    jitter=${args.jitter}
    announce=${args.announce}
    refetch-url=${cartPath(scene)}
  ></pusher-event>`;

const cartPath = ({ endpoint }: Scene): string => endpoint.path.replace('/pusher/auth', '/cart');

/** Somebody has put one more into the cart. */
export function fill(): Action {
  let count = 2;
  return {
    label: () => 'Put one into the cart',
    run: ({ app }) => {
      count += 1;
      app.publish({
        channels: 'cart',
        event: 'changed',
        data: { count, text: `${String(count)} items`, isFull: count % 2 === 1, owner: 'ada' },
      });
    },
  };
}

/** Somebody has put one into another cart. */
export const fillOther: Action = {
  label: () => 'Put one into another cart',
  run: ({ app }) => {
    app.publish({ channels: 'cart', event: 'changed', data: { text: 'not ours', owner: 'grace' } });
  },
};

/** The page of the cart, as the site's server writes it: what is asked for is always one more. */
export function serveCart(scene: Scene): void {
  let count = 2;
  answerPath(cartPath(scene), () => {
    count += 1;
    const cart = `<strong>${String(count)} items</strong> <label>Note <input name="note"></label> <button type="button">Pay</button>`;
    return new Response(cart, { headers: { 'content-type': 'text/html' } });
  });
}

/** The page of the cart is gone. */
export function loseCart(scene: Scene): void {
  answerPath(cartPath(scene), () => new Response('No.', { status: 404 }));
}

/** What is around the element in a story. */
export interface EventStory {
  readonly actions?: readonly Action[];
  readonly note: string;
  readonly setUp?: (scene: Scene) => void;
  readonly around?: (element: TemplateResult, context: StoryContext<EventArgs>) => unknown;
}

const inCart = (element: TemplateResult): TemplateResult =>
  html`<p class="event-box" tabindex="-1"><strong>2 items</strong>${element}</p>`;

/** A story: the element in a box, buttons that publish, and the log of DOM events. */
export function eventStage(
  args: EventArgs,
  context: StoryContext<EventArgs>,
  { actions = [fill()], note, setUp, around = inCart }: EventStory,
): TemplateResult {
  const content = (scene: Scene): TemplateResult => html`
    <pusher-connection app-key=${storyKey} .options=${scene.options}></pusher-connection>
    ${around(eventElement(args, scene), context)}
  `;
  return html`<story-stage
    .actions=${actions}
    .note=${note}
    .setUp=${setUp}
    .content=${content}
  ></story-stage>`;
}

/** A page that hears the event as htmx or Alpine would. */
export const listening = (element: TemplateResult): TemplateResult => {
  const hear = (event: Event): void => {
    const heard = (event.currentTarget as Element).querySelector('output');
    const { detail } = event as CustomEvent<{ data: { text: string } }>;
    if (heard) heard.textContent = `${event.type}: ${detail.data.text}`;
  };
  return html`<div class="event-box" @cart-changed=${hear}>
    Heard: <output>nothing yet</output> ${element}
  </div>`;
};

/** Something that is open or not. */
export const details = (element: TemplateResult): TemplateResult =>
  html`<details class="event-box">
    <summary>Is there room?</summary>
    The cart is full. ${element}
  </details>`;

/** A form that may be submitted. */
export const form = (element: TemplateResult): TemplateResult => {
  const take = (event: SubmitEvent): void => {
    event.preventDefault();
    const sent = event.currentTarget as HTMLFormElement;
    const [input, output] = [sent.querySelector('input'), sent.querySelector('output')];
    if (input && output) output.textContent = `sent "${input.value}"`;
  };
  return html`<form class="event-box" data-pusher-submit @submit=${take}>
    <label>Search <input type="text" name="q" value="shoes" /></label> <output>not sent yet</output>${element}
  </form>`;
};

/** A page that asks before something is done. */
export const asking = (element: TemplateResult): TemplateResult => {
  const ask = (event: PusherBeforeActionEvent): void => {
    const box = event.currentTarget as Element;
    const question = box.querySelector<HTMLElement>('.event-question');
    if (!question) return;
    question.hidden = false;
    event.waitUntil(
      new Promise((resolve, reject) => {
        question.addEventListener(
          'click',
          ({ target }) => {
            question.hidden = true;
            if ((target as HTMLButtonElement).value === 'yes') resolve(undefined);
            else reject(new Error('not now'));
          },
          { once: true },
        );
      }),
    );
  };
  return html`<div class="event-box" @pusher-before-action=${ask}>
    ${inCart(element)}
    <div class="event-question" role="group" aria-label="The cart has changed" hidden>
      The cart has changed. Remove the old one?
      <button type="button" value="yes">Remove it</button> <button type="button" value="no">Not now</button>
    </div>
  </div>`;
};
