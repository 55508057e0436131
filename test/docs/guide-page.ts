/** A page as a reader of a guide would make it, in one Chromium, with the local server in the place of Pusher. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { build, transform, type BuildOptions, type Plugin } from 'esbuild';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
  type Route,
  type WebSocketRoute,
} from 'playwright-core';
import { WebSocket } from 'ws';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from '../server/channels-server.js';
import { launchOptions } from '../server/chromium.js';
import { root } from '../package/source-files.js';
import { elementNames } from '../../tools/bundle.mjs';
import { valuesOf, type CodeBlock } from './code-blocks.js';

export { launchOptions };

/** How long a page may take to become what it promises, on a busy machine. */
const patience = 15_000;
/** The key that the guides write. */
export const guideKey = 'YOUR_KEY';

const entries = {
  'pusher-elements': 'components/index.ts',
  'pusher-elements/define': 'components/define.ts',
  'pusher-elements/client': 'src/index.ts',
  'pusher-elements/testing': 'src/testing/index.ts',
  'pusher-elements.min': 'components/loader/all.ts',
  loader: 'components/loader/loader.ts',
  'laravel-echo': 'node_modules/laravel-echo/dist/echo.js',
};

/** The modules of the package, from source, as one graph: what two entries share is there once. And the classic script. */
async function buildKit(): Promise<ReadonlyMap<string, string>> {
  const names = elementNames();
  const options = {
    absWorkingDir: root,
    bundle: true,
    target: 'es2022',
    outdir: 'kit',
    write: false as const,
    define: { ELEMENT_NAMES: JSON.stringify(names) },
    plugins: [elementFiles],
  } satisfies BuildOptions;
  const elements = names.map((name) => [`elements/${name}`, `components/${name}/define.ts`] as const);
  const built = await Promise.all([
    build({
      ...options,
      entryPoints: [
        ...Object.entries(entries).map(([name, source]) => ({ in: source, out: name.replace('/', '-') })),
        ...elements.map(([out, source]) => ({ in: source, out })),
      ],
      splitting: true,
      format: 'esm',
    }),
    build({
      ...options,
      entryPoints: [{ in: 'components/loader/all-global.ts', out: 'pusher-elements.iife.min' }],
      format: 'iife',
    }),
  ]);
  return new Map(
    built.flatMap(({ outputFiles }) =>
      outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/kit/')), text] as const),
    ),
  );
}

/** The loader fetches the elements of the kit; esbuild would look for them beside its source. */
const elementFiles: Plugin = {
  name: 'elements beside the loader',
  setup: (bundle) => {
    bundle.onLoad({ filter: /loader[\\/]loader\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        '`./elements/${name}.js`',
        '"/kit/elements/" + name + ".js"',
      ),
      loader: 'ts',
    }));
  },
};

const importMap = JSON.stringify({
  imports: Object.fromEntries(
    Object.keys(entries).map((name) => [name, `/kit/${name.replace('/', '-')}.js`]),
  ),
});

/** Wherever a guide puts a module of dist/cdn, it is the one of the kit, so that no page has two copies. */
const standInFor = (path: string): string | undefined => {
  const [, name] = /\/(pusher-elements\.min|loader)\.js$/.exec(path) ?? [];
  return name && `export * from '/kit/${name}.js';`;
};

/** What has to be true of a page of elements before anything else is. */
const isSettled = (): boolean =>
  [...document.querySelectorAll('pusher-connection')].every(
    (element) =>
      !element.connectAutomatically || !element.reconnectAutomatically || element.state === 'connected',
  ) &&
  [...document.querySelectorAll('pusher-channel')].every(
    (element) => element.when === 'manual' || element.state === 'subscribed',
  );

export class GuideBrowser {
  readonly server: ChannelsServer = new ChannelsServer({
    apps: [{ key: guideKey, hasSubscriptionCounts: true }],
  });
  #kit: ReadonlyMap<string, string> = new Map();
  #browser: Browser | undefined;
  #context: BrowserContext | undefined;
  /** The sockets of the page that is open. */
  readonly #upstreams = new Set<WebSocket>();

  get app(): ServerApp {
    return this.server.core.app(guideKey);
  }

