/** An encrypted channel whose key changes while numbered prices arrive. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherEvent } from '../../components/index.js';
import type { Action } from './actions.js';
import { channel, channelStage, prices } from './channel-views.js';
import type { ChannelArgs, ChannelContext } from './channel-views.js';
import type { Fact } from './facts.js';
import { encryptedName } from './kind-views.js';
import { storyEvent } from './scene.js';
import type { Scene } from './scene.js';
import type { StoryStage } from './stage.js';

/** What was sent, and what the page has read of it. */
export interface Correspondence {
  sent: number;
  readonly read: number[];
}

const correspondences = new WeakMap<Scene, Correspondence>();

export function correspondenceOf(scene: Scene): Correspondence {
  const known = correspondences.get(scene) ?? { sent: 0, read: [] };
  correspondences.set(scene, known);
  return known;
}

/** Publishes the next price, sealed with the key of the moment. */
export function publishNext(scene: Scene): void {
  const number = (correspondenceOf(scene).sent += 1);
  scene.publish(storyEvent, encryptedName, (price) => scene.endpoint.seal.close({ ...price, number }));
}

/** Whether the endpoint lets the page wait for the key. */
const slow = new WeakSet<Scene>();

/** Another key, in the middle of everything. */
export const changeKey: Action = {
  label: () => 'Change the key',
  run: ({ endpoint }) => {
    endpoint.seal.change();
  },
};

/** The endpoint takes its time, so that one can see what happens meanwhile. */
export const slowEndpoint: Action = {
  label: (scene) => (slow.has(scene) ? 'Let the endpoint answer' : 'Make the endpoint wait'),
  run: (scene) => {
    if (slow.delete(scene)) scene.endpoint.release();
    else {
      slow.add(scene);
      scene.endpoint.hold();
    }
  },
};

function facts({ scene }: StoryStage): readonly Fact[] {
  const { sent, read } = correspondenceOf(scene);
  const isWhole = read.every((number, index) => number === index + 1);
  return [
    ['key in use', `number ${String(scene.endpoint.seal.keyCount)}`],
    ['times the endpoint was asked', scene.endpoint.requestCount],
    ['sent', sent],
    ['read by the page', `${String(read.length)}, ${isWhole ? 'all in order' : 'not all of them'}`],
  ];
}

/** A price each second, and buttons for what happens to the key. */
export function rotationStage(args: ChannelArgs, context: ChannelContext): TemplateResult {
  const content = (scene: Scene, id: string): TemplateResult => {
    const take = ({ data }: PusherEvent): void => {
      correspondenceOf(scene).read.push((data as { number: number }).number);
    };
    return html`<div @pusher-event=${take}>${channel(args, id, prices)}</div>`;
  };
  return channelStage(args, context, {
    content,
    facts,
    pulse: (scene) => {
      if (scene.app.channel(encryptedName)?.isOccupied) publishNext(scene);
    },
    actions: [changeKey, slowEndpoint],
    note: 'Change the key: what comes next does not open with the old one, so the page asks its endpoint once more. What arrives meanwhile waits, and is read in its order.',
  });
}
