/** In which order things happen, and that one is finished before the next begins. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const named = ['connecting', 'connected', 'unavailable', 'failed', 'disconnected'] as const;

describe('one change of state', () => {
  // E-07, S-13
  it('is first in the property, then state_change, then the event of its name', async () => {
    const rig = createRig();
    const { connection } = rig.pusher;
    const journal: string[] = [];
    connection.bind('state_change', ({ current }) => {
      journal.push(`${connection.state} state_change ${current}`);
    });
    for (const name of named)
      connection.bind(name, () => {
        journal.push(`${connection.state} ${name}`);
      });
    await rig.clock.advance(0);
    rig.pusher.disconnect();
    assert.deepEqual(journal, [
      'connecting state_change connecting',
      'connecting connecting',
      'connected state_change connected',
      'connected connected',
      'disconnected state_change disconnected',
      'disconnected disconnected',
    ]);
  });

  it('shows everything else of the new state to whoever is told of it', async () => {
    const rig = createRig();
    const { connection } = rig.pusher;
    const seen: unknown[] = [];
    connection.bind('connected', ({ socket_id }) => seen.push([socket_id, connection.socket_id]));
    await rig.clock.advance(0);
    const { socketId } = rig.app.connections[0]!;
    connection.bind('connecting', () =>
      seen.push(connection.socket_id, connection.attempt, connection.retryIn),
    );
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(seen, [[socketId, socketId], undefined, 1, 0.5]);
  });

  it('is complete before the next one, whatever a listener asks for', async () => {
    const rig = createRig();
    const { connection } = rig.pusher;
    const journal: string[] = [];
    connection.bind('state_change', ({ current }) => {
      if (current === 'connecting') rig.pusher.disconnect();
      if (current === 'disconnected') rig.pusher.connect();
      journal.push(`change to ${current} while ${connection.state}`);
      if (journal.length > 4) connection.unbind('state_change');
    });
    for (const name of named) connection.bind(name, () => journal.push(name));
    await rig.clock.advance(0);
    assert.deepEqual(journal.slice(0, 4), [
      'change to connecting while connecting',
      'connecting',
      'change to disconnected while disconnected',
      'disconnected',
    ]);
  });

  it('is one even if listeners ask for many', async () => {
    const rig = createRig();
    rig.pusher.connection.bind('connecting', () => {
      for (let count = 0; count < 5; count += 1) rig.pusher.connect();
    });
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    assert.equal(rig.attempts.length, 1);
  });
});

/** Everything that can be heard of the client, and what the server heard, in one journal. */
async function journalled(): Promise<{ rig: Rig; journal: string[] }> {
  const journal: string[] = [];
  const rig = await connected({
    beforeReconnect: () => {
      journal.push(`hook before reconnecting while ${rig.pusher.connection.state}`);
    },
    beforeConnect: () => {
      journal.push('hook before connecting');
    },
  });
  const channel = rig.pusher.subscribe('prices');
  await rig.clock.advance(0);
  assert.equal(channel.subscribed, true);
  journal.length = 0;
  channel.bind('pusher:unsubscribed', () => {
    journal.push(`channel lost, connection ${rig.pusher.connection.state}`);
  });
  channel.bind('pusher:subscription_succeeded', () => journal.push('channel confirmed'));
  channel.bind('pusher:gap', () => journal.push('channel gap'));
  rig.pusher.connection.bind_global((event) => {
    if (event !== 'message') journal.push(event);
  });
  return { rig, journal };
}

describe('a loss', () => {
  it('is told as error, channels, lost, hook, state, named state, delay, in this order', async () => {
    // P-03; libPusher: channels are already unsubscribed, and a veto decides the state (requirements §4)
    const { rig, journal } = await journalled();
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(journal, [
      'error',
      'channel lost, connection connected',
      'lost',
      'hook before reconnecting while connected',
      'state_change',
      'connecting',
      'connecting_in',
    ]);
  });

  it('is mended as hook, state, named state, gap, channels, in this order', async () => {
    const { rig, journal } = await journalled();
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    journal.length = 0;
    await rig.clock.advance(500);
    assert.deepEqual(journal, [
      'hook before connecting',
      'state_change',
      'connected',
      'gap',
      'channel gap',
      'channel confirmed',
    ]);
  });

  it('finds subscribed false before anybody hears of it', async () => {
    // protocol.md §7.2, 5
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    const seen: boolean[] = [];
    const { connection } = rig.pusher;
    connection.bind('lost', () => seen.push(channel.subscribed));
    connection.bind('state_change', () => seen.push(channel.subscribed));
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(seen, [false, false]);
  });

  it('has no socket id any more in any of its events', async () => {
    // reference/pusher-js.md §6.3 S: there it stays for a second
    const rig = await connected();
    const ids: unknown[] = [];
    rig.pusher.connection.bind_global(() => ids.push(rig.pusher.connection.socket_id));
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.ok(ids.length >= 5);
    assert.ok(ids.every((id) => id === undefined));
  });
});

describe('a subscription asked for inside a connected listener', () => {
  it('is sent once', async () => {
    // requirements.md §5, trap 4; protocol.md §5
    const rig = createRig();
    rig.pusher.subscribe('orders');
    rig.pusher.connection.bind('connected', () => {
      rig.pusher.subscribe('prices');
      rig.pusher.subscribe('orders');
    });
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames().sort(), ['pusher:subscribe orders', 'pusher:subscribe prices']);
  });
});