  async open(): Promise<void> {
    const [kit, browser] = await Promise.all([
      buildKit(),
      chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), '--process-per-site'] }),
      this.server.listen(),
    ]);
    this.#kit = kit;
    this.#browser = browser;
    this.#context = await browser.newContext({ baseURL: 'https://shop.example' });
    // As long as a page of the site is open, the next one needs no new process, which is most of what it costs.
    const keeper = await this.#context.newPage();
    await keeper.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await keeper.goto('/');
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.server.close();
  }

  /**
   * Opens a page with this markup and plays the instructions of the block on it. Rejects with everything that was not
   * as promised: errors and warnings in the console, requests to elsewhere, elements that do not reach their state.
   */
  async play(block: CodeBlock, markup: string, script?: string): Promise<void> {
    const page = await this.#context!.newPage();
    try {
      const heard: string[] = [];
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(String(error)));
      page.on('console', (message) => {
        const loud = ['warning', 'error', 'assert'].includes(message.type());
        if (loud && !message.text().includes('Lit is in dev mode')) heard.push(plain(message.text()));
      });
      await page.routeWebSocket(/./, (socket) => {
        this.#bridge(socket);
      });
      await page.route('**/*', (route) =>
        this.#answer(route, block, wrong, asDocument(this.#withHashes(markup), block)),
      );
      await page.goto('/');
      const warnings = valuesOf(block, 'warns');
      if (warnings.length === 0)
        await become(page, `(${isSettled.toString()})()`, 'its elements connected and subscribed', heard);
      if (script !== undefined) await this.#run(page, script);
      for (const { name, value } of block.directives) {
        if (name === 'publish') await this.#publish(value);
        if (name === 'restart') await this.#restart(page, heard);
        if (name === 'expect') await become(page, value, value, heard);
      }
      await until(() => warnings.every((warning) => heard.includes(warning)), warnings.join('\n'), heard);
      wrong.push(...heard.filter((text) => !warnings.includes(text)));
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    } finally {
      await page.close();
      // A routed socket does not hear that its page has gone.
      for (const upstream of this.#upstreams) upstream.terminate();
      this.#upstreams.clear();
      await until(() => this.app.connections.length === 0, 'the server is alone again');
    }
  }

  /** How many rules, and which names, a style sheet has for the browser: it drops what it cannot read. */
  async countRules(css: string): Promise<number> {
    const page = await this.#context!.newPage();
    try {
      return await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return sheet.cssRules.length;
      }, css);
    } finally {
      await page.close();
    }
  }

  async #run(page: Page, script: string): Promise<void> {
    const { code } = await transform(script, { loader: 'ts', target: 'es2022' });
    const done = `done${randomBytes(4).toString('hex')}`;
    await page.evaluate(
      ({ text, flag }) => {
        const element = document.createElement('script');
        element.type = 'module';
        element.textContent = `${text}\n;globalThis.${flag} = true;`;
        document.head.append(element);
      },
      { text: `${code}\n;Object.assign(globalThis, { ${declared(code).join(', ')} });`, flag: done },
    );
    await become(page, `globalThis.${done} === true`, 'its script ran to the end', []);
  }

  async #publish(instruction: string): Promise<void> {
    const [, channels = '', event = '', data] = /^(\S+) (\S+)(?: (.+))?$/.exec(instruction) ?? [];
    await until(() => this.app.channel(channels)?.isOccupied === true, `somebody subscribed to ${channels}`);
    this.app.publish({ channels, event, data: data === undefined ? undefined : JSON.parse(data) });
  }

  async #restart(page: Page, heard: string[]): Promise<void> {
    for (const connection of this.app.connections) connection.close(4200, 'restart');
    await become(page, `(${isSettled.toString()})()`, 'everything came back after the restart', heard);
  }

  /** Addresses of Pusher, and of servers of the reader's own, lead to the local server. */
  #bridge(socket: WebSocketRoute): void {
    const address = new URL(socket.url());
    // The one host of the guides that is meant not to answer.
    if (address.hostname === 'nowhere.example') {
      void socket.close();
      return;
    }
    const path = address.pathname.slice(address.pathname.indexOf('/app/'));
    const upstream = new WebSocket(`ws://127.0.0.1:${this.server.port}${path}${address.search}`);
    this.#upstreams.add(upstream);
    upstream.on('message', (data: Buffer) => {
      socket.send(data.toString());
    });
    upstream.on('close', (code, reason) => {
      void socket.close(code === 1006 || code === 1005 ? {} : { code, reason: reason.toString() });
    });
    upstream.on('error', () => {});
    socket.onMessage((message) => {
      upstream.send(message);
    });
    socket.onClose(() => {
      upstream.close();
    });
  }

  #scriptAt(path: string): string | undefined {
    if (path.endsWith('.iife.min.js')) return this.#kit.get('/kit/pusher-elements.iife.min.js');
    return this.#kit.get(path) ?? standInFor(path);
  }

  /** Puts the hashes of what is served here in the place of `sha384-…`, which the guides write. */
  #withHashes(markup: string): string {
    return markup.replaceAll(
      /src="([^"]+)"(\s+integrity=")sha384-…/g,
      (whole, src: string, between: string) => {
        const script = this.#scriptAt(new URL(src, 'https://shop.example').pathname);
        if (script === undefined) return whole;
        return `src="${src}"${between}sha384-${createHash('sha384').update(script).digest('base64')}`;
      },
    );
  }

  async #answer(route: Route, block: CodeBlock, wrong: string[], document: string): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const script = this.#scriptAt(url.pathname);
    if (script !== undefined)
      return route.fulfill({
        contentType: 'text/javascript',
        // Modules from another host, such as a CDN, need it.
        headers: { 'access-control-allow-origin': '*' },
        body: script,
      });
    if (url.pathname.startsWith('/pusher/') || url.pathname.startsWith('/broadcasting/')) {
      const path = url.pathname.replace('/broadcasting/', '/pusher/');
      const answer = await fetch(`${this.server.address}${path}${url.search}`, {
        method: request.method(),
        headers: { 'content-type': request.headers()['content-type'] ?? 'text/plain' },
        ...(request.method() === 'POST' ? { body: request.postData() ?? '' } : undefined),
      });
      return route.fulfill({
        status: answer.status,
        contentType: 'application/json',
        body: await answer.text(),
      });
    }
    if (url.pathname === '/favicon.ico') return route.fulfill({ status: 204 });
    for (const value of valuesOf(block, 'answer')) {
      const [, path, body = ''] = /^(\S+) (.+)$/.exec(value) ?? [];
      const contentType = body.startsWith('<') ? 'text/html' : 'application/json';
      if (path === url.pathname) return route.fulfill({ contentType, body });
    }
    if (request.isNavigationRequest()) return route.fulfill({ contentType: 'text/html', body: document });
    wrong.push(`it asked for ${request.url()}, which nobody answers`);
    return route.fulfill({ status: 404 });
  }
}

