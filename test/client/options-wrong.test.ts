/** A wrong option throws at construction, names itself, shows its value and says what to do (design.md §5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher, PusherError } from '../../src/index.js';
import type { PusherOptions } from '../../src/index.js';
import { connected, createRig } from './support.js';

/** What the constructor throws; fails where it throws nothing, or something else. */
function thrownBy(key: unknown, options: unknown = {}): PusherError {
  let pusher: Pusher | undefined;
  try {
    pusher = new Pusher(key as string, { connectAutomatically: false, ...(options as PusherOptions) });
  } catch (error) {
    assert.ok(error instanceof PusherError, String(error));
    assert.notEqual(error.remediation, '');
    assert.ok(error.message.endsWith(error.remediation), 'the message says what to do');
    return error;
  }
  pusher.dispose();
  return assert.fail('nothing was thrown');
}

const notNumbers = [-1, NaN, Infinity, '5000', null, {}, true];
const notPorts = [0, -1, 65_536, 1.5, NaN, 'https', '80a', null, {}];
const notFunctions = ['beforeConnect', 42, {}, true];
const notBooleans = ['false', 'yes', 0, 1, {}];

/** Option → values that it cannot have. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  cluster: ['e u', 'eu.pusher.com', 'https://eu', '/', 'eu?', 7, {}],
  wsHost: ['https://example.test', 'example.test/path', 'a b', 'user@example.test', 'x?y', 'x#y', 7, {}],
  wsPort: notPorts,
  wssPort: notPorts,
  wsPath: ['/a?b', '/a#b', '/a b', 7, {}],
  activityTimeout: notNumbers,
  pongTimeout: notNumbers,
  unavailableTimeout: notNumbers,
  unavailableRetryDelay: notNumbers,
  connectTimeout: notNumbers,
  subscriptionTimeout: notNumbers,
  stableAfter: notNumbers,
  releaseDelay: notNumbers,
  reachability: ['on', '', true, null],
  enabledTransports: ['ws', ['flash'], [7], {}, null],
  disabledTransports: ['ws', ['flash'], [7], {}, null],
  forceTLS: notBooleans,
  encrypted: notBooleans,
  connectAutomatically: notBooleans,
  reconnectAutomatically: notBooleans,
  beforeConnect: notFunctions,
  beforeReconnect: notFunctions,
};

describe('a wrong option', () => {
  for (const [name, values] of Object.entries(wrong))
    it(`throws an error that names it: ${name}`, () => {
      for (const value of values) {
        const error = thrownBy('app-key', { [name]: value });
        assert.equal(error.code, 'invalid-option');
        assert.ok(error.message.includes(`"${name}"`), error.message);
      }
    });

  it('shows the value that was given', () => {
    assert.ok(
      thrownBy('app-key', { wsHost: 'https://example.test' }).message.includes('https://example.test'),
    );
    assert.ok(thrownBy('app-key', { wsPort: 70_000 }).message.includes('70000'));
  });

  it('that has no effect for this client is no error', () => {
    const others = {
      auth: { params: { a: 'b' }, headers: {} },
      disableStats: true,
      disableFlash: true,
      enableStats: false,
      httpHost: 'example.test',
      ignoreNullOrigin: true,
      unheardOf: Symbol('x'),
    };
    const { pusher } = createRig(others);
    pusher.dispose();
  });

  it('throws before anything is set up', async () => {
    const rig = createRig();
    for (const wsPort of notPorts) assert.throws(() => createRig({ wsPort: wsPort as number }), PusherError);
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 1);
  });

  it('that is set while the client lives throws, and leaves everything as it was', async () => {
    const rig = await connected();
    assert.throws(() => {
      rig.pusher.configure({ connectTimeout: 3000, pongTimeout: -1 });
    }, PusherError);
    assert.throws(() => {
      rig.pusher.switchCluster({ cluster: 'e u' });
    }, PusherError);
    assert.equal(rig.pusher.connection.state, 'connected');
    rig.app.script({ handshake: { type: 'silent' } });
    rig.app.connection()?.drop();
    await rig.clock.advance(500 + 3000);
    assert.ok(rig.attempts.at(-1)?.url.includes('ws-mt1.pusher.com'));
    assert.equal(rig.errors.length, 1, 'the attempt is not given up after 3 s');
    rig.pusher.dispose();
  });
});

describe('the application key', () => {
  // C-02
  it('is required', () => {
    for (const key of [undefined, null, '', 7, {}, []]) {
      const error = thrownBy(key);
      assert.equal(error.code, 'invalid-app-key');
      assert.match(error.remediation, /new Pusher/);
    }
  });

  it('cannot contain white space or control characters', () => {
    for (const key of ['my key', ' key', 'key ', 'key\n', 'k\tey', 'k\u0000ey', '\u00a0'])
      assert.equal(thrownBy(key).code, 'invalid-app-key');
  });

  it('is kept as it was given', () => {
    const { pusher } = createRig({ key: 'app-key', connectAutomatically: false });
    assert.equal(pusher.key, 'app-key');
  });
});
