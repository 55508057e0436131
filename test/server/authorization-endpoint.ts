/**
 * `/pusher/auth` and `/pusher/user-auth` (protocol.md §8), with the switches of §12.9. Signed by the official
 * `pusher` package, so that a mistake in the core's own check of signatures cannot cancel itself out.
 *
 * The app is the one whose connection has the posted socket id; `?app={key}` names it where no connection
 * does. Extra parameters: `user_id` (default `user-{socket id}`), and `user_info` and `watchlist` as JSON.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import Pusher from 'pusher';
import type { ProtocolServer, ServerApp } from '../../src/testing/index.js';
import { json, preflight, refusal, withCORS, type HttpAnswer, type HttpRequest } from './http-exchange.js';

/** How requests are answered. */
export interface AuthorizationBehavior {
  /** Default: 200. Other than 200 and 201, a signed body becomes words. */
  readonly status: number;
  /** Milliseconds before the answer. Default: 0. */
  readonly delay: number;
  /** Default: `signed`. */
  readonly body:
    'signed' | 'wrong-signature' | 'without-channel-data' | 'not-object' | 'not-json' | 'html' | 'empty';
  /** Whether pages of other origins may read the answer. Default: true. */
  readonly hasCORS: boolean;
}

/** What an endpoint was asked. */
export interface AuthorizationRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the body for POST, of the query for GET, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

const obliging: AuthorizationBehavior = { status: 200, delay: 0, body: 'signed', hasCORS: true };
const callbackPath = /^[\w$]+(\.[\w$]+|\[(\d+|'[\w$]+'|"[\w$]+")\])*$/;

export class AuthorizationEndpoint {
  readonly #core: ProtocolServer;
  readonly #behaviors = new Map<string, AuthorizationBehavior>();
  readonly #requests = new Map<string, AuthorizationRequest[]>();

  constructor(core: ProtocolServer) {
    this.#core = core;
  }

  /** Changes some of the behavior towards one app. */
  script(key: string, change: Partial<AuthorizationBehavior>): void {
    this.#behaviors.set(key, { ...(this.#behaviors.get(key) ?? obliging), ...change });
  }

  /** What was asked for one app, oldest first. */
  requests(key: string): readonly AuthorizationRequest[] {
    return this.#requests.get(key) ?? [];
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const parameters = Object.fromEntries(
      request.method === 'GET' ? request.query : new URLSearchParams(request.body),
    );
    const app = this.#appOf(request.query.get('app'), parameters['socket_id']);
    const behavior = (app && this.#behaviors.get(app.settings.key)) ?? obliging;
    if (request.method === 'OPTIONS') return behavior.hasCORS ? preflight(request) : refusal(403, 'No CORS');
    if (!app)
      return withCORS(request, refusal(403, 'No connection has this socket_id, and no ?app= names an app'));
    this.#remember(app.settings.key, request, parameters);
    if (behavior.delay > 0) await pause(behavior.delay);
    const answer = this.#compose(app, behavior, request, parameters);
    return behavior.hasCORS ? withCORS(request, answer) : answer;
  }

  #appOf(key: string | null, socketId: string | undefined): ServerApp | undefined {
    if (key !== null) return this.#core.findApp(key);
    return socketId === undefined ? undefined : this.#core.connection(socketId)?.app;
  }

  #remember(key: string, { method, path, headers }: HttpRequest, parameters: Record<string, string>): void {
    const requests = this.#requests.get(key) ?? [];
    requests.push({ at: Date.now(), method, path, headers, parameters });
    this.#requests.set(key, requests);
  }

  #compose(
    app: ServerApp,
    behavior: AuthorizationBehavior,
    request: HttpRequest,
    parameters: Readonly<Record<string, string>>,
  ): HttpAnswer {
    const { status } = behavior;
    switch (behavior.body) {
      case 'empty':
        return { status, body: '' };
      case 'not-json':
        return { status, body: 'Forbidden', headers: { 'content-type': 'text/plain' } };
      case 'html':
        return {
          status,
          body: '<!doctype html><title>Sign in</title>',
          headers: { 'content-type': 'text/html' },
        };
      case 'not-object':
        return json(status, ['auth']);
      case 'signed':
      case 'wrong-signature':
      case 'without-channel-data':
        break;
    }
    if (status !== 200 && status !== 201) return refusal(status, 'Refused by the script of the test');
    const signed = this.#sign(app, request.path, parameters);
    if (typeof signed === 'string') return refusal(400, signed);
    const { channel_data: channelData, ...others } = signed;
    const auth = behavior.body === 'wrong-signature' ? `${app.settings.key}:${'0'.repeat(64)}` : signed.auth;
    const isBare = channelData === undefined || behavior.body === 'without-channel-data';
    const value = { ...others, auth, ...(isBare ? {} : { channel_data: channelData }) };
    const callback = request.query.get('callback');
    if (callback === null) return json(status, value);
    if (!callbackPath.test(callback)) return refusal(400, 'The callback must be a path of identifiers');
    const script = `${callback}(${JSON.stringify(value)});`;
    return { status, body: script, headers: { 'content-type': 'text/javascript; charset=utf-8' } };
  }

  // Words instead of a signature: the official package refuses to sign.
  #sign(
    { settings: { id, key, secret } }: ServerApp,
    path: string,
    parameters: Readonly<Record<string, string>>,
  ): { auth: string; channel_data?: string; shared_secret?: string; user_data?: string } | string {
    const { socket_id: socketId = '', channel_name: channel = '' } = parameters;
    const userId = parameters['user_id'] ?? `user-${socketId}`;
    const encryptionMasterKeyBase64 = createHash('sha256').update(secret).digest('base64');
    const pusher = new Pusher({ appId: id, key, secret, host: '127.0.0.1', encryptionMasterKeyBase64 });
    try {
      const userInfo = parse(parameters['user_info']);
      if (path === '/pusher/user-auth') {
        const watchlist = parse(parameters['watchlist']);
        return pusher.authenticateUser(socketId, {
          id: userId,
          ...(isRecord(userInfo) ? { user_info: userInfo } : {}),
          ...(Array.isArray(watchlist) ? { watchlist: watchlist.map(String) } : {}),
        });
      }
      if (!channel.startsWith('presence-')) return pusher.authorizeChannel(socketId, channel);
      const member = { user_id: userId, ...(isRecord(userInfo) ? { user_info: userInfo } : {}) };
      return pusher.authorizeChannel(socketId, channel, member);
    } catch (error) {
      return String(error);
    }
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
