/** Several transports in one attempt: who starts when, who wins, and what is said when nobody does (H-02, H-03). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transport, TransportClose, TransportHandlers } from '../../../src/index.js';
import { FakeClock } from '../../../src/testing/index.js';
import { RaceMemory } from '../../../src/transport/race-memory.js';
import { createRacingTransport } from '../../../src/transport/racing-transport.js';
import type { RacingTransportParts } from '../../../src/transport/racing-transport.js';
import type { PlannedTransport, WireName } from '../../../src/transport/transport-plan.js';
import { mostTelling, Race as RaceOfAll } from '../../../src/transport/race.js';

/** A transport that does what the test says. */
class FakeTransport implements Transport {
  readonly name: WireName;
  readonly sent: string[] = [];
  handlers: TransportHandlers | undefined;
  isClosed = false;
  pings = 0;
  readonly #fault: Error | undefined;

  constructor(name: WireName, fault?: Error) {
    this.name = name;
    this.#fault = fault;
  }

  open(handlers: TransportHandlers): void {
    if (this.#fault) throw this.#fault;
    this.handlers = handlers;
  }

  send(text: string): boolean {
    this.sent.push(text);
    return true;
  }

  ping(): boolean {
    this.pings += 1;
    return this.name !== 'ws';
  }

  close(): void {
    this.isClosed = true;
  }

  /** What a server does that accepts the connection. */
  welcome(): void {
    this.handlers?.opened();
    this.handlers?.data('welcome');
  }

  fail(code: number = 1006, reason: string = ''): void {
    this.handlers?.closed({ code, reason, wasClean: false });
  }
}

const fullPlan: readonly PlannedTransport[] = [
  { name: 'ws', startAfter: 0 },
  { name: 'xhr_streaming', startAfter: 2000 },
  { name: 'xhr_polling', startAfter: 6000 },
];

interface Race {
  readonly clock: FakeClock;
  readonly memory: RaceMemory;
  readonly transport: Transport;
  /** Every transport that was opened, with the time since the start in milliseconds. */
  readonly started: readonly string[];
  readonly said: readonly unknown[][];
  readonly notes: readonly string[];
  /** The newest transport of a name. */
  of(name: WireName): FakeTransport;
  all(name: WireName): FakeTransport[];
  settle(): Promise<void>;
}

async function start(
  plan: readonly PlannedTransport[] = fullPlan,
  options: Partial<RacingTransportParts> & {
    readonly webSocketFault?: Error;
    /** Runs in the breath in which the end is told. */
    readonly onClosed?: (memory: RaceMemory) => void;
  } = {},
): Promise<Race> {
  const { webSocketFault, onClosed, ...parts } = options;
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const begin = clock.now();
  const memory = new RaceMemory();
  const made: FakeTransport[] = [];
  const started: string[] = [];
  const said: unknown[][] = [];
  const notes: string[] = [];
  const create = (name: WireName, fault?: Error): Transport => {
    const transport = new FakeTransport(name, fault);
    made.push(transport);
    started.push(`${name} ${clock.now() - begin}`);
    return transport;
  };
  const transport = createRacingTransport({
    clock,
    plan,
    memory,
    url: 'ws://example.test/app/app-key',
    httpUrl: 'http://example.test/pusher/app/app-key',
    createWebSocket: () => create('ws', webSocketFault),
    loadFallback: () => Promise.resolve({ createHttpTransport: ({ name }) => create(name), Race: RaceOfAll }),
    connectTimeout: 10_000,
    canMove: () => true,
    isWelcome: (frame) => frame === 'welcome',
    note: ({ transport: name, outcome }) => notes.push(`${name} ${outcome}`),
    ...parts,
  });
  transport.open({
    opened: () => said.push(['opened']),
    data: (frame) => said.push(['data', frame]),
    heard: () => said.push(['heard']),
    closed: (close) => {
      said.push(['closed', close]);
      onClosed?.(memory);
    },
  });
  assert.deepEqual(said, [], 'nothing is said before open() has returned');
  await clock.advance(0);
  const all = (name: WireName): FakeTransport[] => made.filter((one) => one.name === name);
  return {
    ...{ clock, memory, transport, started, said, notes, all },
    of: (name) => {
      const newest = all(name).at(-1);
      if (!newest) throw new Error(`${name} was not started`);
      return newest;
    },
    settle: () => clock.advance(0),
  };
}

const closeOf = ({ said }: Race): TransportClose | undefined =>
  said.find(([what]) => what === 'closed')?.[1] as TransportClose | undefined;

describe('the start of each transport', () => {
  it('is as planned while nobody says anything', async () => {
    const race = await start();
    await race.clock.advance(60_000);
    assert.deepEqual(race.started, ['ws 0', 'xhr_streaming 2000', 'xhr_polling 6000']);
  });

  it('is at once where the one before has failed, and the next one moves up', async () => {
    const race = await start();
    await race.clock.advance(500);
    race.of('ws').fail();
    await race.clock.advance(60_000);
    assert.deepEqual(race.started, ['ws 0', 'xhr_streaming 500', 'xhr_polling 4500']);
  });

  it('is at once for all where each fails at once', async () => {
    const race = await start();
    race.of('ws').fail();
    await race.settle();
    race.of('xhr_streaming').fail();
    await race.settle();
    assert.deepEqual(race.started, ['ws 0', 'xhr_streaming 0', 'xhr_polling 0']);
  });

  it('does not move where an older one fails while the newest is being tried', async () => {
    const race = await start();
    await race.clock.advance(3000);
    race.of('ws').fail();
    await race.clock.advance(60_000);
    assert.deepEqual(race.started, ['ws 0', 'xhr_streaming 2000', 'xhr_polling 6000']);
  });

  it('does not come any more once somebody has won', async () => {
    const race = await start();
    race.of('ws').welcome();
    assert.equal(race.clock.pendingTimers, 0);
    await race.clock.advance(60_000);
    assert.deepEqual(race.started, ['ws 0']);
  });

  it('does not come any more once the attempt is over', async () => {
    const race = await start();
    race.transport.close();
    assert.equal(race.clock.pendingTimers, 0);
    await race.clock.advance(60_000);
    assert.deepEqual([race.started, race.of('ws').isClosed], [['ws 0'], true]);
  });

  it('is at once where the browser refuses the address of the one before', async () => {
    const race = await start(fullPlan, { webSocketFault: new SyntaxError('Not an address') });
    await race.settle();
    assert.deepEqual(race.started, ['ws 0', 'xhr_streaming 0']);
  });
});

describe('the winner', () => {
  it('is the first to bring a frame, not the first to open', async () => {
    const race = await start();
    race.of('ws').handlers?.opened();
    await race.clock.advance(2000);
    race.of('xhr_streaming').welcome();
    assert.deepEqual(race.said, [['opened'], ['data', 'welcome']]);
    assert.equal(race.of('ws').isClosed, true);
    race.transport.close();
  });

  it('carries everything from then on, and nobody else does', async () => {
    const race = await start();
    await race.clock.advance(2000);
    race.of('ws').welcome();
    const streaming = race.of('xhr_streaming');
    streaming.welcome();
    streaming.handlers?.heard?.();
    streaming.fail();
    race.of('ws').handlers?.data('tick');
    assert.equal(race.transport.send('hello'), true);
    assert.deepEqual(race.said, [['opened'], ['data', 'welcome'], ['data', 'tick']]);
    assert.deepEqual([race.of('ws').sent, streaming.sent], [['hello'], []]);
    assert.equal(streaming.isClosed, true);
  });

  it('may be a refusal: that is an answer as well', async () => {
    const race = await start();
    race.of('ws').handlers?.data('refusal');
    race.of('ws').fail(4004, 'full');
    assert.deepEqual(race.said.slice(1), [
      ['data', 'refusal'],
      ['closed', { code: 4004, reason: 'full', wasClean: false }],
    ]);
    assert.deepEqual(race.started, ['ws 0']);
  });

  it('asks for a sign of life in its own way, where it has one', async () => {
    const race = await start();
    const ping = ({ transport }: Race): boolean => transport.ping?.() ?? false;
    assert.equal(ping(race), false, 'nobody has won');
    await race.clock.advance(2000);
    race.of('xhr_streaming').welcome();
    assert.equal(ping(race), true);
    race.of('xhr_streaming').handlers?.heard?.();
    assert.deepEqual([race.of('xhr_streaming').pings, race.said.at(-1)], [1, ['heard']]);
    race.transport.close();
    const other = await start();
    other.of('ws').welcome();
    assert.equal(ping(other), false);
  });

  it('cannot be sent to before there is one, nor after the end', async () => {
    const race = await start();
    assert.equal(race.transport.send('early'), false);
    race.of('ws').welcome();
    race.transport.close();
    assert.equal(race.transport.send('late'), false);
  });

  it('says nothing after this side has closed', async () => {
    const race = await start();
    const webSocket = race.of('ws');
    race.transport.close();
    webSocket.welcome();
    webSocket.fail();
    assert.deepEqual(race.said, []);
  });

  it('is noted, as is everything else, for the timeline', async () => {
    const race = await start();
    race.of('ws').fail();
    await race.settle();
    race.of('xhr_streaming').welcome();
    assert.deepEqual(race.notes, [
      'ws started',
      'ws failed',
      'xhr_streaming started',
      'xhr_streaming carries',
    ]);
    race.transport.close();
  });
});

describe('an attempt that nobody wins', () => {
  it('ends when the last one has failed, once', async () => {
    const race = await start();
    await race.clock.advance(10_000);
    race.of('xhr_streaming').fail();
    race.of('ws').fail();
    assert.equal(closeOf(race), undefined);
    race.of('xhr_polling').fail(1006, 'Failed to fetch');
    race.of('xhr_polling').fail();
    assert.deepEqual(race.said, [['closed', { code: 1006, reason: 'Failed to fetch', wasClean: false }]]);
  });

  it('ends at once with a code of the service: that is its answer, whoever brings it', async () => {
    const race = await start();
    await race.clock.advance(2000);
    race.of('xhr_streaming').fail(4001, 'no such app');
    assert.equal(closeOf(race)?.code, 4001);
    assert.equal(race.of('ws').isClosed, true);
    assert.equal(race.clock.pendingTimers, 0);
  });

  it('ends where the files of the fallback cannot be loaded', async () => {
    const race = await start(fullPlan, {
      loadFallback: () => Promise.reject(new TypeError('Failed to fetch module')),
    });
    race.of('ws').fail();
    await race.settle();
    assert.deepEqual(closeOf(race), { code: 1006, reason: 'Failed to fetch module', wasClean: false });
  });

  const rows: readonly [name: string, closes: readonly [number, string][], expected: [number, string]][] = [
    [
      'a code of the service beats everything',
      [
        [1011, 'oops'],
        [1006, 'words'],
        [4100, ''],
      ],
      [4100, ''],
    ],
    [
      'a code that somebody chose beats 1006',
      [
        [1006, 'words'],
        [2010, ''],
      ],
      [2010, ''],
    ],
    [
      'words beat none',
      [
        [1006, ''],
        [1006, 'words'],
        [1005, ''],
      ],
      [1006, 'words'],
    ],
    [
      'the first of equals is told',
      [
        [1006, 'first'],
        [1006, 'second'],
      ],
      [1006, 'first'],
    ],
    [
      'no code at all is worth as little as 1006',
      [
        [1006, ''],
        [1005, ''],
      ],
      [1006, ''],
    ],
  ];
  for (const [name, closes, [code, reason]] of rows)
    it(`is told by the close that says most: ${name}`, () => {
      const all = closes.map(([code, reason]) => ({ code, reason, wasClean: false }));
      assert.deepEqual(mostTelling(all), { code, reason, wasClean: false });
    });
});

describe('the way back to a WebSocket', () => {
  /** A race that streaming has won. */
  async function streaming(parts: Parameters<typeof start>[1] = {}): Promise<Race> {
    const race = await start(fullPlan, parts);
    race.of('ws').fail();
    await race.settle();
    race.of('xhr_streaming').welcome();
    return race;
  }

  it('is looked for after 10 s, 20 s, 40 s, … while HTTP carries the connection', async () => {
    const race = await streaming();
    for (const at of [10, 30, 70, 150]) {
      await race.clock.advance(at * 1000 - 1 - (race.clock.now() - 1_000_000));
      const before = race.all('ws').length;
      await race.clock.advance(1);
      assert.equal(race.all('ws').length, before + 1, `after ${at} s`);
      race.of('ws').fail();
    }
    assert.deepEqual(race.said, [['opened'], ['data', 'welcome']]);
    race.transport.close();
    assert.equal(race.clock.pendingTimers, 0);
  });

  it('gives each try as long as an attempt may take', async () => {
    const race = await streaming();
    await race.clock.advance(19_999);
    const probe = race.of('ws');
    assert.deepEqual([race.all('ws').length, probe.isClosed], [2, false]);
    await race.clock.advance(1);
    assert.equal(probe.isClosed, true);
    await race.clock.advance(20_000);
    assert.equal(race.all('ws').length, 3);
    race.transport.close();
    assert.equal(race.of('ws').isClosed, true);
  });

  it('is not taken for a refusal, such as a quota that is used up', async () => {
    const race = await streaming();
    await race.clock.advance(10_000);
    race.of('ws').handlers?.data('refusal');
    assert.equal(closeOf(race), undefined);
    assert.equal(race.of('ws').isClosed, true);
    race.transport.close();
  });

  it('is not looked for where moving is not wanted', async () => {
    let isWanted = false;
    const race = await streaming({ canMove: () => isWanted });
    await race.clock.advance(60_000);
    assert.equal(race.all('ws').length, 1);
    isWanted = true;
    await race.clock.advance(60_000);
    assert.equal(race.all('ws').length, 2);
    race.transport.close();
  });

  it('is not looked for where a WebSocket is not planned', async () => {
    const race = await start(fullPlan.slice(1));
    race.of('xhr_streaming').welcome();
    assert.equal(race.clock.pendingTimers, 0);
    race.transport.close();
  });

  it('ends the connection when it is found, and nothing went wrong', async () => {
    const race = await streaming();
    await race.clock.advance(10_000);
    race.of('ws').welcome();
    assert.deepEqual(closeOf(race), {
      code: 1000,
      reason: 'A WebSocket works again.',
      wasClean: true,
      isMove: true,
    });
    assert.equal(race.of('xhr_streaming').isClosed, true);
    assert.equal(race.of('ws').isClosed, true, 'nobody has taken it');
    assert.equal(race.clock.pendingTimers, 0);
  });

  it('hands the WebSocket to the next attempt, with everything that came in meanwhile', async () => {
    const said: unknown[][] = [];
    const race = await streaming({
      // What the next attempt of the machine does.
      onClosed: (memory) =>
        memory.take('ws://example.test/app/app-key')?.open({
          opened: () => said.push(['opened']),
          data: (frame) => said.push(['data', frame]),
          closed: (close) => said.push(['closed', close.code]),
        }),
    });
    await race.clock.advance(10_000);
    const webSocket = race.of('ws');
    webSocket.welcome();
    assert.deepEqual(said, [], 'nothing is said before open() has returned');
    await race.settle();
    assert.deepEqual(said, [['opened'], ['data', 'welcome']]);
    webSocket.handlers?.data('tick');
    webSocket.fail(4200);
    assert.deepEqual(said.slice(2), [
      ['data', 'tick'],
      ['closed', 4200],
    ]);
    assert.equal(webSocket.isClosed, false);
  });
});
