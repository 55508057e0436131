import { expect } from '@open-wc/testing';
import {
  PusherChannelElement,
  PusherConnectionElement,
  PusherEventElement,
  PusherListElement,
  PusherPresenceElement,
  PusherStatusElement,
  PusherTriggerElement,
  PusherToastsElement,
  PusherValueElement,
} from '../../components/index.js';
import { installEndpoint } from '../components/endpoint.js';
import type { Endpoint } from '../components/endpoint.js';
import { key } from '../components/support.js';
import { describeElementConformance } from './element-conformance.js';
import type { AttributeRow } from './element-conformance.js';

const row = (
  attribute: string,
  text: string,
  property: string,
  value: unknown,
  reflects = true,
): AttributeRow => ({
  attribute,
  text,
  property,
  value,
  reflects,
});

/** What all elements with a channel of their own have. */
const heldRows = (channel: string, events: string): readonly AttributeRow[] => [
  row('connection', 'main', 'connection', 'main', false),
  row('channel', channel, 'channel', channel),
  row('event', events, 'event', events.split(' ')),
  row('when', 'idle', 'when', 'idle'),
  row('linger', '2', 'linger', 2),
  row('max-age', '5m', 'maxAge', 300),
];

describeElementConformance({
  element: PusherConnectionElement,
  configure: (element, { options }) => {
    Object.assign(element, { appKey: key, options });
  },
  isReady: (element) => element.getAttribute('state') === 'connected',
  event: {
    type: 'pusher-state-change',
    provoke: ({ app }) => {
      app.connection()!.drop();
    },
  },
  attributes: [
    row('app-key', 'k', 'appKey', 'k'),
    row('cluster', 'eu', 'cluster', 'eu'),
    row('encrypted', 'false', 'encrypted', false),
    row('host', 'example.test', 'host', 'example.test'),
    row('ws-port', '8080', 'wsPort', 8080),
    row('wss-port', '8443', 'wssPort', 8443),
    row('ws-path', '/rt', 'wsPath', '/rt'),
    row('connect-automatically', 'off', 'connectAutomatically', false),
    row('reconnect-automatically', 'false', 'reconnectAutomatically', false),
    row('reconnect-delay', '30', 'reconnectDelay', 30),
    row('unavailable-timeout', '1m', 'unavailableTimeout', 60),
    row('unavailable-retry-delay', '20s', 'unavailableRetryDelay', 20),
    row('connect-timeout', '3', 'connectTimeout', 3),
    row('activity-timeout', '60', 'activityTimeout', 60),
    row('pong-timeout', '2.5', 'pongTimeout', 2.5),
    row('reachability', 'off', 'reachability', 'off'),
    row('enabled-transports', 'ws wss', 'enabledTransports', ['ws', 'wss']),
    row('disabled-transports', 'sockjs', 'disabledTransports', ['sockjs']),
    row('disable-flash', '', 'disableFlash', true),
    row('disable-stats', '', 'disableStats', true),
    row('stats-endpoint', '/stats', 'statsEndpoint', '/stats'),
    row('http-host', 'http.test', 'httpHost', 'http.test'),
    row('http-path', '/rt', 'httpPath', '/rt'),
    row('auth-endpoint', '/sign', 'authEndpoint', '/sign', false),
    row('auth-transport', 'jsonp', 'authTransport', 'jsonp'),
    row('auth-params', '{"a": 1}', 'authParams', { a: 1 }, false),
    row('auth-headers', '{"a": "b"}', 'authHeaders', { a: 'b' }, false),
    row('auth-credentials', 'include', 'authCredentials', 'include'),
    row('user-auth-endpoint', '/users', 'userAuthEndpoint', '/users', false),
    row('signin', '', 'signsIn', true),
    row('idle-disconnect', '15m', 'idleDisconnect', 900),
    row('hidden-disconnect', '5m', 'hiddenDisconnect', 300),
    row('default', '', 'default', true),
    row('log', '', 'log', true),
  ],
});

