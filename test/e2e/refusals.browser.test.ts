/** Servers that turn a page away: what it is told, what it shows, and whether it comes back. */
import { expect } from '@open-wc/testing';
import type { HandshakeBehavior } from '../../src/testing/index.js';
import {
  createApp,
  openFrame,
  openPage,
  patience,
  pause,
  plainSockets,
  recordAnnouncements,
  recordWarnings,
  scriptTag,
  textOf,
  until,
  where,
} from './page.js';
import type { Page } from './page.js';

/** The code of every `pusher-error` of the page, in the three places where handlers look for it. */
function recordErrors({ root }: Page): (number | null)[][] {
  const errors: (number | null)[][] = [];
  root.addEventListener('pusher-error', ({ code, data, error }) => {
    errors.push([code, data.code, error.data.code]);
  });
  return errors;
}

/** The tags without their connection: it is switched on once somebody listens. */
const markup = (attributes: string): string => `
  <pusher-connection ${attributes} connect-automatically="false" reconnect-delay="0.05"></pusher-connection>
  <pusher-status retry></pusher-status>
  <pusher-channel name="prices"></pusher-channel>`;

function openQuietPage(attributes: string): Page {
  return openPage(markup(attributes));
}

describe('a page that is turned away', function () {
  this.timeout(patience);

  it('says that there are too many connections, and never tries again by itself (L-01 to L-04)', async () => {
    const app = await createApp({ maxConnections: 0 });
    const page = openQuietPage(where(app));
    const [connection, status] = [page.find('pusher-connection'), page.find('pusher-status')];
    const errors = recordErrors(page);
    await until('the live region is there', () => status.shadowRoot?.querySelector('[role="status"]'));
    const announcements = recordAnnouncements(status);

    connection.connect();
    await until('shown as disconnected', () => status.state === 'disconnected');
    expect(errors).to.deep.equal([[4004, 4004, 4004]]);
    expect(connection.state).to.equal('disconnected');
    expect(status.matches(':state(limit)')).to.be.true;
    expect(textOf(status)).to.equal('Too many connections at the moment');
    await until('announced', () => announcements.length > 0);
    expect(announcements).to.deep.equal(['Too many connections at the moment']);
    await pause(500); // ten times the delay of a retry
    expect((await app.records()).upgrades).to.have.length(1);
    expect(connection.retryAt).to.be.undefined;

    await app.configure({ maxConnections: 10 });
    status.shadowRoot?.querySelector('button')?.click();
    await until('shown as connected', () => status.state === 'connected');
    await until('subscribed', () => page.find('pusher-channel').matches(':state(subscribed)'));
    expect(status.matches(':state(limit)')).to.be.false;
  });

  const shapes: Record<string, HandshakeBehavior> = {
    'a close alone': { type: 'close', code: 4004 },
    'a frame with an object, then a close': { type: 'error', code: 4004, data: 'object' },
    'a frame with a string, then a close': { type: 'error', code: 4004, data: 'string' },
    'a frame with an object alone': { type: 'error', code: 4004, data: 'object', closeCode: null },
    'a frame with a string alone': { type: 'error', code: 4004, data: 'string', closeCode: null },
    'a frame, then a close without its code': { type: 'error', code: 4004, closeCode: 1011 },
  };
  for (const [shape, handshake] of Object.entries(shapes))
    it(`hears of the limit once when it is told by ${shape} (L-05)`, async () => {
      const app = await createApp();
      await app.script({ handshake });
      const page = openQuietPage(where(app));
      const errors = recordErrors(page);
      page.find('pusher-connection').connect();
      await until('refused', () => page.find('pusher-connection').state === 'disconnected');
      await pause(300);
      expect(errors).to.deep.equal([[4004, 4004, 4004]]);
      expect((await app.records()).upgrades).to.have.length(1);
    });

  it('sees the code and the words of a close that comes right after the upgrade, whatever they are', async () => {
    const app = await createApp();
    const page = await openFrame(markup(where(app)), plainSockets + scriptTag); // schemes alternate meanwhile
    const connection = page.find('pusher-connection');
    await until('defined', () => connection.matches(':state(initialized)'));
    const seen: unknown[] = [];
    connection.addEventListener('pusher-connect-failed', ({ code, reason, fatal }) => {
      seen.push([code, reason, fatal]);
    });
    const isFatal = (code: number): boolean => code >= 4000 && !(code >= 4100 && code < 4300);
    const codes = [1001, 1011, 3000, 4001, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4100, 4200, 4300, 4999];
    for (const [index, code] of codes.entries()) {
      await app.script({ handshake: { type: 'close', code, reason: `Because of ${String(code)}` } });
      connection.connect();
      await until(`refused with ${String(code)}`, () => seen.length > index);
      connection.disconnect();
      seen.length = index + 1;
    }
    expect(seen).to.deep.equal(codes.map((code) => [code, `Because of ${String(code)}`, isFatal(code)]));
  });

  it('sees the codes of a real server: unknown key, wrong path, disabled app', async () => {
    const app = await createApp();
    const disabled = await createApp({ isEnabled: false });
    const stranger = where(app).replace(app.key, 'nobody-has-this-key');
    const attempts: [attributes: string, code: number][] = [
      [stranger, 4001],
      [`${where(app)} ws-path="/elsewhere"`, 4005],
      [where(disabled), 4003],
    ];
    for (const [attributes, code] of attempts) {
      const page = openQuietPage(attributes);
      const errors = recordErrors(page);
      page.find('pusher-connection').connect();
      await until('refused', () => page.find('pusher-connection').state === 'disconnected');
      expect(errors).to.deep.equal([[code, code, code]]);
      expect(page.find('pusher-status').matches(':state(limit)')).to.be.false;
    }
  });

  it('comes back after a refusal that may pass, such as 4100 or a broken upgrade (P-06)', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    await app.scriptNext({ handshake: { type: 'close', code: 4100 } });
    await app.scriptNext({ handshake: { type: 'refuse' } });
    await app.scriptNext({ handshake: { type: 'raw', text: 'not a handshake' } });
    const page = openQuietPage(where(app));
    const errors = recordErrors(page);
    page.find('pusher-connection').connect();
    await until('subscribed', () => page.find('pusher-channel').matches(':state(subscribed)'));
    expect(errors.map(([code]) => code).filter((code) => code === 4100)).to.have.length(1);
    expect(warnings.join()).to.contain('no answer from the host');
    expect((await app.records()).upgrades.length).to.be.at.least(4);
  });
});
