/** The addresses of an HTTP session, and how far a server may move it (protocol.md §10). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpSession, isSameSite } from '../../../src/transport/http-session.js';
import { FakeClock } from '../../../src/testing/index.js';

const url = 'https://http.example.test:8443/pusher/app/app-key?protocol=7&client=x&version=1.0.0';
const createSession = (): HttpSession => new HttpSession(url, new FakeClock({ now: 1234 }));

describe('the addresses of a session', () => {
  const session = '\\d{1,3}/[0-9a-v]{8}';

  it('are those of pusher-js: number, eight characters, kind, then the query, time and counter', () => {
    const receive = createSession().receiveUrl('xhr_streaming');
    const base = 'https://http\\.example\\.test:8443/pusher/app/app-key';
    assert.match(
      receive,
      new RegExp(`^${base}/${session}/xhr_streaming\\?protocol=7&client=x&version=1\\.0\\.0&t=1234&n=\\d+$`),
    );
    assert.match(createSession().receiveUrl('xhr_polling'), new RegExp(`/${session}/xhr\\?protocol=7&`));
    assert.match(createSession().sendUrl(), new RegExp(`^${base}/${session}/xhr_send\\?t=1234&n=\\d+$`));
  });

  it('share the session, and nothing else, with those of the next request', () => {
    const one = createSession();
    const id = (address: string): string | undefined => new RegExp(session).exec(address)?.[0];
    const addresses = [one.receiveUrl('xhr_polling'), one.receiveUrl('xhr_polling'), one.sendUrl()];
    assert.equal(new Set(addresses).size, 3);
    assert.equal(new Set(addresses.map(id)).size, 1);
  });

  it('differ between two sessions', () => {
    const clock = new FakeClock();
    const address = (): string => new HttpSession(url, clock).sendUrl().replace(/\?.*/, '');
    assert.notEqual(address(), address());
  });

  it('cannot be guessed from the clock’s chance, and can do without a generator of keys', (t) => {
    const clock = new FakeClock();
    clock.useRandom(0.5);
    const id = (): string => new RegExp(session).exec(new HttpSession(url, clock).sendUrl())![0];
    assert.notEqual(id(), id());
    const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    t.after(() => Object.defineProperty(globalThis, 'crypto', own));
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: undefined });
    assert.equal(id(), '768/00000000');
  });

  it('move to another host of the same site, with everything else as it was', () => {
    const one = createSession();
    assert.equal(one.moveTo('node-7.http.example.test'), true);
    assert.match(one.sendUrl(), /^https:\/\/node-7\.http\.example\.test:8443\/pusher\/app\/app-key\//);
    assert.equal(one.moveTo('evil.test'), false);
    assert.match(one.sendUrl(), /^https:\/\/node-7\./);
  });
});

describe('a host that a server names', () => {
  const rows: readonly [asked: string, hostname: string, isSame: boolean][] = [
    ['http.example.test', 'http.example.test', true],
    ['http.example.test', 'node-7.http.example.test', true],
    ['http.example.test', 'NODE-7.HTTP.EXAMPLE.TEST', true],
    ['http.example.test', 'other.example.test', false],
    ['http.example.test', 'example.test', false],
    ['http.example.test', 'evilhttp.example.test', false],
    ['http.example.test', 'evil.test', false],
    ['http.example.test', 'http.example.test.evil.test', false],
    ['http.example.test', 'evil.test/http.example.test', false],
    ['http.example.test', 'evil.test#.http.example.test', false],
    ['http.example.test', 'evil.test:80.http.example.test', false],
    ['http.example.test', 'user@http.example.test', false],
    ['http.example.test', '', false],
    ['sockjs-eu.pusher.com', 'sockjs-eu-12.pusher.com', true],
    ['sockjs-eu.pusher.com', 'pusher.com', true],
    ['sockjs-eu.pusher.com', 'evilpusher.com', false],
    ['http.example.test', 'sockjs-eu.pusher.com', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', 'localhost', false],
    ['[::1]', '[::1]', true],
    ['[::1]', '[::2]', false],
  ];
  for (const [asked, hostname, isSame] of rows)
    it(`${isSame ? 'is' : 'is not'} used: asked for ${asked}, sent to "${hostname}"`, () => {
      assert.equal(isSameSite(asked, hostname), isSame);
    });
});
