/** What the stories of `<pusher-presence>` draw, and the people in them. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PresenceView } from '../../components/index.js';
import { Pusher } from '../../src/index.js';
import { drop } from './actions.js';
import type { Action } from './actions.js';
import portrait from './portrait.svg?no-inline';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-presence>`. */
export interface PresenceArgs {
  view: PresenceView;
  max?: number;
  'name-path': string;
  'avatar-path': string;
  'include-me': boolean;
  'leave-grace'?: number;
  sort?: string;
  'label-one'?: string;
  'label-other'?: string;
  announce: boolean;
}

export const presenceDefaults: PresenceArgs = {
  view: 'avatars',
  'name-path': 'name',
  'avatar-path': 'avatar',
  'include-me': false,
  announce: false,
};

const channel = 'presence-lobby';

/** The element as the controls say. */
export function presence(args: PresenceArgs, inside: unknown = nothing): TemplateResult {
  return html`<pusher-presence
    channel=${channel}
    view=${args.view}
    max=${args.max ?? nothing}
    name-path=${orNothing(args['name-path'])}
    avatar-path=${orNothing(args['avatar-path'])}
    ?include-me=${args['include-me']}
    leave-grace=${args['leave-grace'] ?? nothing}
    sort=${orNothing(args.sort)}
    label-one=${orNothing(args['label-one'])}
    label-other=${orNothing(args['label-other'])}
    ?announce=${args.announce}
    >${inside}</pusher-presence
  >`;
}

/** The markup of the above. */
export const presenceMarkup = (args: PresenceArgs, inside: string = ''): string =>
  tag('pusher-presence', { channel, ...without({ ...args }, { ...presenceDefaults }) }, inside);

/** Who may come: a picture, a name in another script, a picture that cannot be had. */
const people: readonly { readonly name: string; readonly avatar?: string }[] = [
  { name: 'Grace Hopper', avatar: portrait },
  { name: 'Hedy Lamarr' },
  { name: '王小明' },
  { name: 'محمد علي' },
  { name: 'Katherine Johnson', avatar: 'missing-picture.png' },
  { name: 'नीलम शर्मा' },
  { name: 'Radia Perlman' },
  { name: '🦊 Fox' },
];

const guestsOf = new WeakMap<Scene, Map<string, Pusher>>();
const guests = (scene: Scene): Map<string, Pusher> => {
  const known = guestsOf.get(scene) ?? new Map<string, Pusher>();
  guestsOf.set(scene, known);
  return known;
};

function open(scene: Scene, id: string): void {
  const index = Number(id.replace('guest-', ''));
  const channel_data = JSON.stringify({ user_id: id, user_info: people[index % people.length] });
  const answer = { auth: `${storyKey}:signature`, channel_data };
  const guest = new Pusher(storyKey, {
    ...scene.options,
    channelAuthorization: { customHandler: () => Promise.resolve(answer) },
  });
  guest.subscribe(channel);
  guests(scene).set(id, guest);
}

/** So many more people come. */
export function come(scene: Scene, count: number): void {
  let index = 0;
  for (let left = count; left > 0; index += 1)
    if (!guests(scene).has(`guest-${index}`)) {
      open(scene, `guest-${index}`);
      left -= 1;
    }
}

function goLast(scene: Scene): string | undefined {
  const [id, guest] = [...guests(scene)].at(-1) ?? [];
  guest?.dispose();
  if (id !== undefined) guests(scene).delete(id);
  return id;
}

export const somebodyComes: Action = {
  label: () => 'Somebody comes',
  run: (scene) => {
    come(scene, 1);
  },
};
export const somebodyGoes: Action = { label: () => 'Somebody goes', run: goLast };
/** Away for half a second, as between two pages. */
export const somebodyReloads: Action = {
  label: () => 'Somebody reloads their page',
  run: (scene) => {
    const id = goLast(scene);
    if (id !== undefined) setTimeout(open, 500, scene, id);
  },
};
export const aCrowdComes: Action = {
  label: () => 'Twenty come',
  run: (scene) => {
    come(scene, 20);
  },
};
const signIt: Action = {
  label: () => 'Sign it',
  run: (scene) => {
    scene.endpoint.release();
  },
};

const everyAction = [somebodyComes, somebodyGoes, somebodyReloads, aCrowdComes, drop];

/** What a story may have beside the element. */
export interface PresenceStage {
  readonly actions?: readonly Action[];
  /** How many are there from the beginning; four unless said. */
  readonly people?: number;
  readonly note?: string;
  readonly isHeld?: boolean;
}

/** A connection, the element, and people who come and go. */
export function presenceStage(content: unknown, parts: PresenceStage = {}): TemplateResult {
  const { people: count = 4, actions = everyAction, note = '', isHeld } = parts;
  const setUp = (scene: Scene): void => {
    scene.endpoint.user = { id: 'ada', name: 'Ada Lovelace' };
    if (isHeld) scene.endpoint.hold();
    come(scene, count);
  };
  const inside = (scene: Scene): TemplateResult =>
    html`<pusher-connection app-key=${storyKey} .options=${scene.options}>${content}</pusher-connection>`;
  return html`<story-stage
    .setUp=${setUp}
    .content=${inside}
    .actions=${isHeld ? [signIt] : actions}
    .note=${note}
  ></story-stage>`;
}

export const template: TemplateResult = html`<template
  ><p><b data-pe-text="name"></b> <small data-pe-text="$userId"></small></p
></template>`;

/** The sentence in each of the languages that the kit speaks. */
export const languages = (args: PresenceArgs): readonly TemplateResult[] =>
  (['en', 'de', 'es', 'ar'] as const).map(
    (language) => html`<p lang=${language} dir=${language === 'ar' ? 'rtl' : 'ltr'}>${presence(args)}</p>`,
  );
