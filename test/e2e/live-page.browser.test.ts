/** A page with the tags on it, and a server that publishes. */
import { expect } from '@open-wc/testing';
import { createApp, openFrame, openPage, patience, scriptTag, textOf, until, where } from './page.js';
import type { Page } from './page.js';

/** Every event that reaches the body of the page, as `channel event`, with its payload. */
function recordEvents({ root }: Page): [string, unknown][] {
  const events: [string, unknown][] = [];
  root.addEventListener('pusher-event', ({ name, channel, data }) => {
    events.push([`${channel} ${name}`, data]);
  });
  return events;
}

const channelIn = (page: Page): boolean => page.find('pusher-channel').matches(':state(subscribed)');

describe('a page with the three tags', function () {
  this.timeout(patience);

  it('goes live without a line of script: the status says so and events arrive (C-01, C-03, C-04)', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection ${where(app)}></pusher-connection>
      <pusher-status></pusher-status>
      <pusher-channel name="prices"></pusher-channel>`);
    const events = recordEvents(page);
    await until('subscribed', () => channelIn(page));
    await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
    await until('the event', () => events.length > 0);
    await until('the status', () => page.find('pusher-status').state === 'connected');

    expect(events).to.deep.equal([['prices tick', { bid: 41 }]]);
    expect(textOf(page.find('pusher-status'))).to.equal('Connected');
    const connection = page.find('pusher-connection');
    const [peer] = await app.connections();
    expect(connection.getAttribute('socket-id')).to.equal(peer?.socketId);
    expect(connection.getAttribute('state')).to.equal('connected');
    expect(connection.matches(':state(connected)')).to.be.true;
    expect((await app.records()).upgrades).to.have.length(1);
  });

  const tags = {
    connection: (attributes: string) => `<pusher-connection ${attributes}></pusher-connection>`,
    status: '<pusher-status></pusher-status>',
    channel: '<pusher-channel name="prices"></pusher-channel>',
  };
  const arrangements: Record<string, (attributes: string) => [markup: string, head?: string]> = {
    'the script before the tags': (at) => [tags.connection(at) + tags.status + tags.channel, scriptTag],
    'the script between the tags': (at) => [tags.channel + scriptTag + tags.status + tags.connection(at)],
    'the script after the tags': (at) => [tags.connection(at) + tags.status + tags.channel + scriptTag],
    'the connection after its users': (at) => [tags.channel + tags.status + tags.connection(at)],
    'the connection around its users': (at) => [
      `<pusher-connection ${at}>${tags.status}<div>${tags.channel}</div></pusher-connection>`,
    ],
  };
  for (const [name, arrange] of Object.entries(arrangements))
    it(`goes live with ${name}`, async () => {
      const app = await createApp();
      const page = await openFrame(...arrange(where(app)));
      const events = recordEvents(page);
      await until('subscribed', () => channelIn(page));
      await app.publish({ channels: 'prices', event: 'tick', data: 1 });
      await until('the event', () => events.length > 0);
      await until('the status', () => page.find('pusher-status').state === 'connected');
      const { upgrades, received } = await app.records();
      expect(upgrades).to.have.length(1);
      expect(received.filter(({ event }) => event === 'pusher:subscribe')).to.have.length(1);
    });

  it('goes live when the script comes long after the tags, with what was set and bound before', async () => {
    const app = await createApp();
    const page = await openFrame(
      '<pusher-connection></pusher-connection>' + tags.channel,
      '<script></script>',
    );
    const connection = page.find('pusher-connection');
    const states: string[] = [];
    connection.addEventListener('pusher-state-change', ({ current }) => states.push(current));
    Object.assign(connection, { appKey: app.key, host: app.host, wsPort: app.port, encrypted: false });
    const events = recordEvents(page);
    expect(connection.matches(':defined')).to.be.false;

    const script = document.createElement('script');
    script.type = 'module';
    script.src = '/components/define.js';
    page.root.append(script);
    await until('subscribed', () => channelIn(page));
    await app.publish({ channels: 'prices', event: 'tick', data: 1 });
    await until('the event', () => events.length > 0);
    expect(states).to.deep.equal(['connecting', 'connected']);
    expect((await app.records()).upgrades).to.have.length(1);
  });

  it('goes live when the tags come long after the script, users first', async () => {
    const app = await createApp();
    const page = openPage('');
    const main = page.root;
    const events = recordEvents(page);
    main.innerHTML = tags.status + tags.channel;
    await until('defined', () => page.find('pusher-channel').matches(':state(idle)'));
    main.insertAdjacentHTML('beforeend', tags.connection(where(app)));
    await until('subscribed', () => channelIn(page));
    await app.publish({ channels: 'prices', event: 'tick', data: 1 });
    await until('the event', () => events.length > 0);
    await until('the status', () => page.find('pusher-status').state === 'connected');
  });

  it('opens one socket for thirty elements, and subscribes to each channel once', async () => {
    const app = await createApp();
    const names = Array.from({ length: 10 }, (_, index) => `room-${String(index)}`);
    const page = openPage(
      tags.connection(where(app)) +
        names
          .map((name) => `<pusher-channel name="${name}"></pusher-channel>`.repeat(2) + tags.status)
          .join(''),
    );
    const channels = [...page.root.querySelectorAll('pusher-channel')];
    const statuses = [...page.root.querySelectorAll('pusher-status')];
    expect(channels.length + statuses.length).to.equal(30);
    const events = recordEvents(page);
    await until('all subscribed', () => channels.every((channel) => channel.matches(':state(subscribed)')));
    await app.publish({ channels: names, event: 'tick', data: 1 });
    await until('both of each channel', () => events.length >= 20);
    await until('every status', () => statuses.every(({ state }) => state === 'connected'));

    const { upgrades, received } = await app.records();
    expect(upgrades).to.have.length(1);
    expect(received.map(({ event, channel }) => `${String(event)} ${String(channel)}`)).to.deep.equal(
      names.map((name) => `pusher:subscribe ${name}`),
    );
    expect(events).to.deep.equal(
      names.flatMap((name) => [
        [`${name} tick`, 1],
        [`${name} tick`, 1],
      ]),
    );
  });

  it('keeps two connections apart: states, channels and events (S-15)', async () => {
    const [left, right] = [await createApp(), await createApp()];
    const page = openPage(`
      <pusher-connection id="left" ${where(left)}></pusher-connection>
      <pusher-connection id="right" ${where(right)}></pusher-connection>
      <pusher-channel id="in-left" connection="left" name="prices"></pusher-channel>
      <pusher-channel id="in-right" connection="right" name="prices"></pusher-channel>
      <pusher-status connection="right"></pusher-status>`);
    const events = recordEvents(page);
    const channels = [...page.root.querySelectorAll('pusher-channel')];
    await until('both subscribed', () => channels.every((channel) => channel.matches(':state(subscribed)')));
    await left.publish({ channels: 'prices', event: 'tick', data: 'left' });
    await right.publish({ channels: 'prices', event: 'tick', data: 'right' });
    await until('both events', () => events.length >= 2);
    expect(events.map(([, data]) => data).sort()).to.deep.equal(['left', 'right']);

    page.find<HTMLElementTagNameMap['pusher-connection']>('#left').disconnect();
    await left.until(({ closes }) => closes.length === 1);
    await until('the left channel is idle', () => page.find('#in-left').matches(':state(idle)'));
    expect(page.find('#in-right').matches(':state(subscribed)')).to.be.true;
    expect(page.find('#right').getAttribute('state')).to.equal('connected');
    expect(page.find('pusher-status').state).to.equal('connected');
    expect((await right.records()).closes).to.deep.equal([]);
  });

  it('waits for a button when it shall not connect by itself (C-05)', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection id="live" ${where(app)} connect-automatically="false"></pusher-connection>
      <button commandfor="live" command="--connect">Go live</button>
      <button id="stop" commandfor="live" command="--disconnect">Stop</button>`);
    const connection = page.find('pusher-connection');
    await until('defined', () => connection.matches(':state(initialized)'));
    // A second page with the same app, which does connect, shows that there was time enough. It says something
    // else of itself, so that the two share no socket.
    const other = openPage(tags.connection(`${where(app)} pong-timeout="29"`));
    await until('the other is connected', () => other.find('pusher-connection').state === 'connected');
    expect((await app.records()).upgrades).to.have.length(1);
    expect(connection.state).to.equal('initialized');

    page.find('button:not([id])').click();
    await until('connected', () => connection.state === 'connected');
    page.find('#stop').click();
    await until('disconnected', () => connection.state === 'disconnected');
    const { upgrades, closes } = await app.until((records) => records.closes.length === 1);
    expect(upgrades).to.have.length(2);
    expect(closes[0]?.by).to.equal('client');
  });

  it('keeps its socket and its subscription when the tags are moved and sorted', async () => {
    const app = await createApp();
    const page = openPage(`
      <div id="first">${tags.connection(where(app)) + tags.channel + tags.status}</div><div id="second"></div>`);
    const events = recordEvents(page);
    await until('subscribed', () => channelIn(page));
    const [first, second] = [page.find('#first'), page.find('#second')];
    for (let round = 0; round < 10; round += 1) {
      const [from, to] = round % 2 ? [second, first] : [first, second];
      to.prepend(...[...from.children].reverse());
      await app.publish({ channels: 'prices', event: 'tick', data: round });
      await until(`event ${String(round)}`, () => events.length > round);
    }
    const { upgrades, received, closes } = await app.records();
    expect(upgrades).to.have.length(1);
    expect(received.map(({ event }) => event)).to.deep.equal(['pusher:subscribe']);
    expect(closes).to.deep.equal([]);
    expect(events.map(([, data]) => data)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('closes its one socket when the tags are removed, and leaves nothing that reconnects (C-06)', async () => {
    const app = await createApp();
    const page = openPage(tags.connection(where(app)) + tags.channel + tags.status);
    await until('subscribed', () => channelIn(page));
    const connection = page.find('pusher-connection');
    page.root.remove();
    const { closes } = await app.until((records) => records.closes.length === 1);
    expect(closes[0]?.by).to.equal('client');
    expect(connection.state).to.equal('disconnected');
    // A page that is opened now goes all the way before the removed one would have come back.
    const other = openPage(tags.connection(where(app)));
    await until('the other is connected', () => other.find('pusher-connection').state === 'connected');
    expect((await app.records()).upgrades).to.have.length(2);
  });
});
