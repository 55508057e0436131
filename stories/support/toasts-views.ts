/** What the stories of `<pusher-toasts>` draw. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { PusherToastsElement, ToastPlacement } from '../../components/index.js';
import type { Action } from './actions.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, shownAs, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-toasts>`. */
export interface ToastsArgs {
  channel: string;
  event: string;
  placement: ToastPlacement;
  theme: 'auto' | 'light' | 'dark';
  duration?: number;
  max?: number;
  stack: boolean;
  'body-path'?: string;
  'href-path'?: string;
  'dedupe-key'?: string;
  'assertive-levels'?: string;
  native: boolean;
  label?: string;
  'label-close'?: string;
}

export type ToastsContext = StoryContext<ToastsArgs>;

export const toastsDefaults: ToastsArgs = {
  channel: 'user-9',
  event: 'notice',
  placement: 'bottom-end',
  theme: 'auto',
  stack: false,
  native: false,
};

/** The element as the controls say. `auto` follows the theme of the toolbar, which knows of no page. */
export function toasts(args: ToastsArgs, context: ToastsContext, content: unknown = nothing): TemplateResult {
  const page = context.globals['theme'] as ToastsArgs['theme'];
  return html`<pusher-toasts
    id=${`toasts-of-${context.id}`}
    channel=${args.channel}
    event=${args.event}
    placement=${args.placement}
    theme=${args.theme === 'auto' ? page : args.theme}
    duration=${args.duration ?? nothing}
    max=${args.max ?? nothing}
    ?stack=${args.stack}
    ?native=${args.native}
    body-path=${orNothing(args['body-path'])}
    href-path=${orNothing(args['href-path'])}
    dedupe-key=${orNothing(args['dedupe-key'])}
    assertive-levels=${orNothing(args['assertive-levels'])}
    label=${orNothing(args.label)}
    label-close=${orNothing(args['label-close'])}
    >${content}</pusher-toasts
  >`;
}

/** The markup of the above. */
export const toastsMarkup = (args: ToastsArgs, content = ''): string =>
  tag(
    'pusher-toasts',
    without({ ...args }, { ...toastsDefaults, channel: undefined, event: undefined }),
    content,
  );

/** In the documentation each story is a page of its own: toasts are at the edge of a window. */
export function shownInFrame(write: (args: ToastsArgs) => string): object {
  const { docs } = shownAs(write) as { readonly docs: object };
  return { docs: { ...docs, story: { inline: false, height: '32rem' } } };
}

/** What a story of toasts may have beside the element. */
export interface ToastsStage {
  readonly actions?: readonly Action[];
  readonly note?: string;
  /** Inside the element. */
  readonly content?: unknown;
  /** Beside the element. */
  readonly beside?: (scene: Scene) => unknown;
}

/** A page with something to do on it, and the toasts that appear there. */
export function toastsStage(
  args: ToastsArgs,
  context: ToastsContext,
  { actions = [publish(orderPaid)], note = '', content, beside }: ToastsStage = {},
): TemplateResult {
  const inside = (scene: Scene): TemplateResult =>
    html`${beside?.(scene) ?? nothing}
      <pusher-connection app-key=${storyKey} .options=${scene.options}></pusher-connection>
      ${toasts(args, context, content)}`;
  return html`<story-stage .content=${inside} .actions=${actions} .note=${note}></story-stage>`;
}

/** A button that publishes something. */
export const publish = (data: unknown, label = 'Publish a notice'): Action => ({
  label: () => label,
  run: ({ app }) => {
    app.publish({ channels: 'user-9', event: 'notice', data });
  },
});

export const orderPaid = { title: 'Order 1042 was paid', body: 'Ada Lovelace, 2 items', level: 'success' };

const levels = [
  { level: 'info', title: 'A new version is there', body: 'It is used when you open the page again.' },
  { level: 'success', title: 'Order 1042 was paid', body: 'Ada Lovelace, 2 items' },
  { level: 'warning', title: 'Only 3 left', body: 'Linen shirt, size M' },
  { level: 'error', title: 'The payment has failed', body: 'The bank did not answer. Nothing was charged.' },
];

