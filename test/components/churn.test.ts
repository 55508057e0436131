import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../components/define.js';
import {
  PusherChannelElement,
  PusherConnectionElement,
  PusherStatusElement,
  safeDefine,
} from '../../components/index.js';
import { Pusher } from '../../src/index.js';
import { seededRandom } from '../../src/testing/index.js';
import { LeakWatch } from '../conformance/leak-watch.js';
import { createWorld, key, warningsDuring } from './support.js';

const classes = [PusherConnectionElement, PusherChannelElement, PusherStatusElement];
const channelNames = ['orders', 'prices', 'constructor', 'a b', ''];
let definitions = 0;

/** A minute of page life at random: elements come, go, move, are defined, renamed; the network and the server too. */
async function churn(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const world = createWorld();
  world.clock.useRandom(random);
  const root = await fixture<HTMLElement>(
    html`<div>
      <section></section>
      <section></section>
    </div>`,
  );
  const client = new Pusher(key, world.options);
  const elements = (): Element[] => [...root.querySelectorAll('[data-churn]')];
  const removed: Element[] = [];
  const places = (): Element[] => [...root.querySelectorAll('section, [data-churn^=connection]')];

  const tags = new Map(classes.map((element) => [element, element.tag]));
  const make = (): Element => {
    const kind = pick(['connection', 'channel', 'channel', 'status'] as const);
    const element = classes[['connection', 'channel', 'status'].indexOf(kind)]!;
    const made = document.createElement(tags.get(element)!);
    made.setAttribute('data-churn', kind);
    if (kind === 'connection')
      Object.assign(made, {
        appKey: pick([key, 'other-key', '']),
        options: world.options,
        id: pick(['', 'main']),
      });
    if (kind === 'channel')
      Object.assign(made, { name: pick(channelNames), linger: pick([undefined, 0, 1]) });
    if (kind === 'status')
      Object.assign(made, { countdown: true, hasRetry: true, grace: pick([0, undefined]) });
    return made;
  };
  const put = (element: Element): void => {
    const place = pick(places());
    if (!element.contains(place)) place.append(element);
  };
  const change = (element: Element): void => {
    const [attribute, values] = pick([
      ['app-key', [key, 'other-key', '']],
      ['cluster', ['eu', '']],
      ['name', channelNames],
      ['connection', ['main', 'missing', '']],
      ['when', ['load', 'manual', 'visible', 'idle']],
      ['default', ['', 'false']],
      ['reconnect-automatically', ['true', 'false']],
      ['hidden-disconnect', ['1', '100']],
      ['variant', ['dot', 'banner']],
    ] as const);
    element.setAttribute(attribute, pick<string>(values));
  };
  const acts: ((() => void) | (() => Promise<void>))[] = [
    () => {
      put(make());
    },
    () => {
      put(make());
    },
    () => {
      const element = elements()[0] && pick(elements());
      element?.remove();
      if (element) removed.push(element);
    },
    () => {
      if (elements().length > 0) put(pick(elements()));
    },
    () => {
      if (removed.length > 0) put(removed.splice(Math.floor(random() * removed.length), 1)[0]!);
    },
    () => {
      if (elements().length > 0) change(pick(elements()));
    },
    () => {
      // A page that loads the library again, under other names.
      const element = pick(classes);
      definitions += 1;
      const tag = `${element.tag}-churn-${definitions}`;
      tags.set(element, tag);
      if (random() < 0.5) safeDefine(element, { tag });
      else
        queueMicrotask(() => {
          safeDefine(element, { tag });
        });
    },
    () => {
      const connection = root.querySelector<PusherConnectionElement>('pusher-connection');
      if (!connection) return;
      pick([
        () => {
          connection.connect();
        },
        () => {
          connection.disconnect();
        },
        () => {
          connection.retry();
        },
        () => void connection.subscribe('orders').bind('tick', () => undefined),
        () => {
          connection.unsubscribe('orders');
        },
        () => {
          connection.client = pick([client, undefined]);
        },
      ])();
    },
    () => {
      world.transport.dropAll();
    },
    () => {
      pick([
        () => {
          world.app.stop();
        },
        () => {
          world.app.start();
        },
      ])();
    },
    () => {
      world.network.set(random() < 0.7);
    },
    () => {
      world.publish('orders', 'tick', random());
    },
    async () => {
      await world.clock.advance(random() * 3000);
    },
    async () => {
      await world.clock.advance(0);
    },
  ];

  for (let step = 0; step < 250; step += 1) await pick(acts)();

  root.replaceChildren();
  client.dispose();
  await world.clock.advance(20_000);
  expect(world.clock.pendingTimers, 'timers of the clock').to.equal(0);
  expect(world.transport.openCount, 'sockets').to.equal(0);
  expect(world.network.listenerCount, 'listeners for the network').to.equal(0);
  for (const app of world.server.apps)
    expect(app.channels, `channels of ${app.settings.key}`).to.deep.equal([]);
}

describe('a page that is never still', () => {
  for (let seed = 1; seed <= 12; seed += 1)
    it(`leaves no timer, listener, socket or subscription behind (seed ${String(seed)})`, async () => {
      const watch = new LeakWatch();
      await warningsDuring(async () => {
        watch.start();
        try {
          await churn(seed);
          // Idle callbacks and a visit of the garbage collector are nobody's leak; a real timer is.
          expect(watch.all).to.deep.equal({ listeners: 0, timers: 0, observers: 0 });
        } finally {
          watch.stop();
        }
      });
    }).timeout(30_000);
});
