/** The examples that are rendered on a server, built by their own tools from the packed package. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { StaticFiles } from '../server/static-files.js';
import { buildForServer, buildWithVite, examples, ExampleRig, noChromium, runNode } from './rig.js';

/** As `astro build` does it; the command itself wants a newer Node than this project, and this part of it does not. */
const build = `
  const { build } = await import('astro');
  await build({ root: 'astro', outDir: '../node_modules/.cache/examples/astro', logLevel: 'warn' });
`;
const built = join(examples, 'node_modules/.cache/examples/astro');

describe('the example for Astro', { skip: noChromium }, () => {
  const rig = new ExampleRig();
  let site: Server;
  let address: string;

  before(async () => {
    await rig.open();
    assert.equal(await runNode('--input-type=module', '--eval', build), '');
    const { handler } = (await import(pathToFileURL(join(built, 'server/entry.mjs')).href)) as {
      handler: RequestListener;
    };
    const scripts = new StaticFiles([{ prefix: '/', folder: join(built, 'client') }], () => ({}));
    site = createServer((request, response) => {
      const { url = '/', method = 'GET', headers } = request;
      if (!url.startsWith('/_astro/')) {
        handler(request, response);
        return;
      }
      void scripts
        .answer({ method, path: url, headers, query: new URLSearchParams(), body: '' })
        .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  });
  afterEach(() => rig.closePages());
  after(async () => {
    site.close();
    await rig.close();
  });

  it('can be read before there is any script', async () => {
    const { shows, complaints } = await rig.visit(address, { hasScript: false });
    await shows('li', 'ALPHA €101.50 | BETA €48.20');
    await shows('pusher-value', '€101.50');
    assert.deepEqual(complaints, []);
  });

  it('is kept up to date from then on, in the rows that the server has written', async () => {
    const { page, shows, complaints, sockets } = await rig.visit(address);
    await page.locator('pusher-connection[state="connected"]').waitFor({ state: 'attached' });
    await page
      .locator('li')
      .first()
      .evaluate((row) => row.setAttribute('data-written-by', 'server'));
    await rig.publish('prices', 'tick', { symbol: 'ALPHA', price: 99 });
    await shows('li', 'ALPHA €99.00 | BETA €48.20');
    await shows('pusher-value', '€99.00');
    assert.equal(await page.locator('li').first().getAttribute('data-written-by'), 'server');
    await rig.publish('prices', 'tick', { symbol: 'GAMMA', price: 250 });
    await shows('li', 'ALPHA €99.00 | BETA €48.20 | GAMMA €250.00');
    assert.deepEqual(complaints, []);
    assert.equal(sockets(), 1);
  });
});

describe('the example for React on a server', { skip: noChromium }, () => {
  let folder = '';
  const rig = new ExampleRig(() => [{ prefix: '/', folder }]);

  before(async () => {
    await rig.open();
    // React tells of what does not fit only in development.
    folder = await buildWithVite('react-server', { isDevelopment: true });
    const { render } = await buildForServer<{ render: () => string }>('react-server', 'src/server.tsx');
    const page = join(folder, 'index.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('<!--app-->', render()));
  });
  afterEach(() => rig.closePages());
  after(() => rig.close());

  it('is taken over as it is, and kept up to date from then on', async () => {
    const { shows, complaints, sockets } = await rig.visit('/');
    await shows('b', 'connected');
    await shows('pusher-value', '€101.50');
    await rig.publish('prices', 'tick', { symbol: 'BETA', price: 48.2 });
    await shows('pusher-value', '€48.20');
    await shows('ul > li', 'ALPHA | BETA');
    assert.deepEqual(complaints, []);
    assert.equal(sockets(), 1);
  });

  it('can be read before there is any script', async () => {
    const { shows, complaints } = await rig.visit('/', { hasScript: false });
    await shows('pusher-value', '€101.50');
    await shows('ul > li', 'ALPHA');
    assert.deepEqual(complaints, []);
  });
});
