/** What the stories of the kinds of channel draw. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherBeforeAuthorizeEvent, PusherEvent } from '../../components/index.js';
import { Pusher } from '../../src/index.js';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyEvent, storyKey } from './scene.js';
import type { Scene } from './scene.js';
import type { StoryStage } from './stage.js';
import { tag } from './usage.js';

export const encryptedName = 'private-encrypted-prices';

/** Markup with an endpoint, as somebody would write it. */
export const signedMarkup = (channels: string): string =>
  tag(
    'pusher-connection',
    { 'app-key': 'YOUR_KEY', cluster: 'eu', 'auth-endpoint': '/pusher/auth' },
    channels,
  );

/** How often the endpoint was asked. */
export const requests = ({ scene }: StoryStage): readonly Fact[] => [
  ['requests to the endpoint', scene.endpoint.requestCount],
];

/** Who is here. */
export function presence(stage: Element): readonly Fact[] {
  const { members, me } = stage.querySelector('pusher-channel') ?? {};
  const names = [...(members ?? [])].map(
    ({ id, info }) => `${(info as { name: string }).name}${id === me?.id ? ' (me)' : ''}`,
  );
  return [
    ['members.count', members?.count],
    ['who', names.join(', ')],
  ];
}

const guests = ['Grace', 'Hedy', 'Katherine', 'Radia'];

/** Buttons with which people come and go. */
export function comeAndGo(): readonly Action[] {
  const here: Pusher[] = [];
  const come = ({ options }: Scene): void => {
    const name = guests[here.length % guests.length] ?? '';
    const channel_data = JSON.stringify({ user_id: `guest-${String(here.length + 1)}`, user_info: { name } });
    const answer = { auth: `${storyKey}:signature`, channel_data };
    const channelAuthorization = { customHandler: () => Promise.resolve(answer) };
    const guest = new Pusher(storyKey, { ...options, channelAuthorization });
    guest.subscribe('presence-lobby');
    here.push(guest);
  };
  return [
    { label: () => 'Somebody comes', run: come },
    { label: () => 'Somebody goes', run: () => here.pop()?.dispose() },
  ];
}

/** The endpoint refuses, or no longer. */
export function forbid(): Action {
  let isForbidden = false;
  return {
    label: () => (isForbidden ? 'Allow it' : 'Forbid it'),
    run: ({ endpoint }) => {
      isForbidden = !isForbidden;
      endpoint.answer = (request) => (isForbidden ? endpoint.refuse(403) : endpoint.sign(request));
    },
  };
}

/** The token of the page, as frameworks write it into the head. */
export const tokenOfPage = html`<meta name="csrf-token" content="of-yesterday" />`;

/** Only takes the token of today, which the page gets meanwhile, for instance from its own keep-alive. */
export function expireSession({ endpoint }: Scene): void {
  endpoint.answer = (request) => {
    if (request.headers.get('x-csrf-token') === 'of-today') return endpoint.sign(request);
    document.querySelector('meta[name="csrf-token"]')?.setAttribute('content', 'of-today');
    return endpoint.refuse(419);
  };
}

/** Two people on one page: a connection each, the same channel. */
export function twoPeople(scene: Scene): TemplateResult {
  const wave = ({ currentTarget }: Event): void => {
    const side = (currentTarget as Element).closest('.side');
    side
      ?.querySelector('pusher-channel')
      ?.trigger('client-wave', { from: side.querySelector('h3')?.textContent });
  };
  const hear = ({ currentTarget, name, data }: PusherEvent): void => {
    const heard = (currentTarget as Element).querySelector('output');
    if (heard) heard.textContent = `${name} from ${(data as { from: string }).from}`;
  };
  const person = (name: string): TemplateResult =>
    html`<div class="side">
      <h3>${name}</h3>
      <pusher-connection app-key=${storyKey} .options=${scene.optionsOf(name)}>
        <pusher-channel name="chat" type="private" @pusher-event=${hear}>
          <p>Has heard: <output>nothing yet</output></p>
        </pusher-channel>
      </pusher-connection>
      <button type="button" @click=${wave}>${name} waves</button>
    </div>`;
  return html`<div class="sides">${person('Ada')} ${person('Grace')}</div>`;
}

/** Answers for an endpoint that is not there. */
export const answerByPage = (event: PusherBeforeAuthorizeEvent): void => {
  event.respondWith(Promise.resolve({ auth: `${storyKey}:signature` }));
};

/** Publishes a price that only subscribers can read. */
export const publishSealed: Action = {
  label: () => 'Publish an event',
  run: (scene) => {
    scene.publish(storyEvent, encryptedName, scene.endpoint.seal.close);
  },
};

/** What the wire carried last. */
export function onTheWire({ scene }: StoryStage): readonly Fact[] {
  const sent = scene.app.record.sent.findLast(({ event }) => event === storyEvent);
  return [['on the wire', sent && `${JSON.stringify(sent.data).slice(0, 64)}…`]];
}
