import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock, ProtocolServer } from '../../src/testing/index.js';
import { RecordingPeer } from './recording-peer.js';

function createServer(): ProtocolServer {
  return new ProtocolServer({
    clock: new FakeClock(),
    apps: [
      { key: 'kit-key' },
      { key: 'disabled', isEnabled: false },
      { key: 'tls-only', isTLSOnly: true },
      { key: 'tiny', maxConnections: 1 },
      { key: 'below', pathPrefix: '/realtime' },
      { key: 'with space' },
    ],
  });
}

describe('the handshake (protocol.md §1, §3)', () => {
  const rejections: readonly (readonly [number, string, string])[] = [
    [4005, 'a path that is not /app/{key}', 'ws://localhost/apps/kit-key?protocol=7'],
    [4005, 'a path below a prefix the app does not have', 'ws://localhost/realtime/app/kit-key?protocol=7'],
    [4005, 'a path without the prefix the app has', 'ws://localhost/app/below?protocol=7'],
    [4005, 'a path without a key', 'ws://localhost/app/?protocol=7'],
    [4005, 'a wrong path, before a missing protocol', 'ws://localhost/'],
    [4008, 'no protocol', 'ws://localhost/app/kit-key'],
    [4008, 'an empty protocol', 'ws://localhost/app/kit-key?protocol='],
    [4008, 'no protocol, before a malformed version', 'ws://localhost/app/kit-key?version=x'],
    [4006, 'a malformed version', 'ws://localhost/app/kit-key?protocol=7&version=latest'],
    [
      4006,
      'a malformed version, before an unsupported protocol',
      'ws://localhost/app/kit-key?protocol=3&version=x',
    ],
    [4007, 'protocol 3', 'ws://localhost/app/kit-key?protocol=3'],
    [4007, 'protocol 8', 'ws://localhost/app/kit-key?protocol=8'],
    [4007, 'a protocol that is not a number', 'ws://localhost/app/kit-key?protocol=seven'],
    [4007, 'an unsupported protocol, before an unknown key', 'ws://localhost/app/nobody?protocol=3'],
    [4001, 'an unknown key', 'ws://localhost/app/nobody?protocol=7'],
    [4003, 'a disabled app', 'ws://localhost/app/disabled?protocol=7'],
    [4000, 'a plain connection to an app that takes TLS only', 'ws://localhost/app/tls-only?protocol=7'],
  ];
  for (const [code, what, url] of rejections) {
    it(`rejects ${what} with ${code}, as a frame and as the close code`, () => {
      const peer = RecordingPeer.open(createServer(), url);
      assert.equal(peer.code, code);
      assert.deepEqual(peer.frames, [{ event: 'pusher:error', data: { code, message: peer.ended?.reason } }]);
    });
  }

  it('takes an encrypted connection to an app that takes TLS only', () => {
    const peer = RecordingPeer.open(createServer(), 'wss://localhost/app/tls-only?protocol=7');
    assert.deepEqual(peer.events, ['pusher:connection_established']);
  });

  it('takes protocols 4 to 7, unknown parameters, versions of any length, encoded keys and a path prefix', () => {
    const server = createServer();
    const urls = [
      ...[4, 5, 6, 7].map((protocol) => `ws://localhost/app/kit-key?protocol=${protocol}`),
      'ws://localhost/app/kit-key?protocol=7&client=js&version=8.6.0&flash=false&colour=green',
      'ws://localhost/app/kit-key?protocol=7&version=1.2.3-beta.4',
      'ws://localhost/app/kit-key?protocol=7&version=7',
      'ws://localhost/app/with%20space?protocol=7',
      'ws://localhost/realtime/app/below?protocol=7',
    ];
    for (const url of urls)
      assert.deepEqual(RecordingPeer.open(server, url).events, ['pusher:connection_established'], url);
  });

  it('rejects the connection over the quota with 4004, and takes one again when another has left', () => {
    const server = createServer();
    const first = RecordingPeer.connect(server, 'tiny');
    assert.equal(RecordingPeer.connect(server, 'tiny').code, 4004);
    first.connection.closed();
    assert.equal(RecordingPeer.connect(server, 'tiny').code, undefined);
  });

  it('rejects with 4100 when the whole server is full, after 4004', () => {
    const server = createServer();
    server.maxConnections = 1;
    RecordingPeer.connect(server, 'tiny');
    assert.equal(RecordingPeer.connect(server, 'kit-key').code, 4100);
    assert.equal(RecordingPeer.connect(server, 'tiny').code, 4004);
  });

  it('speaks first, with a socket id of two integers and the activity timeout, encoded twice', () => {
    const peer = RecordingPeer.connect(createServer());
    const { event, data } = peer.last ?? {};
    assert.equal(event, 'pusher:connection_established');
    assert.equal(typeof data, 'string');
    const { socket_id: socketId, ...rest } = JSON.parse(String(data)) as { socket_id: string };
    assert.match(socketId, /^\d+\.\d+$/);
    assert.deepEqual(rest, { activity_timeout: 120 });
    assert.equal(peer.connection.socketId, socketId);
  });

  it('never gives two connections the same socket id, whatever the random source says', () => {
    const clock = new FakeClock();
    clock.useRandom(0.5);
    const server = new ProtocolServer({ clock, apps: [{ key: 'kit-key' }] });
    const ids = Array.from({ length: 100 }, () => RecordingPeer.connect(server).connection.socketId);
    assert.equal(new Set(ids).size, 100);
  });

  it('records the upgrade with its time, path and query, per app, and stray ones with the server', () => {
    const server = createServer();
    RecordingPeer.open(server, 'ws://localhost/app/kit-key?protocol=7&client=kit');
    RecordingPeer.open(server, 'ws://localhost/app/nobody?protocol=7');
    assert.deepEqual(server.app('kit-key').record.upgrades, [
      {
        at: 1_000_000,
        connection: 1,
        url: 'ws://localhost/app/kit-key?protocol=7&client=kit',
        path: '/app/kit-key',
        query: { protocol: '7', client: 'kit' },
        outcome: 'answered',
      },
    ]);
    assert.deepEqual(
      server.record.upgrades.map(({ path }) => path),
      ['/app/nobody'],
    );
  });
});

describe('the styles of a rejection', () => {
  it('can be the close alone, as protocol 6 and later document it', () => {
    const server = createServer();
    server.app('disabled').script({ rejection: 'close-only' });
    const peer = RecordingPeer.connect(server, 'disabled');
    assert.deepEqual(peer.heard, []);
    assert.equal(peer.code, 4003);
  });

  it('can be the frame and a dropped connection, with data as a string', () => {
    const server = createServer();
    server.app('disabled').script({ rejection: 'frame-and-drop', errorData: 'string' });
    const peer = RecordingPeer.connect(server, 'disabled');
    assert.deepEqual(peer.frames, [
      { event: 'pusher:error', data: '{"code":4003,"message":"Application disabled"}' },
    ]);
    assert.equal(peer.code, 1006);
  });

  it('can be the frame alone, with the connection left open', () => {
    const server = createServer();
    server.app('disabled').script({ rejection: 'frame-only' });
    const peer = RecordingPeer.connect(server, 'disabled');
    assert.deepEqual(peer.events, ['pusher:error']);
    assert.equal(peer.code, undefined);
  });
});