describeElementConformance({
  element: PusherChannelElement,
  configure: (element) => {
    Object.assign(element, { name: 'orders' });
  },
  isReady: (element) => element.getAttribute('state') === 'subscribed',
  event: {
    type: 'pusher-subscribed',
    provoke: ({ app }) => {
      app.connection()!.drop();
    },
  },
  connectionOf: (element) => (element.getAttribute('state') === 'subscribed' ? keyOf(element) : undefined),
  attributes: [
    row('name', 'prices', 'name', 'prices'),
    row('type', 'presence', 'type', 'presence'),
    row('connection', 'main', 'connection', 'main', false),
    row('auth-endpoint', '/sign', 'authEndpoint', '/sign', false),
    row('when', 'manual', 'when', 'manual'),
    row('linger', '2', 'linger', 2),
    row('events', 'created updated', 'events', ['created', 'updated']),
  ],
});

describeElementConformance({
  element: PusherStatusElement,
  configure: (element) => {
    Object.assign(element, { grace: 0 });
  },
  isReady: (element) => element.getAttribute('state') === 'connected',
  connectionOf: (element) => (element.getAttribute('state') === 'connected' ? keyOf(element) : undefined),
  attributes: [
    row('variant', 'banner', 'variant', 'banner'),
    row('theme', 'dark', 'theme', 'dark'),
    row('hide-when', 'connected limit', 'hideWhen', ['connected', 'limit']),
    row('grace', '2', 'grace', 2),
    row('countdown', '', 'countdown', true),
    row('retry', '', 'hasRetry', true),
    row('details', '', 'details', true),
    row('announce', 'off', 'announce', 'off'),
    row('connection', 'main', 'connection', 'main', false),
    row('label-connected', 'Live', 'labelConnected', 'Live', false),
    row('label-limit', 'Full', 'labelLimit', 'Full', false),
  ],
});

describeElementConformance({
  element: PusherValueElement,
  configure: (element) => {
    Object.assign(element, { valueSource: 'state' });
  },
  isReady: (element) => Reflect.get(element, 'value') === 'connected',
  event: {
    type: 'pusher-value-change',
    provoke: ({ app }) => {
      app.connection()!.drop();
    },
  },
  connectionOf: (element) => (Reflect.get(element, 'value') === 'connected' ? keyOf(element) : undefined),
  attributes: [
    row('connection', 'main', 'connection', 'main', false),
    row('channel', 'prices', 'channel', 'prices'),
    row('event', 'tick tock', 'event', ['tick', 'tock']),
    row('when', 'visible', 'when', 'visible'),
    row('linger', '2', 'linger', 2),
    row('max-age', '30s', 'maxAge', 30),
    row('field', 'a.b', 'field', 'a.b'),
    row('source', 'latency', 'valueSource', 'latency'),
    row('mode', 'sum', 'mode', 'sum'),
    row('initial', '5', 'initial', '5', false),
    row('format', 'number:2', 'format', 'number:2', false),
    row('flash', '', 'flash', true),
    row('announce', '', 'announce', true),
    row('snapshot-url', '/a.json', 'snapshotUrl', '/a.json', false),
    row('snapshot-path', 'a', 'snapshotPath', 'a', false),
    row('persist', 'session', 'persist', 'session'),
  ],
});

