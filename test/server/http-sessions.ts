/**
 * The HTTP fallbacks of the local server (protocol.md §10, servers.md §5): sessions over requests, for clients
 * whose network lets no WebSocket through. `/pusher/app/{key}/{n}/{session}/xhr_streaming`, `…/xhr` and
 * `…/xhr_send`; the core sees one connection per session, whose address begins with `http`.
 */
import type { ServerResponse } from 'node:http';
import type { ProtocolServer } from '../../src/testing/index.js';
import {
  decodeSegment,
  preflight,
  refusal,
  withCORS,
  writeAnswer,
  type HttpAnswer,
  type HttpRequest,
} from './http-exchange.js';
import { HttpReceiver, type ReceiveKind } from './http-receiver.js';
import { HttpSession } from './http-session.js';
import type { Intermediary } from './intermediary.js';

/** Something to do to the HTTP sessions of an app. */
export type SessionAction =
  /** Forget them, as a server does that is started again. */
  | { readonly type: 'lose' }
  /** Complete the answers that are open, as an impatient proxy does. */
  | { readonly type: 'end-answer' }
  /** Send a heartbeat. */
  | { readonly type: 'beat' }
  /** Write any record, such as `o`, `m"…"` or `c[2010,"…"]`. */
  | { readonly type: 'write-record'; readonly record: string };

/** Where requests arrive: what the core is told of the address. */
export interface HttpOrigin {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** What pusher-js puts before `/app/{key}`, and nobody else; another prefix is the app's own. */
const usualPrefix = '/pusher';
const sessionPath = /^(\/.*)?\/app\/([^/]+)\/(\d{1,3}\/[^/]+)\/(xhr_streaming|xhr|xhr_send)$/;

const streamHeaders = {
  // Not text/plain: browsers wait for more of that, to guess what it is.
  'content-type': 'application/javascript; charset=utf-8',
  'cache-control': 'no-store, no-transform',
};

interface SessionAddress {
  readonly prefix: string;
  readonly key: string;
  /** What no two sessions share. */
  readonly id: string;
  readonly kind: ReceiveKind | 'xhr_send';
}

export class HttpSessions {
  readonly #core: ProtocolServer;
  readonly #intermediary: Intermediary;
  readonly #sessions = new Map<string, HttpSession>();

  constructor(core: ProtocolServer, intermediary: Intermediary) {
    this.#core = core;
    this.#intermediary = intermediary;
  }

  /** How many have a receive request open; those without one may have lost their client. */
  get receivingCount(): number {
    return [...this.#sessions.values()].filter(({ isReceiving }) => isReceiving).length;
  }

  /** Answers a request of a session, now or later; false when it is none. */
  answer(request: HttpRequest, response: ServerResponse, origin: HttpOrigin): boolean {
    const address = readAddress(request.path);
    if (!address) return false;
    const network = this.#intermediary.behavior(address.key).http;
    if (network === 'refuse') response.destroy();
    else if (request.method === 'OPTIONS') writeAnswer(response, preflight(request));
    else {
      this.#record(address, request);
      if (network === 'forbid') say(request, response, refusal(403, 'Not through this proxy'));
      else if (request.method !== 'POST') say(request, response, refusal(405, 'Sessions take POST only'));
      else if (address.kind === 'xhr_send') this.#send(address, request, response);
      else this.#receive(address, address.kind, request, response, origin);
    }
    return true;
  }

  /** Does something to every session of an app; to how many. */
  act(key: string, action: SessionAction): number {
    const sessions = [...this.#sessions].filter(([id]) => id.startsWith(`${key}/`));
    for (const [, session] of sessions) act(session, action);
    return sessions.length;
  }

  /** Forgets all of them at once, and their timers. */
  loseAll(): void {
    for (const session of [...this.#sessions.values()]) session.lose();
  }

  #send({ id }: SessionAddress, request: HttpRequest, response: ServerResponse): void {
    const session = this.#sessions.get(id);
    if (!session) say(request, response, refusal(404, 'There is no such session'));
    else if (session.take(request.body)) say(request, response, { status: 204, body: '' });
    else say(request, response, refusal(400, 'The body must be a JSON array of frames'));
  }

  #receive(
    address: SessionAddress,
    kind: ReceiveKind,
    request: HttpRequest,
    response: ServerResponse,
    origin: HttpOrigin,
  ): void {
    const existing = this.#sessions.get(address.id);
    const session = existing ?? this.#open(address, request, response, origin);
    if (!session) return;
    const { headers } = withCORS(request, { status: 200, body: '', headers: streamHeaders });
    response.writeHead(200, headers);
    const isHeld = kind === 'xhr_streaming' && this.#intermediary.behavior(address.key).streaming === 'hold';
    session.receive(new HttpReceiver(kind, response, isHeld));
  }

  /** A new session, or undefined where the core has not answered. */
  #open(
    { prefix, key, id }: SessionAddress,
    request: HttpRequest,
    response: ServerResponse,
    { scheme, host, port }: HttpOrigin,
  ): HttpSession | undefined {
    const path = `${prefix}/app/${encodeURIComponent(key)}`;
    const upgrade = this.#core.upgrade(`${scheme}://${host}:${port}${path}?${request.query.toString()}`);
    if (upgrade.outcome === 'refused') response.destroy();
    if (upgrade.outcome !== 'answered') return undefined;
    const { sessionHost } = this.#intermediary.behavior(key);
    const session: HttpSession = new HttpSession({
      clock: this.#core.clock,
      greeting: sessionHost === null ? '' : JSON.stringify({ hostname: sessionHost }),
      ended: () => {
        if (this.#sessions.get(id) === session) this.#sessions.delete(id);
      },
    });
    this.#sessions.set(id, session);
    session.carry(upgrade.accept(session));
    return session;
  }

  #record({ key, kind }: SessionAddress, { method, path, query, headers, body }: HttpRequest): void {
    this.#intermediary.add(key, {
      at: this.#core.clock.now(),
      carrier: kind,
      method,
      path,
      query: query.toString(),
      contentType: headers['content-type'] ?? null,
      host: headers.host ?? null,
      body,
    });
  }
}

function readAddress(path: string): SessionAddress | undefined {
  const [, prefix = '', encodedKey = '', id = '', kind] = sessionPath.exec(path) ?? [];
  if (kind !== 'xhr_streaming' && kind !== 'xhr' && kind !== 'xhr_send') return undefined;
  const key = decodeSegment(encodedKey);
  return { prefix: prefix === usualPrefix ? '' : prefix, key, id: `${key}/${id}`, kind };
}

function say(request: HttpRequest, response: ServerResponse, answer: HttpAnswer): void {
  writeAnswer(response, withCORS(request, answer));
}

function act(session: HttpSession, action: SessionAction): void {
  switch (action.type) {
    case 'lose':
      session.lose();
      break;
    case 'end-answer':
      session.endAnswer();
      break;
    case 'beat':
      session.beat();
      break;
    case 'write-record':
      session.writeRecord(action.record);
  }
}
