/**
 * How the client of a `<pusher-connection>` asks for signatures. The client reads these options for each
 * request, so they are getters that say what element, attributes and `options` say at that moment.
 */
import type { AuthorizationOptions, BeforeAuthorize, Pusher, PusherOptions } from '../../src/index.js';
import { csrfHeader } from '../../src/index.js';
import { isFromMarkup } from '../shared/attributes.js';
import { allowedEndpoint, endpointOf, namedAdditions } from '../shared/auth-attributes.js';
import { holdersOf } from '../shared/channel-holders.js';
import type { ChannelAuthorization } from '../shared/channel-holders.js';
import type { AuthAdditions } from './auth-settings.js';
import { PusherBeforeAuthorizeEvent } from './authorization-events.js';
import type { ConnectionSettings } from './connection-settings.js';
import type { Simulator } from './simulation.js';

type Additions = AuthAdditions['params'];
type Kind = 'channelAuthorization' | 'userAuthentication';

/** Options about signatures: what is set on the element wins over `options`. */
export function authorizationOptions(
  element: ConnectionSettings,
  simulator: Simulator,
): Pick<PusherOptions, Kind> {
  return {
    channelAuthorization: liveOptions(element, 'channelAuthorization', simulator),
    userAuthentication: liveOptions(element, 'userAuthentication', simulator),
  };
}

function liveOptions(element: ConnectionSettings, kind: Kind, simulator: Simulator): AuthorizationOptions {
  const given = (): AuthorizationOptions => givenOptions(element, kind);
  const isForChannels = kind === 'channelAuthorization';
  return {
    get endpoint() {
      const own = isForChannels
        ? endpointOf(element, 'auth-endpoint', element.authEndpoint)
        : endpointOf(element, 'user-auth-endpoint', element.userAuthEndpoint);
      return own ?? givenEndpoint(element, given());
    },
    // Of the three below, the default is what nobody needs to say.
    get transport() {
      return element.authTransport === 'jsonp' ? 'jsonp' : given().transport;
    },
    get credentials() {
      return element.authCredentials === 'same-origin' ? given().credentials : element.authCredentials;
    },
    get customHandler() {
      return given().customHandler ?? (element.simulate ? simulator.sign : undefined);
    },
    get params() {
      const { params, paramsProvider } = given();
      return merged([params, paramsProvider, element.authParams], namedAdditions(element, 'param'));
    },
    get headers() {
      const { headers, headersProvider } = given();
      return merged([headers, headersProvider, element.authHeaders], namedAdditions(element, 'header'));
    },
    get timeout() {
      return given().timeout;
    },
    get batch() {
      return given().batch;
    },
    get nonce() {
      return given().nonce;
    },
  };
}

/** Every form of `options` as the newest one. */
function givenOptions({ options = {} }: ConnectionSettings, kind: Kind): AuthorizationOptions {
  if (kind === 'userAuthentication') return options.userAuthentication ?? {};
  const {
    channelAuthorization,
    authEndpoint: endpoint,
    authTransport: transport,
    auth,
    authorizer,
  } = options;
  if (channelAuthorization) return channelAuthorization;
  const told = { authTransport: transport ?? 'ajax', authEndpoint: endpoint ?? '/pusher/auth', auth };
  return {
    endpoint,
    transport,
    params: auth?.params,
    headers: auth?.headers,
    customHandler:
      authorizer &&
      (({ socketId, channelName }, callback) =>
        authorizer({ name: channelName }, told).authorize(socketId, callback)),
  };
}

/** `options` may be markup too. */
function givenEndpoint(element: ConnectionSettings, { endpoint }: AuthorizationOptions): string | undefined {
  return endpoint && element.options && isFromMarkup(element.options)
    ? allowedEndpoint(element, 'options: endpoint', endpoint)
    : endpoint;
}

/** Additions together, later ones winning; undefined where there are none, so that nobody is warned of headers. */
function merged(sources: readonly Additions[], named: Readonly<Record<string, string>>): Additions {
  if (sources.every((source) => source == null) && Object.keys(named).length === 0) return undefined;
  return async () => {
    const values: Record<string, unknown> = {};
    for (const source of sources)
      Object.assign(values, typeof source === 'function' ? await source() : source);
    return Object.assign(values, named);
  };
}

/** The connection elements behind a client, as far as a request concerns them. */
export interface Asked {
  readonly client: Pusher;
  /** Those that are asked where no element holds the channel, and for sign-ins. */
  readonly connections: readonly { mayAuthorize(authorization: BeforeAuthorize): boolean }[];
  readonly hook: PusherOptions['beforeAuthorize'];
}

/** Lets the elements that hold a channel, and the page, change a request before it is made. */
export function askBeforeAuthorize(authorization: BeforeAuthorize, asked: Asked): void {
  const { channel } = authorization;
  const holders = channel === undefined ? [] : holdersOf(asked.client, channel);
  for (const holder of holders) apply(holder.authorization(), authorization.request);
  const answers =
    holders.length > 0
      ? holders.map(({ element }) => element.dispatchEvent(new PusherBeforeAuthorizeEvent(authorization)))
      : asked.connections.map((connection) => connection.mayAuthorize(authorization));
  if (answers.every(Boolean)) asked.hook?.(authorization);
  else authorization.prevent();
}

function apply(own: ChannelAuthorization, request: BeforeAuthorize['request']): void {
  if (own.endpoint !== undefined) {
    // The page's token goes to the page's own origin only, and there always.
    for (const [name, token] of Object.entries(csrfHeader(request.url)))
      if (request.headers[name] === token) Reflect.deleteProperty(request.headers, name);
    request.url = own.endpoint;
    if (request.method === 'POST') request.headers = { ...csrfHeader(request.url), ...request.headers };
  }
  Object.assign(request.params, own.params);
  for (const [name, value] of Object.entries(own.headers)) {
    const same = Object.keys(request.headers).find((other) => other.toLowerCase() === name);
    request.headers[same ?? name] = value;
  }
}