/** One button for each level. */
export const publishLevels: readonly Action[] = levels.map((notice) =>
  publish(notice, `Publish "${notice.level}"`),
);

/** Many in one moment. */
export const burst: Action = {
  label: () => 'Publish 16 at once',
  run: ({ app }) => {
    for (let order = 1; order <= 16; order += 1)
      app.publish({
        channels: 'user-9',
        event: 'notice',
        data: { title: `Order ${String(1041 + order)} was paid`, level: 'success' },
      });
  },
};

/** A build, told three times. */
export const build: readonly Action[] = [
  publish({ build: 7, title: 'Build 7 has begun', body: 'Commit 9f3c1a2', level: 'info' }, 'It begins'),
  publish({ build: 7, title: 'Build 7 is testing', body: '128 of 400 tests', level: 'info' }, 'It goes on'),
  publish({ build: 7, title: 'Build 7 is done', body: '400 tests passed', level: 'success' }, 'It is done'),
];

/** Somebody writes; the page has a form of its own for that. */
export const message: TemplateResult = html`<template>
  <div class="message">
    <p><b data-pe-text="from"></b> <span data-pe-text="text"></span></p>
    <p><a data-pe-attr-href="url" href="#">Answer</a> <button type="button">Later</button></p>
  </div>
</template>`;

export const messageMarkup = `<template>
  <div class="message">
    <p><b data-pe-text="from"></b> <span data-pe-text="text"></span></p>
    <p><a data-pe-attr-href="url" href="#">Answer</a> <button type="button">Later</button></p>
  </div>
</template>`;

/** Everything that a payload must not be able to do. */
export const hostile = {
  title: '<img src=x onerror="document.body.remove()">',
  body: '<script>alert(1)</script> & <b>bold</b>',
  href: 'javascript:alert(1)',
  icon: 'data:text/html,<script>alert(1)</script>',
  level: '"><i>',
};

const toastsIn = ({ currentTarget }: Event): PusherToastsElement | null | undefined =>
  (currentTarget as Element).closest('.stage-view')?.querySelector('pusher-toasts');

/** How much is uploaded, in percent; by element, because a story is drawn again and again. */
const uploads = new WeakMap<PusherToastsElement, number>();

/** Buttons of a page that uses the methods. */
export function ownButtons(): TemplateResult {
  const save = (event: Event): void => {
    toastsIn(event)?.show({ title: 'Saved', level: 'success', duration: 4 });
  };
  const upload = (event: Event): void => {
    const toasts = toastsIn(event);
    if (!toasts) return;
    const step = (uploads.get(toasts) ?? 0) + 25;
    const isDone = step === 100;
    uploads.set(toasts, isDone ? 0 : step);
    toasts.show({
      id: 'upload',
      title: isDone ? 'Uploaded' : 'Uploading',
      body: `${String(step)} %`,
      level: isDone ? 'success' : 'info',
      duration: isDone ? 4 : 0,
    });
  };
  const clear = (event: Event): void => {
    toastsIn(event)?.clear();
  };
  return html`<div class="row">
    <button type="button" @click=${save}>Save</button>
    <button type="button" @click=${upload}>Upload a quarter</button>
    <button type="button" @click=${clear}>Clear</button>
  </div>`;
}

/** A form in a dialog. */
export function dialogButton(): TemplateResult {
  const open = ({ currentTarget }: Event): void => {
    (currentTarget as Element).parentElement?.querySelector('dialog')?.showModal();
  };
  return html`<div>
    <button type="button" @click=${open}>Open a dialog</button>
    <dialog aria-label="Settings">
      <form method="dialog">
        <p>Somebody is in a dialog.</p>
        <button>Close it</button>
      </form>
    </dialog>
  </div>`;
}

/** A button that asks, without script. */
export const permissionButton = (context: ToastsContext): TemplateResult =>
  html`<p>
    <button type="button" commandfor=${`toasts-of-${context.id}`} command="--allow-native">
      Tell me outside this page too
    </button>
  </p>`;
