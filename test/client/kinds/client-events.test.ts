/** Client events: protocol.md §7.4, §11; issue 3 §1: queued with a limit and an age, ten a second, refused with a reason. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import type { Channel } from '../../../src/index.js';
import { authRig } from '../auth/auth-rig.js';
import type { AuthRig } from '../auth/auth-rig.js';
import type { RigOptions } from '../support.js';
import { joins, somebody } from './company.js';

interface Chat extends AuthRig {
  readonly channel: Channel;
  /** The client events that reached the server: their data, in order. */
  readonly sent: () => unknown[];
}

async function chat(t: TestContext, options: RigOptions = {}): Promise<Chat> {
  const rig = await authRig(t, options);
  const { channel } = await rig.join('private-chat');
  const sent = (): unknown[] =>
    rig.app.record.received.filter(({ event }) => event?.startsWith('client-')).map(({ data }) => data);
  return { ...rig, channel, sent };
}

describe('a client event', () => {
  for (const name of ['private-chat', 'presence-chat', 'private-cache-chat', 'presence-cache-chat'])
    it(`goes out at once on ${name}, in the wire form of pusher-js, and trigger() says true`, async (t) => {
      const { app, clock, join } = await authRig(t);
      const { channel } = await join(name);
      assert.equal(channel.trigger('client-typing', { on: true }), true);
      await clock.advance(0);
      assert.equal(
        app.record.received.at(-1)?.text,
        JSON.stringify({ event: 'client-typing', data: { on: true }, channel: name }),
      );
    });

  it('reaches the others and not ourselves', async (t) => {
    const rig = await chat(t);
    const own: unknown[] = [];
    rig.channel.bind('client-typing', (payload) => own.push(payload));
    const other = somebody(rig);
    joins(rig, other, 'private-chat');
    rig.channel.trigger('client-typing', 1);
    await rig.clock.advance(0);
    assert.equal(other.last?.event, 'client-typing');
    assert.deepEqual(own, []);
  });

  for (const [name, channelName, event, code] of [
    ['on a public channel', 'chat', 'client-typing', 'unsupported'],
    ['on an encrypted channel', 'private-encrypted-chat', 'client-typing', 'unsupported'],
    ['with a name that does not begin with client-', 'private-chat', 'typing', 'invalid-event-name'],
    ['with the name of a service event', 'private-chat', 'pusher:ping', 'invalid-event-name'],
  ] as const)
    it(`${name} is refused with the code ${code}, and what to do instead`, async (t) => {
      const { pusher, app, clock } = await authRig(t);
      const channel = pusher.subscribe(channelName);
      await clock.advance(0);
      const before = app.record.received.length;
      assert.throws(() => channel.trigger(event, {}), { name: 'PusherError', code, message: /\. \w.*\.$/ });
      await clock.advance(0);
      assert.equal(app.record.received.length, before);
    });

  it('of more than 10 240 bytes is refused, counted in bytes and not in characters', async (t) => {
    const { channel } = await chat(t);
    assert.equal(channel.trigger('client-big', 'x'.repeat(10_238)), true);
    assert.throws(() => channel.trigger('client-big', 'x'.repeat(10_239)), { code: 'event-too-large' });
    assert.throws(() => channel.trigger('client-big', 'é'.repeat(5120)), { code: 'event-too-large' });
  });

  it('may carry nothing', async (t) => {
    const { channel, clock, sent } = await chat(t);
    channel.trigger('client-ping', undefined);
    channel.trigger('client-ping', null);
    await clock.advance(0);
    assert.equal(sent().length, 2);
  });
});

