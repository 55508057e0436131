/** `<pusher-trigger>` as elements.md §2 describes it; what servers accept: protocol.md §7.4, §11. */
import { expect } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type {
  PusherBeforeSendEvent,
  PusherQueuedEvent,
  PusherSendErrorEvent,
  PusherSentEvent,
  PusherTriggerElement,
} from '../../../components/index.js';
import { installEndpoint } from '../endpoint.js';
import { withFakeTime } from '../fake-time.js';
import type { Endpoint } from '../endpoint.js';
import { html, key, renderPage, warningsDuring } from '../support.js';
import type { Page, World } from '../support.js';

type Told = PusherSentEvent | PusherQueuedEvent | PusherSendErrorEvent;

/** A page with a trigger on it, and what it says. */
interface Scene extends Page {
  readonly element: PusherTriggerElement;
  /** Names of its events in their order; of an error with its code. */
  readonly told: string[];
  /** The client events that reached the server: `channel event data`. */
  readonly sent: () => string[];
}

async function render(markup: TemplateResult, world?: World): Promise<Scene> {
  const page = await renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
    world,
  );
  await page.clock.advance(1);
  const told: string[] = [];
  for (const type of ['pusher-sent', 'pusher-queued', 'pusher-send-error'] as const)
    page.root.addEventListener(type, (event: Told) => {
      told.push('code' in event ? `${type} ${event.code}` : type);
    });
  return {
    ...page,
    element: page.root.querySelector('pusher-trigger')!,
    told,
    sent: () =>
      page.app.record.received
        .filter(({ event }) => event?.startsWith('client-'))
        .map(({ channel, event, data }) => `${channel} ${event} ${JSON.stringify(data)}`),
  };
}

/** Presses a button, as a person does. */
async function press(scene: Scene, selector = 'button'): Promise<void> {
  scene.root.querySelector<HTMLElement>(selector)!.click();
  await scene.clock.advance(0);
}

/** Writes into a field, as a person does. */
async function write(scene: Scene, text: string, selector = 'input, textarea'): Promise<void> {
  const field = scene.root.querySelector<HTMLInputElement>(selector)!;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  await scene.clock.advance(0);
}

const states = (element: Element): string[] =>
  ['pending', 'queued', 'disabled', 'error', 'stale'].filter((name) => element.matches(`:state(${name})`));

/** The connection is lost, and there is no server for now. */
async function goOffline(scene: Scene): Promise<void> {
  scene.app.stop();
  await scene.clock.advance(10);
}

async function comeBack(scene: Scene): Promise<void> {
  scene.app.start();
  await scene.clock.advance(2000);
}

