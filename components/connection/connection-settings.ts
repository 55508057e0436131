/** The inputs of `<pusher-connection>`: properties and their attributes. What they do: `pusher-connection.ts`. */
import type { PropertyDeclarations } from 'lit';
import { defaultReconnectDelay } from '../../src/index.js';
import type { PusherOptions, TransportName } from '../../src/index.js';
import {
  defaultOff,
  defaultOn,
  duration,
  jsonObject,
  list,
  oneOf,
  pasted,
  port,
  text,
} from '../shared/attributes.js';
import { AuthSettings } from './auth-settings.js';

/** libPusher's delay, in seconds: what `reconnect-delay` without a usable number stands for (seed P-08). */
const libPusherDelay = defaultReconnectDelay / 1000;

const transportNames: readonly TransportName[] = ['ws', 'wss', 'xhr_streaming', 'xhr_polling', 'sockjs'];

/** Durations are seconds, fractions allowed; `undefined` stands for the client's default. */
export abstract class ConnectionSettings extends AuthSettings {
  static override get properties(): PropertyDeclarations {
    return {
      appKey: { attribute: 'app-key', converter: pasted('app-key'), reflect: true, useDefault: true },
      cluster: { attribute: 'cluster', converter: pasted('cluster'), reflect: true, useDefault: true },
      encrypted: {
        attribute: 'encrypted',
        converter: defaultOn('encrypted'),
        reflect: true,
        useDefault: true,
      },
      host: { attribute: 'host', converter: text, reflect: true, useDefault: true },
      wsPort: { attribute: 'ws-port', converter: port('ws-port'), reflect: true },
      wssPort: { attribute: 'wss-port', converter: port('wss-port'), reflect: true },
      wsPath: { attribute: 'ws-path', converter: text, reflect: true, useDefault: true },
      httpHost: { attribute: 'http-host', converter: text, reflect: true, useDefault: true },
      httpPath: { attribute: 'http-path', converter: text, reflect: true, useDefault: true },
      connectAutomatically: {
        attribute: 'connect-automatically',
        converter: defaultOn('connect-automatically'),
        reflect: true,
        useDefault: true,
      },
      reconnectAutomatically: {
        attribute: 'reconnect-automatically',
        converter: defaultOn('reconnect-automatically'),
        reflect: true,
        useDefault: true,
      },
      reconnectDelay: {
        attribute: 'reconnect-delay',
        converter: duration('reconnect-delay', { fallback: libPusherDelay }),
        reflect: true,
      },
      unavailableTimeout: {
        attribute: 'unavailable-timeout',
        converter: duration('unavailable-timeout'),
        reflect: true,
      },
      unavailableRetryDelay: {
        attribute: 'unavailable-retry-delay',
        converter: duration('unavailable-retry-delay'),
        reflect: true,
      },
      connectTimeout: { attribute: 'connect-timeout', converter: duration('connect-timeout'), reflect: true },
      activityTimeout: {
        attribute: 'activity-timeout',
        converter: duration('activity-timeout'),
        reflect: true,
      },
      pongTimeout: { attribute: 'pong-timeout', converter: duration('pong-timeout'), reflect: true },
      reachability: {
        attribute: 'reachability',
        converter: oneOf('reachability', ['auto', 'off']),
        reflect: true,
        useDefault: true,
      },
      enabledTransports: {
        attribute: 'enabled-transports',
        converter: list('enabled-transports', transportNames),
        reflect: true,
      },
      disabledTransports: {
        attribute: 'disabled-transports',
        converter: list('disabled-transports', transportNames),
        reflect: true,
      },
      disableFlash: {
        attribute: 'disable-flash',
        converter: defaultOff('disable-flash'),
        reflect: true,
        useDefault: true,
      },
      disableStats: {
        attribute: 'disable-stats',
        converter: defaultOff('disable-stats'),
        reflect: true,
        useDefault: true,
      },
      statsEndpoint: { attribute: 'stats-endpoint', converter: text, reflect: true, useDefault: true },
      idleDisconnect: { attribute: 'idle-disconnect', converter: duration('idle-disconnect'), reflect: true },
      hiddenDisconnect: {
        attribute: 'hidden-disconnect',
        converter: duration('hidden-disconnect'),
        reflect: true,
      },
      simulate: { attribute: 'simulate', converter: defaultOff('simulate'), reflect: true, useDefault: true },
      default: { attribute: 'default', converter: defaultOff('default'), reflect: true, useDefault: true },
      log: { attribute: 'log', converter: defaultOff('log'), reflect: true, useDefault: true },
      options: { attribute: 'options', converter: jsonObject('options') },
    };
  }

