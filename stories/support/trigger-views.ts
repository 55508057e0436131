/** What the stories of `<pusher-trigger>` draw: a form or a button, and the page of somebody else who gets it. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherEvent } from '../../components/index.js';
import { goOfflineOrOnline, stopOrStart } from './actions.js';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { answerPath } from './own-server.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import type { StoryStage } from './stage.js';
import { orNothing, tag, without } from './usage.js';

export interface TriggerArgs {
  channel: string;
  event: string;
  trigger?: 'submit' | 'click' | 'input' | 'change' | 'focus' | 'blur';
  payload?: string;
  throttle?: number;
  debounce?: number;
  coalesce: boolean;
  queue: 'all' | 'latest' | 'none';
  ttl?: number;
  reset: boolean;
  echo: boolean;
  disableOffline: boolean;
  postUrl?: string;
}

export const triggerDefaults: TriggerArgs = {
  channel: 'private-room',
  event: 'say',
  coalesce: false,
  queue: 'all',
  reset: false,
  echo: false,
  disableOffline: false,
};

const seconds = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** The element, around what sends. */
export const trigger = (args: TriggerArgs, content: unknown): TemplateResult =>
  html`<pusher-trigger
    channel=${args.channel}
    event=${args.event}
    trigger=${orNothing(args.trigger)}
    payload=${orNothing(args.payload)}
    throttle=${orNothing(seconds(args.throttle))}
    debounce=${orNothing(seconds(args.debounce))}
    queue=${args.queue}
    ttl=${orNothing(seconds(args.ttl))}
    post-url=${orNothing(args.postUrl)}
    ?coalesce=${args.coalesce}
    ?reset=${args.reset}
    ?echo=${args.echo}
    ?disable-offline=${args.disableOffline}
    >${content}</pusher-trigger
  >`;

/** The same as somebody would write it. */
export const triggerMarkup =
  (content: string) =>
  ({ disableOffline, postUrl, ...args }: TriggerArgs): string => {
    const { channel, event, ...others } = args;
    const more = { ...others, 'post-url': postUrl, 'disable-offline': disableOffline };
    return tag(
      'pusher-trigger',
      { channel, event, ...without(more, { ...triggerDefaults, 'disable-offline': false }) },
      content,
    );
  };

/** Shown while the last message could not be sent. */
const failed = html`<p class="send-failed" role="status">This was not sent.</p>`;

export const chatForm: TemplateResult = html`<form class="send-form">
    <label>Message <input type="text" name="text" autocomplete="off" required /></label>
    <button>Send</button>
  </form>
  ${failed}`;
export const chatMarkup = `<form>
  <label>Message <input name="text" required></label>
  <button>Send</button>
</form>`;

export const reactionButtons: TemplateResult = html`<div
  class="row"
  role="group"
  aria-label="How do you like it?"
>
  <button type="button" name="kind" value="good">Good</button>
  <button type="button" name="kind" value="bad">Bad</button>
</div>`;
export const reactionMarkup = `<button type="button" name="kind" value="good">Good</button>
<button type="button" name="kind" value="bad">Bad</button>`;

export const noteField: TemplateResult = html`<label class="send-note"
  >Note <textarea rows="3"></textarea>
</label>`;
export const noteMarkup = '<label>Note <textarea></textarea></label>';

/** Writes what came in at the head of a list. */
const hear = ({ currentTarget, name, data }: PusherEvent): void => {
  const line = document.createElement('li');
  line.textContent = `${name} ${JSON.stringify(data)}`;
  (currentTarget as Element).querySelector('.heard')?.prepend(line);
};

/** Our page, and below it the page of somebody else on the same channel. */
function pages(args: TriggerArgs, scene: Scene, content: unknown): TemplateResult {
  const heard = (title: string, channel: string): TemplateResult =>
    html`<pusher-channel name=${channel} @pusher-event=${hear}>
      <h3>${title}</h3>
      <ul class="heard" aria-label=${title} tabindex="0"></ul>
    </pusher-channel>`;
  return html`<div class="sides">
    <div class="side">
      <pusher-connection app-key=${storyKey} .options=${scene.options}>
        ${trigger(args, content)} ${args.echo ? heard('This page hears', args.channel) : ''}
      </pusher-connection>
    </div>
    <div class="side">
      <pusher-connection app-key=${storyKey} .options=${scene.optionsOf('somebody else')}>
        ${heard('The other page hears', args.channel)}
      </pusher-connection>
    </div>
  </div>`;
}

/** What can be read from the element. */
function readings(stage: StoryStage): readonly Fact[] {
  const element = stage.querySelector('pusher-trigger');
  const states = ['pending', 'queued', 'disabled', 'error'];
  return [
    ['data', JSON.stringify(element?.data)],
    ['queued', element?.queued],
    ['states', states.filter((name) => element?.matches(`:state(${name})`)).join(' ') || 'none'],
  ];
}

/** A stage with both pages, and what one can do to the connection. */
export const triggerStage = (
  args: TriggerArgs,
  content: unknown,
  {
    actions = [stopOrStart, goOfflineOrOnline],
    setUp,
    note = '',
  }: { actions?: readonly Action[]; setUp?: (scene: Scene) => void; note?: string } = {},
): TemplateResult => {
  const show = (scene: Scene): TemplateResult =>
    html`${pages(args, scene, content)}<story-facts .read=${readings}></story-facts>`;
  return html`<story-stage .setUp=${setUp} .content=${show} .actions=${actions} .note=${note}></story-stage>`;
};

/** The page's own server, which takes what is posted and publishes it to everybody else. */
export const storyPost = '/story-say';

/** Answers for it, for as long as the story is there. */
export function takePosts({ app }: Scene): void {
  answerPath(storyPost, (init) => {
    const { socket_id: socketId, ...data } = Object.fromEntries(init?.body as URLSearchParams);
    app.publish({ channels: 'private-room', event: 'said', data, ...(socketId ? { socketId } : undefined) });
    return new Response(null, { status: 204 });
  });
}
