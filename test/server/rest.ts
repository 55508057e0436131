/** The publishing API that server libraries talk to (protocol.md §9), with real status codes. */
import type { ProtocolServer, ServerApp, ServerChannel } from '../../src/testing/index.js';
import { decodeSegment, json, refusal, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { readBatch, readEvent, type RestEvent } from './rest-events.js';
import { findForgery } from './rest-signature.js';

type Attributes = Record<string, unknown>;

export function answerRest(core: ProtocolServer, request: HttpRequest): HttpAnswer {
  const [, , id, ...route] = request.path.split('/').map(decodeSegment);
  const app = core.apps.find(({ settings }) => settings.id === id);
  if (!app) return refusal(404, `There is no app ${id ?? ''}`);
  const forgery = findForgery(request, app.settings, Math.floor(Date.now() / 1000));
  if (forgery !== undefined) return refusal(401, forgery);
  if (!app.settings.isEnabled) return refusal(403, 'The app is disabled');
  return dispatch(app, request, route) ?? refusal(404, `Nothing answers ${request.method} ${request.path}`);
}

function dispatch(app: ServerApp, request: HttpRequest, route: readonly string[]): HttpAnswer | undefined {
  const [collection, name = '', detail] = route;
  const info = new Set((request.query.get('info') ?? '').split(',').filter(Boolean));
  switch (`${request.method} ${collection ?? ''} ${route.length}`) {
    case 'POST events 1':
      return publishEvents(app, readEvent(request.body), (event) => ({ channels: infoOf(app, event) }));
    case 'POST batch_events 1':
      return publishEvents(app, readBatch(request.body), (...events) => ({
        batch: events.map((event) => Object.values(infoOf(app, event))[0] ?? {}),
      }));
    case 'GET channels 1':
      return listChannels(app, request.query.get('filter_by_prefix') ?? '', info);
    case 'GET channels 2':
      return json(200, describeChannel(app.channel(name), info));
    case 'GET channels 3':
      return detail === 'users' ? listUsers(app, name) : undefined;
    case 'POST users 3':
      if (detail !== 'terminate_connections') return undefined;
      app.terminateUser(name);
      return json(200, {});
    default:
      return undefined;
  }
}

function publishEvents(
  app: ServerApp,
  read: readonly RestEvent[] | HttpAnswer,
  describe: (...events: RestEvent[]) => Attributes,
): HttpAnswer {
  if ('status' in read) return read;
  for (const { event, channels, data, socketId } of read)
    app.publish({ event, channels, data, ...(socketId === undefined ? {} : { socketId }) });
  return json(200, read.some(({ info }) => info.size > 0) ? describe(...read) : {});
}

function infoOf(app: ServerApp, event: RestEvent): Record<string, Attributes> {
  return Object.fromEntries(
    event.channels.map((name) => [name, attributesOf(app.channel(name), event.info)]),
  );
}

function listChannels(app: ServerApp, prefix: string, info: ReadonlySet<string>): HttpAnswer {
  if (info.has('user_count') && !prefix.startsWith('presence-'))
    return refusal(400, 'user_count is only there for presence channels: set filter_by_prefix to presence-');
  const occupied = app.channels.filter(({ isOccupied, name }) => isOccupied && name.startsWith(prefix));
  return json(200, {
    channels: Object.fromEntries(occupied.map((channel) => [channel.name, attributesOf(channel, info)])),
  });
}

function describeChannel(channel: ServerChannel | undefined, info: ReadonlySet<string>): Attributes {
  return { occupied: channel?.isOccupied ?? false, ...attributesOf(channel, info) };
}

function attributesOf(channel: ServerChannel | undefined, info: ReadonlySet<string>): Attributes {
  const cached = channel?.cached;
  return {
    ...(info.has('user_count') ? { user_count: channel?.members.length ?? 0 } : {}),
    ...(info.has('subscription_count') ? { subscription_count: channel?.subscriptionCount ?? 0 } : {}),
    ...(info.has('cache') && cached ? { cache: { data: cached.data } } : {}),
  };
}

function listUsers(app: ServerApp, name: string): HttpAnswer {
  if (!name.startsWith('presence-')) return refusal(400, 'Only presence channels have users');
  return json(200, { users: app.channel(name)?.members.map(({ userId }) => ({ id: userId })) ?? [] });
}
