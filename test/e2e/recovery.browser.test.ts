/** A page that stays open while its server goes and comes back, or its link falls silent. */
import { expect } from '@open-wc/testing';
import type { ControlledApp } from '../server/control-client.js';
import { createApp, openPage, openProxy, pause, patience, until, where } from './page.js';
import type { Page } from './page.js';

/** Somebody listening in each of the ways there are: tag, element, connection, channel, and `new Pusher`'s own. */
function listenEverywhere(page: Page): Record<string, unknown[]> {
  const connection = page.find('pusher-connection');
  const channel = page.find('pusher-channel');
  const heard: Record<string, unknown[]> = { dom: [], element: [], channel: [], tag: [], connected: [] };
  page.root.addEventListener('pusher-event', ({ data }) => heard['dom']?.push(data));
  connection.bind('tick', (data) => heard['element']?.push(data));
  connection.subscribe('prices').bind('tick', (data) => heard['channel']?.push(data));
  channel.bind('tick', (data) => heard['tag']?.push(data));
  connection.connection.bind('connected', () => heard['connected']?.push('connected'));
  return heard;
}

/** The page works, and as it should: each listener hears once, and each socket has subscribed once. */
async function expectLive(
  app: ControlledApp,
  heard: Record<string, unknown[]>,
  sockets: number,
): Promise<void> {
  const text = `event for socket ${String(sockets)}`;
  for (const kind of ['dom', 'element', 'channel', 'tag']) heard[kind]?.splice(0);
  await app.publish({ channels: 'prices', event: 'tick', data: text });
  await until('the event', () => heard['tag']?.length && heard['dom']?.length);
  await pause(100); // for what would come twice
  for (const kind of ['dom', 'element', 'channel', 'tag']) expect(heard[kind], kind).to.deep.equal([text]);
  const { received } = await app.records();
  const subscriptions = received.filter(({ event }) => event === 'pusher:subscribe');
  expect(subscriptions.map(({ channel }) => channel)).to.deep.equal(Array(sockets).fill('prices'));
  expect(new Set(subscriptions.map(({ connection }) => connection)).size).to.equal(sockets);
}

const tags = (attributes: string): string => `
  <pusher-connection ${attributes}></pusher-connection>
  <pusher-channel name="prices"></pusher-channel>`;

const isLive = (page: Page): boolean =>
  page.find('pusher-connection').state === 'connected' &&
  page.find('pusher-channel').matches(':state(subscribed)');

describe('a page that stays open', function () {
  this.timeout(patience);

  it('goes on by itself after its server was killed and started again', async () => {
    const app = await createApp();
    const proxy = await openProxy(app);
    const page = openPage(tags(where(app, proxy)));
    await until('live', () => isLive(page));
    const heard = listenEverywhere(page);
    const gaps: number[] = [];
    page.root.addEventListener('pusher-gap', ({ duration }) => gaps.push(duration));
    await expectLive(app, heard, 1);

    const firstId = page.find('pusher-connection').socketId;
    await proxy.stop();
    await until('lost', () => !isLive(page));
    await pause(1000); // the server is away for a while
    await proxy.start();
    await until('live again', () => isLive(page));

    await expectLive(app, heard, 2);
    expect(page.find('pusher-connection').socketId).not.to.equal(firstId);
    expect(heard['connected']).to.deep.equal(['connected']);
    expect(gaps, 'one from the connection, one from the channel').to.have.length(2);
    expect(Math.min(...gaps)).to.be.above(0.9);
  });

  it('goes on after every kind of end that may pass: 1001, 1006, 1011, 4100, 4200, 4201', async () => {
    const app = await createApp();
    const page = openPage(tags(`${where(app)} reconnect-delay="0.1"`));
    await until('live', () => isLive(page));
    const heard = listenEverywhere(page);
    const ends = [1001, 1006, 1011, 4100, 4200, 4201];
    for (const [index, code] of ends.entries()) {
      const socketId = page.find('pusher-connection').socketId;
      await (code === 1006 ? app.drop() : app.close(code));
      await until(`live again after ${String(code)}`, () => {
        const connection = page.find('pusher-connection');
        return connection.socketId !== socketId && isLive(page);
      });
      await expectLive(app, heard, index + 2);
    }
    expect(heard['connected']).to.have.length(ends.length);
  });

  it('notices by its ping that a server has fallen silent, and replaces the connection', async () => {
    const app = await createApp();
    const page = openPage(tags(`${where(app)} activity-timeout="0.3" pong-timeout="0.5"`));
    const connection = page.find('pusher-connection');
    await until('live', () => isLive(page));
    const heard = listenEverywhere(page);
    const socketId = connection.socketId ?? '';
    const reasons: unknown[] = [];
    page.root.addEventListener('pusher-error', ({ reason }) => reasons.push(reason));

    await app.stall(socketId); // this connection only, and it stays open
    await until('replaced', () => connection.socketId !== socketId && isLive(page));
    expect(reasons).to.deep.equal(['timed-out']);
    const { received } = await app.records();
    expect(received.filter((frame) => frame.socketId === socketId).at(-1)?.event).to.equal('pusher:ping');
    await expectLive(app, heard, 2);
  });

  it('notices by its ping that the link has fallen silent, and is live again once it works', async () => {
    const app = await createApp();
    const proxy = await openProxy(app);
    const page = openPage(
      tags(`${where(app, proxy)} activity-timeout="0.3" pong-timeout="0.5" connect-timeout="2"`),
    );
    const connection = page.find('pusher-connection');
    await until('live', () => isLive(page));
    const heard = listenEverywhere(page);
    const codes: unknown[] = [];
    page.root.addEventListener('pusher-disconnected', ({ code }) => codes.push(code));

    await proxy.silence(); // nothing comes through any more, and nothing says so
    await until('noticed', () => connection.state === 'connecting');
    expect(codes).to.deep.equal([undefined]);
    await until('an attempt through the silence has been given up', () => connection.attempt >= 2);
    await proxy.forward();
    await until('live again', () => isLive(page));
    const [, ...later] = (await app.records()).upgrades;
    expect(later).not.to.be.empty;
    expect(await app.connections()).to.have.length(1);
    heard['connected']?.splice(0);
    await app.publish({ channels: 'prices', event: 'tick', data: 'after' });
    await until('the event', () => heard['tag']?.includes('after'));
    expect(heard['dom']).to.deep.equal(['after']);
  });

  it('is not disturbed by what the dead link delivers when it wakes up', async () => {
    const app = await createApp();
    const proxy = await openProxy(app);
    const page = openPage(tags(`${where(app, proxy)} activity-timeout="0.3" pong-timeout="0.5"`));
    const connection = page.find('pusher-connection');
    await until('live', () => isLive(page));
    const heard = listenEverywhere(page);
    const socketId = connection.socketId ?? '';
    await proxy.silence();
    await app.publish({ channels: 'prices', event: 'tick', data: 'too late' });
    await until('given up', () => connection.state === 'connecting');
    await proxy.forward(); // now the old socket gets its event, and the new one its answer
    await until('live again', () => connection.socketId !== socketId && isLive(page));
    await app.publish({ channels: 'prices', event: 'tick', data: 'in time' });
    await until('the event', () => heard['tag']?.length);
    expect(heard['tag']).to.deep.equal(['in time']);
    expect(heard['dom']).to.deep.equal(['in time']);
  });
});
