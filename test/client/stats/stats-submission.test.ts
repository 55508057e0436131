/** Who gets the timeline: the page's own endpoint, where there is one and nobody has said no (O-19). */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { PusherOptions } from '../../../src/index.js';
import { StatsSubmission } from '../../../src/stats/stats-submission.js';
import type { StatsReport } from '../../../src/stats/stats-submission.js';
import { Timeline } from '../../../src/stats/timeline.js';
import { FakeClock } from '../../../src/testing/index.js';
import { assertNothingLeft, connected, createRig } from '../support.js';

const statsEndpoint = 'https://page.test/stats';

interface Submitted {
  readonly url: string;
  readonly init: RequestInit;
  readonly report: StatsReport;
}

/** Everything that is requested from now on; each request is answered with the status of the moment. */
function catchRequests(t: TestContext): { requests: Submitted[]; answers: { status: number } } {
  const requests: Submitted[] = [];
  const answers = { status: 204 };
  t.mock.method(globalThis, 'fetch', (url: string, init: RequestInit) => {
    requests.push({ url, init, report: JSON.parse(init.body as string) as StatsReport });
    if (answers.status === 0) return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(new Response(null, { status: answers.status }));
  });
  return { requests, answers };
}

/** Lets the file be loaded that submits: a matter of the disk, and not of the clock. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns > 10_000) throw new Error(`Never came true: ${String(condition)}`);
    await turn();
  }
}

/** Long enough for a submission to have shown up, if there were to be one. */
async function nothingComes(requests: readonly unknown[]): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) await turn();
  assert.deepEqual(requests, []);
}

describe('with an endpoint', () => {
  it('a report is submitted after connected, and every 60 s from then on', async (t) => {
    const { requests } = catchRequests(t);
    const { clock, pusher } = await connected({ statsEndpoint, cluster: 'eu' });
    await until(() => requests.length === 1);
    const [first] = requests;
    assert.equal(first?.url, statsEndpoint);
    assert.deepEqual([first.init.method, first.init.credentials], ['POST', 'omit']);
    assert.deepEqual(
      { key: first.report['key'], cluster: first.report['cluster'], library: first.report['library'] },
      { key: 'app-key', cluster: 'eu', library: 'pusher-elements' },
    );
    assert.deepEqual(first.report.timeline, JSON.parse(JSON.stringify(pusher.timeline)));
    await clock.advance(59_999);
    assert.equal(requests.length, 1);
    await clock.advance(1);
    await clock.advance(60_000);
    assert.deepEqual(
      requests.map(({ report }) => report.timeline.length),
      [2, 0, 0],
      'each entry is reported once',
    );
    assert.equal(new Set(requests.map(({ report }) => report['session'])).size, 1);
    pusher.dispose();
  });

  it('nothing is submitted before the connection is there, and nothing after it is gone', async (t) => {
    const { requests } = catchRequests(t);
    const rig = createRig({ statsEndpoint, prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    await rig.clock.advance(5000);
    await nothingComes(requests);
    rig.app.resetScript();
    await rig.clock.advance(20_000);
    await until(() => requests.length === 1);
    rig.pusher.disconnect();
    await rig.clock.advance(300_000);
    assert.equal(requests.length, 1);
    rig.pusher.dispose();
    assertNothingLeft(rig);
  });

  it('a report follows each new connection, with what happened in between', async (t) => {
    const { requests } = catchRequests(t);
    const { clock, app, pusher } = await connected({ statsEndpoint });
    await until(() => requests.length === 1);
    await clock.advance(30_000);
    app.connection()?.close(4200);
    await clock.advance(0);
    await until(() => requests.length === 2);
    assert.deepEqual(
      requests[1]?.report.timeline.map(({ event }) => event),
      ['error', 'lost', 'state_change', 'state_change', 'gap'],
    );
    await clock.advance(59_999);
    assert.equal(requests.length, 2, 'the minute begins with the connection');
    pusher.dispose();
  });

  it('what could not be delivered is reported again, and troubles nobody', async (t) => {
    const { requests, answers } = catchRequests(t);
    answers.status = 0;
    const { clock, pusher, errors } = await connected({ statsEndpoint });
    await until(() => requests.length === 1);
    answers.status = 500;
    await clock.advance(60_000);
    answers.status = 204;
    await clock.advance(60_000);
    await clock.advance(60_000);
    assert.deepEqual(
      requests.map(({ report }) => report.timeline.length),
      [2, 2, 2, 0],
    );
    assert.deepEqual([errors, pusher.connection.state], [[], 'connected']);
    pusher.dispose();
  });
});

describe('nothing is ever submitted', () => {
  const rows: readonly [name: string, options: PusherOptions][] = [
    ['without an endpoint: there is no default one', {}],
    ['without an endpoint, even where the application wants statistics', { enableStats: true }],
    ['where statistics are disabled', { statsEndpoint, disableStats: true }],
    ['where they are not enabled', { statsEndpoint, enableStats: false }],
    ['where they are both enabled and disabled', { statsEndpoint, enableStats: true, disableStats: true }],
  ];
  for (const [name, options] of rows)
    it(name, async (t) => {
      const { requests } = catchRequests(t);
      const { clock, pusher } = await connected(options);
      await clock.advance(200_000);
      await nothingComes(requests);
      assert.equal(pusher.timeline.entries.length, 2, 'and the timeline is there all the same');
      pusher.dispose();
    });
});

describe('a submission', () => {
  it('has the newest fifty where more have come than are kept', async () => {
    const clock = new FakeClock();
    const timeline = new Timeline(clock);
    const reports: StatsReport[] = [];
    const submission = new StatsSubmission({
      clock,
      timeline,
      url: statsEndpoint,
      about: () => ({}),
      send: (_url, init) => {
        reports.push(JSON.parse(init.body as string) as StatsReport);
        return Promise.resolve(new Response(null, { status: 204 }));
      },
    });
    for (let seconds = 0; seconds < 70; seconds += 1) timeline.record('connecting_in', seconds);
    submission.start();
    await clock.advance(0);
    timeline.record('connecting_in', 70);
    await clock.advance(60_000);
    submission.stop();
    assert.deepEqual(
      reports.map(({ timeline }) => [timeline.length, timeline.at(-1)?.detail['seconds']]),
      [
        [50, 69],
        [1, 70],
      ],
    );
    assert.equal(clock.pendingTimers, 0);
  });
});
