import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, ProtocolServer, type SubscribeErrorStyle } from '../../src/testing/index.js';
import { RecordingPeer } from './recording-peer.js';

let clock: FakeClock;
let server: ProtocolServer;
let peer: RecordingPeer;

beforeEach(() => {
  clock = new FakeClock();
  server = new ProtocolServer({ clock, apps: [{ key: 'kit-key' }] });
  peer = RecordingPeer.connect(server);
  peer.clear();
});

const succeeded = { event: 'pusher_internal:subscription_succeeded', channel: 'prices', data: '{}' };

describe('scripted answers to a subscription (protocol.md §12.6)', () => {
  const styles: readonly (readonly [SubscribeErrorStyle, object])[] = [
    [
      'existing-subscription',
      { event: 'pusher:error', data: { code: null, message: 'Existing subscription to channel prices' } },
    ],
    [
      'no-current-subscription',
      {
        event: 'pusher:error',
        data: {
          code: null,
          message: 'No current subscription to channel prices, or subscription in progress',
        },
      },
    ],
    [
      'subscription-error',
      {
        event: 'pusher:subscription_error',
        channel: 'prices',
        data: { type: 'AuthError', error: 'Connection is unauthorized to subscribe to prices', status: 401 },
      },
    ],
    [
      'internal-subscription-error',
      { event: 'pusher_internal:subscription_error', channel: 'prices', data: '{}' },
    ],
    [
      'error-without-channel',
      {
        event: 'pusher:error',
        data: '{"code":4009,"message":"Connection is unauthorized to subscribe to prices"}',
      },
    ],
  ];
  function script(style: SubscribeErrorStyle): void {
    server.app().script({ subscribe: { type: 'error', style } });
  }

  for (const [style, frame] of styles) {
    it(`refuses in the style ${style}, and can succeed on the next request`, () => {
      script(style);
      peer.subscribe('prices');
      assert.deepEqual(peer.frames, [frame]);
      server.app().resetScript();
      peer.clear();
      peer.subscribe('prices');
      assert.deepEqual(peer.frames, [succeeded]);
    });
  }

  it('refuses in the style invalid-signature, with the string to sign in the words', () => {
    script('invalid-signature');
    peer.subscribe('prices');
    const { message } = peer.last?.data as { message: string };
    const text = `${peer.connection.socketId ?? ''}:prices`;
    assert.ok(message.startsWith(`Invalid signature: Expected HMAC SHA256 hex digest of ${text}, but got `));
  });

  it('refuses one channel by name and takes the others', () => {
    const style = 'subscription-error';
    server.app().script({ subscribeTo: { news: { type: 'error', style, message: 'Not you' } } });
    peer.subscribe('prices');
    peer.subscribe('news');
    assert.deepEqual(peer.events, ['pusher_internal:subscription_succeeded', 'pusher:subscription_error']);
    assert.equal((peer.last?.data as { error: string }).error, 'Not you');
  });

  it('delays the success, and delivers nothing before it', async () => {
    server.app().script({ subscribe: { type: 'succeed', delay: 500 } });
    peer.subscribe('prices');
    server.publish({ channels: 'prices', event: 'tick', data: {} });
    await clock.advance(499);
    assert.deepEqual(peer.heard, []);
    await clock.advance(1);
    assert.deepEqual(peer.frames, [succeeded]);
  });

  it('calls a request in progress existing when it is repeated, and not current when it is taken back', () => {
    server.app().script({ subscribe: { type: 'succeed', delay: 60_000 } });
    peer.subscribe('prices');
    peer.subscribe('prices');
    peer.unsubscribe('prices');
    assert.deepEqual(
      peer.frames.map(({ data }) => (data as { message: string }).message),
      [
        'Existing subscription to channel prices',
        'No current subscription to channel prices, or subscription in progress',
      ],
    );
  });

  it('holds the answer until a test asks for it, and for ever if none does', async () => {
    server.app().script({ subscribe: { type: 'hold' }, pingsIdleClients: false });
    peer.subscribe('prices');
    await clock.advance(1_000_000);
    assert.deepEqual(peer.heard, []);
    assert.equal(server.app().acknowledge('prices'), 1);
    assert.deepEqual(peer.frames, [succeeded]);
    assert.equal(server.app().acknowledge('prices'), 0);
  });

  it('answers a delayed request once when a test does not want to wait', async () => {
    server.app().script({ subscribe: { type: 'succeed', delay: 500 } });
    peer.subscribe('prices');
    peer.connection.acknowledge('prices');
    await clock.advance(1000);
    assert.deepEqual(peer.frames, [succeeded]);
  });
});
