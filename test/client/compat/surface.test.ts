/** What applications of pusher-js use of the client besides the documented methods (reference/pusher-js.md §1, decision 4). */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import { authRig } from '../auth/auth-rig.js';
import { catchReports, connected } from '../support.js';

describe('the client', () => {
  it('has its channels by name in channels.channels, and channels.find and channels.all', async () => {
    const { pusher } = await connected();
    const channel = pusher.subscribe('prices');
    pusher.subscribe('private-orders');
    assert.equal(pusher.channels.channels['prices'], channel);
    assert.deepEqual(Object.keys(pusher.channels.channels), ['prices', 'private-orders']);
    assert.equal(pusher.channels.find('prices'), channel);
    assert.equal(pusher.channels.find('nothing'), undefined);
    assert.equal('constructor' in pusher.channels.channels, false);
    assert.deepEqual(pusher.channels.all(), pusher.allChannels());
    pusher.unsubscribe('prices');
    assert.equal(pusher.channels.channels['prices'], undefined);
    pusher.dispose();
  });

  it('says its options, its settings with every default, its key and a number of its own', async () => {
    const { pusher } = await connected({ cluster: 'eu' });
    assert.equal(pusher.key, 'app-key');
    assert.equal(pusher.options.cluster, 'eu');
    assert.equal(pusher.config.wsHost, 'ws-eu.pusher.com');
    assert.equal(pusher.config.activityTimeout, 120_000);
    assert.ok(Number.isInteger(pusher.sessionID) && pusher.sessionID >= 0);
    assert.equal(pusher.sessionID, pusher.sessionID);
    pusher.dispose();
  });

  it('says whether it uses TLS, for the setting and for the present connection', async () => {
    const secure = await connected();
    assert.equal(secure.pusher.shouldUseTLS(), true);
    assert.equal(secure.pusher.connection.isUsingTLS(), true);
    const plain = await connected({ forceTLS: false });
    assert.equal(plain.pusher.shouldUseTLS(), false);
    assert.equal(plain.pusher.connection.isUsingTLS(), false);
    plain.app.connection()?.close(4000);
    await plain.clock.advance(0);
    assert.equal(plain.pusher.connection.isUsingTLS(), true);
    for (const { pusher } of [secure, plain]) pusher.dispose();
  });

  it('takes an empty cluster, as Laravel Echo gives one', () => {
    const pusher = new Pusher('app-key', { cluster: '', connectAutomatically: false });
    assert.equal(pusher.config.wsHost, 'ws-mt1.pusher.com');
    pusher.dispose();
  });

  it('writes text as it is with connection.send, and frames with send_event', async () => {
    const { pusher, app, clock } = await connected();
    assert.equal(pusher.connection.send('{"event":"a","data":{}}'), true);
    assert.equal(pusher.send_event('b', { n: 1 }, 'prices'), true);
    assert.equal(pusher.connection.send_event('c', 'words'), true);
    await clock.advance(0);
    assert.deepEqual(
      app.record.received.map(({ text }) => text),
      [
        '{"event":"a","data":{}}',
        '{"event":"b","data":{"n":1},"channel":"prices"}',
        '{"event":"c","data":"words"}',
      ],
    );
    pusher.disconnect();
    assert.equal(pusher.connection.send('x'), false);
    assert.equal(pusher.send_event('b', {}), false);
  });

  it('hears pusher:error and pusher:signin_success with bind, besides where they belong', async (t) => {
    const { pusher, app, clock } = await authRig(t);
    const heard: unknown[] = [];
    pusher.bind('pusher:error', (payload) => heard.push(payload));
    pusher.bind('pusher:signin_success', (payload) => heard.push(payload));
    app.connection()?.sendError(4301, 'Too many');
    pusher.signin();
    await clock.advance(0);
    assert.deepEqual(heard, [{ code: 4301, message: 'Too many' }, { user_data: '{"id":"ann"}' }]);
  });

  it('moves to another cluster and app with switchCluster, keeping channels and listeners', async () => {
    const { pusher, clock, server, attempts } = await connected();
    server.addApp({ key: 'other-key' });
    const channel = pusher.subscribe('prices');
    await clock.advance(0);
    pusher.switchCluster({ cluster: 'eu', appKey: 'other-key' });
    await clock.advance(0);
    assert.equal(pusher.key, 'other-key');
    assert.match(attempts.at(-1)?.url ?? '', /^wss:\/\/ws-eu\.pusher\.com:443\/app\/other-key\?/);
    assert.equal(channel.subscribed, true);
    assert.throws(() => pusher.switchCluster({ cluster: 'eu', appKey: '' }), { code: 'invalid-app-key' });
    assert.equal(pusher.key, 'other-key');
    pusher.dispose();
  });

  it('stays disconnected where a listener says so while switchCluster moves it, or disposes of it', async () => {
    for (const last of ['disconnect', 'dispose'] as const) {
      const { pusher, clock, attempts } = await connected();
      pusher.connection.bind('disconnected', () => pusher[last]());
      pusher.switchCluster({ cluster: 'eu' });
      await clock.advance(60_000);
      assert.equal(pusher.connection.state, 'disconnected');
      assert.equal(attempts.length, 1);
    }
  });

  it('calls its listeners with emit, of the client, of a channel and through global_emitter; nothing is sent', async () => {
    const { pusher, app, clock } = await connected();
    const channel = pusher.subscribe('prices');
    await clock.advance(0);
    const heard: unknown[] = [];
    pusher.bind('tick', (payload) => heard.push(['client', payload]));
    channel.bind('tick', (payload) => heard.push(['channel', payload]));
    channel.emit('tick', 1);
    pusher.global_emitter.emit('tick', 2);
    await clock.advance(0);
    assert.deepEqual(heard, [
      ['channel', 1],
      ['client', 2],
    ]);
    assert.equal(app.record.received.length, 1);
    pusher.dispose();
  });

  it('keeps no list of clients: what is disposed of can be forgotten (reference/pusher-js.md §6.2)', () => {
    assert.equal((Pusher as { instances?: unknown }).instances, undefined);
  });
});

