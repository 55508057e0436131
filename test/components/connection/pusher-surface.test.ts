import { expect } from '@open-wc/testing';
import { html, key, renderPage } from '../support.js';

const withoutKey = (): ReturnType<typeof renderPage> =>
  renderPage((options) => html`<pusher-connection simulate .options=${options}></pusher-connection>`);

describe('<pusher-connection> as pusher-js users know it', () => {
  it('has one connection object for life', async () => {
    const { connection, clock } = await renderPage();
    const { connection: before } = connection;
    connection.cluster = 'eu';
    await clock.advance(0);
    expect(connection.connection).to.equal(before);
    expect(connection.connection.socket_id).to.equal(connection.socketId);
  });

  it('unbinds by name, by function, by context, and all', async () => {
    const { connection, clock, publish } = await renderPage();
    const heard: string[] = [];
    const one = (): void => void heard.push('one');
    const two = (): void => void heard.push('two');
    const me = {};
    const channel = connection.subscribe('orders');
    channel.bind('a', one).bind('a', two).bind('b', one).bind('b', two, me);
    const send = async (): Promise<string> => {
      heard.length = 0;
      publish('orders', 'a');
      publish('orders', 'b');
      await clock.advance(0);
      return heard.join();
    };
    await clock.advance(0);
    expect(await send()).to.equal('one,two,one,two');
    channel.unbind('a', one);
    expect(await send()).to.equal('two,one,two');
    channel.unbind(null, null, me);
    expect(await send()).to.equal('two,one');
    channel.unbind('a');
    expect(await send()).to.equal('one');
    channel.unbind();
    expect(await send()).to.equal('');
    channel.bind_global(one);
    expect(await send()).to.equal('one,one');
    channel.unbind_global(one);
    expect(await send()).to.equal('');
    channel.bind('a', one).bind_global(two).unbind_all();
    expect(await send()).to.equal('');
  });

  it('binds with the given context, and until the given signal', async () => {
    const { connection, clock, publish } = await renderPage();
    const me = { heard: 0 };
    const gone = new AbortController();
    connection.subscribe('orders');
    connection.bind(
      'a',
      function (this: typeof me) {
        this.heard += 1;
      },
      me,
      gone,
    );
    await clock.advance(0);
    publish('orders', 'a');
    await clock.advance(0);
    gone.abort();
    publish('orders', 'a');
    await clock.advance(0);
    expect(me.heard).to.equal(1);
    connection.bind('a', () => (me.heard += 10), undefined, gone);
    publish('orders', 'a');
    await clock.advance(0);
    expect(me.heard).to.equal(1);
  });

  it('binds on the element to events of every channel, with payload and metadata', async () => {
    const { connection, clock, publish } = await renderPage();
    const heard: unknown[] = [];
    connection.subscribe('orders');
    connection.subscribe('prices');
    const all = (event: string, data: unknown): unknown =>
      event.startsWith('pusher:') || heard.push([event, data]);
    connection.bind_global(all);
    connection.bind('tick', (data, { rawData }) => heard.push([data, rawData]));
    await clock.advance(0);
    publish('orders', 'created', { id: 1 });
    publish('prices', 'tick', { bid: 2 });
    await clock.advance(0);
    expect(heard).to.deep.equal([
      ['created', { id: 1 }],
      ['tick', { bid: 2 }],
      [{ bid: 2 }, '{"bid":2}'],
    ]);
    heard.length = 0;
    connection.unbind_global(all).unbind('tick');
    publish('prices', 'tick');
    connection.bind('tick', () => heard.push('no')).unbind_all();
    publish('prices', 'tick');
    await clock.advance(0);
    expect(heard).to.deep.equal([]);
  });

  it('gives the same channel each time, and lists what is held', async () => {
    const { connection, clock, root, subscriptions } = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}>
          <pusher-channel name="prices"></pusher-channel>
        </pusher-connection>
      `,
    );
    const orders = connection.subscribe('orders');
    expect(connection.subscribe('orders')).to.equal(orders);
    await clock.advance(0);
    expect(connection.channel('prices')!.subscribed).to.equal(true);
    expect(connection.channel('nothing')).to.equal(undefined);
    expect(connection.allChannels().map(({ name }) => name)).to.have.members(['orders', 'prices']);
    expect(orders.type).to.equal('public');
    orders.unsubscribe();
    await clock.advance(0);
    expect(connection.channel('orders')).to.equal(undefined);
    expect(subscriptions()).to.deep.equal(['+prices', '+orders', '−orders']);
    // What an element holds is not ended by a call of somebody else.
    connection.unsubscribe('prices');
    await clock.advance(1000);
    expect(root.querySelector('pusher-channel')!.state).to.equal('subscribed');
  });

  it('keeps a channel that was left usable, without its old listeners', async () => {
    const { connection, clock, publish, subscriptions } = await renderPage();
    const heard: string[] = [];
    const orders = connection.subscribe('orders').bind('a', () => heard.push('old'));
    await clock.advance(0);
    connection.unsubscribe('orders');
    await clock.advance(0);
    expect(orders.state).to.equal('idle');
    orders.subscribe();
    orders.bind('a', () => heard.push('new'));
    await orders.whenSubscribed();
    publish('orders', 'a');
    await clock.advance(0);
    expect(heard).to.deep.equal(['new']);
    expect(subscriptions()).to.deep.equal(['+orders', '−orders', '+orders']);
  });

  it('throws for an impossible channel name, with or without a client', async () => {
    const { connection } = await renderPage();
    const detached = document.createElement('pusher-connection');
    for (const element of [connection, detached])
      expect(() => element.subscribe('a b')).to.throw('A channel cannot be named "a b"');
  });

  it('takes a channel named like a property of every object', async () => {
    const { connection, clock, publish } = await renderPage();
    const heard: unknown[] = [];
    for (const name of ['constructor', '__proto__', 'hasOwnProperty'])
      connection.subscribe(name).bind('toString', (data) => heard.push([name, data]));
    await clock.advance(0);
    for (const name of ['constructor', '__proto__', 'hasOwnProperty']) publish(name, 'toString', name);
    await clock.advance(0);
    expect(heard).to.deep.equal(['constructor', '__proto__', 'hasOwnProperty'].map((name) => [name, name]));
  });

  it('answers calmly where there is no client yet', () => {
    const element = document.createElement('pusher-connection');
    expect(element.send_event('a', {})).to.equal(false);
    expect(element.trigger('orders', 'client-a', {})).to.equal(false);
    expect(element.allChannels()).to.deep.equal([]);
    expect(element.state).to.equal('initialized');
    expect([element.attempt, element.retryAt, element.reachable, element.latency]).to.deep.equal([
      0,
      undefined,
      true,
      undefined,
    ]);
    element.unsubscribe('orders');
    element.disconnect();
    element.retry();
    const channel = element.subscribe('orders');
    expect([channel.state, channel.subscribed, channel.error, channel.subscriptionCount]).to.deep.equal([
      'idle',
      false,
      undefined,
      undefined,
    ]);
    expect(channel.trigger('client-a', {})).to.equal(false);
    channel.retry();
  });

  it('follows listeners on a channel that only an element holds to another client', async () => {
    const { connection, clock, server } = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}>
          <pusher-channel name="prices"></pusher-channel>
        </pusher-connection>
      `,
    );
    const heard: unknown[] = [];
    connection.channel('prices')!.bind('tick', (data) => heard.push(data));
    connection.appKey = 'other-key';
    await clock.advance(0);
    server.publish({ app: 'other-key', channels: ['prices'], event: 'tick', data: 3 });
    await clock.advance(0);
    expect(heard).to.deep.equal([3]);
  });

  // S-14
  it('never calls listeners of the two removed events', async () => {
    const { connection, clock } = await withoutKey();
    const heard: string[] = [];
    connection.bind('pusher:connection_established', () => heard.push('a'));
    connection.bind('pusher:connection_failed', () => heard.push('b'));
    connection.connection.bind('pusher:connection_established' as 'connected', () => heard.push('c'));
    await clock.advance(1000);
    expect(heard).to.deep.equal([]);
  });
});