/** A fragment becomes a page with the kit in it; a whole page is left as it is, but for the addresses of the modules. */
function asDocument(markup: string, block: CodeBlock): string {
  const map = `<script type="importmap">${importMap}</script>`;
  if (/<head>/i.test(markup)) return markup.replace(/<head>/i, `<head>${map}`);
  const isComplete = /<script\b/i.test(markup);
  const script = isComplete
    ? ''
    : `<script type="module" src="/pusher-elements.min.js" ${valuesOf(block, 'script').join(' ')}></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Guide</title>${map}${script}</head><body>${markup}</body></html>`;
}

/** The names that a script declares at its top level, so that promises can be about them. */
const declared = (code: string): string[] =>
  [...code.matchAll(/^const (\w+) =/gm)].map((match) => match[1] ?? '');

/** A message without the element that the console shows behind it. */
const plain = (text: string): string =>
  text.replace(/ JSHandle@\w+$| (?:<|HTML|Pusher\w+Element)[^ ]*$/, '').trim();

/** Waits for an expression of the page; asked over the protocol, because a strict page evaluates nothing itself. */
async function become(page: Page, expression: string, what: string, heard: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const evaluate = async (text: string): Promise<unknown> => {
    const options = { expression: text, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options);
    return exceptionDetails ? exceptionDetails.exception?.description : (result.value as unknown);
  };
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await evaluate(`Boolean(${expression})`);
    if (value === true) break;
    if (Date.now() < deadline) {
      await pause(20);
      continue;
    }
    const elements = await evaluate(
      `[...document.querySelectorAll('[state]')].map((element) => element.cloneNode().outerHTML).join('\\n')`,
    );
    throw new Error(
      [`Not so within ${patience / 1000} s: ${what}`, value, ...heard, elements].map(String).join('\n'),
    );
  }
  await session.detach();
}

/** Waits for something on this side. */
async function until(isSo: () => boolean, what: string, heard: readonly string[] = []): Promise<void> {
  const deadline = Date.now() + patience;
  while (!isSo()) {
    if (Date.now() > deadline)
      throw new Error(`Not so within ${patience / 1000} s: ${what}\n${heard.join('\n')}`);
    await pause(20);
  }
}