describe('a client event that cannot go out yet', () => {
  it('waits for the subscription, and keeps its place', async (t) => {
    const rig = await authRig(t);
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 1000 });
    const { channel } = await rig.join('private-chat');
    for (const n of [1, 2, 3]) assert.equal(channel.trigger('client-n', n), true);
    await rig.clock.advance(1000);
    const events = rig.app.record.received.map(({ event, data }) => (event === 'client-n' ? data : event));
    assert.deepEqual(events, ['pusher:subscribe', 1, 2, 3]);
  });

  it('waits for the connection after a loss', async (t) => {
    const { app, channel, clock, sent } = await chat(t);
    app.connection()?.drop();
    await clock.advance(0);
    assert.equal(channel.trigger('client-n', 1), true);
    await clock.advance(1000);
    assert.deepEqual(sent(), [1]);
  });

  it('is not sent when it has waited longer than clientEventMaxAge', async (t) => {
    const rig = await authRig(t, { clientEventMaxAge: 500 });
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 1000 });
    const { channel } = await rig.join('private-chat');
    channel.trigger('client-n', 'old');
    await rig.clock.advance(600);
    channel.trigger('client-n', 'young');
    await rig.clock.advance(400);
    assert.deepEqual(
      rig.app.record.received.filter(({ event }) => event === 'client-n').map(({ data }) => data),
      ['young'],
    );
  });

  it('is refused with false where clientEventQueueLimit wait already; those before it are kept', async (t) => {
    const rig = await authRig(t, { clientEventQueueLimit: 2 });
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 1000 });
    const { channel } = await rig.join('private-chat');
    assert.deepEqual(
      [1, 2, 3].map((n) => channel.trigger('client-n', n)),
      [true, true, false],
    );
    await rig.clock.advance(1000);
    assert.deepEqual(
      rig.app.record.received.filter(({ event }) => event === 'client-n').map(({ data }) => data),
      [1, 2],
    );
  });

  it('is forgotten when the channel is left', async (t) => {
    const rig = await authRig(t);
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 1000 });
    const { channel } = await rig.join('private-chat');
    channel.trigger('client-n', 1);
    rig.pusher.unsubscribe('private-chat');
    assert.equal(channel.trigger('client-n', 2), false, 'a channel that was left sends nothing');
    await rig.join('private-chat');
    await rig.clock.advance(2000);
    assert.ok(!rig.app.record.received.some(({ event }) => event === 'client-n'));
  });
});

describe('a client event whose sender wants to know', () => {
  /** A channel that is subscribed after a second, and what became of its events. */
  async function slow(t: TestContext): Promise<AuthRig & { channel: Channel; outcomes: string[] }> {
    const rig = await authRig(t);
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 1000 });
    const { channel } = await rig.join('private-chat');
    return { ...rig, channel, outcomes: [] };
  }

  it('is told when it is written to the connection, and not before', async (t) => {
    const { channel, clock, outcomes } = await slow(t);
    const settled = (outcome: string): unknown => outcomes.push(outcome);
    assert.equal(channel.trigger('client-n', 1, { settled }), true);
    await clock.advance(999);
    assert.deepEqual(outcomes, []);
    await clock.advance(1);
    assert.deepEqual(outcomes, ['sent']);
    channel.trigger('client-n', 2, { settled });
    assert.deepEqual(outcomes, ['sent', 'sent']);
  });

  it('is told when it has grown too old by its own age, without any other event, and it is not sent', async (t) => {
    const { app, channel, clock, outcomes } = await slow(t);
    channel.trigger('client-n', 1, { maxAge: 300, settled: (outcome) => outcomes.push(outcome) });
    await clock.advance(301);
    assert.deepEqual(outcomes, ['expired']);
    await clock.advance(1000);
    assert.ok(!app.record.received.some(({ event }) => event === 'client-n'));
  });

  it('is told when the channel is left, and when the client is disposed of', async (t) => {
    const { channel, join, outcomes, pusher } = await slow(t);
    const settled = (outcome: string): unknown => outcomes.push(outcome);
    channel.trigger('client-n', 1, { settled });
    pusher.unsubscribe('private-chat');
    assert.deepEqual(outcomes, ['dropped']);
    const again = await join('private-chat');
    again.channel.trigger('client-n', 2, { settled });
    pusher.dispose();
    assert.deepEqual(outcomes, ['dropped', 'dropped']);
  });

  it('is refused at once where it may not wait at all', async (t) => {
    const { channel, clock } = await slow(t);
    assert.equal(channel.trigger('client-n', 1, { maxAge: 0 }), false);
    await clock.advance(1000);
    assert.equal(channel.trigger('client-n', 2, { maxAge: 0 }), true);
  });

  it('is given up in silence when its signal aborts, and makes room for others', async (t) => {
    const { app, channel, clock, outcomes } = await slow(t);
    const item = new AbortController();
    channel.trigger('client-n', 1, { signal: item.signal, settled: (outcome) => outcomes.push(outcome) });
    const timers = clock.pendingTimers;
    item.abort();
    assert.equal(clock.pendingTimers, timers - 1, 'its timer is gone too');
    await clock.advance(1000);
    assert.deepEqual(outcomes, []);
    assert.ok(!app.record.received.some(({ event }) => event === 'client-n'));
  });

  it('may send another one when it is told', async (t) => {
    const { app, channel, clock } = await slow(t);
    channel.trigger('client-n', 1, { settled: () => channel.trigger('client-n', 3) });
    channel.trigger('client-n', 2);
    await clock.advance(1000);
    assert.deepEqual(
      app.record.received.filter(({ event }) => event === 'client-n').map(({ data }) => data),
      [1, 2, 3],
    );
  });
});

