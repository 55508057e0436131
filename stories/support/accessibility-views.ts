/** What the page about accessibility shows. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Action } from './actions.js';
import { visit } from './page.js';
import type { Scene } from './scene.js';
import { storyKey } from './scene.js';
import { connectionIn, situations } from './situations.js';

export const status = `<pusher-status countdown retry></pusher-status>
<pusher-status variant="text"></pusher-status>`;

export const heard = html`<story-hearing></story-hearing>`;
export const heardOnThePage = html`<story-hearing .hasPage=${true}></story-hearing>`;

export const orders = `<style>
  ul { padding: 0; list-style: none; inline-size: 18rem; }
  li { display: flex; justify-content: space-between; padding-block: 0.3rem; }
</style>

<pusher-list channel="orders" event="created" update-event="changed"
  insert="prepend" hold announce>
  <ul role="list" aria-label="Orders">
    <template>
      <li>
        <a data-pe-attr-href="url" data-pe-text="number"></a>
        <span data-pe-text="stage"></span>
      </li>
    </template>
    <li data-pe-key="2"><a data-pe-attr-href="url" data-pe-text="number" href="#order-2">A-102</a>
      <span data-pe-text="stage">packed</span></li>
    <li data-pe-key="1"><a data-pe-attr-href="url" data-pe-text="number" href="#order-1">A-101</a>
      <span data-pe-text="stage">packed</span></li>
  </ul>
</pusher-list>`;

const order = (id: number, stage: string): object => ({
  id,
  number: `A-${String(100 + id)}`,
  url: `#order-${String(id)}`,
  stage,
});

const counts = new WeakMap<Scene, number>();

/** An order comes in. */
export const newOrder: Action = {
  label: () => 'An order comes in',
  run: (scene) => {
    const id = (counts.get(scene) ?? 2) + 1;
    counts.set(scene, id);
    scene.app.publish({ channels: 'orders', event: 'created', data: order(id, 'new') });
  },
};

/** The row that may have the focus changes. */
export const sendOrder: Action = {
  label: () => 'A-102 is sent',
  run: (scene) => {
    scene.app.publish({ channels: 'orders', event: 'changed', data: order(2, 'sent') });
  },
};

export const form = `<pusher-trigger channel="private-chat" event="message" disable-offline reset>
  <form>
    <label>Message <input name="text" required></label>
    <button>Send</button>
  </form>
</pusher-trigger>`;

export const fourLanguages = `<p lang="en"><pusher-status countdown></pusher-status></p>
<p lang="de"><pusher-status countdown></pusher-status></p>
<p lang="es"><pusher-status countdown></pusher-status></p>
<p lang="ar" dir="rtl"><pusher-status countdown></pusher-status></p>`;

const people = ['Ada', 'Bo', 'Cy', 'Di', 'Eve', 'Flo', 'Gil', 'Hal', 'Ivy', 'Jo', 'Kay', 'Lu', 'Max', 'Nell'];

const crowd = (scene: Scene): void => {
  for (const name of people) visit(scene, 'presence-crowd', `guest-${name}`, name);
};

/** Everything that has a colour of its own, in one theme. */
const side = (theme: 'light' | 'dark'): TemplateResult => {
  const one = (facet: 'connected' | 'reconnecting' | 'limit'): TemplateResult => {
    const { setUp, connected } = situations[facet];
    const content = (scene: Scene): TemplateResult =>
      connectionIn(
        situations[facet],
        scene,
        html`<pusher-status grace="0" theme=${theme} retry announce="off"></pusher-status>`,
      );
    return html`<story-stage
      .setUp=${setUp}
      .connected=${connected}
      .content=${content}
      .hasLog=${false}
    ></story-stage>`;
  };
  const faces = (scene: Scene): TemplateResult =>
    html`<pusher-connection app-key=${storyKey} .options=${scene.options}
      ><pusher-presence channel="presence-crowd"></pusher-presence
    ></pusher-connection>`;
  return html`<div class="side" data-theme=${theme}>
    ${one('connected')} ${one('reconnecting')} ${one('limit')}
    <story-stage .setUp=${crowd} .content=${faces} .hasLog=${false}></story-stage>
  </div>`;
};

export const contrast = (): TemplateResult =>
  html`<div class="contrast">
    <div class="sides">${side('light')}${side('dark')}</div>
    <story-contrast></story-contrast>
  </div>`;
