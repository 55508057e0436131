/**
 * What docs/guides/scaling-out.md says, for real: two soketi processes that share what is published through Redis, a
 * load balancer in front, clients on both; one process is killed, the other one stopped in good order (issue 6 §6).
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import Publisher from 'pusher';
import { WebSocket } from 'ws';
import { createWebSocketTransport, Pusher } from '../../src/index.js';
import { soketiSkipReason, startSoketi, type Soketi } from '../../tools/soketi.mjs';
import { pause, untilWithin } from '../until.js';
import { Balancer } from './balancer.js';

const until = untilWithin(120_000);

const host = '127.0.0.1';
const [id, key, secret] = ['1', 'app-key', 'app-secret'];
const clientCount = 200;
/** How many of them are present too; each is signed for. */
const memberCount = 20;

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const skip = soketiSkipReason() ?? (hasRedis ? false : 'redis-server is not installed');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const publisherOn = (port: number): Publisher =>
  new Publisher({ appId: id, key, secret, host, port: String(port), useTLS: false });

describe('two soketi processes behind a load balancer', { skip }, () => {
  let redis: ChildProcess | undefined;
  let balancer: Balancer | undefined;
  const servers: Soketi[] = [];
  const clients: Pusher[] = [];

  after(async () => {
    for (const client of clients) client.dispose();
    balancer?.close();
    await Promise.all(servers.map((server) => server.stop('SIGKILL')));
    redis?.kill();
  });

  it('carry on for each other: everybody comes back and hears everything once', async (test) => {
    const redisPort = await freePort();
    const off = ['--save', '', '--appendonly', 'no'];
    redis = spawn('redis-server', ['--port', String(redisPort), '--bind', host, ...off], { stdio: 'ignore' });
    const settings = {
      'adapter.driver': 'redis',
      'database.redis.host': host,
      'database.redis.port': redisPort,
    };
    const [first, second] = [await startSoketi({ settings }), await startSoketi({ settings })];
    servers.push(first, second);
    balancer = new Balancer([first.port, second.port]);
    const port = await balancer.listen();
    const signer = publisherOn(first.port);

    const heard = new Map<string, number>();
    for (let index = 0; index < clientCount; index += 1) {
      const client = new Pusher(key, {
        wsHost: host,
        wsPort: port,
        forceTLS: false,
        enabledTransports: ['ws'],
        transport: createWebSocketTransport(WebSocket),
        channelAuthorization: {
          customHandler: ({ socketId, channelName }, callback) =>
            callback(null, signer.authorizeChannel(socketId, channelName, { user_id: `user-${index}` })),
        },
      });
      clients.push(client);
      client.subscribe('news').bind('said', (what: string) => heard.set(what, (heard.get(what) ?? 0) + 1));
    }
    const areAllBack = (): boolean =>
      clients.every(
        (client) => client.connection.state === 'connected' && client.channel('news')?.subscribed,
      );
    const members = clients.slice(0, memberCount);
    const seeEachOther = (): boolean =>
      members.every((client) => client.channel('presence-lobby')?.members.count === memberCount);
    // One after the other: soketi's servers ask each other for the members, and miss who joins meanwhile.
    const joinInTurn = async (): Promise<void> => {
      for (const client of members) {
        const lobby = client.subscribe('presence-lobby');
        await until('a member has joined', () => lobby.subscribed);
      }
    };
    /** How many the server itself counts. */
    const countPresent = async (server: Soketi): Promise<number> => {
      const answer = await publisherOn(server.port).get({ path: '/channels/presence-lobby/users' });
      return ((await answer.json()) as { users: unknown[] }).users.length;
    };
    const say = async (server: Soketi, what: string): Promise<void> => {
      await publisherOn(server.port).trigger('news', 'said', what);
      await until(
        `${clientCount} hear "${what}", not ${heard.get(what)}`,
        () => heard.get(what) === clientCount,
      );
      await pause(300); // so that a second copy would have come
      assert.equal(heard.get(what), clientCount);
    };

    await until('everybody is connected and subscribed', areAllBack);
    await joinInTurn();
    await until('members see those on the other server too', seeEachOther);
    const onFirst = balancer.taken.filter((connection) => connection.port === first.port).length;
    assert.ok(
      onFirst > clientCount / 4 && onFirst < (clientCount * 3) / 4,
      `${onFirst} are on the first server`,
    );
    await say(first, 'published to the first server');
    await say(second, 'published to the second server');

    const killed = Date.now();
    await first.stop('SIGKILL');
    await until('the loss is noticed', () => !areAllBack());
    await until('everybody is back after the crash', areAllBack);
    const afterCrash = Date.now() - killed;
    const crashPeak = balancer.peak(killed);
    await say(second, 'published after the crash');

    servers[0] = await first.restart();
    const stopped = Date.now();
    await second.stop('SIGTERM');
    await until('the closing is noticed', () => !areAllBack());
    await until('everybody is back after the restart', areAllBack);
    const afterRestart = Date.now() - stopped;
    await say(servers[0], 'published after the restart');
    // Everybody has joined at once, so the answers of soketi may miss some; they are there all the same.
    await until('the members are back', () =>
      members.every((client) => client.channel('presence-lobby')?.subscribed),
    );
    assert.equal(await countPresent(servers[0]), memberCount);
    const complete = members.filter(
      (client) => client.channel('presence-lobby')?.members.count === memberCount,
    ).length;
    for (const client of members) client.unsubscribe('presence-lobby');
    await until('the members have left', () =>
      members.every((client) => client.channel('presence-lobby')?.subscribed !== true),
    );
    await pause(300);
    await joinInTurn();
    await until('members who join in turn see each other', seeEachOther);

    test.diagnostic(
      `${clientCount} clients, ${onFirst} on the first server. Killed: all back after ${afterCrash} ms, ` +
        `at most ${crashPeak} attempts in a second. Stopped in good order: all back after ${afterRestart} ms, ` +
        `and ${complete} of ${memberCount} members see everybody, before they join again.`,
    );
  });
});
