/** Private channels: protocol.md §7.2, and the order of things around a signature. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChannelState } from '../../../src/index.js';
import { authRig } from '../auth/auth-rig.js';

describe('a private channel', () => {
  it('is authorized, subscribed with the signature, and confirmed', async (t) => {
    const { pusher, app, clock, endpoint } = await authRig(t);
    const states: ChannelState[] = [];
    const channel = pusher.subscribe('private-orders');
    channel.bind('pusher:state_change', ({ current }: { current: ChannelState }) => states.push(current));
    assert.equal(channel.type, 'private');
    assert.equal(channel.subscriptionPending, true);
    await clock.advance(0);
    assert.deepEqual(states, ['subscribing', 'subscribed']);
    const { auth } = endpoint.signChannel(pusher.connection.socket_id ?? '', 'private-orders');
    assert.equal(
      app.record.received.at(-1)?.text,
      JSON.stringify({ event: 'pusher:subscribe', data: { auth, channel: 'private-orders' } }),
    );
  });

  it('passes channel_data on byte for byte, because the server signs that very string (protocol.md §7.2)', async (t) => {
    const { app, endpoint, join } = await authRig(t);
    const odd = '{ "user_id" : "ann",\t"user_info":{"name":"Änn \\u00e9"} }';
    endpoint.respond = () => ({ body: { auth: 'app-key:0', channel_data: odd } });
    await join('presence-lobby');
    assert.deepEqual(app.record.received.at(-1)?.data, {
      auth: 'app-key:0',
      channel_data: odd,
      channel: 'presence-lobby',
    });
  });

  it('waits for the connection, and asks only then', async (t) => {
    const { pusher, app, clock, endpoint } = await authRig(t);
    pusher.disconnect();
    const channel = pusher.subscribe('private-orders');
    await clock.advance(1000);
    assert.deepEqual(endpoint.channels, []);
    pusher.connect();
    await clock.advance(0);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(app.connection()?.channels, ['private-orders']);
  });

  it('receives events, with nobody’s user id', async (t) => {
    const { app, clock, join } = await authRig(t);
    const { channel } = await join('private-orders');
    const seen: unknown[] = [];
    channel.bind('tick', (payload, metadata) => seen.push([payload, metadata.user_id, metadata.cached]));
    app.publish({ channels: 'private-orders', event: 'tick', data: { bid: 41 } });
    await clock.advance(0);
    assert.deepEqual(seen, [[{ bid: 41 }, undefined, false]]);
  });

  it('is told of a confirmation that an earlier request has led to ("Existing subscription")', async (t) => {
    const { clock, join } = await authRig(t, {
      prepare: (app) => {
        app.script({ subscribe: { type: 'error', style: 'existing-subscription' } });
      },
    });
    const { channel, errors } = await join('private-orders');
    await clock.advance(0);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(errors, []);
  });
});
