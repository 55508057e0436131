/** What can be published arrives as it was published (protocol.md §2.1). */
import type { AppUnderTest, Rows } from './protocol-conformance.js';
import { until } from './protocol-conformance-scene.js';
import type { Actor } from './protocol-conformance-scene.js';

interface Arrival {
  readonly payload: unknown;
  readonly rawData: unknown;
}

/** Publishes one payload after the other and returns what arrived. */
async function roundTrips(
  app: AppUnderTest,
  { pusher }: Actor,
  name: string,
  payloads: readonly unknown[],
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const channel = pusher.subscribe(name);
  channel.bind('tick', (payload, { rawData }) => arrivals.push({ payload, rawData }));
  await channel.whenSubscribed();
  for (const [index, data] of payloads.entries()) {
    await app.publish({ channels: [name], event: 'tick', data });
    await until(`payload ${String(index)}`, () => arrivals.length > index);
  }
  return arrivals;
}

export function payloadRows({ server, assert, row, rowWith }: Rows): void {
  row('delivers every kind of JSON value', async (scene) => {
    const app = await server.app('ordinary');
    const values = [
      { bid: 41, deep: { list: [1, [2, {}]] } },
      [],
      [null, true],
      41,
      -0.5,
      true,
      false,
      null,
      {},
    ];
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), values);
    assert.deepStrictEqual(
      arrivals.map(({ payload }) => payload),
      values,
    );
    assert.deepStrictEqual(
      arrivals.map(({ rawData }) => rawData),
      values.map((value) => JSON.stringify(value)),
    );
  });

  row('decodes text that looks like JSON, and keeps the text itself', async (scene) => {
    const app = await server.app('ordinary');
    const texts = ['42', 'true', 'null', '"quoted"', '{"a":1}', '[]', ' 7 '];
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), texts);
    assert.deepStrictEqual(
      arrivals.map(({ payload }) => payload),
      [42, true, null, 'quoted', { a: 1 }, [], 7],
    );
    assert.deepStrictEqual(
      arrivals.map(({ rawData }) => rawData),
      texts,
    );
  });

  row('leaves any other text as it is', async (scene) => {
    const app = await server.app('ordinary');
    const texts = ['hello', '{"cut off', 'undefined', 'NaN', '<b>bold</b>', "it's", 'a\nb\tc\\'];
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), texts);
    assert.deepStrictEqual(
      arrivals,
      texts.map((text) => ({ payload: text, rawData: text })),
    );
  });

  rowWith('publishesEmptyText', 'delivers an empty payload', async (scene) => {
    const app = await server.app('ordinary');
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), ['']);
    assert.deepStrictEqual(arrivals, [{ payload: '', rawData: '' }]);
  });

  row('delivers every script, emoji and invisible character', async (scene) => {
    const app = await server.app('ordinary');
    const text = 'Grüße, Ελλάδα, שלום, 日本語, 👩‍👩‍👧 🇪🇺, e\u0301, \u2028\u2029, \u0000, \ufeff, \u202e';
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), [
      { [text]: text },
    ]);
    assert.deepStrictEqual(arrivals[0]?.payload, { [text]: text });
  });

  row('hears event names in any script', async (scene) => {
    const app = await server.app('ordinary');
    const { pusher } = await scene.connected(app);
    const name = scene.channelName();
    const heard: unknown[] = [];
    const channel = pusher.subscribe(name);
    const events = ['Preis geändert', '価格', 'a:b/c d', '__proto__', 'connected'];
    for (const event of events) channel.bind(event, (payload) => heard.push(payload));
    await channel.whenSubscribed();
    for (const event of events) {
      await app.publish({ channels: [name], event, data: { event } });
      await until(event, () => heard.length > events.indexOf(event));
    }
    assert.deepStrictEqual(
      heard,
      events.map((event) => ({ event })),
    );
  });

  row('delivers the largest payload that the server takes, whole', async (scene) => {
    const app = await server.app('ordinary');
    const data = 'ä'.repeat(server.capabilities.largestPayload / 2);
    const arrivals = await roundTrips(app, await scene.connected(app), scene.channelName(), [data]);
    assert.ok(arrivals[0]?.payload === data, 'every character of it');
  });
}
