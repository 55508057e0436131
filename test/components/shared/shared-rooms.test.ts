/** The small rooms of components/shared that can be asked directly. */
import { expect } from '@open-wc/testing';
import { cleanPasted, parseDuration } from '../../../components/shared/attributes.js';
import { BindingRelay } from '../../../components/shared/binding-relay.js';
import { obeyCommands } from '../../../components/shared/commands.js';
import { describeElement } from '../../../components/shared/dev-warning.js';
import { safeDefine } from '../../../components/shared/safe-define.js';
import { until } from '../../../components/shared/until.js';
import { html, key, renderPage, warningsDuring } from '../support.js';

describe('attribute values', () => {
  it('are durations in seconds', () => {
    const values: [string, number | undefined][] = [
      ['30', 30],
      [' 0.6 ', 0.6],
      ['.5', 0.5],
      ['30s', 30],
      ['5m', 300],
      ['2H', 7200],
      ['250ms', 0.25],
      ['1 s', 1],
      ['', undefined],
      ['-1', undefined],
      ['1e3', undefined],
      ['Infinity', undefined],
      ['5 minutes', undefined],
    ];
    for (const [value, seconds] of values) expect(parseDuration(value), value).to.equal(seconds);
  });

  it('are freed from what word processors leave in them', () => {
    expect(cleanPasted('\u201cabc\u201d')).to.equal('abc');
    expect(cleanPasted('\ufeffa\u200bb\u00a0')).to.equal('ab');
    expect(cleanPasted(' a b\n')).to.equal('a b');
  });
});

describe('warnings', () => {
  it('describe an element as its author wrote it', () => {
    const element = document.createElement('pusher-channel');
    element.setAttribute('class', 'x');
    element.setAttribute('data-name', 'orders');
    element.id = 'o';
    expect(describeElement(element)).to.equal('<pusher-channel id="o" name="orders">');
  });
});

describe('safeDefine', () => {
  let count = 0;
  const fresh = (version = '1'): CustomElementConstructor & { tag: string; version: string } => {
    count += 1;
    const tag = `safe-define-${count}`;
    return class extends HTMLElement {
      static readonly tag: string = tag;
      static readonly version: string = version;
    };
  };

  it('registers once, and is silent the second time', async () => {
    const element = fresh();
    const said = await warningsDuring(() => {
      safeDefine(element);
      safeDefine(element);
    });
    expect(customElements.get(element.tag)).to.equal(element);
    expect(said).to.deep.equal([]);
  });

  it('leaves another version and a stranger alone, with one warning that names both', async () => {
    const first = fresh('1');
    const second = fresh('2');
    const stranger = class extends HTMLElement {};
    customElements.define('safe-define-stranger', stranger);
    const said = await warningsDuring(() => {
      safeDefine(first);
      safeDefine(second, { tag: first.tag });
      safeDefine(second, { tag: 'safe-define-stranger' });
    });
    expect(customElements.get(first.tag)).to.equal(first);
    expect(customElements.get('safe-define-stranger')).to.equal(stranger);
    expect(said).to.have.lengthOf(2);
    expect(said[0]).to.include('version 1').and.to.include('version 2');
    expect(said[1]).to.include('another script');
  });

  it('registers a class that has a name already under a second one', () => {
    const element = fresh();
    safeDefine(element);
    safeDefine(element, { tag: `${element.tag}-again` });
    expect(document.createElement(`${element.tag}-again`)).to.be.instanceOf(element);
  });
});

describe('commands', () => {
  // elements.md §2: buttons without script, in every browser
  it('are obeyed from buttons that name the element', async () => {
    const { root, connection, clock } = await renderPage(
      (options) => html`
        <pusher-connection id="commanded" app-key=${key} .options=${options}></pusher-connection>
        <form>
          <button type="button" commandfor="commanded" command="--disconnect"><b>Stop</b></button>
          <button type="button" commandfor="commanded" command="--connect">Start</button>
          <button commandfor="commanded" command="--retry" disabled>Again</button>
          <button commandfor="commanded" command="--unknown">?</button>
          <button type="button" commandfor="another" command="--disconnect">Other</button>
          <button commandfor="commanded" command="--disconnect">No type, in a form</button>
        </form>
      `,
    );
    const submitted: string[] = [];
    root.querySelector('form')!.addEventListener('submit', (event) => {
      event.preventDefault();
      submitted.push('submit');
    });
    const press = async (index: number): Promise<string> => {
      root.querySelectorAll('button')[index]!.click();
      await clock.advance(0);
      return connection.state;
    };
    root.querySelector('b')!.click();
    await clock.advance(0);
    expect(connection.state).to.equal('disconnected');
    expect(await press(2)).to.equal('disconnected');
    expect(await press(3)).to.equal('disconnected');
    expect(await press(1)).to.equal('connected');
    expect(await press(4)).to.equal('connected');
    // As HTML has it: such a button is neither a command nor a submit button.
    expect(await press(5)).to.equal('connected');
    expect(submitted).to.deep.equal([]);
  });

  it('are obeyed once, whichever way they come, and not after the end', async () => {
    const { root } = await renderPage(
      () =>
        html`<div id="target"></div>
          <button commandfor="target" command="--go"></button>`,
    );
    const target = root.querySelector<HTMLElement>('#target')!;
    const gone = new AbortController();
    let count = 0;
    obeyCommands(target, { '--go': () => (count += 1) }, gone.signal);
    root.querySelector('button')!.click();
    expect(count).to.equal(1);
    gone.abort();
    root.querySelector('button')!.click();
    expect(count).to.equal(1);
  });
});

describe('BindingRelay', () => {
  it('reports a listener that throws, and goes on', () => {
    const relay = new BindingRelay();
    const { reportError } = globalThis;
    const reported: unknown[] = [];
    globalThis.reportError = (error) => reported.push(error);
    const heard: unknown[] = [];
    relay.bind('a', () => {
      throw new Error('mine');
    });
    relay.bind('a', (value: unknown) => heard.push(value));
    relay.bind(undefined, (event: unknown, value: unknown) => heard.push([event, value]));
    relay.deliver('a', 1);
    relay.deliver('b', 2);
    globalThis.reportError = reportError;
    expect(heard).to.deep.equal([1, ['a', 1], ['b', 2]]);
    expect(reported).to.have.lengthOf(1);
  });

  it('refuses what cannot be called', () => {
    expect(() => {
      new BindingRelay().bind('a', undefined as unknown as () => void);
    }).to.throw(TypeError);
  });
});

describe('until', () => {
  it('stops listening when it has what it waits for, and when it is given up', async () => {
    const signals: AbortSignal[] = [];
    const value = await until<number>((resolve, settled) => {
      signals.push(settled);
      resolve(1);
    });
    expect(value).to.equal(1);
    const gone = new AbortController();
    const waiting = until<number>((_resolve, settled) => signals.push(settled), gone.signal).catch(
      (error: unknown) => error,
    );
    gone.abort('enough');
    expect(await waiting).to.equal('enough');
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, true]);
    expect(await until(() => undefined, gone.signal).catch((error: unknown) => error)).to.equal('enough');
  });
});
