/**
 * The examples of docs/examples as their readers run them: built by their own tools, from the packed package, in a real
 * Chromium, against the local server in the place of `npm start`. The one thing that differs is its port.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Pusher from 'pusher';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { ServerApp } from '../../src/testing/index.js';
import { root } from '../package/source-files.js';
import { ChannelsServer } from '../server/channels-server.js';
import { launchOptions } from '../server/chromium.js';
import { StaticFiles, type Mount } from '../server/static-files.js';
import { untilWithin } from '../until.js';

/** A reason to skip what needs a browser, or false. */
export const noChromium: string | false = launchOptions ? false : 'no Chromium found; set CHROME_PATH';

/** Where the examples are. */
export const examples: string = join(root, 'docs/examples');

const key = 'demo-key';

/** Resolves once the condition holds. */
export const until = untilWithin(60_000);

/** Runs a script of Node in docs/examples to its end; what it printed, to both streams. Rejects when it fails. */
export const runNode = (...commandLine: readonly string[]): Promise<string> => runWith({}, commandLine);

function runWith(variables: NodeJS.ProcessEnv, commandLine: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, commandLine, {
      cwd: examples,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Without what marks a child of Node's test runner.
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        ASTRO_TELEMETRY_DISABLED: '1',
        ...variables,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${commandLine.join(' ')} ended with ${code}:\n${said}`));
    });
  });
}

/** Where an example is built into. */
const buildFolder = (name: string): string => join(examples, 'node_modules/.cache/examples', name);

/**
 * Builds an example with Vite, which may not even warn; where the build is. `isDevelopment` builds it with the warnings
 * of its framework.
 */
export async function buildWithVite(name: string, { isDevelopment = false } = {}): Promise<string> {
  const folder = buildFolder(name);
  const mode = isDevelopment ? 'development' : 'production';
  const options = ['--outDir', folder, '--emptyOutDir', '--base', './', '--logLevel', 'warn', '--mode', mode];
  const said = await runWith({ NODE_ENV: mode }, [
    'node_modules/vite/bin/vite.js',
    'build',
    name,
    ...options,
  ]);
  assert.equal(said, '');
  return folder;
}

/** Builds one module of an example for Node, and imports it. */
export async function buildForServer<Module>(name: string, entry: string): Promise<Module> {
  const folder = buildFolder(`${name}-for-node`);
  const options = ['--ssr', entry, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  assert.equal(await runNode('node_modules/vite/bin/vite.js', 'build', name, ...options), '');
  const [file = ''] = readdirSync(folder);
  return (await import(pathToFileURL(join(folder, file)).href)) as Module;
}

/** A page, with all that went wrong in it. */
export interface ExamplePage {
  readonly page: Page;
  /** Errors and warnings of the console, and what nobody caught. */
  readonly complaints: readonly string[];
  /** How many sockets it has opened. */
  readonly sockets: () => number;
  /** Resolves once the element has this text; white space counts as one space. */
  readonly shows: (selector: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export class ExampleRig {
  readonly server: ChannelsServer;
  #browser: Browser | undefined;
  #pusher: Pusher | undefined;

  /** The mounts are served beside the endpoints of the local server. */
  constructor(mounts: () => readonly Mount[] = () => []) {
    this.server = new ChannelsServer({
      apps: [{ key, hasSubscriptionCounts: true }],
      answerOther: (request) => new StaticFiles(mounts(), () => ({})).answer(request),
    });
  }

  get app(): ServerApp {
    return this.server.core.app(key);
  }

  async open(): Promise<void> {
    await this.server.listen();
    const { id, secret } = this.app.settings;
    const { host, port } = this.server;
    this.#pusher = new Pusher({ appId: id, key, secret, host, port: String(port), useTLS: false });
    this.#browser = await chromium.launch({
      ...launchOptions,
      args: [
        ...(launchOptions?.args ?? []),
        // The address of "npm start", which is what the examples say.
        `--host-resolver-rules=MAP localhost:6001 ${host}:${port}`,
      ],
    });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.server.close();
  }

  /** Leaves every page; resolves once the server knows. */
  async closePages(): Promise<void> {
    await Promise.all(this.#browser?.contexts().map((context) => context.close()) ?? []);
    await until('every connection is closed', () => this.app.connections.length === 0);
  }

  /** Opens a page, at an address of the local server or another one. */
  async visit(address: string, { hasScript = true } = {}): Promise<ExamplePage> {
    const context = await this.#browser!.newContext({ locale: 'en', javaScriptEnabled: hasScript });
    // What browsers ask for by themselves is no part of an example.
    await context.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    const page = await context.newPage();
    const complaints: string[] = [];
    let sockets = 0;
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      const isLoud = ['warning', 'error', 'assert'].includes(message.type());
      if (isLoud && !message.text().includes('Lit is in dev mode')) complaints.push(message.text());
    });
    page.on('websocket', () => (sockets += 1));
    await page.goto(new URL(address, this.server.address).href);
    const textOf = async (selector: string): Promise<string> =>
      (await page.locator(selector).allTextContents()).join(' | ').replaceAll(/\s+/g, ' ').trim();
    return {
      page,
      complaints,
      sockets: () => sockets,
      close: () => context.close(),
      shows: async (selector, text) => {
        let shown = '';
        await until(`${selector} shows "${text}"`, async () => {
          shown = await textOf(selector);
          return shown === text;
        }).catch((error: unknown) => {
          throw new Error(`${String(error)}; it shows "${shown}". ${complaints.join('\n')}`);
        });
      },
    };
  }

  /** Publishes with the official package, once somebody is there to hear it. */
  async publish(channel: string, event: string, data: unknown): Promise<void> {
    await until(`somebody subscribed to ${channel}`, () => this.app.channel(channel)?.isOccupied === true);
    await this.#pusher!.trigger(channel, event, data);
  }
}
