/** Pages that are left: nobody has to close anything (C-07). */
import { expect } from '@open-wc/testing';
import type { ControlledApp } from '../server/control-client.js';
import { createApp, openFrame, patience, until, where } from './page.js';
import type { FramedPage } from './page.js';

async function openLivePage(app: ControlledApp): Promise<FramedPage> {
  const page = await openFrame(`
    <pusher-connection ${where(app)} reconnect-delay="0.05"></pusher-connection>
    <pusher-channel name="prices"></pusher-channel>`);
  await until('subscribed', () => page.find('pusher-channel').matches(':state(subscribed)'));
  return page;
}

/** The socket is closed, and what was left of the page has not opened another. */
async function expectLeft(app: ControlledApp): Promise<void> {
  const { closes } = await app.until((records) => records.closes.length > 0, 30_000);
  expect(closes.map(({ by }) => by)).to.deep.equal(['client']);
  // A page that is opened afterwards is live before anything that reconnects after 50 ms could not have been.
  await openLivePage(app);
  expect((await app.records()).upgrades).to.have.length(2);
  expect(await app.connections()).to.have.length(1);
}

describe('a page that is left', function () {
  this.timeout(patience);

  it('closes its socket when another page is opened in its place', async () => {
    const app = await createApp();
    const { frame } = await openLivePage(app);
    frame.removeAttribute('srcdoc');
    frame.src = 'about:blank';
    await expectLeft(app);
  });

  it('closes its socket when it goes elsewhere by itself', async () => {
    const app = await createApp();
    const { window } = await openLivePage(app);
    window.location.href = 'about:blank#elsewhere';
    await expectLeft(app);
  });

  it('closes its socket when its window is gone', async () => {
    const app = await createApp();
    const { frame } = await openLivePage(app);
    frame.remove();
    await expectLeft(app);
  });

  it('closes its socket on the way into the back/forward cache, and is live again when it comes back', async () => {
    const app = await createApp();
    const page = await openLivePage(app);
    const { window } = page;
    const connection = page.find('pusher-connection');
    // A frame is never cached by itself, so the two events that the browser would send are sent here.
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(connection.state).to.equal('disconnected');
    await app.until(({ closes }) => closes.length === 1, 30_000);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until('subscribed again', () => page.find('pusher-channel').matches(':state(subscribed)'));

    const heard: unknown[] = [];
    page.find('pusher-channel').addEventListener('pusher-event', ({ data }) => heard.push(data));
    await app.publish({ channels: 'prices', event: 'tick', data: 1 });
    await until('the event', () => heard.length > 0);
    const { upgrades, received } = await app.records();
    expect(upgrades).to.have.length(2);
    expect(received.filter(({ event }) => event === 'pusher:subscribe')).to.have.length(2);
  });
});