describe('ten client events a second on one connection', () => {
  it('go out at once, the eleventh when the second is over: the server never has to refuse', async (t) => {
    const rig = await chat(t);
    for (let n = 0; n < 25; n += 1) rig.channel.trigger('client-n', n);
    await rig.clock.advance(0);
    assert.equal(rig.sent().length, 10);
    await rig.clock.advance(999);
    assert.equal(rig.sent().length, 10);
    await rig.clock.advance(1);
    assert.equal(rig.sent().length, 20);
    await rig.clock.advance(1000);
    assert.deepEqual(
      rig.sent(),
      Array.from({ length: 25 }, (_, n) => n),
    );
    assert.ok(!rig.app.record.sent.some(({ event }) => event === 'pusher:error'));
  });

  it('are counted over all channels', async (t) => {
    const rig = await chat(t);
    const { channel: other } = await rig.join('presence-chat');
    for (let n = 0; n < 6; n += 1) {
      rig.channel.trigger('client-n', n);
      other.trigger('client-n', n);
    }
    await rig.clock.advance(0);
    assert.equal(rig.sent().length, 10);
    await rig.clock.advance(1000);
    assert.equal(rig.sent().length, 12);
  });

  it('are counted in any second, not in calendar seconds', async (t) => {
    const rig = await chat(t);
    for (let n = 0; n < 5; n += 1) rig.channel.trigger('client-n', n);
    await rig.clock.advance(600);
    for (let n = 5; n < 15; n += 1) rig.channel.trigger('client-n', n);
    await rig.clock.advance(0);
    assert.equal(rig.sent().length, 10);
    await rig.clock.advance(400);
    assert.equal(rig.sent().length, 15);
  });

  it('begin anew with a new connection', async (t) => {
    const rig = await chat(t);
    for (let n = 0; n < 10; n += 1) rig.channel.trigger('client-n', n);
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(500);
    assert.equal(rig.channel.subscribed, true);
    rig.channel.trigger('client-n', 10);
    await rig.clock.advance(0);
    assert.equal(rig.sent().length, 11);
  });

  it('are waited for where the server says 4301, too many: a second of silence, nothing lost, still connected', async (t) => {
    const rig = await chat(t);
    const errors: unknown[] = [];
    rig.pusher.connection.bind('error', ({ code }) => errors.push(code));
    rig.app.connection()?.sendError(4301, 'Too many client events');
    await rig.clock.advance(0);
    rig.channel.trigger('client-n', 1);
    await rig.clock.advance(999);
    assert.deepEqual(rig.sent(), []);
    await rig.clock.advance(1);
    assert.deepEqual(rig.sent(), [1]);
    assert.deepEqual(errors, [4301]);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('leave no timer behind when everything is sent', async (t) => {
    const rig = await chat(t);
    for (let n = 0; n < 12; n += 1) rig.channel.trigger('client-n', n);
    await rig.clock.advance(1000);
    rig.pusher.dispose();
    assert.equal(rig.clock.pendingTimers, 0);
  });
});
