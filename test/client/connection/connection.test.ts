/** What applications hold as `pusher.connection`: its properties through a life, and its bindings. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const facts = ({ pusher: { connection } }: Rig): Record<string, unknown> => ({
  state: connection.state,
  isOpen: connection.isOpen,
  hasSocketId: connection.socket_id !== undefined,
  attempt: connection.attempt,
  retryIn: connection.retryIn,
  hasBeenConnected: connection.hasBeenConnected,
  lastError: connection.lastError?.code,
});

describe('the properties of a connection', () => {
  it('say where it is, through a whole life', async () => {
    const rig = createRig({ reconnectDelay: 4000 });
    const quiet = { isOpen: false, hasSocketId: false, attempt: 0, retryIn: undefined, lastError: undefined };
    assert.deepEqual(facts(rig), { ...quiet, state: 'initialized', hasBeenConnected: false });
    await Promise.resolve();
    assert.deepEqual(facts(rig), { ...quiet, state: 'connecting', hasBeenConnected: false });
    await rig.clock.advance(0);
    const open = { ...quiet, state: 'connected', isOpen: true, hasSocketId: true, hasBeenConnected: true };
    assert.deepEqual(facts(rig), open);
    rig.app.stop();
    await rig.clock.advance(1000);
    const waiting = { ...quiet, state: 'connecting', hasBeenConnected: true, lastError: 1006 };
    assert.deepEqual(facts(rig), { ...waiting, attempt: 1, retryIn: 3 });
    await rig.clock.advance(4000);
    assert.deepEqual(facts(rig), { ...waiting, attempt: 2, retryIn: 3 });
    rig.app.start();
    await rig.clock.advance(4000);
    assert.deepEqual(facts(rig), open);
    rig.pusher.disconnect();
    assert.deepEqual(facts(rig), { ...quiet, state: 'disconnected', hasBeenConnected: true });
  });

  it('agree with the record of the change, and with the time of the attempt', async () => {
    const rig = await connected();
    const { connection } = rig.pusher;
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    const change = rig.changes.at(-1);
    assert.equal(change?.retryAt, connection.retryAt);
    assert.equal(change?.attempt, connection.attempt);
    const dueAt = connection.retryAt!;
    await rig.clock.advance(500);
    assert.equal(rig.attempts.at(-1)!.at, dueAt - (rig.clock.now() - rig.elapsed()));
  });

  it('never announce less than nothing', async () => {
    const rig = await connected();
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    rig.clock.sleep(60_000);
    assert.equal(rig.pusher.connection.retryIn, 0);
  });
});

describe('the commands of a connection', () => {
  it('are those of the client', async () => {
    const rig = createRig({ connectAutomatically: false });
    const { connection } = rig.pusher;
    connection.connect();
    await rig.clock.advance(0);
    assert.equal(connection.state, 'connected');
    connection.connect();
    connection.retry();
    assert.equal(connection.send_event('client-x', { a: 1 }, 'private-x'), true);
    connection.disconnect();
    connection.retry();
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected', 'connecting', 'connected']);
    assert.equal(rig.attempts.length, 2);
    connection.reconnectAutomatically = false;
    assert.equal(rig.pusher.reconnectAutomatically, false);
  });
});

describe('the bindings of a connection', () => {
  it('are bound and unbound like with pusher-js', async () => {
    // reference/pusher-js.md §2.13
    const rig = createRig();
    const { connection } = rig.pusher;
    const seen: string[] = [];
    const context = { name: 'context' };
    const named = function (this: { name: string } | undefined): void {
      seen.push(this?.name ?? 'plain');
    };
    const global = (event: string): void => {
      seen.push(`global ${event}`);
    };
    const stop = new AbortController();
    connection.bind('connecting', named, context).bind('connecting', named).bind_global(global);
    connection.bind('connecting', () => seen.push('stopped'), undefined, stop);
    stop.abort();
    connection.bind('connected', named).unbind('connected', named);
    await Promise.resolve();
    assert.deepEqual(seen, ['global state_change', 'global connecting', 'context', 'plain']);
    connection.unbind('connecting', null, context).unbind_global(global);
    seen.length = 0;
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(seen, ['plain']);
    connection.bind_global(global).unbind_all();
    await rig.clock.advance(60_000);
    assert.deepEqual(seen, ['plain']);
  });

  it('may be made for events that happen in the same task', async () => {
    const rig = createRig();
    const seen: string[] = [];
    rig.pusher.connection.bind('connecting', () => {
      rig.pusher.connection.bind('connected', () => seen.push('connected'));
    });
    await rig.clock.advance(0);
    assert.deepEqual(seen, ['connected']);
  });
});
