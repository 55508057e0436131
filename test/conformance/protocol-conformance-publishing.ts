/** What the official server library can do with a server, seen from a client (protocol.md §9). */
import type { PublishingServer, Rows } from './protocol-conformance.js';
import { subscribe, until } from './protocol-conformance-scene.js';

/** The status of the answer that a publication was refused with. */
const statusOf = (publication: Promise<void>): Promise<unknown> =>
  publication.then(
    () => 'taken',
    (error: unknown) => (error as { status?: number }).status,
  );

export function publishingRows({ server, assert, row, rowWith }: Rows<PublishingServer>): void {
  row('delivers every event of a batch, in order', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const [left, right] = [scene.channelName(), scene.channelName()];
    const heard: unknown[] = [];
    actor.pusher.bind('tick', (payload) => heard.push(payload));
    await Promise.all([subscribe(actor, left), subscribe(actor, right)]);
    await app.publishBatch([
      { channels: [left], event: 'tick', data: 1 },
      { channels: [right], event: 'tick', data: 2 },
      { channels: [left], event: 'tick', data: 3 },
    ]);
    await until('all three', () => heard.length >= 3);
    assert.deepStrictEqual(heard, [1, 2, 3]);
  });

  row('delivers two hundred events, each once and in order', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const name = scene.channelName();
    const payloads = await subscribe(actor, name);
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    for (let from = 0; from < numbers.length; from += 10)
      await app.publishBatch(
        numbers.slice(from, from + 10).map((data) => ({ channels: [name], event: 'tick', data })),
      );
    await until('all of them', () => payloads.length >= numbers.length);
    assert.deepStrictEqual(payloads, numbers);
  });

  rowWith('refusesByStatus', 'refuses a payload that is one byte too large', async (scene) => {
    const app = await server.app('ordinary');
    const data = 'x'.repeat(server.capabilities.largestPayload + 1);
    const channels = [scene.channelName()];
    assert.strictEqual(await statusOf(app.publish({ channels, event: 'tick', data })), 413);
  });

  rowWith('refusesByStatus', 'refuses to publish to a disabled app', async (scene) => {
    const app = await server.app('disabled');
    const channels = [scene.channelName()];
    assert.strictEqual(await statusOf(app.publish({ channels, event: 'tick', data: 1 })), 403);
  });
}
