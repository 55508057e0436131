/** What one attempt leaves to the next: what carried the last connection, and a WebSocket that was found. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transport } from '../../../src/index.js';
import { provenAfter, RaceMemory } from '../../../src/transport/race-memory.js';

function createTransport(): Transport & { isClosed: boolean } {
  return {
    isClosed: false,
    open: () => undefined,
    send: () => false,
    close() {
      this.isClosed = true;
    },
  };
}

describe('a WebSocket that was found', () => {
  it('is given to the next attempt at its address, once', () => {
    const memory = new RaceMemory();
    const transport = createTransport();
    memory.offer('wss://example.test/', transport);
    assert.equal(memory.take('ws://example.test/'), undefined, 'another address');
    assert.equal(memory.take('wss://example.test/'), transport);
    assert.equal(memory.take('wss://example.test/'), undefined);
    memory.withdraw();
    assert.equal(transport.isClosed, false);
  });

  it('is closed where no attempt has taken it', () => {
    const memory = new RaceMemory();
    const transport = createTransport();
    memory.offer('wss://example.test/', transport);
    memory.withdraw();
    assert.deepEqual([transport.isClosed, memory.take('wss://example.test/')], [true, undefined]);
  });
});

describe('the count of tries', () => {
  for (const [lasted, probes] of [
    [provenAfter, 0],
    [provenAfter - 1, 5],
  ] as const)
    it(`is ${probes} after five tries and a WebSocket that lasted ${lasted / 1000} s`, () => {
      const memory = new RaceMemory();
      memory.probes = 5;
      memory.webSocketCarries(1000);
      memory.attemptBegins(1000 + lasted);
      assert.equal(memory.probes, probes);
    });

  it('is kept while attempts fail, however long that takes', () => {
    const memory = new RaceMemory();
    memory.probes = 5;
    memory.webSocketCarries(1000);
    memory.attemptBegins(2000);
    memory.attemptBegins(2000 + provenAfter);
    assert.equal(memory.probes, 5);
  });
});

describe('what carried the last connection', () => {
  it('is forgotten when a WebSocket does', () => {
    const memory = new RaceMemory();
    memory.last = 'xhr_polling';
    memory.webSocketCarries(1000);
    assert.equal(memory.last, undefined);
  });
});
