/** Subscribing, publishing and leaving (protocol.md §7.1 to §7.3, §9). */
import type { Rows } from './protocol-conformance.js';
import { subscribe, until } from './protocol-conformance-scene.js';

export function channelRows({ server, assert, row }: Rows): void {
  row('is subscribed when the server has said so, and asks once', async (scene) => {
    const actor = await scene.connected(await server.app('ordinary'));
    const name = scene.channelName();
    const channel = actor.pusher.subscribe(name);
    const changes: string[] = [];
    channel.bind<{ current: string }>('pusher:state_change', ({ current }) => changes.push(current));
    channel.bind('pusher:subscription_succeeded', () => changes.push('succeeded'));
    assert.strictEqual(actor.pusher.subscribe(name), channel);
    await channel.whenSubscribed();
    assert.deepStrictEqual(changes, ['subscribed', 'succeeded']);
    assert.strictEqual(actor.wire.sentOf('pusher:subscribe', name).length, 1);
  });

  row('hears an event that is published to its channel, and nothing of other channels', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const [here, elsewhere] = [scene.channelName(), scene.channelName()];
    const payloads = await subscribe(actor, here);
    await app.publish({ channels: [elsewhere], event: 'tick', data: { bid: 40 } });
    await app.publish({ channels: [here], event: 'other', data: { bid: 41 } });
    await app.publish({ channels: [here], event: 'tick', data: { bid: 42 } });
    await until('the event', () => payloads.length > 0);
    assert.deepStrictEqual(payloads, [{ bid: 42 }]);
  });

  row('tells the channel first and the client after it, with the payload as it came', async (scene) => {
    const app = await server.app('ordinary');
    const { pusher } = await scene.connected(app);
    const name = scene.channelName();
    const heard: unknown[] = [];
    pusher.bind('tick', (payload, { rawData }) => heard.push('client', payload, rawData));
    const channel = pusher.subscribe(name);
    channel.bind('tick', (payload, { rawData }) => heard.push('channel', payload, rawData));
    await channel.whenSubscribed();
    await app.publish({ channels: [name], event: 'tick', data: { bid: 41 } });
    await until('both', () => heard.length >= 6);
    assert.deepStrictEqual(heard, [
      'channel',
      { bid: 41 },
      '{"bid":41}',
      'client',
      { bid: 41 },
      '{"bid":41}',
    ]);
  });

  row('delivers what is published to several channels once to each of them', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const names = [scene.channelName(), scene.channelName(), scene.channelName()];
    const payloads = await Promise.all(names.map((name) => subscribe(actor, name)));
    await app.publish({ channels: names, event: 'tick', data: 'to all' });
    await until('all three', () => payloads.every(({ length }) => length > 0));
    await app.publish({ channels: names, event: 'tick', data: 'once more' });
    await until('all three again', () => payloads.every(({ length }) => length > 1));
    assert.deepStrictEqual(
      payloads,
      names.map(() => ['to all', 'once more']),
    );
  });

  row('does not send an event to the connection whose socket id is excluded', async (scene) => {
    const app = await server.app('ordinary');
    const [author, reader] = await Promise.all([scene.connected(app), scene.connected(app)]);
    const name = scene.channelName();
    const [written, read] = await Promise.all([subscribe(author, name), subscribe(reader, name)]);
    const socketId = author.pusher.connection.socket_id ?? '';
    await app.publish({ channels: [name], event: 'tick', data: 'mine', socketId });
    await app.publish({ channels: [name], event: 'tick', data: 'for all' });
    await until('the second', () => written.length > 0 && read.length > 1);
    assert.deepStrictEqual(written, ['for all']);
    assert.deepStrictEqual(read, ['mine', 'for all']);
  });

  row('hears nothing more of a channel that it has left', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const [left, kept] = [scene.channelName(), scene.channelName()];
    const payloads = await subscribe(actor, left);
    const others = await subscribe(actor, kept);
    actor.pusher.unsubscribe(left);
    await until('the server knows', () => actor.wire.sentOf('pusher:unsubscribe', left).length === 1);
    await actor.pusher.connection.ping();
    await app.publish({ channels: [left], event: 'tick', data: 'too late' });
    await app.publish({ channels: [kept], event: 'tick', data: 'still here' });
    await until('the kept one', () => others.length > 0);
    assert.deepStrictEqual(payloads, []);
    assert.deepStrictEqual(
      actor.wire.receivedOf('tick').map(({ channel }) => channel),
      [kept],
    );
    assert.strictEqual(actor.pusher.channel(left), undefined);
  });

  row(
    'sends one subscribe for subscribe, unsubscribe, subscribe in a row, and hears events once',
    async (scene) => {
      const app = await server.app('ordinary');
      const actor = await scene.connected(app);
      const name = scene.channelName();
      actor.pusher.subscribe(name);
      actor.pusher.unsubscribe(name);
      const payloads = await subscribe(actor, name);
      await app.publish({ channels: [name], event: 'tick', data: 1 });
      await until('the event', () => payloads.length > 0);
      await actor.pusher.connection.ping();
      assert.deepStrictEqual(payloads, [1]);
      assert.strictEqual(actor.wire.sentOf('pusher:subscribe', name).length, 1);
      assert.strictEqual(actor.wire.sentOf('pusher:unsubscribe', name).length, 0);
      assert.deepStrictEqual(actor.errorCodes, []);
    },
  );

  row('can leave a channel and come back to it, as often as it likes', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const name = scene.channelName();
    for (let round = 1; round <= 3; round += 1) {
      const payloads = await subscribe(actor, name);
      await app.publish({ channels: [name], event: 'tick', data: round });
      await until(`event ${String(round)}`, () => payloads.length > 0);
      assert.deepStrictEqual(payloads, [round]);
      actor.pusher.unsubscribe(name);
      await until('left', () => actor.wire.sentOf('pusher:unsubscribe', name).length === round);
    }
    assert.strictEqual(actor.wire.sentOf('pusher:subscribe', name).length, 3);
    assert.deepStrictEqual(actor.errorCodes, []);
  });

  row('takes names that mean something in JavaScript for ordinary channels', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const names = ['constructor', 'toString', 'hasOwnProperty'];
    const payloads = await Promise.all(names.map((name) => subscribe(actor, name)));
    await app.publish({ channels: names, event: 'valueOf', data: 0 });
    await app.publish({ channels: names, event: 'tick', data: 1 });
    await until('all', () => payloads.every(({ length }) => length > 0));
    assert.deepStrictEqual(payloads, [[1], [1], [1]]);
    assert.deepStrictEqual(
      actor.pusher.allChannels().map(({ name }) => name),
      names,
    );
  });

  row('tells a refused channel that it is refused, and only that one', async (scene) => {
    const app = await server.app('ordinary');
    const actor = await scene.connected(app);
    const refused = actor.pusher.subscribe('x'.repeat(165)); // one more than the service allows (protocol.md §7.1)
    const kept = scene.channelName();
    const failures: unknown[] = [];
    refused.bind<{ reason: string }>('pusher:subscription_error', ({ reason }) => failures.push(reason));
    refused.bind('subscription_error', () => failures.push('the old name'));
    actor.pusher.bind('pusher:subscription_error', () => failures.push('somebody else'));
    const payloads = await subscribe(actor, kept);
    await until('the refusal', () => refused.state === 'failed');
    await app.publish({ channels: [kept], event: 'tick', data: 1 });
    await until('the event', () => payloads.length > 0);
    assert.deepStrictEqual(failures, ['subscription-failed', 'the old name']);
    assert.strictEqual(actor.pusher.channel(kept)?.state, 'subscribed');
    assert.deepStrictEqual(actor.states, ['connecting', 'connected']);
  });

  row('refuses a name with forbidden characters by itself, and sends nothing', async (scene) => {
    const actor = await scene.connected(await server.app('ordinary'));
    for (const name of ['', 'two words', 'umläut', '#internal', 'a/b', 'x'.repeat(201)])
      assert.throws(() => actor.pusher.subscribe(name), /channel cannot be named/);
    await actor.pusher.connection.ping();
    assert.strictEqual(actor.wire.sentOf('pusher:subscribe').length, 0);
    assert.deepStrictEqual(actor.pusher.allChannels(), []);
  });
}
