/** `post-url` of `<pusher-trigger>`: elements.md §2 and rule 19; the CSRF token as N14 has it. */
import { aTimeout, expect } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherSendErrorEvent, PusherTriggerElement } from '../../../components/index.js';
import { html, key, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

/** What the page's own server was asked. */
interface Asked {
  readonly url: string;
  readonly body: string;
  readonly init: RequestInit;
}

describe('<pusher-trigger post-url>', () => {
  const { fetch: original } = globalThis;
  let asked: Asked[];
  let answer: (signal: AbortSignal) => Promise<Response>;
  const stay = (event: Event): void => {
    event.preventDefault();
  };

  beforeEach(() => {
    asked = [];
    answer = () => Promise.resolve(new Response(null, { status: 204 }));
    globalThis.fetch = (url, init = {}) => {
      asked.push({
        url: url instanceof Request ? url.url : url.toString(),
        body: String(init.body as URLSearchParams),
        init,
      });
      return answer(init.signal!);
    };
    window.addEventListener('submit', stay);
  });
  afterEach(() => {
    globalThis.fetch = original;
    window.removeEventListener('submit', stay);
    for (const meta of document.head.querySelectorAll('meta[name^="csrf"], meta[name^="pusher-"]'))
      meta.remove();
  });

  interface Scene extends Page {
    readonly element: PusherTriggerElement;
    readonly told: string[];
    readonly press: () => Promise<void>;
  }
  async function render(markup: TemplateResult): Promise<Scene> {
    const page = await renderPage(
      (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
    );
    const told: string[] = [];
    for (const type of ['pusher-sent', 'pusher-send-error'])
      page.root.addEventListener(type, (event) => {
        const { code, status } = event as Partial<PusherSendErrorEvent>;
        told.push([type, code, status].filter(Boolean).join(' '));
      });
    return {
      ...page,
      told,
      element: page.root.querySelector('pusher-trigger')!,
      press: async () => {
        page.root.querySelector('button')!.click();
        await aTimeout(0);
      },
    };
  }
  const form = html`<form>
    <input name="text" value="Hello" /><input name="tag[]" value="1" /><input name="tag[]" value="2" />
    <input type="hidden" name="_token" value="t" /><button>Send</button>
  </form>`;

  it('posts the fields as a form would, with the socket_id and the CSRF token of the page', async () => {
    document.head.append(
      Object.assign(document.createElement('meta'), { name: 'csrf-token', content: 'abc' }),
    );
    const scene = await render(html`<pusher-trigger event="said" post-url="/say">${form}</pusher-trigger>`);
    await scene.press();
    const [{ url, body, init } = {} as Asked] = asked;
    expect(url).to.equal(new URL('/say', location.href).href);
    expect([...new URLSearchParams(body)]).to.deep.equal([
      ['text', 'Hello'],
      ['tag[]', '1'],
      ['tag[]', '2'],
      ['_token', 't'],
      ['socket_id', scene.connection.socketId],
    ]);
    expect([init.method, init.mode]).to.deep.equal(['POST', 'same-origin']);
    expect(init.headers).to.deep.include({ 'X-CSRF-TOKEN': 'abc' });
    expect(scene.told).to.deep.equal(['pusher-sent']);
    expect(scene.app.record.received.filter(({ event }) => event?.startsWith('client-'))).to.deep.equal([]);
  });

  it('posts what is not a text in the payload as JSON', async () => {
    const scene = await render(
      html`<pusher-trigger post-url="/say" payload='{"a": {"b": 1}, "n": 2, "x": null}'
        ><button>Go</button></pusher-trigger
      >`,
    );
    await scene.press();
    expect(Object.fromEntries(new URLSearchParams(asked[0]!.body))).to.deep.include({
      a: '{"b":1}',
      n: '2',
      x: '',
    });
  });

  it('needs no connection for it, and sends no socket_id then', async () => {
    const scene = await render(html`<pusher-trigger post-url="/say">${form}</pusher-trigger>`);
    scene.connection.disconnect();
    await scene.clock.advance(0);
    await scene.press();
    expect(new URLSearchParams(asked[0]!.body).has('socket_id')).to.equal(false);
    expect(scene.told).to.deep.equal(['pusher-sent']);
  });

  it('is pending until the answer, and takes a second press of the button for the same', async () => {
    let respond!: (response: Response) => void;
    answer = () =>
      new Promise((resolve) => {
        respond = resolve;
      });
    const scene = await render(html`<pusher-trigger post-url="/say" reset>${form}</pusher-trigger>`);
    const field = scene.root.querySelector('input')!;
    field.value = 'Mine';
    await scene.press();
    await scene.press();
    expect(asked).to.have.lengthOf(1);
    expect([scene.element.pending, scene.element.matches(':state(pending)')]).to.deep.equal([true, true]);
    expect(field.value, 'is not empty before the server has it').to.equal('Mine');
    respond(new Response(null, { status: 201 }));
    await aTimeout(0);
    expect([scene.element.pending, scene.element.matches(':state(pending)')]).to.deep.equal([false, false]);
    expect(field.value).to.equal('Hello');
  });

  it('does not empty a form into which something else was written meanwhile', async () => {
    let respond!: (response: Response) => void;
    answer = () =>
      new Promise((resolve) => {
        respond = resolve;
      });
    const scene = await render(html`<pusher-trigger post-url="/say" reset>${form}</pusher-trigger>`);
    await scene.press();
    scene.root.querySelector('input')!.value = 'The next one';
    respond(new Response(null, { status: 201 }));
    await aTimeout(0);
    expect(scene.root.querySelector('input')!.value).to.equal('The next one');
  });

  it('says what the server has refused, or that it could not be reached, and does not ask again', async () => {
    const scene = await render(html`<pusher-trigger post-url="/say">${form}</pusher-trigger>`);
    answer = () => Promise.resolve(new Response(null, { status: 422 }));
    await scene.press();
    answer = () => Promise.reject(new TypeError('offline'));
    await scene.press();
    expect(scene.told).to.deep.equal(['pusher-send-error http 422', 'pusher-send-error network']);
    expect(scene.element.matches(':state(error)')).to.equal(true);
    expect(asked).to.have.lengthOf(2);
  });

  it('is given up in silence by cancel()', async () => {
    answer = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    const scene = await render(html`<pusher-trigger post-url="/say">${form}</pusher-trigger>`);
    await scene.press();
    scene.element.cancel();
    await aTimeout(0);
    expect(scene.told).to.deep.equal([]);
    expect(scene.element.pending).to.equal(false);
  });

  for (const url of [
    'https://elsewhere.example/say',
    '//elsewhere.example/say',
    'javascript:alert(1)',
    'http://[',
  ])
    it(`asks nobody with post-url="${url}", even one that may sign (rule 19)`, async () => {
      document.head.append(
        Object.assign(document.createElement('meta'), {
          name: 'pusher-auth-origins',
          content: 'https://elsewhere.example',
        }),
      );
      const scene = await render(html`<pusher-trigger post-url=${url}>${form}</pusher-trigger>`);
      const warnings = await warningsDuring(() => scene.press());
      expect(asked).to.deep.equal([]);
      expect(scene.told).to.deep.equal(['pusher-send-error not-allowed']);
      expect(warnings[0]).to.match(/is not an address of the page's own origin/);
    });

  it('asks nobody where the site does not permit the element', async () => {
    document.head.append(
      Object.assign(document.createElement('meta'), {
        name: 'pusher-allow',
        content: 'elements=value channels=news',
      }),
    );
    const scene = await render(html`<pusher-trigger post-url="/say">${form}</pusher-trigger>`);
    await scene.press();
    expect(asked).to.deep.equal([]);
    expect(scene.told).to.deep.equal(['pusher-send-error not-allowed']);
  });

  it('echoes on its channel once the server has taken it, under the name as it is written', async () => {
    const scene = await render(
      html`<pusher-trigger channel="chat" event="said" post-url="/say" echo>${form}</pusher-trigger>
        <pusher-channel name="chat"></pusher-channel>`,
    );
    const heard: unknown[] = [];
    scene.root.querySelector('pusher-channel')!.bind('said', (data) => heard.push(data));
    await scene.press();
    expect(heard).to.deep.equal([{ text: 'Hello', 'tag[]': ['1', '2'], _token: 't' }]);
  });
});
