/** What the stories of whole pages share: plain markup as a browser reads it, and a server that visitors come to. */
import '../demo/pages.css';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import { Pusher } from '../../src/index.js';
import type { Action } from './actions.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';

/** A page in two languages, of which one is written from right to left. */
export interface Page {
  /** A name for its styles. */
  readonly name: string;
  readonly english: string;
  readonly arabic: string;
  /** What happens on its server, as buttons. */
  readonly actions: readonly Action[];
  /** Who we are, who else is there, and what the server answers. */
  readonly setUp: (scene: Scene) => void;
  readonly note: string;
}

interface Shown {
  readonly markup: string;
  readonly root: HTMLElement;
}
const shown = new WeakMap<Scene, Shown>();

/** The markup as elements, once for each scene and language: a stage is drawn again with each event. */
function read(scene: Scene, name: string, markup: string): HTMLElement {
  const known = shown.get(scene);
  if (known?.markup === markup) return known.root;
  const root = document.createElement('div');
  root.className = `page page-${name}`;
  root.append(document.createRange().createContextualFragment(markup));
  shown.set(scene, { markup, root });
  return root;
}

/** The page, and below it what happens on its server. */
export function pageStage(page: Page, { globals }: StoryContext): TemplateResult {
  const markup = globals['language'] === 'ar' ? page.arabic : page.english;
  const inside = (scene: Scene): TemplateResult => {
    const root = read(scene, page.name, markup);
    // The toolbar has a theme that no page knows of.
    root.querySelector('pusher-toasts')?.setAttribute('theme', String(globals['theme']));
    return html`<pusher-connection app-key=${storyKey} .options=${scene.options}>${root}</pusher-connection>`;
  };
  return html`<story-stage
    .setUp=${page.setUp}
    .content=${inside}
    .actions=${page.actions}
    .note=${page.note}
    .hasLog=${false}
  ></story-stage>`;
}

/** Parameters that show the whole page as its source, each story in a window of its own. */
export function pageParameters({ english, arabic }: Page, language: 'en' | 'ar' = 'en'): object {
  const code = `<pusher-connection app-key="YOUR_KEY" cluster="eu" auth-endpoint="/pusher/auth"></pusher-connection>

${language === 'ar' ? arabic : english}`;
  return {
    docs: { source: { type: 'code', language: 'html', code }, story: { inline: false, height: '52rem' } },
  };
}

/** A button that publishes something. */
export const publishes = (
  label: string,
  channels: string,
  ...events: readonly [string, unknown][]
): Action => ({
  label: () => label,
  run: ({ app }) => {
    for (const [event, data] of events) app.publish({ channels, event, data });
  },
});

/** Somebody else has the page open, too. */
export function visit(scene: Scene, channel: string, id: string, name: string): Pusher {
  const channel_data = JSON.stringify({ user_id: id, user_info: { name } });
  const answer = { auth: `${storyKey}:signature`, channel_data };
  const visitor = new Pusher(storyKey, {
    ...scene.options,
    channelAuthorization: { customHandler: () => Promise.resolve(answer) },
  });
  visitor.subscribe(channel);
  return visitor;
}

/** The fields of a form that was posted. */
export const fieldsOf = (init?: RequestInit): URLSearchParams =>
  init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
