/**
 * What every element has to do, whatever else it does (design.md §9). A new element gets all of it with one
 * entry in element-conformance.browser.test.ts.
 */
import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import type { PusherElement } from '../../components/index.js';
import { safeDefine } from '../../components/index.js';
import type { DefinableElement } from '../../components/index.js';
import { createWorld, key } from '../components/support.js';
import type { World } from '../components/support.js';
import { LeakWatch } from './leak-watch.js';

/** One attribute, its text, and what the property then is. */
export interface AttributeRow {
  readonly attribute: string;
  readonly text: string;
  readonly property: string;
  readonly value: unknown;
  /** Whether setting the property writes the attribute. */
  readonly reflects: boolean;
}

/** What the suite has to know of an element. */
export interface ElementContract {
  readonly element: DefinableElement;
  /** What makes one of it work: properties, set as a page would. */
  readonly configure: (element: HTMLElement, world: World) => void;
  /** Brings it into a state in which it has something to lose, from being in a page. */
  readonly isReady: (element: HTMLElement) => boolean;
  readonly attributes: readonly AttributeRow[];
  /** For an element that uses a connection: the app that its connection belongs to. */
  readonly connectionOf?: (element: HTMLElement) => string | undefined;
  /** An event of its own, and how to bring it about; its `state` attribute must be current then. */
  readonly event?: { readonly type: string; readonly provoke: (world: World) => void };
}

let lateCount = 0;

/** The element as a page has it that defines it late, or a second time: the same class under a new name. */
const lateClass = ({ element }: ElementContract): { tag: string; define: () => void } => {
  lateCount += 1;
  const tag = `${element.tag}-late-${lateCount}`;
  return {
    tag,
    define: () => {
      safeDefine(element, { tag });
    },
  };
};

const connectionIn = async (world: World, parent: Element, appKey = key): Promise<HTMLElement> => {
  const connection = document.createElement('pusher-connection');
  connection.appKey = appKey;
  connection.options = world.options;
  parent.append(connection);
  await world.clock.advance(0);
  return connection;
};

