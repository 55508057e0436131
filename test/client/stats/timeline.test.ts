/** What is kept of a connection's life in the page (O-19, requirements §3 row 18). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Timeline, timelineLength } from '../../../src/stats/timeline.js';
import { FakeClock } from '../../../src/testing/index.js';
import { connected } from '../support.js';

describe('the timeline', () => {
  it('tells what happened to the connection, in order, with codes and without payloads', async () => {
    const { pusher, app, clock } = await connected();
    pusher.subscribe('prices');
    await clock.advance(0);
    app.connection()?.close(4200, 'again');
    await clock.advance(0);
    assert.deepEqual(
      pusher.timeline.entries.map(({ event, detail }) => [
        event,
        detail['current'] ?? detail['code'] ?? detail['duration'],
      ]),
      [
        ['state_change', 'connecting'],
        ['state_change', 'connected'],
        ['error', 4200],
        ['lost', 4200],
        ['state_change', 'connecting'],
        ['state_change', 'connected'],
        ['gap', 0],
      ],
    );
    assert.ok(pusher.timeline.entries.every(({ at }) => at === clock.now()));
  });

  it('is kept while nobody listens, and whatever the application unbinds', async () => {
    const { pusher, app, clock } = await connected();
    pusher.connection.unbind_all();
    app.connection()?.drop();
    await clock.advance(5000);
    assert.equal(pusher.timeline.entries.at(-1)?.event, 'gap');
  });

  it('has no payload of an application, no channel name and nothing that the server wrote into a frame', async () => {
    const { pusher, app, clock } = await connected();
    const channel = pusher.subscribe('secret-channel');
    await clock.advance(0);
    app.publish({ channels: 'secret-channel', event: 'secret-event', data: 'secret-payload' });
    app.connection()?.sendRaw('secret garbage');
    app.connection()?.sendError(4302, 'secret words');
    await clock.advance(0);
    channel.unbind_all();
    const text = JSON.stringify(pusher.timeline);
    assert.ok(!text.includes('secret'), text);
    assert.ok(text.includes('MessageParseError') && text.includes('4302'));
  });

  it(`keeps the last ${timelineLength} entries, and counts all`, () => {
    const timeline = new Timeline(new FakeClock());
    for (let seconds = 0; seconds < 120; seconds += 1) timeline.record('connecting_in', seconds);
    assert.equal(timeline.entries.length, 50);
    assert.deepEqual([timeline.entries[0]?.detail, timeline.count], [{ seconds: 70 }, 120]);
    timeline.clear();
    assert.deepEqual(timeline.entries, []);
  });

  it('can be kept by a reader: what was read does not change', () => {
    const timeline = new Timeline(new FakeClock());
    timeline.record('reachability', false);
    const before = timeline.entries;
    timeline.record('reachability', true);
    assert.deepEqual([before.length, timeline.entries.length], [1, 2]);
    assert.equal(JSON.stringify(timeline), JSON.stringify(timeline.entries));
  });

  it('ignores what is not worth keeping', () => {
    const timeline = new Timeline(new FakeClock());
    for (const event of ['message', 'connected', 'anything']) timeline.record(event, { at: 1 });
    assert.deepEqual(timeline.entries, []);
  });
});
