/** disconnect() always wins: inside every listener and hook there is, and against everything that is under way. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectionEventMap, PusherOptions } from '../../../src/index.js';
import { assertNothingLeft, connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** Waits longer than any delay there is; nothing may happen. */
async function assertStaysDisconnected(rig: Rig): Promise<void> {
  const attempts = rig.attempts.length;
  const states = rig.states.length;
  await rig.clock.advance(0);
  assert.equal(rig.pusher.connection.state, 'disconnected');
  assert.equal(rig.pusher.connection.socket_id, undefined);
  assert.equal(rig.pusher.connection.retryAt, undefined);
  assertNothingLeft(rig);
  rig.network.signal('online');
  rig.network.signal('page-shown');
  await rig.clock.advance(120_000);
  assert.equal(rig.attempts.length, attempts, 'no further attempt');
  assert.equal(rig.states.length, states, 'no further change');
  assertNothingLeft(rig);
}

/** Which listener calls disconnect(), and what makes it be called. */
interface Case {
  readonly bind: (rig: Rig, disconnect: () => void) => void;
  readonly act?: (rig: Rig) => unknown;
}

const connectionEvent =
  (event: keyof ConnectionEventMap): Case['bind'] =>
  (rig, disconnect) => {
    rig.pusher.connection.bind(event, disconnect);
  };

const drop = (rig: Rig): void => rig.app.connection()?.drop();
const passes = (milliseconds: number) => async (rig: Rig) => {
  drop(rig);
  rig.app.stop();
  await rig.clock.advance(milliseconds);
};

const cases: Readonly<Record<string, Case>> = {
  'the error event': { bind: connectionEvent('error'), act: drop },
  'the lost event': { bind: connectionEvent('lost'), act: drop },
  state_change: { bind: connectionEvent('state_change'), act: drop },
  'the connecting event': { bind: connectionEvent('connecting'), act: drop },
  'the connecting_in event': { bind: connectionEvent('connecting_in'), act: drop },
  'the unavailable event': { bind: connectionEvent('unavailable'), act: passes(31_000) },
  'the connected event of a reconnection': {
    bind: connectionEvent('connected'),
    act: async (rig) => {
      drop(rig);
      await rig.clock.advance(500);
    },
  },
  'the gap event': {
    bind: connectionEvent('gap'),
    act: async (rig) => {
      drop(rig);
      await rig.clock.advance(500);
    },
  },
  'the reachability event': {
    bind: connectionEvent('reachability'),
    act: (rig) => {
      rig.network.signal('offline');
    },
  },
  'the message event': {
    bind: connectionEvent('message'),
    act: (rig) => {
      rig.app.connection()?.ping();
    },
  },
  'a global listener of the connection': {
    bind: (rig, disconnect) => rig.pusher.connection.bind_global(disconnect),
    act: drop,
  },
  'an event of a channel': {
    bind: (rig, disconnect) => rig.pusher.channel('prices')?.bind('tick', disconnect),
    act: (rig) => {
      rig.app.publish({ channels: 'prices', event: 'tick' });
    },
  },
  'an event of the client': {
    bind: (rig, disconnect) => rig.pusher.bind('tick', disconnect),
    act: (rig) => {
      rig.app.publish({ channels: 'prices', event: 'tick' });
    },
  },
  'a confirmed subscription': {
    bind: (rig, disconnect) =>
      rig.pusher.subscribe('orders').bind('pusher:subscription_succeeded', disconnect),
  },
  'the state of a channel while the connection is lost': {
    bind: (rig, disconnect) => rig.pusher.channel('prices')?.bind('pusher:state_change', disconnect),
    act: drop,
  },
  'the end of a subscription': {
    bind: (rig, disconnect) => rig.pusher.channel('prices')?.bind('pusher:unsubscribed', disconnect),
    act: drop,
  },
  'the gap of a channel': {
    bind: (rig, disconnect) => rig.pusher.channel('prices')?.bind('pusher:gap', disconnect),
    act: async (rig) => {
      drop(rig);
      await rig.clock.advance(500);
    },
  },
};

describe('disconnect() wins', () => {
  for (const [name, { bind, act }] of Object.entries(cases))
    it(`in a listener of ${name}`, async () => {
      const rig = await connected();
      rig.pusher.subscribe('prices');
      await rig.clock.advance(0);
      let calls = 0;
      bind(rig, () => {
        calls += 1;
        rig.pusher.disconnect();
      });
      await act?.(rig);
      await rig.clock.advance(0);
      assert.ok(calls > 0, 'the listener was called');
      await assertStaysDisconnected(rig);
    });

  for (const hook of ['beforeConnect', 'beforeReconnect'] as const)
    it(`in the hook ${hook}`, async () => {
      let isArmed = false;
      const options: PusherOptions = {
        [hook]: () => {
          if (isArmed) rig.pusher.disconnect();
        },
      };
      const rig = await connected(options);
      isArmed = true;
      drop(rig);
      await rig.clock.advance(500);
      assert.equal(rig.attempts.length, 1);
      await assertStaysDisconnected(rig);
    });

  it('in the first connecting event, before the socket is open', async () => {
    const rig = createRig();
    rig.pusher.connection.bind('connecting', () => {
      rig.pusher.disconnect();
    });
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['connecting', 'disconnected']);
    assert.equal(rig.app.connections.length, 0);
    await assertStaysDisconnected(rig);
  });

  it('in the same task as the constructor', async () => {
    const rig = createRig();
    rig.pusher.disconnect();
    await assertStaysDisconnected(rig);
    assert.equal(rig.attempts.length, 0);
  });

  it('in the same task as the constructor, called on the connection', async () => {
    const rig = createRig();
    rig.pusher.connection.disconnect();
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 0);
    assert.equal(rig.pusher.connection.state, 'disconnected');
  });

  it('200 ms after the server closed with 4100', async () => {
    // reference/pusher-js.md §6.3 A: there it reconnects anyway after a second
    const rig = await connected();
    rig.app.connection()?.close(4100);
    await rig.clock.advance(200);
    rig.pusher.disconnect();
    await assertStaysDisconnected(rig);
  });

  it('while an attempt is under way, and while one is parked', async () => {
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    await rig.clock.advance(1000);
    assert.equal(rig.pusher.connection.state, 'connecting');
    rig.pusher.disconnect();
    await assertStaysDisconnected(rig);

    const parked = await connected();
    parked.goOffline();
    await parked.clock.advance(10_000);
    parked.pusher.disconnect();
    await assertStaysDisconnected(parked);
  });

  it('while the server is unavailable', async () => {
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(45_000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    rig.pusher.disconnect();
    await assertStaysDisconnected(rig);
  });
});

describe('a retry that was prevented or is over', () => {
  it('leaves no orphan that ends the connection made in the meantime', async () => {
    // reference/pusher-js.md §6.3 B: refused with 4100, then online, then connected: there a forgotten timer kills it
    const rig = createRig({ prepare: (app) => app.scriptNext({ handshake: { type: 'close', code: 4100 } }) });
    await rig.clock.advance(1000);
    rig.network.signal('online');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.attempts.length, 2);
  });
});
