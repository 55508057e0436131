/**
 * Pages with mistakes in them, and servers that send nonsense: each mistake gets a message that names the
 * element and says what to do, everything else on the page goes on, and mending it is enough.
 */
import { expect } from '@open-wc/testing';
import type { FaultyFrame } from '../../src/testing/index.js';
import type { ControlledApp } from '../server/control-client.js';
import { createApp, openPage, openProxy, patience, recordWarnings, textOf, until, where } from './page.js';
import type { Page } from './page.js';

type ChannelElement = HTMLElementTagNameMap['pusher-channel'];
type ConnectionElement = HTMLElementTagNameMap['pusher-connection'];

/** A part of the page in which there is no mistake. */
const sound = (app: ControlledApp): string => `
  <pusher-connection id="sound" ${where(app)} default></pusher-connection>
  <pusher-channel id="sound-channel" connection="sound" name="prices"></pusher-channel>`;

/** An event that is published now arrives at the channel, once. */
async function expectLive(app: ControlledApp, channel: ChannelElement): Promise<void> {
  await until('subscribed', () => channel.matches(':state(subscribed)'));
  const heard: unknown[] = [];
  const hear = ({ name, data }: HTMLElementEventMap['pusher-event']): void => {
    if (name === 'tick') heard.push(data);
  };
  channel.addEventListener('pusher-event', hear);
  await app.publish({ channels: channel.name, event: 'tick', data: 'live' });
  await until('the event', () => heard.length > 0);
  channel.removeEventListener('pusher-event', hear);
  expect(heard).to.deep.equal(['live']);
}

const expectSound = (app: ControlledApp, page: Page): Promise<void> =>
  expectLive(app, page.find<ChannelElement>('#sound-channel'));

/** A message names the element, as its author wrote it, says what is wrong, and then what to do. */
function expectAdvice(message: string | undefined, element: string, ...words: string[]): void {
  expect(message).to.match(/^\[pusher-elements\] <pusher-[a-z]+[^>]*>: .+?\. [A-Z].+/);
  expect(message).to.contain(element);
  for (const word of words) expect(message).to.contain(word);
}

const mended = 'app-key';

describe('a page with a mistake in it', function () {
  this.timeout(patience);

  it('without an app key says so, opens nothing, and connects once it has one (C-02)', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const errors: string[] = [];
    const page = openPage('');
    page.root.addEventListener('pusher-error', ({ reason }) => errors.push(reason));
    page.root.innerHTML =
      sound(app) +
      `<pusher-connection id="bare" ${where(app).replace(/app-key="[^"]*"/, '')}>
        <pusher-channel id="inner" name="prices"></pusher-channel>
      </pusher-connection>`;
    await expectSound(app, page);
    expectAdvice(warnings[0], '<pusher-connection id="bare">', 'no application key', 'app-key="…"');
    expect(warnings).to.have.length(1);
    expect(errors).to.deep.equal(['invalid-app-key']);
    expect(page.find('#bare').getAttribute('state')).to.equal('initialized');
    expect((await app.records()).upgrades).to.have.length(1);

    page.find('#bare').setAttribute(mended, app.key);
    await expectLive(app, page.find<ChannelElement>('#inner'));
  });

  it('with spaces in the app key says so, opens nothing, and connects once it is right', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const page = openPage(
      sound(app) +
        `<pusher-connection id="spaced" ${where(app).replace(app.key, 'two words')}>
          <pusher-channel id="inner" name="prices"></pusher-channel>
        </pusher-connection>`,
    );
    await expectSound(app, page);
    expectAdvice(
      warnings[0],
      '<pusher-connection id="spaced" app-key="two words">',
      'white space',
      'Copy the key again',
    );
    expect((await app.records()).upgrades).to.have.length(1);
    page.find('#spaced').setAttribute(mended, ` ${app.key}\u200B `); // as it is pasted
    await expectLive(app, page.find<ChannelElement>('#inner'));
  });

  it('with an address where nobody answers says so, keeps trying, and connects once somebody does', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const proxy = await openProxy(app);
    await proxy.stop();
    const page = openPage(
      sound(app) +
        `<pusher-connection id="lost" ${where(app, proxy)} reconnect-delay="0.1">
          <pusher-channel id="inner" name="prices"></pusher-channel>
        </pusher-connection>`,
    );
    await expectSound(app, page);
    await until('a message', () => warnings.length > 0);
    expectAdvice(warnings[0], '<pusher-connection id="lost"', 'no answer', 'Check cluster and host');
    await until('more than one attempt', () => page.find<ConnectionElement>('#lost').attempt >= 2);
    expect(warnings, 'said once').to.have.length(1);
    await proxy.start();
    await expectLive(app, page.find<ChannelElement>('#inner'));
  });

  it('with a port, a delay and JSON that are none says so for each, and connects without them', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const attributes = where(app).replace(/wss-port="\d+"/, 'wss-port="https"');
    const page = openPage(`
      <pusher-connection id="odd" ${attributes} reconnect-delay="soon" unavailable-timeout="-1" options='{"cluster": eu}'>
        <pusher-channel name="prices"></pusher-channel>
      </pusher-connection>`);
    await expectLive(app, page.find('pusher-channel'));
    for (const attribute of [
      'wss-port="https"',
      'reconnect-delay="soon"',
      'unavailable-timeout="-1"',
      'options=',
    ])
      expectAdvice(
        warnings.find((warning) => warning.includes(attribute)),
        '<pusher-connection id="odd"',
        'Write ',
      );
    expect(warnings).to.have.length(4);
    expect(page.find('pusher-connection').reconnectDelay).to.equal(5);
  });

  it('with an impossible channel name says so for that channel, and all others work, also "constructor"', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const failed: string[] = [];
    const page = openPage('');
    page.root.addEventListener('pusher-subscription-error', ({ channel }) => failed.push(channel));
    page.root.innerHTML =
      sound(app) +
      `<pusher-channel id="wrong" name="not a name"></pusher-channel><pusher-channel id="nameless"></pusher-channel>
      <pusher-channel id="constructor" name="constructor"></pusher-channel>`;
    await expectSound(app, page);
    await expectLive(app, page.find<ChannelElement>('#constructor'));
    expectAdvice(
      warnings.find((warning) => warning.includes('not a name')),
      '<pusher-channel id="wrong" name="not a name">',
      'cannot be named',
      'letters, digits',
    );
    expectAdvice(
      warnings.find((warning) => warning.includes('nameless')),
      '<pusher-channel id="nameless">',
      'no name',
      'Write name="…"',
    );
    expect(failed).to.deep.equal(['not a name']);
    const wrong = page.find<ChannelElement>('#wrong');
    expect(wrong.state).to.equal('failed');

    wrong.name = 'a-name';
    await expectLive(app, wrong);
    expect((await app.records()).upgrades).to.have.length(1);
  });

  it('with two connections of the same id says so, and the first one is found', async () => {
    const [first, second] = [await createApp(), await createApp()];
    const warnings = recordWarnings();
    const page = openPage(`
      <pusher-connection id="same" ${where(first)}></pusher-connection>
      <pusher-connection id="same" ${where(second)}></pusher-connection>
      <pusher-channel connection="same" name="prices"></pusher-channel>`);
    await expectLive(first, page.find('pusher-channel'));
    await second.until(({ upgrades }) => upgrades.length === 1, 30_000);
    expectAdvice(
      warnings[0],
      '<pusher-connection id="same"',
      'another connection has the id "same"',
      'Give each',
    );

    page.root.lastElementChild?.setAttribute('connection', 'other');
    page.root.children[1]?.setAttribute('id', 'other');
    await second.until(({ sent }) => sent.some(({ channel }) => channel === 'prices'), 20_000);
    await expectLive(second, page.find('pusher-channel'));
  });

  it('with a connection that is missing says so, and works once it is there', async () => {
    const app = await createApp();
    const warnings = recordWarnings();
    const page =
      openPage(`${sound(app)}<pusher-channel id="waiting" connection="missing" name="prices"></pusher-channel>
      <pusher-status connection="missing"></pusher-status>`);
    await expectSound(app, page);
    await until('both have said so', () => warnings.length >= 2);
    expectAdvice(
      warnings.find((warning) => warning.includes('<pusher-channel')),
      '<pusher-channel id="waiting" name="prices" connection="missing">',
      'nothing here has the id "missing"',
      'Add <pusher-connection id="missing"',
    );
    page.root.insertAdjacentHTML(
      'beforeend',
      `<pusher-connection id="missing" ${where(app)}></pusher-connection>`,
    );
    await expectLive(app, page.find<ChannelElement>('#waiting'));
    await until('the status', () => page.find('pusher-status').state === 'connected');
  });
});

