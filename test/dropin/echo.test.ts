/** Laravel Echo 2.5.0 on our client, through `client:` and through `Pusher:` (issue 3 §6). */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { until } from '../server/raw-client.js';
import { EchoStage } from './echo-rig.js';
import type { EchoForm } from './echo-rig.js';

const stage = new EchoStage();

before(() => stage.server.listen());
afterEach(() => {
  stage.clear();
});
after(() => stage.server.close());

const forms: readonly EchoForm[] = ['client:', 'Pusher:', 'Pusher: (reverb)'];

for (const form of forms)
  describe(`Laravel Echo with our client as ${form}`, () => {
    it('listens on a public channel, with and without the namespace, and stops', async () => {
      const echo = stage.echo(form);
      const heard: unknown[] = [];
      let isReady = false;
      const first = (payload: unknown): unknown => heard.push(['OrderShipped', payload]);
      const channel = echo
        .channel('orders')
        .listen('OrderShipped', first)
        .listen('.order.shipped', (payload: unknown) => heard.push(['order.shipped', payload]))
        .subscribed(() => {
          isReady = true;
        });
      await until(() => isReady);
      stage.app.publish({ channels: 'orders', event: 'App\\Events\\OrderShipped', data: { id: 1 } });
      stage.app.publish({ channels: 'orders', event: 'order.shipped', data: { id: 2 } });
      await until(() => heard.length === 2);
      assert.deepEqual(heard, [
        ['OrderShipped', { id: 1 }],
        ['order.shipped', { id: 2 }],
      ]);
      channel.stopListening('OrderShipped', first);
      stage.app.publish({ channels: 'orders', event: 'App\\Events\\OrderShipped', data: { id: 3 } });
      stage.app.publish({ channels: 'orders', event: 'order.shipped', data: { id: 4 } });
      await until(() => heard.length === 3);
      assert.deepEqual(heard.at(-1), ['order.shipped', { id: 4 }]);
    });

    it('listens to everything on a channel with listenToAll, without the service’s own events', async () => {
      const echo = stage.echo(form);
      const heard: unknown[] = [];
      echo.channel('orders').listenToAll((event: string, payload: unknown) => heard.push([event, payload]));
      await until(() => stage.channelsOf(echo).includes('orders'));
      stage.app.publish({ channels: 'orders', event: 'App\\Events\\OrderShipped', data: 1 });
      stage.app.publish({ channels: 'orders', event: 'plain', data: 0 });
      await until(() => heard.length === 2);
      assert.deepEqual(heard, [
        ['OrderShipped', 1],
        ['.plain', 0],
      ]);
    });

    it('joins a private channel with its headers and bearer token, and whispers', async () => {
      const [ann, bob] = [
        stage.echo(form, 'ann', { bearerToken: 'secret', csrfToken: 'from the page' }),
        stage.echo(form, 'bob'),
      ];
      const whispers: unknown[] = [];
      const channel = ann.private('chat');
      bob.private('chat').listenForWhisper('typing', (payload: unknown) => whispers.push(payload));
      await until(() => [ann, bob].every((echo) => stage.channelsOf(echo).includes('private-chat')));
      const [request] = stage.server.authorization
        .requests('kit-key')
        .filter(({ headers }) => headers['authorization'] === 'Bearer secret');
      assert.equal(request?.headers['x-csrf-token'], 'from the page');
      assert.equal(request.parameters['channel_name'], 'private-chat');
      channel.whisper('typing', { name: 'Ann' });
      await until(() => whispers.length === 1);
      assert.deepEqual(whispers, [{ name: 'Ann' }]);
    });

    it('tells of a refused channel with error()', async () => {
      stage.server.authorization.script('kit-key', { status: 403 });
      const errors: { type?: unknown; status?: unknown }[] = [];
      stage
        .echo(form)
        .private('orders')
        .error((error: (typeof errors)[number]) => errors.push(error));
      await until(() => errors.length === 1);
      stage.server.authorization.script('kit-key', { status: 200 });
      assert.equal(errors[0]?.type, 'AuthError');
      assert.equal(errors[0].status, 403);
    });

    it('knows who is here, who joins and who leaves a presence channel, and whispers there', async () => {
      const ann = stage.echo(form, 'ann');
      const here: unknown[] = [];
      const moves: unknown[] = [];
      const whispers: unknown[] = [];
      ann
        .join('lobby')
        .here((members: { name: string }[]) => here.push(members))
        .joining((member: unknown) => moves.push(['joining', member]))
        .leaving((member: unknown) => moves.push(['leaving', member]))
        .listenForWhisper('hello', (payload: unknown) => whispers.push(payload));
      await until(() => here.length === 1);
      assert.deepEqual(here, [[{ name: 'ANN' }]]);
      const bob = stage.echo(form, 'bob');
      bob.join('lobby').here((members: { name: string }[]) => here.push(members));
      await until(() => here.length === 2 && moves.length === 1);
      assert.deepEqual(here[1], [{ name: 'ANN' }, { name: 'BOB' }]);
      bob.join('lobby').whisper('hello', { from: 'bob' });
      await until(() => whispers.length === 1);
      bob.leave('lobby');
      await until(() => moves.length === 2);
      assert.deepEqual(moves, [
        ['joining', { name: 'BOB' }],
        ['leaving', { name: 'BOB' }],
      ]);
      assert.deepEqual(whispers, [{ from: 'bob' }]);
    });

    it('leaves a channel in all its variants, and all channels', async () => {
      const echo = stage.echo(form);
      echo.channel('a');
      echo.private('a');
      echo.join('a');
      echo.channel('b');
      echo.channel('c');
      await until(() => stage.channelsOf(echo).length === 5);
      echo.leave('a');
      await until(() => stage.channelsOf(echo).length === 2);
      assert.deepEqual([...stage.channelsOf(echo)].sort(), ['b', 'c']);
      echo.leaveChannel('b');
      await until(() => stage.channelsOf(echo).length === 1);
      echo.leaveAllChannels();
      await until(() => stage.channelsOf(echo).length === 0);
      const heard: unknown[] = [];
      echo.channel('a').listen('.tick', (payload: unknown) => heard.push(payload));
      await until(() => stage.channelsOf(echo).includes('a'));
      stage.app.publish({ channels: 'a', event: 'tick', data: 1 });
      await until(() => heard.length === 1);
    });

    it('receives notifications', async () => {
      const echo = stage.echo(form);
      const heard: unknown[] = [];
      echo.private('App.Models.User.1').notification((notification: unknown) => heard.push(notification));
      await until(() => stage.channelsOf(echo).length === 1);
      stage.app.publish({
        channels: 'private-App.Models.User.1',
        event: 'Illuminate\\Notifications\\Events\\BroadcastNotificationCreated',
        data: { id: 7, type: 'invoice' },
      });
      await until(() => heard.length === 1);
      assert.deepEqual(heard, [{ id: 7, type: 'invoice' }]);
    });

    it('tells the status of the connection, and every change of it', async () => {
      const echo = stage.echo(form);
      const statuses: string[] = [];
      const stop = echo.connector.onConnectionChange((status: string) => statuses.push(status));
      assert.equal(echo.connectionStatus(), 'disconnected');
      await until(() => echo.connectionStatus() === 'connected');
      assert.match(echo.socketId() ?? '', /^\d+\.\d+$/);
      const before = echo.socketId();
      stage.app.connection(before)?.drop();
      await until(() => echo.connectionStatus() === 'connected' && echo.socketId() !== before);
      echo.disconnect();
      assert.equal(echo.connectionStatus(), 'disconnected');
      const distinct = statuses.filter((status, index) => status !== statuses[index - 1]);
      assert.deepEqual(distinct, ['connecting', 'connected', 'connecting', 'connected', 'disconnected']);
      stop();
    });

    it('keeps its channels and listeners over a loss, and subscribes each once', async () => {
      const echo = stage.echo(form);
      const heard: unknown[] = [];
      echo.private('orders').listen('.tick', (payload: unknown) => heard.push(payload));
      await until(() => stage.channelsOf(echo).length === 1);
      const before = echo.socketId();
      stage.app.connection(before)?.drop();
      await until(() => echo.socketId() !== before && stage.channelsOf(echo).length === 1);
      stage.app.publish({ channels: 'private-orders', event: 'tick', data: 1 });
      await until(() => heard.length > 0);
      assert.deepEqual(heard, [1]);
      const subscribes = stage.app.record.received.filter(({ event }) => event === 'pusher:subscribe');
      assert.equal(subscribes.length, 2);
    });

    it('signs the user in', async () => {
      const echo = stage.echo(form, 'ann');
      echo.connector.signin();
      await until(() => stage.app.channel('#server-to-user-ann')?.isOccupied === true);
    });

    it('reads encrypted private channels', async () => {
      const echo = stage.echo(form);
      const errors: unknown[] = [];
      echo.encryptedPrivate('vault').error((error: unknown) => errors.push(error));
      await until(() => stage.channelsOf(echo).includes('private-encrypted-vault'));
      assert.deepEqual(errors, []);
    });
  });
