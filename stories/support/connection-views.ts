/** What the stories of `<pusher-connection>` draw. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { Action } from './actions.js';
import type { Fact } from './facts.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { orNothing, tag, without } from './usage.js';

/** The controls: attributes of `<pusher-connection>`. */
export interface ConnectionArgs {
  'app-key': string;
  'connect-automatically': boolean;
  'reconnect-automatically': boolean;
  'reconnect-delay'?: number;
  'unavailable-timeout'?: number;
  'unavailable-retry-delay'?: number;
  'connect-timeout'?: number;
  'activity-timeout'?: number;
  'pong-timeout'?: number;
  'idle-disconnect'?: number;
  reachability: 'auto' | 'off';
  log: boolean;
}

export type ConnectionContext = StoryContext<ConnectionArgs>;

export const connectionDefaults: ConnectionArgs = {
  'app-key': storyKey,
  'connect-automatically': true,
  'reconnect-automatically': true,
  reachability: 'auto',
  log: false,
};

/** The element as the controls say, on the scene's server. */
export function connection(args: ConnectionArgs, scene: Scene, id: string): TemplateResult {
  return html`<pusher-connection
    id=${id}
    app-key=${orNothing(args['app-key'])}
    connect-automatically=${String(args['connect-automatically'])}
    reconnect-automatically=${String(args['reconnect-automatically'])}
    reconnect-delay=${args['reconnect-delay'] ?? nothing}
    unavailable-timeout=${args['unavailable-timeout'] ?? nothing}
    unavailable-retry-delay=${args['unavailable-retry-delay'] ?? nothing}
    connect-timeout=${args['connect-timeout'] ?? nothing}
    activity-timeout=${args['activity-timeout'] ?? nothing}
    pong-timeout=${args['pong-timeout'] ?? nothing}
    idle-disconnect=${args['idle-disconnect'] ?? nothing}
    reachability=${args.reachability}
    ?log=${args.log}
    .options=${scene.options}
  ></pusher-connection>`;
}

/** The markup of the above. */
export function connectionMarkup(args: ConnectionArgs): string {
  return tag('pusher-connection', {
    ...without({ ...args }, { ...connectionDefaults, 'app-key': undefined }),
    'app-key': args['app-key'] && 'YOUR_KEY',
    cluster: 'eu',
  });
}

const seconds = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : `${value.toFixed(1)} s`;

/** What can be read from the element at any time. */
function readings(stage: Element): readonly Fact[] {
  const element = stage.querySelector('pusher-connection');
  if (!element) return [];
  return [
    ['state', element.state],
    ['socketId', element.socketId],
    ['attempt', element.attempt],
    ['retryAt', seconds(element.connection.retryIn)],
    ['reachable', element.reachable],
    ['lastError', element.lastError?.message],
  ];
}

/** Buttons that command an element without any script of their own. */
export function commandButtons(id: string): TemplateResult {
  return html`<button type="button" commandfor=${id} command="--connect">--connect</button>
    <button type="button" commandfor=${id} command="--disconnect">--disconnect</button>
    <button type="button" commandfor=${id} command="--retry">--retry</button>`;
}

/** What a story of a connection may have beside the element. */
export interface ConnectionStage {
  readonly actions?: readonly Action[];
  readonly note?: string;
  readonly setUp?: (scene: Scene) => void;
  readonly content?: unknown;
  readonly buttons?: TemplateResult;
}

/** The element, what it says of itself, buttons that command it, and buttons that trouble it. */
export function connectionStage(
  args: ConnectionArgs,
  context: ConnectionContext,
  { actions = [], note = '', setUp, content = nothing, buttons }: ConnectionStage = {},
): TemplateResult {
  const id = `connection-of-${context.id}`;
  const inside = (scene: Scene): TemplateResult =>
    html`${connection(args, scene, id)}
      <story-facts .read=${readings}></story-facts>
      ${content}
      <div class="row">${commandButtons(id)}</div>`;
  return html`<story-stage
    .setUp=${setUp}
    .content=${inside}
    .actions=${actions}
    .buttons=${buttons}
    .note=${note}
  ></story-stage>`;
}