describe('a channel', () => {
  it('says whether it is subscribed, or is waiting to be', async (t) => {
    const { pusher, clock } = await authRig(t);
    const channel = pusher.subscribe('private-orders');
    assert.deepEqual([channel.subscribed, channel.subscriptionPending], [false, true]);
    await clock.advance(0);
    assert.deepEqual([channel.subscribed, channel.subscriptionPending], [true, false]);
    channel.unsubscribe();
    await clock.advance(0);
    assert.deepEqual([channel.subscribed, channel.subscriptionPending], [false, false]);
    channel.subscribe();
    await clock.advance(0);
    assert.equal(pusher.channel('private-orders')?.subscribed, true);
  });
});

/** What the log is given, until the test ends. */
function logOf(t: TestContext): string[] {
  const lines: string[] = [];
  Pusher.log = (line) => lines.push(line);
  t.after(() => {
    Pusher.log = undefined;
    Pusher.logToConsole = false;
  });
  return lines;
}

describe('Pusher.log and Pusher.logToConsole', () => {
  it('tell every attempt, frame and state, one line each, in the form of pusher-js', async (t) => {
    const lines = logOf(t);
    const { pusher, clock, app } = await connected();
    pusher.subscribe('prices');
    await clock.advance(0);
    app.connection()?.drop();
    await clock.advance(0);
    assert.ok(lines.every((line) => line.startsWith('Pusher :  : [')));
    const all = lines.join('\n');
    for (const part of [
      '["Connecting",{"url":"wss://ws-mt1.pusher.com:443/app/app-key',
      '["state_change",{"previous":"initialized","current":"connecting"}]',
      '["Event recd",{"event":"pusher:connection_established"',
      '["Event sent",{"event":"pusher:subscribe","data":{"auth":"","channel":"prices"}}]',
      '["Closed",{"code":1006',
    ])
      assert.ok(all.includes(part), part);
    for (const line of lines) JSON.parse(line.slice('Pusher :  : '.length));
    pusher.dispose();
  });

  it('may be set at any time, also after the client was made, and switched off again', async (t) => {
    const { pusher, clock } = await connected();
    const lines = logOf(t);
    pusher.subscribe('prices');
    await clock.advance(0);
    assert.ok(lines.length > 0);
    const before = lines.length;
    Pusher.log = undefined;
    pusher.subscribe('news');
    await clock.advance(0);
    assert.equal(lines.length, before);
    pusher.dispose();
  });

  it('write to the console where no function is given', async (t) => {
    const { mock } = t.mock.method(console, 'log', () => undefined);
    logOf(t);
    Pusher.log = undefined;
    Pusher.logToConsole = true;
    const { pusher } = await connected();
    assert.match(String(mock.calls[0]?.arguments[0]), /^Pusher : {2}: \["/);
    pusher.dispose();
  });

  it('of a class of one’s own are looked at first', async (t) => {
    const lines = logOf(t);
    class Mine extends Pusher {}
    const own: string[] = [];
    Mine.log = (line) => own.push(line);
    const { clock, transport, network } = await connected({ key: 'app-key' });
    lines.length = 0;
    const pusher = new Mine('app-key', { clock, transport, network });
    await clock.advance(0);
    assert.equal(pusher.connection.state, 'connected');
    assert.ok(own.length > 0);
    assert.deepEqual(lines, []);
    pusher.dispose();
  });

  it('survive a function that throws', async (t) => {
    const reports = catchReports(t);
    logOf(t);
    Pusher.log = () => {
      throw new Error('from the log');
    };
    const { pusher } = await connected();
    assert.equal(pusher.connection.state, 'connected');
    assert.ok(reports.length > 0);
    pusher.dispose();
  });
});
