/** requirements.md §2.2 and §2.3, the rows that concern the connection. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catchWarnings, connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const schemes = ({ attempts }: Rig): string[] => attempts.map(({ url }) => url.slice(0, url.indexOf(':')));
const times = ({ attempts }: Rig): number[] => attempts.map(({ at }) => at);

describe('the options of the JavaScript half', () => {
  it('encrypted chooses an encrypted connection, or a plain one', async () => {
    // O-01
    assert.deepEqual(schemes(await connected({ encrypted: true })), ['wss']);
    assert.deepEqual(schemes(await connected({ encrypted: false })), ['ws']);
  });

  it('encrypted: true means encrypted only, also after failures', async () => {
    // O-02
    const rig = await connected({ encrypted: true });
    rig.app.connection()?.drop();
    rig.app.stop();
    await rig.clock.advance(120_000);
    assert.ok(rig.attempts.length > 8);
    assert.ok(schemes(rig).every((scheme) => scheme === 'wss'));
  });

  it('the dashboard can force encryption: 4000 is followed by encrypted attempts, at once and for good', async () => {
    // O-03
    const rig = createRig({ encrypted: false, app: { isTLSOnly: true } });
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.deepEqual(schemes(rig), ['ws', 'wss']);
    assert.deepEqual(times(rig), [0, 0]);
    rig.app.stop();
    await rig.clock.advance(60_000);
    assert.ok(
      schemes(rig)
        .slice(1)
        .every((scheme) => scheme === 'wss'),
    );
  });

  it('cluster sets host and port', async () => {
    // O-16
    const { attempts } = await connected({ cluster: 'eu' });
    assert.ok(attempts[0]?.url.startsWith('wss://ws-eu.pusher.com:443/app/app-key?'), attempts[0]?.url);
  });

  it('without a cluster it is the default one, us-east', async () => {
    // O-17, with the host of §3 row 16
    const { attempts } = await connected();
    assert.ok(attempts[0]?.url.startsWith('wss://ws-mt1.pusher.com:443/app/app-key?'), attempts[0]?.url);
  });

  it('disableFlash is accepted and has no effect; there is never a sign of Flash', async () => {
    // O-18
    const addresses = [];
    for (const disableFlash of [true, false, undefined])
      addresses.push((await connected({ disableFlash })).attempts[0]?.url);
    assert.equal(new Set(addresses).size, 1);
    assert.doesNotMatch(String(addresses[0]), /flash/i);
  });
});

describe('the options of the Objective-C half', () => {
  it('encryption is on by default', async () => {
    // P-01
    assert.deepEqual(schemes(await connected()), ['wss']);
  });

  it('encryption can be switched off', async () => {
    // P-02
    assert.deepEqual(schemes(await connected({ encrypted: false })), ['ws']);
  });

  it('an application is told of errors, disconnects and retries, in the documented order', async () => {
    // P-03, every delegate method of requirements §4 in one outage
    const journal: string[] = [];
    const rig = await connected({
      beforeConnect: ({ attempt }) => {
        journal.push(`will connect (${attempt})`);
      },
      beforeReconnect: ({ delay }) => {
        journal.push(`will reconnect after ${delay}`);
      },
    });
    rig.pusher.subscribe('prices').bind('pusher:unsubscribed', () => journal.push('unsubscribed'));
    await rig.clock.advance(0);
    journal.length = 0;
    const { connection } = rig.pusher;
    connection.bind('error', ({ code }) => journal.push(`error ${String(code)}`));
    connection.bind('lost', ({ wasConnected, willReconnect }) => {
      journal.push(
        `${wasConnected ? 'did disconnect' : 'failed'}, ${willReconnect ? 'will' : 'will not'} reconnect`,
      );
    });
    connection.bind('connected', () => journal.push('did connect'));
    connection.bind('connecting_in', (seconds) => journal.push(`in ${seconds}`));
    rig.app.scriptNext({ handshake: { type: 'refuse' } });
    rig.app.connection()?.close(4100);
    await rig.clock.advance(20_000);
    assert.deepEqual(journal, [
      'error 4100',
      'unsubscribed',
      'did disconnect, will reconnect',
      'will reconnect after 1.5',
      'in 1.5',
      'will connect (1)',
      'error 1006',
      'failed, will reconnect',
      'will reconnect after 1',
      'in 1',
      'will connect (2)',
      'did connect',
    ]);
  });

  it('it connects at once unless told otherwise', async () => {
    // P-04 = C-01
    const rig = createRig();
    await rig.clock.advance(0);
    assert.deepEqual(times(rig), [0]);
  });

  it('with automatic reconnection off, a loss is not followed by an attempt', async () => {
    // P-05, state by §3 row 9
    const rig = await connected({ reconnectAutomatically: false });
    rig.app.connection()?.drop();
    await rig.clock.advance(600_000);
    assert.equal(rig.attempts.length, 1);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected']);
    assert.equal(rig.losses[0]?.isIntentional, false);
    assert.equal(rig.losses[0].willReconnect, false);
  });

  it('with automatic reconnection on, it reconnects, also after an initial failure', async () => {
    // P-06
    const rig = createRig({
      reconnectAutomatically: true,
      prepare: (app) => app.scriptNext({ handshake: { type: 'refuse' } }),
    });
    await rig.clock.advance(1000);
    assert.equal(rig.pusher.connection.state, 'connected');
    rig.app.connection()?.drop();
    await rig.clock.advance(2000);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('the reconnect delay is the time from detecting the loss to the attempt', async () => {
    // P-07
    const rig = await connected({ reconnectDelay: 8000 });
    await rig.clock.advance(20_000);
    rig.app.connection()?.drop();
    await rig.clock.advance(20_000);
    assert.deepEqual(times(rig), [0, 28_000]);
  });

  it('the reconnect delay is five seconds where one is asked for without a number', async (t) => {
    // P-08
    catchWarnings(t);
    const rig = await connected({ reconnectDelay: NaN });
    rig.app.connection()?.drop();
    await rig.clock.advance(20_000);
    assert.deepEqual(times(rig), [0, 5000]);
  });

  it('the reconnect delay can be changed at any time', async () => {
    // P-09
    const rig = await connected({ reconnectDelay: 10_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(10_000);
    rig.pusher.reconnectDelay = 30_000;
    rig.app.connection()?.drop();
    await rig.clock.advance(30_000);
    assert.deepEqual(times(rig), [0, 10_000, 40_000]);
    assert.deepEqual(rig.delays, [10, 30]);
  });
});