describeElementConformance({
  element: PusherListElement,
  configure: (element) => {
    const template = document.createElement('template');
    template.content.append(document.createElement('p'));
    element.append(template);
    Object.assign(element, { channel: 'orders', event: ['created'] });
  },
  isReady: (element) => element.matches(':state(empty)'),
  attributes: [
    ...heldRows('prices', 'tick'),
    row('update-event', 'a b', 'updateEvent', ['a', 'b']),
    row('remove-event', 'c', 'removeEvent', ['c']),
    row('item-key', 'ref', 'itemKey', 'ref'),
    row('items-path', 'items', 'itemsPath', 'items'),
    row('insert', 'prepend', 'insert', 'prepend'),
    row('limit', '50', 'limit', 50),
    row('sort', '-at', 'sort', '-at'),
    row('version-path', 'v', 'versionPath', 'v'),
    row('snapshot-url', '/a.json', 'snapshotUrl', '/a.json', false),
    row('snapshot-path', 'a', 'snapshotPath', 'a', false),
    row('since-param', 'since', 'sinceParam', 'since', false),
    row('resync', 'gap', 'resyncOn', ['gap']),
    row('hold', '', 'hold', true),
    row('announce', '', 'announce', true),
    row('curly', '', 'curly', true),
  ],
});

describe('with an endpoint that signs', () => {
  let endpoint: Endpoint;
  before(() => {
    endpoint = installEndpoint();
  });
  after(() => {
    endpoint.restore();
  });

  describeElementConformance({
    element: PusherPresenceElement,
    configure: (element) => {
      Object.assign(element, { channel: 'presence-room' });
    },
    // Nobody else is there.
    isReady: (element) => element.matches(':state(empty)'),
    event: {
      type: 'pusher-member-added',
      provoke: ({ app }) => {
        const data = '{"user_id":"8","user_info":{"name":"Ada"}}';
        app.connection()!.send({ event: 'pusher_internal:member_added', channel: 'presence-room', data });
      },
    },
    connectionOf: (element) => (Reflect.get(element, 'me') ? keyOf(element) : undefined),
    attributes: [
      row('connection', 'main', 'connection', 'main', false),
      row('channel', 'presence-a', 'channel', 'presence-a'),
      row('when', 'visible', 'when', 'visible'),
      row('linger', '2', 'linger', 2),
      row('view', 'count', 'view', 'count'),
      row('max', '5', 'max', 5),
      row('name-path', 'full.name', 'namePath', 'full.name'),
      row('avatar-path', 'photo', 'avatarPath', 'photo'),
      row('include-me', '', 'includeMe', true),
      row('leave-grace', '0.5', 'leaveGrace', 0.5),
      row('sort', '-name', 'sort', '-name'),
      row('label-one', '{count} reader', 'labelOne', '{count} reader', false),
      row('label-other', '{count} readers', 'labelOther', '{count} readers', false),
      row('announce', '', 'announce', true),
    ],
  });
});

/** Whether an element with data is subscribed; a subclass may know, so a test asks without the type. */
const isSubscribed = (element: HTMLElement): boolean =>
  (Reflect.get(element, 'heldChannel') as { state: string } | undefined)?.state === 'subscribed';

describeElementConformance({
  element: PusherEventElement,
  configure: (element) => {
    Object.assign(element, { channel: 'orders', name: ['created'], dispatchAs: 'order-created' });
  },
  isReady: isSubscribed,
  event: {
    type: 'pusher-after-action',
    provoke: ({ publish }) => {
      publish('orders', 'created');
    },
  },
  connectionOf: (element) => (isSubscribed(element) ? keyOf(element) : undefined),
  attributes: [
    ...heldRows('prices', 'tick'),
    row('name', 'a b', 'name', ['a', 'b']),
    row('do', 'refetch', 'do', 'refetch'),
    row('target', '#cart', 'target', '#cart'),
    row('field', 'a.b', 'field', 'a.b'),
    row('class-name', 'a b', 'classNames', ['a', 'b']),
    row('class-mode', 'flash', 'classMode', 'flash'),
    row('attr-name', 'title', 'attrName', 'title'),
    row('refetch-url', '/cart', 'refetchUrl', '/cart'),
    row('refetch-select', '#cart', 'refetchSelect', '#cart'),
    row('dispatch-as', 'a-b', 'dispatchAs', 'a-b'),
    row('match-field', 'id', 'matchField', 'id'),
    row('match-value', '7', 'matchValue', '7', false),
    row('debounce', '500ms', 'debounce', 0.5),
    row('jitter', '2', 'jitter', 2),
    row('announce', 'The cart has changed', 'announce', 'The cart has changed'),
  ],
});

