/** What the first page shows: three tags, and the same three tags at work. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { Action } from './actions.js';
import { exampleStage } from './example.js';
import { storyChannel, storyEvent } from './scene.js';
import type { Scene } from './scene.js';

/** The three tags, no wider than a telephone. */
export const threeTags = `<pusher-connection app-key="YOUR_KEY"
  cluster="eu"></pusher-connection>

<pusher-status countdown retry>
</pusher-status>

<pusher-value channel="${storyChannel}" event="${storyEvent}"
  field="price" format="currency:EUR" flash>
  No price yet
</pusher-value>`;

/** Milliseconds after which a connection that was cut is there again, if nobody mends it before. */
const outage = 8000;

/** How many prices there were. */
const counts = new WeakMap<Scene, number>();

/** A price that wanders around sixty, the same way each time. */
export function publishPrice(scene: Scene): void {
  const count = (counts.get(scene) ?? 0) + 1;
  counts.set(scene, count);
  const price = 60 + Math.sin(count * 0.9) * 2.4 + Math.sin(count * 0.37) * 3.1;
  scene.app.publish({
    channels: storyChannel,
    event: storyEvent,
    data: { price: Math.round(price * 100) / 100 },
  });
}

const mend = (scene: Scene): void => {
  if (scene.isStopped) scene.start();
};

/** Takes the server away for a while. */
export const cut: Action = {
  label: (scene) => (scene.isStopped ? 'Mend the connection' : 'Cut the connection'),
  run: (scene) => {
    if (scene.isStopped) {
      mend(scene);
      return;
    }
    scene.stop();
    setTimeout(mend, outage, scene);
  },
};

/** Large, and with a sign beside the colour. */
const look = css`
  :host {
    gap: 0.75rem;
  }
  pusher-value {
    font-size: 2.75rem;
    font-variant-numeric: tabular-nums;
    font-weight: 750;
    letter-spacing: -0.02em;
    line-height: 1.15;
  }
  pusher-value:is(:state(empty), :state(stale)) {
    color: light-dark(#55556d, #b4b4cc);
  }
  pusher-value:state(empty) {
    font-size: 1.5rem;
    font-weight: 400;
    letter-spacing: 0;
    line-height: 2.11;
  }
  pusher-value:state(stale) {
    text-decoration: underline dotted 2px;
    text-underline-offset: 0.2em;
  }
  pusher-value:is(:state(up), :state(down))::after {
    font-size: 0.5em;
    letter-spacing: 0;
    vertical-align: 0.35em;
  }
  pusher-value:state(up)::after {
    color: light-dark(#0a7239, #4fd08b);
    content: ' ▲' / '';
  }
  pusher-value:state(down)::after {
    color: light-dark(#b3261e, #ff8a80);
    content: ' ▼' / '';
  }
`;

export const startStage = (_args: unknown, context: StoryContext): TemplateResult =>
  html`<div class="start-live">
    ${exampleStage(threeTags, context, {
      pulse: publishPrice,
      actions: [cut],
      look,
      note: 'It comes back by itself. Meanwhile the badge counts down, and the price says that it is old.',
    })}
  </div>`;