describe('a page whose server sends nonsense', function () {
  this.timeout(patience);

  it('goes on: garbage, arrays, frames without a name, from the future, for nobody, binary and huge', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection ${where(app)}></pusher-connection>
      <pusher-channel name="prices"></pusher-channel><pusher-status details></pusher-status>`);
    const [channel, status] = [page.find('pusher-channel'), page.find('pusher-status')];
    await expectLive(app, channel);
    await until('the status', () => status.state === 'connected');
    const errors: string[] = [];
    const events: string[] = [];
    page.root.addEventListener('pusher-error', ({ errorType, message }) =>
      errors.push(`${errorType} ${message}`),
    );
    page.root.addEventListener('pusher-event', ({ name, data }) =>
      events.push(`${name} ${String(data).length}`),
    );
    const socketId = page.find('pusher-connection').socketId;

    const faults: FaultyFrame[] = [
      'garbage',
      'array',
      'no-event',
      'unknown-pusher-event',
      'unknown-channel',
      'binary',
      'huge',
    ];
    for (const fault of faults) {
      await app.sendFaulty(fault);
      await expectLive(app, channel);
    }
    expect(errors).to.have.length(4);
    for (const error of errors) expect(error).to.match(/^MessageParseError .*not a frame/);
    expect(events.filter((event) => !event.startsWith('tick'))).to.deep.equal(['huge 1000000']);
    expect(page.find('pusher-connection').socketId).to.equal(socketId);
    expect(textOf(status)).to.equal('Connected');
  });

  it('goes on when nonsense is all it ever gets instead of a handshake, until there is one', async () => {
    const app = await createApp();
    for (const text of [
      '',
      '[]',
      '{"event":"tick"}',
      '{"event":"pusher:connection_established","data":"{}"}',
    ])
      await app.scriptNext({ handshake: { type: 'raw', text } });
    const warnings = recordWarnings();
    const page = openPage(`
      <pusher-connection ${where(app)} reconnect-delay="0.05"></pusher-connection>
      <pusher-channel name="prices"></pusher-channel>`);
    await expectLive(app, page.find('pusher-channel'));
    expectAdvice(warnings[0], '<pusher-connection app-key=', 'no answer', 'Check cluster and host');
  });
});
