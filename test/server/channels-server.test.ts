import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { connect as connectTCP } from 'node:net';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from './channels-server.js';
import { RawClient, until } from './raw-client.js';

let server: ChannelsServer;
let app: ServerApp;
let count = 0;

before(async () => {
  server = new ChannelsServer();
  await server.listen();
});

after(async () => {
  await server.close();
});

beforeEach(() => {
  count += 1;
  app = server.core.addApp({ key: `app-${count}` });
});

function open(query: string = 'protocol=7', port: number = server.port): RawClient {
  return new RawClient(`ws://127.0.0.1:${port}/app/${app.settings.key}?${query}`);
}

function connect(): Promise<RawClient> {
  return RawClient.connect(server.port, app.settings.key);
}

describe('the server over real sockets', () => {
  it('upgrades, greets, subscribes, publishes, and learns how the client leaves', async () => {
    const client = await connect();
    await client.subscribe('prices');
    app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
    assert.deepEqual(await client.hears('tick'), { event: 'tick', channel: 'prices', data: '{"bid":41}' });
    client.close();
    await until(() => app.record.closes.length === 1);
    assert.deepEqual([app.record.closes[0]?.code, app.record.closes[0]?.by], [1005, 'client']);
    assert.deepEqual(app.connections, []);
  });

  it('learns of a client that broke off with 1006', async () => {
    const client = await connect();
    client.terminate();
    await until(() => app.record.closes.length === 1);
    assert.equal(app.record.closes[0]?.code, 1006);
  });

  for (const [code, query, change] of [
    [4008, '', {}],
    [4006, 'protocol=7&version=latest', {}],
    [4007, 'protocol=9', {}],
    [4003, 'protocol=7', { isEnabled: false }],
    [4000, 'protocol=7', { isTLSOnly: true }],
    [4004, 'protocol=7', { maxConnections: 0 }],
  ] as const) {
    it(`sends the error and closes with ${code} after the upgrade`, async () => {
      app.configure(change);
      const client = open(query);
      assert.equal((await client.ends()).code, code);
      assert.equal(client.isOpen, true);
      assert.deepEqual(client.events, ['pusher:error']);
    });
  }

  it('takes what arrives at its second port for encrypted', async () => {
    app.configure({ isTLSOnly: true });
    const client = open('protocol=7', server.securePort);
    await client.hears('pusher:connection_established');
    assert.match(app.record.upgrades[0]?.url ?? '', /^wss:/);
    client.close();
  });

  it('survives frames that are too long for it by closing with 1009', async () => {
    const client = await connect();
    client.say('x'.repeat(1_100_000));
    assert.equal((await client.ends()).code, 1009);
  });
});

