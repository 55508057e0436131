/** How to bring a connection into each of its states, and keep it there for as long as somebody looks. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherConnectionElement, StatusFacet } from '../../components/index.js';
import type { Scene } from './scene.js';
import { storyKey } from './scene.js';

export interface Situation {
  /** Attributes of the connection, beside its key. */
  readonly attributes?: Partial<ConnectionAttributes>;
  /** Before anything connects. */
  readonly setUp?: (scene: Scene) => void;
  /** After it has connected. */
  readonly connected?: (scene: Scene, connection: PusherConnectionElement) => void;
  /** What has happened, in a few words. */
  readonly story: string;
}

/** Those attributes that a situation needs. */
export interface ConnectionAttributes {
  readonly 'connect-automatically': 'false';
  readonly 'connect-timeout': string;
  readonly 'reconnect-delay': string;
  readonly 'unavailable-timeout': string;
  readonly 'unavailable-retry-delay': string;
}

const never = '1h';

export const situations: Readonly<Record<StatusFacet, Situation>> = {
  initialized: {
    story: 'Nothing has been tried: the connection waits for connect().',
    attributes: { 'connect-automatically': 'false' },
  },
  connecting: {
    story: 'The first attempt is under way, and the server does not answer.',
    attributes: { 'connect-timeout': never, 'unavailable-timeout': never },
    setUp: (scene) => {
      scene.app.script({ handshake: { type: 'silent' } });
    },
  },
  connected: { story: 'The server has accepted the connection.' },
  reconnecting: {
    story: 'It had been connected; then the server was stopped.',
    attributes: { 'reconnect-delay': '20', 'unavailable-timeout': never },
    connected: (scene) => {
      scene.stop();
    },
  },
  unavailable: {
    story: 'The server has been away for a while; attempts go on.',
    attributes: { 'unavailable-timeout': '0', 'unavailable-retry-delay': '20' },
    setUp: (scene) => {
      scene.stop();
    },
  },
  failed: {
    story: 'This browser has no WebSocket.',
    setUp: (scene) => {
      scene.transport.setSupported(false);
    },
  },
  disconnected: {
    story: 'Somebody has called disconnect().',
    connected: (_scene, connection) => {
      connection.disconnect();
    },
  },
  limit: {
    story: 'The app has as many connections as it may have: refused with 4004.',
    setUp: (scene) => {
      scene.fill();
    },
  },
};

/** The eight things that a status can show, in the order in which one usually meets them. */
export const facetNames = Object.keys(situations) as readonly StatusFacet[];

/** A connection in a situation, with `content` inside. */
export function connectionIn(situation: Situation, scene: Scene, content: unknown): TemplateResult {
  const { attributes = {} } = situation;
  return html`<pusher-connection
    app-key=${storyKey}
    connect-automatically=${attributes['connect-automatically'] ?? nothing}
    connect-timeout=${attributes['connect-timeout'] ?? nothing}
    reconnect-delay=${attributes['reconnect-delay'] ?? nothing}
    unavailable-timeout=${attributes['unavailable-timeout'] ?? nothing}
    unavailable-retry-delay=${attributes['unavailable-retry-delay'] ?? nothing}
    .options=${scene.options}
    >${content}</pusher-connection
  >`;
}
