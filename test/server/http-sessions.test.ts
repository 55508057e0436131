/** The HTTP fallbacks of the local server, request by request (protocol.md §10, servers.md §5). */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createApp, type ControlledApp } from './control-client.js';
import { ChannelsServer } from './channels-server.js';
import { RawClient, until } from './raw-client.js';

let server: ChannelsServer;
let app: ControlledApp;
let count = 0;

before(async () => {
  server = new ChannelsServer();
  await server.listen();
});

after(async () => {
  await server.close();
});

beforeEach(async () => {
  server.sessions.loseAll(); // what earlier tests have left
  app = await createApp(server.address);
});

/** The address of a new session. */
function createSession(key: string = app.key): string {
  count += 1;
  return `${server.address}/pusher/app/${key}/${count % 1000}/session${count}`;
}

const query = 'protocol=7&client=js&version=8.6.0&t=1&n=1';

function post(url: string, body?: string, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://page.test' },
    ...(body === undefined ? undefined : { body }),
    ...(signal === undefined ? undefined : { signal }),
  });
}

const poll = async (session: string): Promise<string[]> =>
  lines(await (await post(`${session}/xhr?${query}`)).text());
const send = (session: string, ...frames: object[]): Promise<Response> =>
  post(`${session}/xhr_send?t=2&n=2`, JSON.stringify(frames.map((frame) => JSON.stringify(frame))));
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** What a streamed answer has brought so far. */
class Stream {
  readonly response: Response;
  text = '';
  isOver = false;
  /** Whether it broke off instead of ending. */
  isBroken = false;
  readonly #abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    void this.#read();
  }

  static async open(session: string): Promise<Stream> {
    const abort = new AbortController();
    return new Stream(await post(`${session}/xhr_streaming?${query}`, undefined, abort.signal), abort);
  }

  /** Without the first line. */
  get records(): string[] {
    return lines(this.text).slice(1);
  }

  get frames(): unknown[] {
    return this.records
      .filter((record) => record.startsWith('a'))
      .flatMap((record) =>
        (JSON.parse(record.slice(1)) as string[]).map((frame) => JSON.parse(frame) as unknown),
      );
  }

  async hears(part: string): Promise<void> {
    await until(() => this.records.some((record) => record.includes(part)));
  }

  leave(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const part of this.response.body as unknown as AsyncIterable<Uint8Array>)
        this.text += decoder.decode(part, { stream: true });
    } catch {
      this.isBroken = true;
    }
    this.isOver = true;
  }
}

const coreApp = () => server.core.app(app.key);