describe('scripted connections over real sockets (protocol.md §12)', () => {
  it('accept and stay silent', async () => {
    app.scriptNext({ handshake: { type: 'silent' } });
    const client = open();
    await until(() => client.isOpen);
    client.say('pusher:ping');
    await until(() => app.record.received.length === 1);
    assert.deepEqual([app.record.received[0]?.socketId, client.heard, client.ended], [null, [], undefined]);
    client.close();
  });

  for (const code of [1000, 1001, 1011, 3000, 4000, 4004, 4100, 4200, 4301, 4999]) {
    it(`accept, then close with ${code}`, async () => {
      app.scriptNext({ handshake: { type: 'close', code, reason: 'as scripted' } });
      assert.deepEqual(await open().ends(), { code, reason: 'as scripted' });
    });
  }

  it('accept, then close without a code, which is 1005, or with one that never travels, which is 1006', async () => {
    app.scriptNext({ handshake: { type: 'close', code: 1005 } });
    assert.equal((await open().ends()).code, 1005);
    for (const code of [1004, 1006, 1015]) {
      app.scriptNext({ handshake: { type: 'close', code } });
      assert.equal((await open().ends()).code, 1006);
    }
  });

  it('cut a close reason that sockets would refuse', async () => {
    app.scriptNext({ handshake: { type: 'close', code: 4001, reason: 'ü'.repeat(100) } });
    assert.deepEqual(await open().ends(), { code: 4001, reason: 'ü'.repeat(61) });
  });

  it('accept, then send an error as an object or a string, and close, or do not', async () => {
    app.scriptNext({ handshake: { type: 'error', code: 4004, message: 'full', data: 'string' } });
    const closed = open();
    assert.deepEqual(await closed.ends(), { code: 4004, reason: 'full' });
    assert.deepEqual(closed.frames, [{ event: 'pusher:error', data: '{"code":4004,"message":"full"}' }]);
    app.scriptNext({ handshake: { type: 'error', code: 4004, message: 'full', closeCode: null } });
    const left = open();
    assert.deepEqual(await left.hears('pusher:error'), {
      event: 'pusher:error',
      data: { code: 4004, message: 'full' },
    });
    assert.equal(left.ended, undefined);
    left.close();
  });

  it('send the error frame of a rejection before the connection is dropped', async () => {
    app.configure({ isEnabled: false });
    app.script({ rejection: 'frame-and-drop', errorData: 'string' });
    const client = open();
    assert.equal((await client.ends()).code, 1006);
    assert.deepEqual(client.events, ['pusher:error']);
  });

  it('are refused before the upgrade, once or until scripted otherwise', async () => {
    app.scriptNext({ handshake: { type: 'refuse' } }, 2);
    for (const client of [open(), open()]) {
      assert.equal((await client.ends()).code, 1006);
      assert.equal(client.isOpen, false);
    }
    (await connect()).close();
  });

  it('hang without an answer to the upgrade, and are forgotten when the client gives up', async () => {
    app.scriptNext({ handshake: { type: 'hang' } });
    const socket = connectTCP({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    let hasEnded = false;
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('end', () => (hasEnded = true));
    socket.write(
      `GET /app/${app.settings.key}?protocol=7 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await until(() => app.record.upgrades[0]?.outcome === 'hung');
    (await connect()).close();
    assert.deepEqual([answer, hasEnded], ['', false]);
    socket.end();
    await until(() => hasEnded);
    assert.equal(answer, '');
    socket.destroy();
  });

  it('say something else first', async () => {
    app.scriptNext({ handshake: { type: 'raw', text: 'hello' } });
    const client = open();
    await until(() => client.heard.length === 1);
    assert.deepEqual(client.heard, ['hello']);
    client.close();
  });

  it('establish with the scripted socket id, with or without an activity timeout, as string or object', async () => {
    app.scriptNext({ handshake: { type: 'accept', socketId: '5.6', activityTimeout: 0.25 } });
    app.scriptNext({ handshake: { type: 'accept', socketId: '7.8', activityTimeout: null, data: 'object' } });
    const [first, second] = [await connect(), await connect()];
    assert.deepEqual(
      [first.frames[0]?.data, second.frames[0]?.data],
      ['{"socket_id":"5.6","activity_timeout":0.25}', { socket_id: '7.8' }],
    );
    first.close();
    second.close();
  });

  it('are dropped, or closed with a code, after they were established', async () => {
    const [dropped, closed] = [await connect(), await connect()];
    app.connection(dropped.socketId)?.drop();
    app.connection(closed.socketId)?.close(4200, 'again');
    assert.equal((await dropped.ends()).code, 1006);
    assert.deepEqual(await closed.ends(), { code: 4200, reason: 'again' });
  });

  it('are dropped only after what was sent before has gone out, however long it is', async () => {
    const client = await connect();
    // More than the system's buffers hold, so that some of it still waits in this process.
    app.connection()?.send({ event: 'huge', data: 'x'.repeat(20_000_000) });
    app.connection()?.drop();
    assert.equal((await client.ends()).code, 1006);
    assert.ok(client.events.includes('huge'));
  });

  it('stall: nothing is answered or forwarded, and the connection stays open', async () => {
    const [stalled, other] = [await connect(), await connect()];
    await stalled.subscribe('prices');
    await other.subscribe('prices');
    const heard = stalled.heard.length;
    const connection = app.connection(stalled.socketId);
    connection?.stall();
    stalled.say('pusher:ping');
    app.publish({ channels: 'prices', event: 'tick' });
    await other.hears('tick');
    await until(() => app.record.received.at(-1)?.event === 'pusher:ping');
    assert.deepEqual([stalled.heard.length, stalled.ended], [heard, undefined]);
    connection?.resume();
    await stalled.settles();
    stalled.close();
    other.close();
  });

  it('send garbage, an array, unknown events, unknown channels, binary and huge frames, and go on', async () => {
    const client = await connect();
    const connection = app.connection();
    for (const fault of [
      'garbage',
      'array',
      'no-event',
      'unknown-pusher-event',
      'unknown-channel',
      'binary',
      'huge',
    ] as const)
      connection?.sendFaulty(fault);
    connection?.sendRaw('any text at all');
    await until(() => client.heard.length === 9);
    assert.throws(() => JSON.parse(String(client.heard[1])));
    assert.ok(Array.isArray(JSON.parse(String(client.heard[2]))));
    assert.equal((JSON.parse(String(client.heard[3])) as { event?: string }).event, undefined);
    assert.match(String(client.heard[4]), /"pusher:from_the_future"/);
    assert.match(String(client.heard[5]), /"nobody-subscribed"/);
    assert.ok(Buffer.isBuffer(client.heard[6]));
    assert.ok(String(client.heard[7]).length > 1_000_000);
    assert.equal(client.heard[8], 'any text at all');
    assert.equal(client.ended, undefined);
    client.close();
  });

  it('ignore pings, and send pings of their own whose answer is recorded with its time', async () => {
    const client = await connect();
    app.script({ ping: 'ignore' });
    client.say('pusher:ping');
    await until(() => app.record.received.length === 1);
    app.connection()?.ping();
    await client.hears('pusher:ping');
    assert.equal(app.record.pings[0]?.answeredAt, null);
    client.say('pusher:pong');
    await until(() => app.record.pings[0]?.answeredAt !== null);
    assert.ok(!client.events.includes('pusher:pong'));
    client.close();
  });
});