describe('<pusher-trigger>', () => {
  let endpoint: Endpoint;
  /** A form that nobody takes would take the page of the tests away. */
  const stay = (event: Event): void => {
    if ((event.target as Element).getAttribute('method') !== 'dialog') event.preventDefault();
  };
  beforeEach(() => {
    endpoint = installEndpoint();
    window.addEventListener('submit', stay);
  });
  afterEach(() => {
    endpoint.restore();
    window.removeEventListener('submit', stay);
  });

  describe('what sends', () => {
    it('sends the fields of the form inside it as a client event, and the browser does not submit', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-poll" event="vote">
          <form>
            <input type="radio" name="choice" value="a" checked />
            <input name="tag" value="1" /><input name="tag" value="2" />
            <input type="hidden" name="__proto__" value="x" />
            <button name="by" value="hand">Vote</button>
          </form>
        </pusher-trigger>`,
      );
      let isPrevented = false;
      scene.root.addEventListener('submit', (event) => {
        isPrevented = event.defaultPrevented;
      });
      await press(scene);
      expect(scene.sent()).to.deep.equal([
        'private-poll client-vote {"choice":"a","tag":["1","2"],"__proto__":"x","by":"hand"}',
      ]);
      expect(isPrevented).to.equal(true);
      expect(scene.told).to.deep.equal(['pusher-sent']);
    });

    it('does not put client- in front of a name that has it', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-poll" event="client-vote"
          ><button>Vote</button></pusher-trigger
        >`,
      );
      await press(scene);
      expect(scene.sent()).to.deep.equal(['private-poll client-vote {}']);
    });

    it('sends the name and value of the button that was pressed, of several', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-page" event="reaction">
          <p>How was it?</p>
          <button name="kind" value="up">Good</button>
          <button name="kind" value="down"><i>Bad</i></button>
        </pusher-trigger>`,
      );
      await press(scene, 'p');
      await press(scene, 'i');
      expect(scene.sent()).to.deep.equal(['private-page client-reaction {"kind":"down"}']);
    });

    it('works with an element that for names, also one that comes later or is replaced', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-doc" event="typing" for="note"></pusher-trigger>`,
      );
      for (const value of ['', 'again']) {
        scene.root.querySelector('textarea')?.remove();
        scene.root.append(Object.assign(document.createElement('textarea'), { id: 'note' }));
        await write(scene, value);
      }
      expect(scene.sent()).to.deep.equal(['private-doc client-typing {}', 'private-doc client-typing {}']);
    });

    for (const [trigger, act] of [
      ['click', 'click'],
      ['input', 'input'],
      ['change', 'change'],
      ['focus', 'focusin'],
      ['blur', 'focusout'],
    ] as const)
      it(`sends on ${trigger} of a field with trigger="${trigger}", and on nothing else`, async () => {
        const scene = await render(
          html`<pusher-trigger channel="private-doc" event="e" trigger=${trigger} for="note"></pusher-trigger>
            <input id="note" name="note" value="x" />`,
        );
        const field = scene.root.querySelector('input')!;
        for (const type of ['click', 'input', 'change', 'focusin', 'focusout'])
          if (type !== act) field.dispatchEvent(new Event(type, { bubbles: true }));
        await scene.clock.advance(0);
        expect(scene.sent()).to.deep.equal([]);
        field.dispatchEvent(new Event(act, { bubbles: true }));
        await scene.clock.advance(0);
        expect(scene.sent()).to.deep.equal(['private-doc client-e {"note":"x"}']);
      });

    it('takes the payload instead of the fields', async () => {
      const scene = await render(
        html`<pusher-trigger
            channel="private-doc"
            event="typing"
            payload='{"on": true}'
            for="note"
          ></pusher-trigger>
          <textarea id="note" name="draft"></textarea>`,
      );
      await write(scene, 'not for others');
      expect(scene.sent()).to.deep.equal(['private-doc client-typing {"on":true}']);
    });

    it('uses the channel around it', async () => {
      const scene = await render(
        html`<pusher-channel name="private-a">
          <pusher-trigger event="vote"><button>Vote</button></pusher-trigger>
        </pusher-channel>`,
      );
      await press(scene);
      expect(scene.sent()).to.deep.equal(['private-a client-vote {}']);
    });

    it('leaves a form to the page that has cancelled its submission, and one in a dialog to close it', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-poll" event="vote">
          <dialog open>
            <form method="dialog"><button value="a" name="choice">Vote</button></form>
          </dialog>
        </pusher-trigger>`,
      );
      const form = scene.root.querySelector('form')!;
      const refuse = (event: Event): void => {
        event.preventDefault();
      };
      form.addEventListener('submit', refuse);
      await press(scene);
      expect(scene.sent()).to.deep.equal([]);
      form.removeEventListener('submit', refuse);
      await press(scene);
      expect(scene.sent()).to.have.lengthOf(1);
      expect(scene.root.querySelector('dialog')!.open).to.equal(false);
    });

    it('sends from script: the fields, or what it is given', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e"
          ><form><input name="a" value="1" /></form
        ></pusher-trigger>`,
      );
      expect(scene.element.data).to.deep.equal({ a: '1' });
      expect(scene.element.send()).to.equal(true);
      expect(scene.element.send({ b: 2 })).to.equal(true);
      await scene.clock.advance(0);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"a":"1"}', 'private-a client-e {"b":2}']);
    });
  });

  describe('what is left out', () => {
    it('files, passwords and tokens of the site do not go to a channel, and the author is told', async () => {
      const files = new DataTransfer();
      files.items.add(new File(['x'], 'x.txt'));
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e">
          <form>
            <input name="a" value="1" />
            <input type="file" name="photo" .files=${files.files} />
            <input type="password" name="pass" value="2" />
            <input type="hidden" name="_token" value="3" />
            <input type="hidden" name="csrfmiddlewaretoken" value="4" />
            <input type="hidden" name="_wpnonce" value="5" />
            <button>Send</button>
          </form>
        </pusher-trigger>`,
      );
      const warnings = await warningsDuring(() => press(scene));
      expect(scene.sent()).to.deep.equal(['private-a client-e {"a":"1"}']);
      expect(warnings).to.have.lengthOf(5);
      expect(warnings[0]).to.match(/<pusher-trigger channel="private-a">: the file of the field "photo"/);
      expect(warnings[1]).to.match(/"pass" is left out, because everybody/);
    });
  });

  describe('hooks', () => {
    it('says before what it will send; a listener can change it, without changing the next one', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" payload='{"n": 1}'
          ><button>Go</button></pusher-trigger
        >`,
      );
      scene.root.addEventListener(
        'pusher-before-send',
        (event: PusherBeforeSendEvent) => {
          expect([event.channel, event.event]).to.deep.equal(['private-a', 'client-e']);
          Object.assign(event.data as object, { at: 2 });
        },
        { once: true },
      );
      await press(scene);
      await press(scene);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"n":1,"at":2}', 'private-a client-e {"n":1}']);
    });

    it('sends nothing where a listener cancels it', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" throttle="10"
          ><button>Go</button></pusher-trigger
        >`,
      );
      scene.root.addEventListener(
        'pusher-before-send',
        (event) => {
          event.preventDefault();
        },
        { once: true },
      );
      await press(scene);
      expect(scene.sent()).to.deep.equal([]);
      await press(scene);
      expect(scene.sent(), 'what was cancelled keeps no distance').to.have.lengthOf(1);
    });
  });

  describe('pace', () => {
    it('throttles: at most one in so many seconds, and what comes sooner is not sent', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" throttle="2" for="f"></pusher-trigger
          ><input id="f" name="f" />`,
      );
      for (const text of ['a', 'b', 'c']) await write(scene, text);
      await scene.clock.advance(1999);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"f":"a"}']);
      await scene.clock.advance(1);
      await write(scene, 'd');
      expect(scene.sent()).to.have.lengthOf(2);
    });

    it('with coalesce sends the newest of what came too soon, once it may', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" throttle="2" coalesce for="f"></pusher-trigger
          ><input id="f" name="f" />`,
      );
      for (const text of ['a', 'b', 'c']) await write(scene, text);
      expect(scene.element.pending).to.equal(true);
      expect(states(scene.element)).to.deep.equal(['pending']);
      await scene.clock.advance(1999);
      expect(scene.sent()).to.have.lengthOf(1);
      await scene.clock.advance(1);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"f":"a"}', 'private-a client-e {"f":"c"}']);
      expect(scene.element.pending).to.equal(false);
    });

    it('debounces: sends the newest, once nothing has come for so long', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" debounce="0.5" for="f"></pusher-trigger
          ><input id="f" name="f" />`,
      );
      await write(scene, 'a');
      await scene.clock.advance(499);
      await write(scene, 'b');
      await scene.clock.advance(499);
      expect(scene.sent()).to.deep.equal([]);
      await scene.clock.advance(1);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"f":"b"}']);
    });

    it('flush() sends what is held now, and cancel() never', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" debounce="5" for="f"></pusher-trigger
          ><input id="f" name="f" />`,
      );
      await write(scene, 'a');
      scene.element.flush();
      await scene.clock.advance(0);
      expect(scene.sent()).to.have.lengthOf(1);
      await write(scene, 'b');
      scene.element.cancel();
      expect(states(scene.element)).to.deep.equal([]);
      await scene.clock.advance(10_000);
      expect(scene.sent()).to.have.lengthOf(1);
    });
  });

  describe('what cannot go out yet', () => {
    const vote = (attributes: Partial<PusherTriggerElement>): TemplateResult =>
      html`<pusher-trigger
          channel="private-a"
          event="e"
          queue=${attributes.queue ?? 'all'}
          .ttl=${attributes.ttl}
          for="f"
        ></pusher-trigger
        ><input id="f" name="f" />`;

    it('waits for the subscription, all of it, and is sent only once it is written', async () => {
      const scene = await render(vote({}));
      await goOffline(scene);
      for (const text of ['a', 'b']) await write(scene, text);
      expect(scene.told).to.deep.equal(['pusher-queued', 'pusher-queued']);
      expect(scene.element.queued).to.equal(2);
      expect(states(scene.element)).to.include('queued');
      await comeBack(scene);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"f":"a"}', 'private-a client-e {"f":"b"}']);
      expect(scene.told.slice(2)).to.deep.equal(['pusher-sent', 'pusher-sent']);
      expect(scene.element.queued).to.equal(0);
      expect(states(scene.element)).to.deep.equal([]);
    });

    it('waits as the newest only with queue="latest"', async () => {
      const scene = await render(vote({ queue: 'latest' }));
      await goOffline(scene);
      for (const text of ['a', 'b']) await write(scene, text);
      expect(scene.element.queued).to.equal(1);
      await comeBack(scene);
      expect(scene.sent()).to.deep.equal(['private-a client-e {"f":"b"}']);
    });

    it('is not sent at all with queue="none"', async () => {
      const scene = await render(vote({ queue: 'none' }));
      await goOffline(scene);
      await write(scene, 'a');
      expect(scene.told).to.deep.equal(['pusher-send-error not-subscribed']);
      expect(states(scene.element)).to.include('error');
      await comeBack(scene);
      expect(scene.sent()).to.deep.equal([]);
      await write(scene, 'b');
      expect(scene.sent()).to.have.lengthOf(1);
      expect(states(scene.element)).to.deep.equal([]);
    });

    it('is given up, and says so, when it has waited for ttl seconds', async () => {
      const scene = await render(vote({ ttl: 1 }));
      await goOffline(scene);
      await write(scene, 'a');
      await scene.clock.advance(1001);
      expect(scene.told).to.deep.equal(['pusher-queued', 'pusher-send-error expired']);
      await comeBack(scene);
      expect(scene.sent()).to.deep.equal([]);
    });

    it('goes out ten in a second, and the others in the next', async () => {
      const scene = await render(vote({}));
      for (let n = 0; n < 12; n += 1) await write(scene, String(n));
      expect(scene.sent()).to.have.lengthOf(10);
      expect(scene.told.filter((type) => type === 'pusher-queued')).to.have.lengthOf(2);
      await scene.clock.advance(1000);
      expect(scene.sent()).to.have.lengthOf(12);
    });

    it('is refused beyond ten in a second with queue="none"', async () => {
      const scene = await render(vote({ queue: 'none' }));
      for (let n = 0; n < 11; n += 1) await write(scene, String(n));
      expect(scene.sent()).to.have.lengthOf(10);
      expect(scene.told.at(-1)).to.equal('pusher-send-error rate-limited');
    });

    it('is forgotten when the element leaves the page, and kept when it only moves', async () => {
      const scene = await render(vote({}));
      await goOffline(scene);
      await write(scene, 'a');
      scene.root.append(scene.element);
      await scene.clock.advance(0);
      expect(scene.element.queued).to.equal(1);
      scene.element.remove();
      await scene.clock.advance(0);
      expect(scene.element.queued).to.equal(0);
      scene.root.append(scene.element);
      await comeBack(scene);
      expect(scene.sent()).to.deep.equal([]);
    });
  });

  describe('what is refused', () => {
    for (const channel of ['poll', 'private-encrypted-poll'])
      it(`on the channel ${channel}, which takes none from pages`, async () => {
        let scene!: Scene;
        const warnings = await warningsDuring(async () => {
          scene = await render(
            html`<pusher-trigger channel=${channel} event="vote"><button>Vote</button></pusher-trigger>`,
          );
          await press(scene);
        });
        expect(scene.told).to.deep.equal(['pusher-send-error unsupported']);
        expect(scene.sent()).to.deep.equal([]);
        expect(warnings.join('\n')).to.match(/private or presence channel/);
      });

    it('more than 10 kB', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" for="f"></pusher-trigger
          ><textarea id="f" name="f"></textarea>`,
      );
      const warnings = await warningsDuring(() => write(scene, 'x'.repeat(10_240)));
      expect(scene.told).to.deep.equal(['pusher-send-error event-too-large']);
      expect(warnings[0]).to.match(/carries \d+ bytes/);
    });

    it('without a channel or a connection', async () => {
      const scene = await render(html`<pusher-trigger event="e"><button>Go</button></pusher-trigger>`);
      await press(scene);
      expect(scene.told).to.deep.equal(['pusher-send-error not-connected']);
    });

    it('without an event, which its author is told', async () => {
      const warnings = await warningsDuring(() =>
        render(html`<pusher-trigger channel="private-a"><button>Go</button></pusher-trigger>`),
      );
      expect(warnings[0]).to.match(/<pusher-trigger channel="private-a">: it has no event/);
    });

    it('on a channel that the site does not list (elements.md rule 19)', async () => {
      const meta = Object.assign(document.createElement('meta'), {
        name: 'pusher-allow',
        content: 'channels=news-*',
      });
      document.head.append(meta);
      let scene!: Scene;
      await warningsDuring(async () => {
        scene = await render(
          html`<pusher-trigger channel="private-a" event="e"><button>Go</button></pusher-trigger>`,
        );
        await press(scene);
      });
      meta.remove();
      expect(scene.told).to.deep.equal(['pusher-send-error not-connected']);
      expect(scene.subscriptions()).to.deep.equal([]);
    });
  });

  describe('echo', () => {
    it('delivers what was written to the connection to this page too, as its own data', async () => {
      const scene = await render(
        html`<pusher-trigger channel="presence-a" event="vote" echo payload='{"n": 1}'
            ><button>Vote</button></pusher-trigger
          >
          <pusher-channel name="presence-a"></pusher-channel>`,
      );
      const heard: unknown[] = [];
      scene.root.querySelector('pusher-channel')!.bind('client-vote', (data, { user_id: id, cached }) => {
        heard.push([data, id, cached]);
      });
      await press(scene);
      expect(heard).to.deep.equal([[{ n: 1 }, '7', false]]);
      await goOffline(scene);
      await press(scene);
      expect(heard, 'what waits is not there yet').to.have.lengthOf(1);
      await comeBack(scene);
      expect(heard).to.have.lengthOf(2);
    });

    it('is not there without it: the service leaves the sender out', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="vote"><button>Vote</button></pusher-trigger>
          <pusher-channel name="private-a"></pusher-channel>`,
      );
      const heard: unknown[] = [];
      scene.root.querySelector('pusher-channel')!.bind('client-vote', (data) => heard.push(data));
      await press(scene);
      expect(scene.sent()).to.have.lengthOf(1);
      expect(heard).to.deep.equal([]);
    });
  });

  describe('reset', () => {
    const chat = html`<pusher-trigger channel="private-a" event="say" reset>
      <form><input name="text" /><input name="reset" type="hidden" /><button>Send</button></form>
    </pusher-trigger>`;

    it('empties the form once it was taken, and keeps the focus', async () => {
      const scene = await render(chat);
      const field = scene.root.querySelector('input')!;
      field.value = 'Hello';
      field.focus();
      await press(scene);
      expect(field.value).to.equal('');
      expect(document.activeElement).to.equal(field);
      expect(scene.sent()[0]).to.match(/Hello/);
    });

    it('keeps what is written where it was refused', async () => {
      const scene = await render(chat);
      scene.element.queue = 'none';
      await goOffline(scene);
      scene.root.querySelector('input')!.value = 'Hello';
      await press(scene);
      expect(scene.root.querySelector('input')!.value).to.equal('Hello');
    });
  });

  describe('disable-offline', () => {
    it('disables buttons without taking the focus while nothing can be sent, and sends nothing', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" disable-offline>
          <form>
            <input name="a" />
            <button type="button">Help</button>
            <button class="send">Send</button>
            <button class="own" aria-disabled="true">Other</button>
          </form>
        </pusher-trigger>`,
      );
      const disabled = (): string[] =>
        [...scene.root.querySelectorAll('[aria-disabled="true"]')].map((button) => button.textContent);
      const button = scene.root.querySelector<HTMLElement>('.send')!;
      expect(disabled()).to.deep.equal(['Other']);
      button.focus();
      await goOffline(scene);
      expect(disabled()).to.deep.equal(['Send', 'Other']);
      expect(document.activeElement).to.equal(button);
      expect(states(scene.element)).to.include('disabled');
      await press(scene, '.send');
      expect(scene.told).to.deep.equal(['pusher-send-error offline']);
      await comeBack(scene);
      expect(disabled()).to.deep.equal(['Other']);
      expect(scene.sent()).to.deep.equal([]);
      await press(scene, '.send');
      expect(scene.sent()).to.have.lengthOf(1);
    });

    it('enables the buttons again when it leaves, or is switched off', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" disable-offline
          ><button>Go</button></pusher-trigger
        >`,
      );
      const button = scene.root.querySelector('button')!;
      await goOffline(scene);
      scene.element.disableOffline = false;
      await scene.clock.advance(0);
      expect(button.hasAttribute('aria-disabled')).to.equal(false);
      scene.element.disableOffline = true;
      await scene.clock.advance(0);
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      scene.element.remove();
      expect(button.hasAttribute('aria-disabled')).to.equal(false);
    });

    it('enables the buttons of a copy that was made while they were disabled, and no button of the page', async () => {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" disable-offline
          ><button>Go</button><button class="own" aria-disabled="true">Other</button></pusher-trigger
        >`,
      );
      await goOffline(scene);
      const copy = scene.element.cloneNode(true) as HTMLElement;
      await comeBack(scene);
      // As soft navigation does it, which keeps copies of pages.
      scene.element.replaceWith(copy);
      await scene.clock.advance(0);
      const [button, own] = copy.querySelectorAll('button');
      expect(button!.getAttributeNames()).to.deep.equal([]);
      expect(own!.getAttribute('aria-disabled')).to.equal('true');
    });
  });

  it('is accessible, waiting, failed and disabled, in light and dark', async () => {
    for (const scheme of ['light', 'dark']) {
      const scene = await render(
        html`<pusher-trigger channel="private-a" event="e" disable-offline>
          <form>
            <label>Name <input name="a" /></label> <button>Send</button>
          </form>
        </pusher-trigger>`,
      );
      scene.root.style.colorScheme = scheme;
      await expect(scene.root).to.be.accessible();
      await goOffline(scene);
      await press(scene);
      await expect(scene.root).to.be.accessible();
    }
  });

  it('tells the author of a page without a form or button in it, and of an id that nothing has', async () => {
    await withFakeTime(async (time) => {
      const warnings = await warningsDuring(async () => {
        await render(html`<pusher-trigger channel="private-a" event="e">Vote</pusher-trigger>`);
        await render(html`<pusher-trigger channel="private-b" event="e" for="nobody"></pusher-trigger>`);
        await time.advance(3000);
      });
      expect(warnings.join('\n')).to.match(/"private-a">: there is no form, button or field/);
      expect(warnings.join('\n')).to.match(/"private-b">: nothing here has the id "nobody"/);
    });
  });
});