export function describeElementConformance(contract: ElementContract): void {
  const { element: Element, configure, isReady, attributes, connectionOf } = contract;
  /** What shows data has no state of its own, only facts as custom states. */
  const hasState = 'state' in Element.prototype;
  const { tag } = Element;
  const usesConnection = connectionOf !== undefined;

  /** A page with the element working in it. */
  const place = async (): Promise<{ world: World; root: HTMLElement; element: HTMLElement }> => {
    const world = createWorld();
    const root = await fixture<HTMLElement>(html`<div></div>`);
    if (usesConnection) await connectionIn(world, root);
    const element = document.createElement(tag);
    configure(element, world);
    root.append(element);
    await world.clock.advance(0);
    expect(isReady(element), 'works in a page').to.equal(true);
    return { world, root, element };
  };

  describe(`<${tag}> as an element`, () => {
    it('registers one tag, knows its name and version, and is defined twice in silence', () => {
      expect(customElements.get(tag)).to.equal(Element);
      expect(Element.version).to.match(/^\d+\.\d+\.\d+/);
      safeDefine(Element);
      expect(customElements.get(tag)).to.equal(Element);
    });

    it('can be made by a parser and by createElement, and has no attributes then', () => {
      const element = document.createElement(tag);
      expect(element.getAttributeNames()).to.deep.equal([]);
      expect(element.childNodes).to.have.lengthOf(0);
    });

    it('keeps properties that were set before it was defined', async () => {
      const world = createWorld();
      const root = await fixture<HTMLElement>(html`<div></div>`);
      if (usesConnection) await connectionIn(world, root);
      const late = lateClass(contract);
      const element = document.createElement(late.tag);
      configure(element, world);
      for (const { property, value } of attributes) Reflect.set(element, property, value);
      root.append(element);
      late.define();
      await world.clock.advance(0);
      for (const { property, value } of attributes)
        expect(Reflect.get(element, property), property).to.deep.equal(value);
      expect(Object.getOwnPropertyNames(element), 'nothing hides an accessor').to.not.include.members(
        attributes.map(({ property }) => property),
      );
    });

    it('works when it is defined after it was put into the page', async () => {
      const world = createWorld();
      const root = await fixture<HTMLElement>(html`<div></div>`);
      const late = lateClass(contract);
      const element = document.createElement(late.tag);
      configure(element, world);
      root.append(element);
      if (usesConnection) await connectionIn(world, root);
      late.define();
      await world.clock.advance(0);
      expect(isReady(element)).to.equal(true);
    });

    for (const row of attributes)
      it(`agrees on ${row.attribute} as attribute, as data-${row.attribute} and as property`, async () => {
        const element = await fixture<PusherElement>(html`<div></div>`).then((root) => {
          const made = document.createElement(tag) as unknown as PusherElement;
          configure(made, createWorld());
          root.append(made);
          return made;
        });
        const read = (): unknown => Reflect.get(element, row.property) as unknown;
        const initial = Reflect.get(document.createElement(tag), row.property) as unknown;
        element.setAttribute(row.attribute, row.text);
        expect(read()).to.deep.equal(row.value);
        element.removeAttribute(row.attribute);
        expect(read() ?? undefined).to.deep.equal(initial ?? undefined);
        element.setAttribute(`data-${row.attribute}`, row.text);
        expect(read()).to.deep.equal(row.value);
        await element.updateComplete;
        expect(element.hasAttribute(row.attribute)).to.equal(false);
        element.removeAttribute(`data-${row.attribute}`);
        Reflect.set(element, row.property, row.value);
        await element.updateComplete;
        if (!row.reflects) return;
        expect(element.hasAttribute(row.attribute)).to.equal(true);
        const written = element.getAttribute(row.attribute)!;
        element.removeAttribute(row.attribute);
        element.setAttribute(row.attribute, written);
        expect(read()).to.deep.equal(row.value);
      });

    // React, Vue and Svelte assign what a template says to the property of that name, where an element has one.
    it('takes the text of an attribute as the value of a property too', () => {
      for (const { attribute, text, property, value } of attributes) {
        const element = document.createElement(tag);
        const initial = Reflect.get(element, property) as unknown;
        for (const name of new Set([attribute, property])) {
          if (!(name in element)) continue;
          const member = Reflect.get(element, name) as unknown;
          Reflect.set(element, name, text);
          expect(Reflect.get(element, property), `${name}="${text}"`).to.deep.equal(value);
          Reflect.set(element, name, undefined);
          expect(Reflect.get(element, property) ?? undefined, `no ${name}`).to.deep.equal(
            initial ?? undefined,
          );
          if (name !== property)
            expect(Reflect.get(element, name), `${name} is still there`).to.equal(member);
        }
      }
    });

    it('gives everything back when it leaves, however often it comes', async () => {
      const { world, root, element } = await place();
      const watch = new LeakWatch();
      watch.start();
      try {
        const turn = async (): Promise<unknown> => {
          root.append(element);
          await world.clock.advance(1000);
          const there = watch.listeners;
          element.remove();
          await world.clock.advance(1000);
          return { there, gone: watch.all };
        };
        element.remove();
        await world.clock.advance(1000);
        const first = await turn();
        for (let count = 0; count < 3; count += 1) expect(await turn()).to.deep.equal(first);
        root.replaceChildren();
        await world.clock.advance(1000);
        expect(world.clock.pendingTimers).to.equal(0);
        expect(world.transport.openCount).to.equal(0);
        expect(world.network.listenerCount).to.equal(0);
        expect(watch.timers, 'real timers').to.equal(0);
      } finally {
        watch.stop();
      }
    });

    it('sends nothing when it is moved in one step', async () => {
      const { world, root, element } = await place();
      const frames = world.app.record.received.length;
      const upgrades = world.upgrades().length;
      root.appendChild(document.createElement('section')).append(element);
      root.prepend(element);
      await world.clock.advance(5000);
      expect(isReady(element)).to.equal(true);
      expect(world.app.record.received.slice(frames)).to.deep.equal([]);
      expect(world.upgrades()).to.have.lengthOf(upgrades);
    });

    it('survives being removed before anything that it waits for has come', async () => {
      const world = createWorld();
      const root = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement(tag);
      configure(element, world);
      for (let count = 0; count < 3; count += 1) {
        root.append(element);
        await Promise.resolve();
        element.remove();
      }
      await world.clock.advance(1000);
      expect(world.clock.pendingTimers).to.equal(0);
      expect(world.transport.openCount).to.equal(0);
      expect(element.isConnected).to.equal(false);
    });

    it('is ready, and shows its state, in a shadow root inside a shadow root', async () => {
      const { world, root, element } = await place();
      const outer = root.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      const inner = outer.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      inner.append(element);
      await world.clock.advance(1000);
      expect(isReady(element)).to.equal(true);
      if (!hasState) return;
      const state = element.getAttribute('state')!;
      expect(state).to.equal(Reflect.get(element, 'state'));
      expect(element.matches(`:state(${state})`)).to.equal(true);
    });

    if (hasState)
      it('never reads its own state attribute back', async () => {
        const { world, element } = await place();
        const state = element.getAttribute('state');
        element.setAttribute('state', 'nonsense');
        await world.clock.advance(0);
        expect(Reflect.get(element, 'state')).to.equal(state);
      });

    if (contract.event) {
      const { type, provoke } = contract.event;
      it(`has said what is, when ${type} fires`, async () => {
        const { world, element } = await place();
        let count = 0;
        element.addEventListener(type, () => (count += 1));
        provoke(world);
        await world.clock.advance(60_000);
        expect(count).to.be.greaterThan(0);
      });
      if (hasState)
        it(`has a current state attribute when ${type} fires`, async () => {
          const { world, element } = await place();
          const seen: [string | null, unknown, boolean][] = [];
          element.addEventListener(type, () => {
            const attribute = element.getAttribute('state');
            seen.push([
              attribute,
              Reflect.get(element, 'state'),
              element.matches(`:state(${String(attribute)})`),
            ]);
          });
          provoke(world);
          await world.clock.advance(60_000);
          expect(seen.length).to.be.greaterThan(0);
          for (const [attribute, property, custom] of seen) {
            expect(attribute).to.equal(property);
            expect(custom).to.equal(true);
          }
        });
    }

    it('passes axe', async () => {
      const { element } = await place();
      await expect(element).to.be.accessible();
    });

    if (!connectionOf) return;

    it('takes another provider when it is moved there, and lets go where there is none', async () => {
      const world = createWorld();
      const root = await fixture<HTMLElement>(html`<div></div>`);
      const left = await connectionIn(world, root);
      const right = await connectionIn(world, root, 'other-key');
      const element = document.createElement(tag);
      configure(element, world);
      left.append(element);
      await world.clock.advance(0);
      expect(connectionOf(element)).to.equal(key);
      right.append(element);
      await world.clock.advance(1000);
      expect(connectionOf(element)).to.equal('other-key');
      const alone = await fixture<HTMLElement>(html`<div></div>`);
      alone.append(element);
      left.remove();
      right.remove();
      await world.clock.advance(5000);
      expect(connectionOf(element)).to.equal(undefined);
    });

    it('waits for a provider that comes later, and for one that is named', async () => {
      const world = createWorld();
      const root = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement(tag);
      configure(element, world);
      root.append(element);
      await world.clock.advance(100);
      await connectionIn(world, root);
      expect(connectionOf(element)).to.equal(key);
      element.setAttribute('connection', 'named-later');
      await world.clock.advance(1000);
      expect(connectionOf(element)).to.equal(undefined);
      const named = await connectionIn(world, root, 'other-key');
      named.id = 'named-later';
      await world.clock.advance(1000);
      expect(connectionOf(element)).to.equal('other-key');
    });
  });
}
