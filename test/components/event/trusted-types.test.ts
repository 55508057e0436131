/** `do="refetch"` on pages that have Trusted Types: one policy, `pusher-elements`, which they allow or not. */
import { expect } from '@open-wc/testing';
import type * as Testing from '../../../src/testing/index.js';
import { waitUntil } from '../../wait-until.js';

interface FramedKit {
  readonly server: Testing.ProtocolServer;
  readonly clock: Testing.FakeClock;
}

const opened: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of opened.splice(0)) frame.remove();
});

/** Opens a page with this policy, whose cart is fetched once; tells what it said and how its policy was violated. */
async function fetchUnder(
  policy: string,
): Promise<{ text: () => string; warnings: string[]; violations: string[]; isEnforced: boolean }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><html lang="en"><head><title>Shop</title>
    <meta http-equiv="Content-Security-Policy" content="${policy}"></head><body><div id="cart">2 items</div>
    <script type="module">
      import '/components/define.js';
      import { createInMemoryTransport, FakeClock, ProtocolServer } from '/src/testing/index.js';
      const clock = new FakeClock();
      const server = new ProtocolServer({ clock, apps: [{ key: 'k' }] });
      const connection = document.createElement('pusher-connection');
      Object.assign(connection, { appKey: 'k', options: { clock, transport: createInMemoryTransport(server) } });
      const element = document.createElement('pusher-event');
      Object.assign(element, { channel: 'cart', name: ['changed'], do: 'refetch', target: '#cart', refetchUrl: '/cart' });
      document.body.append(connection, element);
      window.kit = { clock, server };
    </script></body></html>`;
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  document.body.append(frame);
  opened.push(frame);
  await loaded;
  const view = frame.contentWindow as Window & typeof globalThis & { kit?: FramedKit };
  const warnings: string[] = [];
  const violations: string[] = [];
  view.console.warn = (message: unknown) => {
    warnings.push(String(message));
  };
  view.document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) => {
    violations.push(`${effectiveDirective} ${sample}`);
  });
  view.fetch = () =>
    Promise.resolve(
      new Response('<div id="cart"><b>3 items</b></div>', { headers: { 'content-type': 'text/html' } }),
    );
  await waitUntil(() => view.kit, 'the kit');
  const { clock, server } = view.kit!;
  await clock.advance(0);
  server.app('k').publish({ channels: 'cart', event: 'changed', data: {} });
  await clock.advance(0);
  const text = (): string => view.document.querySelector('#cart')!.innerHTML;
  await waitUntil(() => text().includes('3 items') || warnings.length > 0, 'an end');
  return { text, warnings, violations, isEnforced: 'trustedTypes' in view };
}

describe('<pusher-event do="refetch"> under Trusted Types', () => {
  it('works without a violation where the page allows the policy', async () => {
    const { text, warnings, violations } = await fetchUnder(
      "require-trusted-types-for 'script'; trusted-types lit-html pusher-elements",
    );
    expect(text()).to.equal('<b>3 items</b>');
    expect(warnings).to.deep.equal([]);
    expect(violations).to.deep.equal([]);
  });

  it('leaves the page as it is, and says what to allow, where the page does not', async () => {
    const { text, warnings, isEnforced } = await fetchUnder(
      "require-trusted-types-for 'script'; trusted-types lit-html",
    );
    if (!isEnforced) {
      expect(text()).to.equal('<b>3 items</b>');
      return;
    }
    expect(text()).to.equal('2 items');
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('add pusher-elements to trusted-types');
  });

  it('works where names are listed but nothing is enforced', async () => {
    const { text, warnings } = await fetchUnder('trusted-types lit-html');
    expect(text()).to.equal('<b>3 items</b>');
    expect(warnings).to.deep.equal([]);
  });
});
