/** What the page about theming shows: markup with its styles, which runs as it stands. */
import { setWords } from '../../components/index.js';
import { visit } from './page.js';
import type { Scene } from './scene.js';
import { publishPrice } from './start-views.js';

export const colours = `<style>
  pusher-status {
    --pusher-status-online: light-dark(#00577d, #7cc8f0);
    --pusher-status-warning: light-dark(#7a1fa2, #dba6f0);
    --pusher-status-radius: 4px;
  }
</style>

<pusher-status countdown retry></pusher-status>`;

export const parts = `<style>
  pusher-status::part(base) {
    border-width: 0 0 2px;
    border-radius: 0;
    background: none;
  }
  pusher-status::part(label) {
    font-weight: 700;
  }
  pusher-presence {
    --pusher-presence-size: 2.75rem;
    --pusher-presence-gap: 0.5rem;
  }
  pusher-presence::part(avatar) {
    border-radius: 30%;
  }
</style>

<pusher-status></pusher-status>
<pusher-presence channel="presence-studio" max="4"></pusher-presence>`;

export const states = `<style>
  pusher-value {
    font-size: 2rem;
    font-weight: 700;
  }
  pusher-value:state(up) {
    color: light-dark(#0a7239, #4fd08b);
  }
  pusher-value:state(up)::after {
    content: ' ▲';
  }
  pusher-value:state(down) {
    color: light-dark(#b3261e, #ff8a80);
  }
  pusher-value:state(down)::after {
    content: ' ▼';
  }
  pusher-value:state(stale) {
    text-decoration: underline dotted;
  }
  .old {
    display: none;
  }
  pusher-value:state(stale) ~ .old {
    display: inline;
  }
</style>

<p>
  <pusher-value channel="prices" event="tick" field="price" format="currency:EUR" flash>…</pusher-value>
  <span class="old">The price may be out of date.</span>
</p>`;

export const lightAndDark = `<style>
  .morning {
    background: #fff;
    color: #1b1b2b;
  }
  .evening {
    background: #14141c;
    color: #f0f0f8;
  }
  div {
    padding: 1rem;
  }
</style>

<div class="morning">
  <pusher-status theme="light"></pusher-status>
</div>
<div class="evening">
  <pusher-status theme="dark"></pusher-status>
</div>
<pusher-status></pusher-status>`;

export const rightToLeft = `<div dir="rtl" lang="ar">
  <pusher-status variant="banner" countdown retry></pusher-status>
</div>`;

export const ownWords = `<pusher-status
  label-connected="Prices are live."
  label-reconnecting="Prices are paused. Trying in {seconds} seconds."
></pusher-status>

<pusher-status>
  <span slot="connected">Open <em>and</em> live</span>
  <span slot="reconnecting">One moment…</span>
</pusher-status>`;

const french = {
  connected: 'Connecté',
  reconnecting: 'Reconnexion…',
  countdown: 'Nouvel essai {in}',
  retry: 'Réessayer',
};

setWords('fr', french);

/** The script of the example, with the words that were given above. */
export const frenchScript = `import { setWords } from 'pusher-elements';

setWords('fr', {
${Object.entries(french)
  .map(([name, text]) => `  ${name}: '${text}',`)
  .join('\n')}
});`;

export const frenchMarkup = `<div lang="fr">
  <pusher-status countdown retry></pusher-status>
</div>`;

const artists = ['Ada Lovelace', 'Grace Hopper', 'Hedy Lamarr', 'Katherine Johnson', 'Radia Perlman'];

/** People in the studio. */
export function fillStudio(scene: Scene): void {
  for (const [index, name] of artists.entries())
    visit(scene, 'presence-studio', `guest-${String(index)}`, name);
}

/** A price for those who look; once there is nobody to hear it, it is not sent. */
export const pricePulse = (scene: Scene): void => {
  if (!scene.isStopped) publishPrice(scene);
};
