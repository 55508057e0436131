import { expect } from '@open-wc/testing';
import { html, key, renderPage } from '../support.js';
import type { Page } from '../support.js';

const render = (idle: number | undefined, hidden: number | undefined): Promise<Page> =>
  renderPage(
    (options) => html`
      <pusher-connection
        app-key=${key}
        .options=${options}
        .idleDisconnect=${idle}
        .hiddenDisconnect=${hidden}
      ></pusher-connection>
    `,
  );

/** The page goes to the background, or comes to the front. */
function turn(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('<pusher-connection>: while nobody is there', () => {
  afterEach(() => {
    Reflect.deleteProperty(document, 'hidden');
  });

  it('closes after hidden-disconnect in the background, and connects when the page is seen again', async () => {
    const { connection, clock, app } = await render(undefined, 60);
    turn(true);
    await clock.advance(59_000);
    expect(connection.state).to.equal('connected');
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
    expect(app.connections).to.have.lengthOf(0);
    turn(false);
    await clock.advance(0);
    expect(connection.state).to.equal('connected');
    turn(true);
    await clock.advance(30_000);
    turn(false);
    await clock.advance(60_000);
    expect(connection.state).to.equal('connected');
  });

  it('closes after idle-disconnect without a sign of life, and connects with the next one', async () => {
    const { connection, clock } = await render(60, undefined);
    await clock.advance(50_000);
    document.body.dispatchEvent(new Event('pointermove', { bubbles: true }));
    await clock.advance(59_000);
    expect(connection.state).to.equal('connected');
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
    document.body.dispatchEvent(new Event('keydown', { bubbles: true }));
    await clock.advance(0);
    expect(connection.state).to.equal('connected');
  });

  it('leaves a connection closed that was closed by hand', async () => {
    const { connection, clock } = await render(60, 60);
    connection.disconnect();
    turn(true);
    await clock.advance(120_000);
    turn(false);
    document.body.dispatchEvent(new Event('keydown', { bubbles: true }));
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
  });

  it('takes a new limit at once, and none without one', async () => {
    const { connection, clock, root } = await render(60, undefined);
    connection.setAttribute('idle-disconnect', '10s');
    await clock.advance(10_000);
    expect(connection.state).to.equal('disconnected');
    connection.connect();
    connection.removeAttribute('idle-disconnect');
    await clock.advance(600_000);
    expect(connection.state).to.equal('connected');
    root.replaceChildren();
    await clock.advance(1000);
    expect(clock.pendingTimers).to.equal(0);
  });
});
