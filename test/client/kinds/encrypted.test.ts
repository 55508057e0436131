/** Encrypted channels: protocol.md §7.7 with its vector, issue 3 §1 and "Bad input", row M of reference/pusher-js.md §6.3. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { before, describe, it } from 'node:test';
import type { Channel, SubscriptionError } from '../../../src/index.js';
import { loadEncryption } from '../../../src/channels/signed-subscription.js';
import { openPayload, readKey } from '../../../src/channels/encryption.js';
import { authRig } from '../auth/auth-rig.js';
import type { AuthRig } from '../auth/auth-rig.js';
import { seal } from './sealed.js';

const vault = 'private-encrypted-vault';
const oldKey = new Uint8Array(32).fill(1);
const newKey = new Uint8Array(32).fill(2);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Computed with tweetnacl 1.0.3 (protocol.md §7.7). */
const vector = {
  secret: 'wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc=',
  payload: { nonce: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY', ciphertext: 'ZD4R6p2n2TqLA9YvOhutPqpsKVFvDZk=' },
};

interface Vault extends Omit<AuthRig, 'errors'> {
  readonly channel: Channel;
  readonly errors: readonly SubscriptionError[];
  /** The payloads of `tick`, in the order in which they were delivered. */
  readonly heard: unknown[];
  /** Publishes what the server library would have encrypted. */
  readonly publish: (data: unknown) => void;
  /** Waits until so many were delivered or dropped. */
  readonly opened: (count: number) => Promise<void>;
}

async function inVault(t: TestContext, secret: string = base64(oldKey)): Promise<Vault> {
  const rig = await authRig(t);
  rig.endpoint.sharedSecret = secret;
  const heard: unknown[] = [];
  const { channel, errors } = await rig.join(vault);
  channel.bind('tick', (payload) => heard.push(payload));
  assert.equal(channel.state, 'subscribed');
  return {
    ...rig,
    ...{ channel, errors, heard },
    publish: (data) => {
      rig.app.publish({ channels: vault, event: 'tick', data });
    },
    opened: (count) => rig.settle(() => heard.length >= count),
  };
}

describe('an encrypted payload', () => {
  it('is opened with the key of the authorization (vector of protocol.md §7.7)', () => {
    const opened = openPayload(vector.payload, readKey(vector.secret)!);
    assert.deepEqual(opened, { ok: true, text: '{"n":1}' });
  });

  const key = new Uint8Array(32).fill(1);
  const good = seal({ n: 1 }, key);
  const wrong: readonly (readonly [string, unknown, 'malformed' | 'undecryptable'])[] = [
    ['nothing', undefined, 'malformed'],
    ['null', null, 'malformed'],
    ['a string', 'x', 'malformed'],
    ['no nonce', { ciphertext: good.ciphertext }, 'malformed'],
    ['no ciphertext', { nonce: good.nonce }, 'malformed'],
    ['a nonce of 23 bytes', { ...good, nonce: base64(new Uint8Array(23)) }, 'malformed'],
    ['a nonce of 25 bytes', { ...good, nonce: base64(new Uint8Array(25)) }, 'malformed'],
    ['a ciphertext of 15 bytes', { ...good, ciphertext: base64(new Uint8Array(15)) }, 'malformed'],
    ['what is not base64', { nonce: '~', ciphertext: '~' }, 'malformed'],
    ['another key', seal({ n: 1 }, new Uint8Array(32).fill(9)), 'undecryptable'],
    ['a truncated ciphertext', { ...good, ciphertext: good.ciphertext.slice(0, -8) }, 'undecryptable'],
    ['one bit that is different', { ...good, ciphertext: flipped(good.ciphertext) }, 'undecryptable'],
  ];
  for (const [name, payload, why] of wrong)
    it(`with ${name} is ${why}, and nothing is thrown`, () => {
      assert.deepEqual(openPayload(payload, key), { ok: false, why });
    });
});

describe('an encrypted channel', () => {
  before(loadEncryption);

  it('delivers the vector of protocol.md §7.7 in clear, with its metadata', async (t) => {
    const rig = await inVault(t, vector.secret);
    const seen: unknown[] = [];
    rig.channel.bind('tick', (payload, { rawData, cached }) => seen.push([payload, rawData, cached]));
    rig.publish(vector.payload);
    await rig.opened(1);
    assert.deepEqual(rig.heard, [{ n: 1 }]);
    assert.deepEqual(seen, [[{ n: 1 }, '{"n":1}', false]]);
  });

  it('never sends its key to the server', async (t) => {
    const { app } = await inVault(t);
    const subscribe = app.record.received.find(({ event }) => event === 'pusher:subscribe');
    assert.deepEqual(Object.keys(subscribe?.data as object), ['auth', 'channel']);
  });

  it('delivers text, numbers and null as they were published', async (t) => {
    const rig = await inVault(t);
    for (const data of ['words', 7, null, false, '']) rig.publish(seal(data, oldKey));
    await rig.opened(5);
    assert.deepEqual(rig.heard, ['words', 7, null, false, '']);
  });

  it('reaches listeners of the client too, and those of every event', async (t) => {
    const rig = await inVault(t);
    const seen: unknown[] = [];
    rig.pusher.bind('tick', (payload) => seen.push(payload));
    rig.channel.bind_global((event, payload) => seen.push([event, payload]));
    rig.publish(seal({ n: 1 }, oldKey));
    await rig.opened(1);
    assert.deepEqual(seen, [['tick', { n: 1 }], { n: 1 }]);
  });

  it('asks once for a new key, however many messages wait, and delivers them in order (row M)', async (t) => {
    const rig = await inVault(t);
    rig.endpoint.sharedSecret = base64(newKey);
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 500 });
    for (let n = 0; n < 10; n += 1) rig.publish(seal(n, newKey));
    await rig.settle(() => rig.endpoint.requests.length === 2);
    await rig.clock.advance(500);
    await rig.opened(10);
    assert.deepEqual(rig.heard, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(rig.endpoint.requests.length, 2);
    assert.deepEqual(rig.errors, []);
  });

  it('opens what was sent before the change with the old key, then asks, then goes on: in order', async (t) => {
    const rig = await inVault(t);
    rig.endpoint.sharedSecret = base64(newKey);
    for (const n of [0, 1]) rig.publish(seal(n, oldKey));
    for (const n of [2, 3]) rig.publish(seal(n, newKey));
    await rig.opened(4);
    assert.deepEqual(rig.heard, [0, 1, 2, 3]);
  });

  it('asks again at the next change', async (t) => {
    const rig = await inVault(t);
    for (const key of [newKey, oldKey]) {
      rig.endpoint.sharedSecret = base64(key);
      rig.publish(seal('x', key));
      await rig.opened(rig.heard.length + 1);
    }
    assert.equal(rig.heard.length, 2);
    assert.equal(rig.endpoint.requests.length, 3);
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ['a truncated ciphertext', { ...seal(1, oldKey), ciphertext: 'AAAA' }],
    ['a nonce that is too long', { ...seal(1, oldKey), nonce: base64(new Uint8Array(25)) }],
    ['no ciphertext', { nonce: 'AAAA' }],
    ['a key that nobody has', seal(1, new Uint8Array(32).fill(9))],
    ['a payload in clear', { n: 1 }],
  ];
  for (const [name, payload] of broken)
    it(`${name}: one subscription_error, the channel stays subscribed, and later events arrive`, async (t) => {
      const rig = await inVault(t);
      rig.publish(payload);
      rig.publish(seal('after', oldKey));
      await rig.opened(1);
      assert.deepEqual(rig.heard, ['after']);
      assert.equal(rig.errors.length, 1);
      const [error] = rig.errors;
      assert.equal(error?.type, 'DecryptionError');
      assert.match(error.message, /tick/);
      assert.match(error.remediation, /\w+.*\./);
      assert.equal(rig.channel.state, 'subscribed');
      assert.equal(rig.pusher.connection.state, 'connected');
    });

  it('tells a stream of undecryptable events once, with one request, until one opens again', async (t) => {
    const rig = await inVault(t);
    const bad = (): { nonce: string; ciphertext: string } => seal(1, new Uint8Array(32).fill(9));
    for (let count = 0; count < 20; count += 1) rig.publish(bad());
    rig.publish(seal('good', oldKey));
    await rig.opened(1);
    assert.equal(rig.errors.length, 1);
    assert.equal(rig.endpoint.requests.length, 2);
    rig.publish(bad());
    rig.publish(seal('good', oldKey));
    await rig.opened(2);
    assert.equal(rig.errors.length, 2);
  });

  it('drops what came too late: nothing is delivered after the channel was left', async (t) => {
    const rig = await inVault(t);
    rig.endpoint.respond = ({ params }) => ({ body: rig.endpoint.sign(params), delay: 500 });
    rig.endpoint.sharedSecret = base64(newKey);
    rig.publish(seal(1, newKey));
    await rig.settle(() => rig.endpoint.requests.length === 2);
    rig.pusher.unsubscribe(vault);
    await rig.clock.advance(1000);
    await rig.settle(() => false);
    assert.deepEqual(rig.heard, []);
  });

  it('stops asking for a new key when the connection is lost, and delivers what comes over the next one', async (t) => {
    const rig = await inVault(t);
    rig.endpoint.sharedSecret = base64(newKey);
    rig.endpoint.respond = ({ params }, index) =>
      index === 1 ? 'hang' : { body: rig.endpoint.sign(params) };
    for (const n of [1, 2]) rig.publish(seal(n, newKey));
    await rig.settle(() => rig.endpoint.requests.length === 2);
    rig.app.connection()?.drop();
    await rig.clock.advance(1000);
    assert.equal(rig.endpoint.requests[1]?.isAborted, true);
    assert.equal(rig.channel.state, 'subscribed');
    rig.publish(seal('after', newKey));
    await rig.opened(1);
    assert.deepEqual(rig.heard, ['after']);
    assert.deepEqual(rig.errors, [], 'the gap is what tells of lost events');
    assert.equal(rig.endpoint.requests.length, 3);
  });

  it('does not ask for a key without a connection', async (t) => {
    const rig = await inVault(t);
    rig.publish(seal(1, newKey));
    await Promise.resolve();
    rig.app.connection()?.send({ event: 'tick', channel: vault, data: seal(2, newKey) });
    await Promise.resolve();
    await Promise.resolve();
    rig.pusher.disconnect();
    await rig.settle(() => rig.endpoint.requests.length > 1);
    assert.equal(rig.endpoint.requests.length, 1);
    assert.deepEqual(rig.errors, []);
  });

  it('leaves the service’s own events in clear', async (t) => {
    const rig = await inVault(t);
    const seen: unknown[] = [];
    rig.channel.bind('pusher:something_new', (payload) => seen.push(payload));
    rig.app.connection()?.send({ event: 'pusher:something_new', channel: vault, data: '{"a":1}' });
    await rig.clock.advance(0);
    assert.deepEqual(seen, [{ a: 1 }]);
  });
});

function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('base64');
}