describe('streaming', () => {
  it('begins with 2048 h on a line, then o, then the handshake, without a length', async () => {
    const stream = await Stream.open(createSession());
    await stream.hears('connection_established');
    assert.equal(lines(stream.text)[0], 'h'.repeat(2048));
    assert.equal(stream.records[0], 'o');
    assert.match(stream.records[1] ?? '', /^a\["\{\\"event\\":\\"pusher:connection_established\\"/);
    assert.equal(stream.response.headers.get('content-length'), null);
    assert.equal(stream.response.headers.get('content-encoding'), null);
    stream.leave();
  });

  it('carries frames both ways, and a send is answered with 204 and nothing', async () => {
    const session = createSession();
    const stream = await Stream.open(session);
    await stream.hears('connection_established');
    const sent = await send(session, { event: 'pusher:subscribe', data: { channel: 'prices' } });
    assert.deepEqual([sent.status, await sent.text()], [204, '']);
    await stream.hears('subscription_succeeded');
    await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
    await stream.hears('tick');
    assert.deepEqual(stream.frames.at(-1), { event: 'tick', channel: 'prices', data: '{"bid":41}' });
    stream.leave();
  });

  it('is one connection of the core, whose address begins with http', async () => {
    const stream = await Stream.open(createSession());
    await stream.hears('connection_established');
    const [upgrade] = coreApp().record.upgrades;
    assert.match(
      upgrade?.url ?? '',
      new RegExp(`^http://127.0.0.1:${server.port}/app/${app.key}\\?protocol=7&client=js`),
    );
    assert.equal(coreApp().connections.length, 1);
    stream.leave();
  });

  it('is refused a second time while it is open', async () => {
    const session = createSession();
    const stream = await Stream.open(session);
    await stream.hears('connection_established');
    assert.deepEqual(await poll(session), ['c[2010,"Another connection still open"]']);
    assert.equal(stream.isOver, false);
    stream.leave();
  });

  it('goes on with its session in a new request, without a second o and with what came meanwhile', async () => {
    const session = createSession();
    const first = await Stream.open(session);
    await first.hears('connection_established');
    await send(session, { event: 'pusher:subscribe', data: { channel: 'prices' } });
    await first.hears('subscription_succeeded');
    first.leave();
    await until(() => server.sessions.receivingCount === 0);
    await app.publish({ channels: 'prices', event: 'tick' });
    const second = await Stream.open(session);
    await app.publish({ channels: 'prices', event: 'tock' });
    await second.hears('tock');
    assert.deepEqual(
      second.frames.map((frame) => (frame as { event: string }).event),
      ['tick', 'tock'],
    );
    assert.ok(!second.records.includes('o'));
    assert.equal(coreApp().record.upgrades.length, 1);
    second.leave();
  });

  it('ends with c, the code and the reason when the connection is closed', async () => {
    const stream = await Stream.open(createSession());
    await stream.hears('connection_established');
    await app.close(4200, 'again');
    await until(() => stream.isOver);
    assert.deepEqual([stream.records.at(-1), stream.isBroken], ['c[4200,"again"]', false]);
    assert.equal(await app.actOnSessions({ type: 'beat' }), 0, 'the session is forgotten');
  });

  it('breaks off when the connection is dropped', async () => {
    const stream = await Stream.open(createSession());
    await stream.hears('connection_established');
    await app.drop();
    await until(() => stream.isOver);
    assert.equal(stream.isBroken, true);
  });

  it('rejects in the same words as over a WebSocket', async () => {
    const stream = await Stream.open(createSession('nobody'));
    await until(() => stream.isOver);
    assert.deepEqual(
      stream.records.map((record) => record.slice(0, 7)),
      ['o', 'a["{\\"e', 'c[4001,'],
    );
  });
});

describe('polling', () => {
  it('is answered at once with o and the handshake, and later when there is something', async () => {
    const session = createSession();
    const [open, welcome] = await poll(session);
    assert.equal(open, 'o');
    assert.match(welcome ?? '', /connection_established/);
    const next = poll(session);
    await send(session, { event: 'pusher:subscribe', data: { channel: 'prices' } });
    assert.match((await next).join(), /^a\[.*subscription_succeeded/);
  });

  it('gets what came between two polls, in order', async () => {
    const session = createSession();
    await poll(session);
    await send(session, { event: 'pusher:subscribe', data: { channel: 'prices' } });
    for (const event of ['one', 'two', 'three']) await app.publish({ channels: 'prices', event });
    const text = (await poll(session)).join('');
    assert.deepEqual(text.match(/succeeded|one|two|three/g), ['succeeded', 'one', 'two', 'three']);
  });

  it('learns of a close that came between two polls', async () => {
    const session = createSession();
    await poll(session);
    await app.close(4100, 'full');
    assert.deepEqual(await poll(session), ['c[4100,"full"]']);
  });
});

describe('sessions', () => {
  it('are unknown before their first receive request: sending is answered with 404', async () => {
    assert.equal((await send(createSession(), { event: 'pusher:ping' })).status, 404);
  });

  it('take a JSON array only', async () => {
    const session = createSession();
    await poll(session);
    assert.equal((await post(`${session}/xhr_send`, '{"event":"x"}')).status, 400);
  });

  it('take POST only', async () => {
    assert.equal((await fetch(`${createSession()}/xhr?${query}`)).status, 405);
  });

  it('answer the preflight of a page of another origin, and name the origin in the answer itself', async () => {
    const session = createSession();
    const preflight = await fetch(`${session}/xhr?${query}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://page.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), 'http://page.test');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /content-type/);
    assert.ok(Number(preflight.headers.get('access-control-max-age')) > 0);
    for (const answer of [
      await post(`${session}/xhr?${query}`),
      await post(`${createSession()}/xhr_send`, '[]'),
    ])
      assert.equal(answer.headers.get('access-control-allow-origin'), 'http://page.test');
  });

  it('take the prefix /pusher for none, and any other for that of the app', async () => {
    const own = await createApp(server.address, { pathPrefix: '/realtime' });
    const at = (prefix: string): string => `${server.address}${prefix}/app/${own.key}/1/abc${(count += 1)}`;
    assert.match((await poll(at('/realtime'))).join(), /connection_established/);
    assert.match((await poll(at('/pusher'))).join(), /c\[4005/);
  });
});

describe('faults', () => {
  it('a buffering proxy holds a stream back until it is complete', async () => {
    await app.scriptNetwork({ streaming: 'hold' });
    const session = createSession();
    const answer = post(`${session}/xhr_streaming?${query}`);
    let isAnswered = false;
    void answer.then(() => (isAnswered = true));
    await until(() => coreApp().record.sent.length === 1);
    assert.match((await poll(createSession())).join(), /connection_established/, 'polling comes through');
    assert.equal(isAnswered, false);
    await app.close(4200);
    assert.match(await (await answer).text(), /^h{2048}\no\na\[.*established.*\]\nc\[4200,""\]\n$/s);
  });

  it('HTTP can be refused, or forbidden, and upgrades go on', async () => {
    await app.scriptNetwork({ http: 'refuse' });
    await assert.rejects(poll(createSession()));
    await app.scriptNetwork({ http: 'forbid' });
    assert.equal((await post(`${createSession()}/xhr?${query}`)).status, 403);
    assert.equal(coreApp().record.upgrades.length, 0);
  });

  it('a lost session opens again with a second o, for a client that goes on polling', async () => {
    const session = createSession();
    await poll(session);
    assert.equal(await app.actOnSessions({ type: 'lose' }), 1);
    assert.equal((await send(session, { event: 'pusher:ping' })).status, 404);
    assert.equal((await poll(session))[0], 'o');
  });

  it('an answer can be completed early, and any record written', async () => {
    const stream = await Stream.open(createSession());
    await stream.hears('connection_established');
    await app.actOnSessions({ type: 'write-record', record: 'm"{}"' });
    await stream.hears('m"{}"');
    await app.actOnSessions({ type: 'end-answer' });
    await until(() => stream.isOver);
    assert.deepEqual([stream.isBroken, coreApp().connections.length], [false, 1]);
  });

  it('a session can be sent to another host', async () => {
    await app.scriptNetwork({ sessionHost: 'localhost' });
    assert.equal((await poll(createSession()))[0], 'o{"hostname":"localhost"}');
  });

  it('every request is on record, also what was not forwarded', async () => {
    await app.scriptNetwork({ http: 'forbid', webSocket: 'refuse' });
    const session = createSession();
    await post(`${session}/xhr?${query}`, '');
    const client = new RawClient(`ws://127.0.0.1:${server.port}/app/${app.key}?protocol=7`);
    assert.equal((await client.ends()).code, 1006);
    assert.deepEqual(
      (await app.carrierRecords()).map(({ carrier, method, contentType }) => [carrier, method, contentType]),
      [
        ['xhr', 'POST', 'application/json'],
        ['websocket', 'GET', null],
      ],
    );
  });
});