describeElementConformance({
  element: PusherTriggerElement,
  configure: (element) => {
    element.append(Object.assign(document.createElement('button'), { textContent: 'Vote' }));
    Object.assign(element, { channel: 'private-poll', event: ['vote'], disableOffline: true });
  },
  isReady: (element) => element.matches(':state(disabled)'),
  attributes: [
    ...heldRows('private-a', 'vote'),
    row('for', 'note', 'for', 'note'),
    row('trigger', 'input', 'trigger', 'input'),
    row('payload', '{"a": 1}', 'payload', { a: 1 }, false),
    row('throttle', '0.5', 'throttle', 0.5),
    row('debounce', '250ms', 'debounce', 0.25),
    row('coalesce', '', 'coalesce', true),
    row('queue', 'latest', 'queue', 'latest'),
    row('ttl', '5', 'ttl', 5),
    row('reset', '', 'reset', true),
    row('echo', '', 'echo', true),
    row('post-url', '/vote', 'postUrl', '/vote', false),
    row('disable-offline', '', 'disableOffline', true),
  ],
});

describeElementConformance({
  element: PusherToastsElement,
  configure: (element) => {
    Object.assign(element, { channel: 'user', event: ['notice'] });
  },
  isReady: (element) => element.shadowRoot?.querySelector('[part="region"]') instanceof HTMLElement,
  attributes: [
    ...heldRows('user', 'a b'),
    row('title-path', 'a.b', 'titlePath', 'a.b'),
    row('body-path', 'text', 'bodyPath', 'text'),
    row('href-path', 'url', 'hrefPath', 'url'),
    row('level-path', 'kind', 'levelPath', 'kind'),
    row('icon-path', 'photo', 'iconPath', 'photo'),
    row('dedupe-key', 'id', 'dedupeKey', 'id'),
    row('placement', 'top-start', 'placement', 'top-start'),
    row('theme', 'dark', 'theme', 'dark'),
    row('duration', '0', 'duration', 0),
    row('max', '3', 'max', 3),
    row('stack', '', 'stack', true),
    row('assertive-levels', 'error urgent', 'assertiveLevels', ['error', 'urgent']),
    row('native', '', 'native', true),
    row('label', 'News', 'label', 'News', false),
    row('label-close', 'Away', 'labelClose', 'Away', false),
  ],
});

/** The key of the connection that an element would find: asked as the elements ask each other. */
function keyOf(element: HTMLElement): string | undefined {
  const named = element.getAttribute('connection');
  const found = named
    ? document.getElementById(named)
    : (element.closest('pusher-connection') ?? document.querySelector('pusher-connection'));
  return found instanceof PusherConnectionElement && found.state === 'connected' ? found.appKey : undefined;
}

describe('importing the classes', () => {
  it('registers nothing, and leaves the page as it is', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const page = frame.contentWindow as Window & typeof globalThis;
    const before = Object.getOwnPropertyNames(page).length + Object.getOwnPropertySymbols(page).length;
    const script = frame.contentDocument!.createElement('script');
    script.type = 'module';
    script.src = new URL('../../components/index.ts', import.meta.url).href;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
      frame.contentDocument!.body.append(script);
    });
    for (const tag of ['pusher-connection', 'pusher-channel', 'pusher-status'])
      expect(page.customElements.get(tag), tag).to.equal(undefined);
    // Lit says which versions of it are there.
    const globals = [...Object.getOwnPropertyNames(page), ...Object.getOwnPropertySymbols(page)]
      .map(String)
      .filter((name) => !/lit|reactiveElement/i.test(name));
    expect(globals.length).to.be.at.most(before);
    frame.remove();
  });
});
