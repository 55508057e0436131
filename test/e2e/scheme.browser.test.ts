/** Plain or encrypted: which addresses a page opens, in which order. */
import { expect } from '@open-wc/testing';
import {
  createApp,
  openFrame,
  openPage,
  openProxy,
  patience,
  plainSockets,
  recordWarnings,
  scriptTag,
  until,
  where,
} from './page.js';
import type { Page } from './page.js';

/** The address of every attempt from now on. */
function recordAddresses({ root }: Page): string[] {
  const addresses: string[] = [];
  root.addEventListener('pusher-before-connect', ({ url }) => addresses.push(url));
  return addresses;
}

const schemes = (addresses: readonly string[]): string[] => addresses.map((url) => new URL(url).protocol);

/** Opens a page whose connection has waited until its addresses are recorded. */
async function openRecorded(attributes: string, head: string = ''): Promise<[Page, string[]]> {
  const markup = `<pusher-connection ${attributes} connect-automatically="false"></pusher-connection>`;
  const page = head ? await openFrame(markup, head) : openPage(markup);
  await until('defined', () => page.find('pusher-connection').matches(':state(initialized)'));
  return [page, recordAddresses(page)];
}

describe('the scheme of a page’s connection', function () {
  this.timeout(patience);

  it('is encrypted unless something else is said, and property and attribute agree (O-01, P-01)', async () => {
    const [page, addresses] = await openRecorded('app-key="any" host="127.0.0.1" ws-port="1" wss-port="2"');
    const connection = page.find('pusher-connection');
    connection.addEventListener('pusher-before-connect', (event) => {
      event.preventDefault(); // nothing is opened: the address is what counts
    });
    connection.connect();
    expect(connection.encrypted).to.be.true;

    connection.setAttribute('encrypted', 'false');
    expect(connection.encrypted).to.be.false;
    await until('the second attempt', () => addresses.length === 2); // it shall be connected, and is another one now
    connection.encrypted = true;
    await until('the third attempt', () => addresses.length === 3);
    expect(connection.getAttribute('encrypted')).not.to.equal('false');
    expect(addresses.map((url) => new URL(url).origin)).to.deep.equal([
      'wss://127.0.0.1:2',
      'ws://127.0.0.1:1',
      'wss://127.0.0.1:2',
    ]);
  });

  it('and host are those of the cluster; without one, of us-east (O-16, O-17)', async () => {
    const [page, addresses] = await openRecorded('app-key="any/key"');
    const connection = page.find('pusher-connection');
    connection.addEventListener('pusher-before-connect', (event) => {
      event.preventDefault(); // nothing leaves the machine
    });
    connection.connect();
    connection.cluster = 'eu';
    await until('the second attempt', () => addresses.length === 2);
    const query = /\?protocol=7&client=pusher-elements&version=\d+\.\d+\.\d+$/;
    expect(addresses.map((url) => url.replace(query, ''))).to.deep.equal([
      'wss://ws-mt1.pusher.com:443/app/any%2Fkey',
      'wss://ws-eu.pusher.com:443/app/any%2Fkey',
    ]);
  });

  it('stays encrypted where it was encrypted, whatever fails (O-02)', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const attributes = where(app).replace('encrypted="false"', 'encrypted reconnect-delay="0.05"');
    const [page, addresses] = await openRecorded(attributes);
    const codes: unknown[] = [];
    page.find('pusher-connection').addEventListener('pusher-connect-failed', ({ code }) => codes.push(code));
    page.find('pusher-connection').connect();
    await until('three attempts have failed', () => codes.length >= 3);
    expect([1006, 1015], 'no code of the server: it was not spoken with').to.include.members(codes);
    expect(new Set(schemes(addresses))).to.deep.equal(new Set(['wss:']));
    expect((await app.records()).upgrades, 'no plain attempt arrived').to.deep.equal([]);
    expect(warnings.join()).to.contain('no answer from the host');
  });

  it('is plain first where encryption is switched off, and alternates while attempts fail (P-02)', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const proxy = await openProxy(app);
    await proxy.stop();
    const [page, addresses] = await openRecorded(`${where(app, proxy)} reconnect-delay="0.05"`);
    const connection = page.find('pusher-connection');
    connection.connect();
    await until('four attempts', () => addresses.length >= 4);
    await proxy.start();
    await until('connected', () => connection.state === 'connected');
    expect(schemes(addresses).slice(0, 4)).to.deep.equal(['ws:', 'wss:', 'ws:', 'wss:']);
    expect(warnings.join()).to.contain('no answer from the host');
    const [upgrade] = (await app.records()).upgrades;
    expect(schemes([upgrade?.url ?? '', addresses.at(-1) ?? ''])).to.deep.equal(['ws:', 'ws:']);
  });

  it('stays plain after a loss, where plain has worked', async () => {
    const app = await createApp();
    const [page, addresses] = await openRecorded(where(app));
    const connection = page.find('pusher-connection');
    connection.connect();
    for (let sockets = 1; sockets <= 3; sockets += 1) {
      await until(
        `socket ${String(sockets)}`,
        () => addresses.length === sockets && connection.state === 'connected',
      );
      if (sockets < 3) await app.drop();
      await until('noticed', () => sockets === 3 || connection.state === 'connecting');
    }
    expect(schemes(addresses)).to.deep.equal(['ws:', 'ws:', 'ws:']);
  });

  it('becomes encrypted at once where the app demands it, and stays so (O-03)', async () => {
    const app = await createApp({ isTLSOnly: true });
    const [page, addresses] = await openRecorded(where(app), plainSockets + scriptTag);
    const connection = page.find('pusher-connection');
    const announced: number[] = [];
    connection.addEventListener('pusher-connecting-in', ({ delay }) => announced.push(delay));
    connection.connect();
    await until('connected', () => connection.state === 'connected');
    expect(announced, 'nothing was waited for').to.deep.equal([]);
    await app.drop();
    await until('noticed', () => connection.state === 'connecting');
    await until('connected again', () => connection.state === 'connected');
    connection.disconnect();
    connection.connect();
    await until('connected a third time', () => connection.state === 'connected');
    expect(schemes(addresses)).to.deep.equal(['ws:', 'wss:', 'wss:', 'wss:']);
    const { upgrades } = await app.records();
    expect(schemes(upgrades.map(({ url }) => url))).to.deep.equal(['ws:', 'wss:', 'wss:', 'wss:']);
  });

  it('does not matter to a browser without WebSocket: it has failed, and says so (S-06, S-12)', async () => {
    const app = await createApp();
    const page = await openFrame(
      `<pusher-connection ${where(app)} connect-automatically="false"></pusher-connection>
      <pusher-status></pusher-status><pusher-channel name="prices"></pusher-channel>`,
      `<script>delete window.WebSocket</script>${scriptTag}`,
    );
    expect(page.window).not.to.have.property('WebSocket');
    const [connection, status] = [page.find('pusher-connection'), page.find('pusher-status')];
    await until('defined', () => connection.matches(':state(initialized)'));
    const changes: string[] = [];
    connection.addEventListener('pusher-state-change', ({ previous, current }) => {
      changes.push(`${previous} → ${current}`);
    });
    const addresses = recordAddresses(page);
    connection.connect();
    await until('shown as failed', () => status.state === 'failed');
    expect(changes).to.deep.equal(['initialized → failed']);
    expect(addresses).to.deep.equal([]);
    expect(connection.matches(':state(failed)')).to.be.true;
    expect(status.shadowRoot?.textContent).to.contain('This browser cannot connect');
    expect((await app.records()).upgrades).to.deep.equal([]);
  });
});
