/** One HTTP session of the local server with time in hand: heartbeats, the rule for `[]`, and its end (servers.md §5). */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, ProtocolServer } from '../../src/testing/index.js';
import { HttpReceiver, type ReceiveKind } from './http-receiver.js';
import { HttpSession } from './http-session.js';

/** The server's end of an answer. */
class Answer extends EventEmitter {
  text = '';
  isOver = false;
  isBroken = false;
  readonly socket = {
    destroySoon: () => {
      this.isBroken = true;
      this.leave();
    },
  };

  write(text: string): void {
    this.text += text;
  }

  end(text: string = ''): void {
    this.text += text;
    this.leave();
  }

  /** The client, or the server, is done with it. */
  leave(): void {
    this.isOver = true;
    this.emit('close');
  }

  /** The heartbeats, without the prelude. */
  get beats(): number {
    return this.text.split('\n').filter((line) => line === 'h').length;
  }
}

let clock: FakeClock;
let server: ProtocolServer;
let session: HttpSession;
let isForgotten: boolean;

beforeEach(() => {
  clock = new FakeClock();
  server = new ProtocolServer({ clock, apps: [{ key: 'app-key', pingAfter: null }] });
  isForgotten = false;
  session = new HttpSession({ clock, greeting: '', ended: () => (isForgotten = true) });
  session.carry(server.connect('http://localhost/app/app-key?protocol=7', session)!);
});

function receive(kind: ReceiveKind = 'xhr_streaming'): Answer {
  const answer = new Answer();
  session.receive(new HttpReceiver(kind, answer as unknown as ServerResponse, false));
  return answer;
}

describe('a heartbeat', () => {
  it('comes every 25 seconds of silence on a stream', async () => {
    const answer = receive();
    await clock.advance(24_999);
    assert.equal(answer.beats, 0);
    await clock.advance(1);
    assert.equal(answer.beats, 1);
    await clock.advance(25_000);
    assert.equal(answer.beats, 2);
  });

  it('waits for 25 seconds after the last frame', async () => {
    const answer = receive();
    await clock.advance(20_000);
    server.app().connection()?.ping();
    await clock.advance(24_999);
    assert.equal(answer.beats, 0);
    await clock.advance(1);
    assert.equal(answer.beats, 1);
  });

  it('completes the answer to a poll', async () => {
    receive('xhr');
    const answer = receive('xhr');
    await clock.advance(25_000);
    assert.deepEqual([answer.text, answer.isOver], ['h\n', true]);
  });

  it('does not come from a stalled connection', async () => {
    const answer = receive();
    server.app().connection()?.stall();
    await clock.advance(100_000);
    assert.equal(answer.beats, 0);
  });
});

describe('the empty array', () => {
  it('is answered with a heartbeat when it is a question', () => {
    const answer = receive();
    session.take('[]');
    assert.equal(answer.beats, 1);
  });

  it('is not answered when it is the answer to a heartbeat, so that no loop begins', async () => {
    const answer = receive();
    await clock.advance(25_000);
    session.take('[]');
    assert.equal(answer.beats, 1);
    session.take('[]');
    assert.equal(answer.beats, 2, 'the next one is a question again');
    session.take('[]');
    assert.equal(answer.beats, 2, 'and then comes the answer to its answer');
  });

  it('is the answer to the first line of a stream, where that continues a session', () => {
    receive().leave();
    const answer = receive();
    session.take('[]');
    assert.equal(answer.beats, 0);
  });

  it('is always a question from a client that polls', () => {
    receive('xhr');
    for (let round = 0; round < 3; round += 1) {
      const answer = receive('xhr');
      session.take('[]');
      assert.equal(answer.text, 'h\n');
    }
  });
});

describe('a session', () => {
  it('ends five seconds after its last receive request', async () => {
    receive().leave();
    await clock.advance(4999);
    assert.deepEqual([isForgotten, server.app().connections.length], [false, 1]);
    await clock.advance(1);
    assert.deepEqual([isForgotten, server.app().connections.length], [true, 0]);
    assert.deepEqual(
      [server.app().record.closes[0]?.code, server.app().record.closes[0]?.by],
      [1006, 'client'],
    );
    assert.equal(clock.pendingTimers, 0);
  });

  it('goes on where the next receive request comes in time', async () => {
    receive().leave();
    await clock.advance(4000);
    const answer = receive();
    await clock.advance(20_000);
    assert.deepEqual([isForgotten, answer.isOver], [false, false]);
  });

  it('says goodbye in the next answer, and is forgotten then', () => {
    receive('xhr');
    server.app().connection()?.close(4200, 'again');
    assert.equal(isForgotten, false);
    assert.equal(receive('xhr').text, 'c[4200,"again"]\n');
    assert.equal(isForgotten, true);
    assert.equal(clock.pendingTimers, 0);
  });

  it('breaks off the answer of a connection that is dropped', () => {
    const answer = receive();
    server.app().connection()?.drop();
    assert.deepEqual([answer.isBroken, isForgotten], [true, true]);
  });
});
