/** Frames over HTTP, request by request, with time and the network in hand (protocol.md §10, H-04). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { restartAfter } from '../../../src/transport/http-transport.js';
import { openedTransport, openTransport } from './http-rig.js';

describe('streaming', () => {
  it('is one request that stays open, and is opened by o', async () => {
    const rig = openedTransport('xhr_streaming');
    await rig.settle();
    assert.equal(rig.requests.length, 1);
    const request = rig.newest('xhr_streaming');
    assert.deepEqual(
      [request.kind, request.init.method, request.init.body, request.init.redirect],
      ['xhr_streaming', 'POST', undefined, 'error'],
    );
    assert.deepEqual(request.init.headers, { 'Content-Type': 'application/json' });
    request.begin(`${'h'.repeat(2048)}\n`);
    await rig.settle();
    assert.equal(rig.counts.opened, 0);
    assert.equal(rig.transport.send('{}'), false, 'nothing can be sent yet');
    request.write('o\na["{}"]\n');
    await rig.settle();
    assert.deepEqual([rig.counts, rig.frames], [{ opened: 1, heard: 0 }, ['{}']]);
  });

  it('does not answer the first line, which every stream begins with', async () => {
    const rig = await openTransport('xhr_streaming');
    assert.deepEqual(rig.of('xhr_send'), []);
  });

  it('hears a heartbeat and answers it with an empty array', async () => {
    const rig = await openTransport('xhr_streaming');
    rig.newest('xhr_streaming').write('h\n');
    await rig.settle();
    assert.deepEqual([rig.counts.heard, rig.of('xhr_send').map(({ init }) => init.body)], [1, ['[]']]);
  });

  it('puts characters together that come in two pieces', async () => {
    const rig = await openTransport('xhr_streaming');
    const bytes = new TextEncoder().encode('m"€"\n');
    for (const byte of bytes) rig.newest('xhr_streaming').writeBytes(Uint8Array.of(byte));
    await rig.settle();
    assert.deepEqual(rig.frames, ['€']);
  });

  it('begins anew after 256 KB, when nothing is half read, on the same session', async () => {
    const rig = await openTransport('xhr_streaming');
    const first = rig.newest('xhr_streaming');
    first.write(`m"${'x'.repeat(restartAfter)}`);
    await rig.settle();
    assert.equal(first.isAborted, false, 'in the middle of a record');
    first.write('"\n');
    await rig.settle();
    const second = rig.newest('xhr_streaming');
    assert.deepEqual([first.isAborted, rig.of('xhr_streaming').length], [true, 2]);
    assert.equal(second.session, first.session);
    second.begin(`${'h'.repeat(2048)}\nm"{}"\n`);
    await rig.settle();
    assert.deepEqual([rig.frames.length, rig.frames[1], rig.closes], [2, '{}', []]);
  });

  it('tries again a little later where the server has not seen the first request end', async () => {
    const rig = await openTransport('xhr_streaming');
    rig.newest('xhr_streaming').write(`m"${'x'.repeat(restartAfter)}"\n`);
    await rig.settle();
    const early = rig.newest('xhr_streaming');
    early.begin(`${'h'.repeat(2048)}\nc[2010,"Another connection still open"]\n`);
    early.end();
    await rig.settle();
    assert.deepEqual([rig.closes, rig.of('xhr_streaming').length, rig.clock.pendingTimers], [[], 2, 1]);
    await rig.clock.advanceToNextTimer();
    await rig.settle();
    assert.equal(rig.of('xhr_streaming').length, 3);
    rig.newest('xhr_streaming').begin(`${'h'.repeat(2048)}\nm"{}"\n`);
    await rig.settle();
    assert.deepEqual([rig.frames.at(-1), rig.closes], ['{}', []]);
  });

  it('gives up where it is told so again and again', async () => {
    const rig = await openTransport('xhr_streaming');
    rig.newest('xhr_streaming').write(`m"${'x'.repeat(restartAfter)}"\n`);
    for (let round = 0; rig.closes.length === 0 && round < 20; round += 1) {
      await rig.settle();
      rig.newest('xhr_streaming').begin('c[2010,"Another connection still open"]\n');
      rig.newest('xhr_streaming').end();
      await rig.settle();
      await rig.clock.advanceToNextTimer();
    }
    assert.deepEqual(
      rig.closes.map(({ code }) => code),
      [2010],
    );
    assert.equal(rig.of('xhr_streaming').length, 7);
    assert.equal(rig.clock.pendingTimers, 0);
  });

  it('takes the same words for the end where it has not begun anew', async () => {
    const rig = await openTransport('xhr_streaming');
    rig.newest('xhr_streaming').write('c[2010,"Another connection still open"]\n');
    await rig.settle();
    assert.equal(rig.closes[0]?.code, 2010);
  });

  it('goes on at the host that the server names, if it is of the same site', async () => {
    const rig = openedTransport('xhr_streaming');
    await rig.settle();
    rig.newest('xhr_streaming').begin('o{"hostname":"node-7.http.example.test"}\n');
    await rig.settle();
    rig.transport.send('{}');
    await rig.settle();
    assert.equal(rig.newest('xhr_send').host, 'node-7.http.example.test');
  });

  it('stays where it is if the host is a foreign one', async () => {
    const rig = openedTransport('xhr_streaming');
    await rig.settle();
    rig.newest('xhr_streaming').begin('o{"hostname":"evil.test"}\n');
    await rig.settle();
    rig.transport.send('{}');
    await rig.settle();
    assert.equal(rig.newest('xhr_send').host, 'http.example.test');
  });
});

describe('polling', () => {
  it('asks again after each answer, on the same session', async () => {
    const rig = await openTransport('xhr_polling');
    assert.deepEqual(
      rig.requests.map(({ kind }) => kind),
      ['xhr', 'xhr'],
    );
    rig.newest('xhr').respond(200, 'a["1","2"]\n');
    await rig.settle();
    rig.newest('xhr').respond(200, 'm"3"');
    await rig.settle();
    assert.deepEqual([rig.frames, rig.of('xhr').length], [['1', '2', '3'], 4]);
    assert.equal(new Set(rig.requests.map(({ session }) => session)).size, 1);
  });

  it('hears a heartbeat, and lets the next request answer it', async () => {
    const rig = await openTransport('xhr_polling');
    rig.newest('xhr').respond(200, 'h\n');
    await rig.settle();
    assert.deepEqual([rig.counts.heard, rig.of('xhr_send'), rig.of('xhr').length], [1, [], 3]);
  });

  it('waits a second after an answer that says nothing, so that it does not spin', async () => {
    const rig = await openTransport('xhr_polling');
    rig.newest('xhr').respond(200, '');
    await rig.settle();
    assert.equal(rig.of('xhr').length, 2);
    await rig.clock.advance(1000);
    assert.equal(rig.of('xhr').length, 3);
  });

  it('does not take a web page for a session', async () => {
    const rig = openedTransport('xhr_polling');
    await rig.settle();
    rig.newest('xhr').respond(200, '<!doctype html><title>Sign in</title>');
    await rig.settle();
    const [close] = rig.closes;
    assert.equal(close?.code, 1006);
    assert.match(close.reason, /not that of a Pusher Channels server/);
    assert.equal(rig.of('xhr').length, 1);
  });
});

for (const name of ['xhr_streaming', 'xhr_polling'] as const) {
  const kind = name === 'xhr_streaming' ? 'xhr_streaming' : 'xhr';

  describe(`the end of ${name}`, () => {
    const rows: readonly [name: string, text: string, code: number, reason: RegExp, wasClean: boolean][] = [
      ['a second o: the session is lost', 'o\n', 1006, /lost the session/, false],
      ['c: its code and reason', 'c[4200,"again"]\n', 4200, /^again$/, true],
    ];
    for (const [what, text, code, reason, wasClean] of rows)
      it(`is ${what}`, async () => {
        const rig = await openTransport(name);
        const request = rig.newest(kind);
        if (name === 'xhr_streaming') request.write(text);
        else request.respond(200, text);
        await rig.settle();
        assert.deepEqual(
          [rig.closes.length, rig.closes[0]?.code, rig.closes[0]?.wasClean],
          [1, code, wasClean],
        );
        assert.match(rig.closes[0]?.reason ?? '', reason);
        assert.equal(rig.transport.send('{}'), false);
        assert.equal(rig.newest(kind).isAborted, true);
      });

    for (const status of [204, 301, 403, 404, 500])
      it(`is 1006 on an answer with status ${status}`, async () => {
        const rig = openedTransport(name);
        await rig.settle();
        rig.newest(kind).respond(status);
        await rig.settle();
        assert.deepEqual([rig.closes.length, rig.closes[0]?.code], [1, 1006]);
        assert.match(rig.closes[0]?.reason ?? '', new RegExp(String(status)));
        assert.equal(rig.requests.length, 1);
      });

    it('is 1006 where there is no answer', async () => {
      const rig = openedTransport(name);
      await rig.settle();
      rig.newest(kind).fail('Failed to fetch');
      await rig.settle();
      assert.deepEqual(rig.closes, [{ code: 1006, reason: 'Failed to fetch', wasClean: false }]);
    });

    it('is 1006 where a frame could not be sent, because nobody knows what the server has missed', async () => {
      for (const fail of [404, 500, 'Failed to fetch'] as const) {
        const rig = await openTransport(name);
        rig.transport.send('{}');
        await rig.settle();
        if (typeof fail === 'number') rig.newest('xhr_send').respond(fail);
        else rig.newest('xhr_send').fail(fail);
        await rig.settle();
        assert.deepEqual([rig.closes.length, rig.closes[0]?.code], [1, 1006]);
        assert.match(rig.closes[0]?.reason ?? '', new RegExp(String(fail)));
      }
    });

    it('is silent where this side closes: nothing more is heard, and no request stays open', async () => {
      const rig = await openTransport(name);
      const request = rig.newest(kind);
      if (name === 'xhr_streaming') request.write('m"late"\n');
      else request.respond(200, 'm"late"\n');
      rig.transport.close();
      await rig.settle();
      assert.equal(request.isAborted, true);
      assert.deepEqual([rig.frames, rig.closes, rig.clock.pendingTimers], [[], [], 0]);
      assert.equal(rig.transport.send('{}'), false);
    });

    it('is silent where this side closes before there is an answer', async () => {
      const rig = openedTransport(name);
      rig.transport.close();
      await rig.settle();
      assert.deepEqual([rig.counts.opened, rig.closes, rig.clock.pendingTimers], [0, [], 0]);
    });
  });

  describe(`sending beside ${name}`, () => {
    it('is a request with an array of one frame', async () => {
      const rig = await openTransport(name);
      assert.equal(rig.transport.send('{"event":"x"}'), true);
      await rig.settle();
      const send = rig.newest('xhr_send');
      assert.deepEqual([send.init.method, send.init.body], ['POST', '["{\\"event\\":\\"x\\"}"]']);
      assert.deepEqual(send.init.headers, { 'Content-Type': 'application/json' });
      assert.equal(send.session, rig.requests[0]?.session);
    });

    it('keeps the order: what comes while a request is under way goes together in the next one', async () => {
      const rig = await openTransport(name);
      for (const frame of ['1', '2', '3']) rig.transport.send(frame);
      await rig.settle();
      assert.equal(rig.of('xhr_send').length, 1);
      rig.newest('xhr_send').respond(204);
      await rig.settle();
      assert.deepEqual(
        rig.of('xhr_send').map(({ init }) => init.body),
        ['["1"]', '["2","3"]'],
      );
    });

    it('goes on after this side has closed, with what was sent before', async () => {
      const rig = await openTransport(name);
      for (const frame of ['1', '2']) rig.transport.send(frame);
      rig.transport.close();
      await rig.settle();
      rig.newest('xhr_send').respond(204);
      await rig.settle();
      assert.deepEqual(rig.of('xhr_send').at(-1)?.init.body, '["2"]');
    });

    it('asks for a sign of life with an empty array of its own, each time', async () => {
      const rig = await openTransport(name);
      assert.deepEqual([rig.transport.ping?.(), rig.transport.ping?.()], [true, true]);
      rig.transport.send('1');
      await rig.settle();
      rig.newest('xhr_send').respond(204);
      await rig.settle();
      rig.newest('xhr_send').respond(204);
      await rig.settle();
      assert.deepEqual(
        rig.of('xhr_send').map(({ init }) => init.body),
        ['[]', '["1"]', '[]'],
      );
    });

    it('cannot ask before the session is open', () => {
      const rig = openedTransport(name);
      assert.equal(rig.transport.ping?.(), false);
      rig.transport.close();
    });
  });
}