  /** The key of the app, from its dashboard (seed C-02). Without it nothing opens; setting it connects. */
  declare appKey: string;
  /** Which datacenter, such as `eu` (seed O-16). Empty: the default us-east cluster. */
  declare cluster: string;
  /** Whether to connect encrypted only (seed O-01, O-02). Off: plain first; on an https page always encrypted. */
  declare encrypted: boolean;
  /** The host of a self-hosted server, without scheme, port or path; wins over `cluster`. */
  declare host: string;
  /** Port of plain connections. Undefined: 80. */
  declare wsPort: number | undefined;
  /** Port of encrypted connections. Undefined: 443. */
  declare wssPort: number | undefined;
  /** Path in front of `/app/<key>`, for servers behind a prefix. */
  declare wsPath: string;
  /**
   * The host of the HTTP fallback, for networks without WebSockets. Empty: the one of the cluster; with a `host`
   * of one's own there is none then, and no fallback.
   */
  declare httpHost: string;
  /** Path in front of `/app/<key>` of the HTTP fallback. Empty: `/pusher`. */
  declare httpPath: string;
  /** Whether to connect as soon as the element is in the document and has a key (seed C-05). */
  declare connectAutomatically: boolean;
  /** Whether to connect again after a loss or a failure (seed P-05, P-06). May be changed at any time, in events too. */
  declare reconnectAutomatically: boolean;
  /**
   * Seconds from a loss to the next attempt, exactly (seed P-07); as an attribute without a value, 5.
   * Undefined: a delay that grows with each failure. May be changed at any time, in events too (P-09).
   */
  declare reconnectDelay: number | undefined;
  /** Seconds of trying before the state becomes `unavailable` (seed T-01). Undefined: 30. */
  declare unavailableTimeout: number | undefined;
  /** Seconds between attempts while `unavailable` (seed T-02). Undefined: 10. */
  declare unavailableRetryDelay: number | undefined;
  /** Seconds that one attempt may take (seed T-08). Undefined: 10. */
  declare connectTimeout: number | undefined;
  /** Seconds of silence before asking whether the server is there. Undefined: 120, or the server's if shorter. */
  declare activityTimeout: number | undefined;
  /** Seconds that the answer to that may take. Undefined: 30. */
  declare pongTimeout: number | undefined;
  /** `auto`: wait while the browser says it is offline (seed R-03). `off`: retry blindly. */
  declare reachability: 'auto' | 'off';
  /** Only these transports. Undefined: all. */
  declare enabledTransports: TransportName[] | undefined;
  /** Not these transports. */
  declare disabledTransports: TransportName[] | undefined;
  /** Accepted, and without effect: there is no Flash any more (seed O-18). */
  declare disableFlash: boolean;
  /** Whether to submit no metrics, whatever `stats-endpoint` says (seed O-19). */
  declare disableStats: boolean;
  /** Where metrics are submitted to after connecting, and every minute (seed O-19). Empty: nowhere. */
  declare statsEndpoint: string;
  /** Seconds without a sign of the user before closing; the next sign connects again. Undefined: never. */
  declare idleDisconnect: number | undefined;
  /** Seconds of being in the background before closing; coming to the front connects again. Undefined: never. */
  declare hiddenDisconnect: number | undefined;
  /** Whether to talk to a server in the page instead of the network: for demos, tests and editors. Needs no key. */
  declare simulate: boolean;
  /** Whether this is the connection of elements that name none and are in none. Otherwise the first of the page is. */
  declare default: boolean;
  /** Whether to write states, errors and events to the console. */
  declare log: boolean;
  /**
   * Options of the client under their pusher-js names, durations in milliseconds, as `new Pusher(key, options)`
   * takes them. What an attribute or another property says wins. As an attribute: JSON. Functions are taken
   * when a client is made, but the hooks are asked anew each time.
   */
  declare options: PusherOptions | undefined;

  constructor() {
    super();
    this.appKey = '';
    this.cluster = '';
    this.encrypted = true;
    this.host = '';
    this.wsPath = '';
    this.httpHost = '';
    this.httpPath = '';
    this.connectAutomatically = true;
    this.reconnectAutomatically = true;
    this.reachability = 'auto';
    this.disableFlash = false;
    this.disableStats = false;
    this.statsEndpoint = '';
    this.simulate = false;
    this.default = false;
    this.log = false;
  }
}
