/**
 * What the control API of the local server takes and gives. Every command is `POST /control/{command}`
 * with a JSON body, so that a page of any origin can send it; a refused one answers 400 `{"error": "…"}`.
 */
import type {
  AppOptions,
  AppSettings,
  Behavior,
  FaultyFrame,
  RecordSnapshot,
} from '../../src/testing/index.js';
import type { AuthorizationBehavior, AuthorizationRequest } from './authorization-endpoint.js';
import type { SessionAction } from './http-sessions.js';
import type { CarrierRecord, NetworkBehavior } from './intermediary.js';

/** Where an app of its own is, and what it is called. */
export interface AppLocation {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** A plain port whose upgrades count as encrypted. */
  readonly securePort: number;
}

/** One open connection. */
export interface ConnectionSummary {
  readonly number: number;
  /** Null before the handshake. */
  readonly socketId: string | null;
  readonly url: string;
  readonly channels: readonly string[];
  readonly isStalled: boolean;
}

/** Something to do to live connections. */
export type ConnectionAction =
  | { readonly type: 'drop' | 'stall' | 'resume' | 'ping' }
  | { readonly type: 'close'; readonly code: number; readonly reason?: string }
  | { readonly type: 'send-raw'; readonly text: string }
  | { readonly type: 'send-faulty'; readonly fault: FaultyFrame }
  | { readonly type: 'acknowledge'; readonly channel: string }
  | { readonly type: 'script'; readonly behavior: Partial<Behavior> };

/** Something to do to a proxy. */
export type ProxyAction = 'silence' | 'forward' | 'drop' | 'stop' | 'start' | 'close';

interface OfApp {
  readonly app: string;
}

/** Every command: what it takes and what it gives. */
export interface ControlCommands {
  'create-app': { request: { readonly settings: Partial<AppOptions> }; response: AppLocation };
  'remove-app': { request: OfApp; response: object };
  configure: { request: OfApp & { readonly change: Partial<Omit<AppSettings, 'key'>> }; response: object };
  script: { request: OfApp & { readonly behavior: Partial<Behavior> }; response: object };
  'script-next': {
    request: OfApp & { readonly behavior: Partial<Behavior>; readonly connections: number };
    response: object;
  };
  'reset-script': { request: OfApp; response: object };
  publish: {
    request: OfApp & {
      readonly channels: string | readonly string[];
      readonly event: string;
      readonly data?: unknown;
      readonly socketId?: string;
    };
    response: object;
  };
  connections: { request: OfApp; response: { readonly connections: readonly ConnectionSummary[] } };
  act: {
    request: OfApp & { readonly action: ConnectionAction; readonly socketId?: string };
    /** How many connections it was done to. */
    response: { readonly count: number };
  };
  records: { request: OfApp; response: RecordSnapshot };
  'clear-records': { request: OfApp; response: object };
  'stop-app': { request: OfApp; response: object };
  'start-app': { request: OfApp; response: object };
  'script-authorization': {
    request: OfApp & { readonly behavior: Partial<AuthorizationBehavior> };
    response: object;
  };
  'authorization-requests': {
    request: OfApp;
    response: { readonly requests: readonly AuthorizationRequest[] };
  };
  /** How the network in front of the app treats upgrades and HTTP sessions. */
  'script-network': {
    request: OfApp & { readonly behavior: Partial<NetworkBehavior> };
    response: object;
  };
  /** The bare requests: upgrades, and those of HTTP sessions. */
  'carrier-records': { request: OfApp; response: { readonly records: readonly CarrierRecord[] } };
  'act-on-sessions': {
    request: OfApp & { readonly action: SessionAction };
    /** How many sessions it was done to. */
    response: { readonly count: number };
  };
  'open-proxy': { request: OfApp; response: { readonly port: number } };
  proxy: { request: { readonly port: number; readonly action: ProxyAction }; response: object };
  /** The answer comes first; then everything is gone, this API too, until the time is over. */
  'stop-server': { request: { readonly milliseconds: number }; response: object };
}

export type ControlCommand = keyof ControlCommands;
export type ControlRequest<Command extends ControlCommand> = ControlCommands[Command]['request'];
export type ControlResponse<Command extends ControlCommand> = ControlCommands[Command]['response'];
