/** What people see of an outage: nothing of a short one, and of a long one when it will be tried again. */
import { expect } from '@open-wc/testing';
import {
  colourOf,
  createApp,
  openPage,
  openProxy,
  pause,
  patience,
  recordAnnouncements,
  recordStates,
  textOf,
  until,
  where,
} from './page.js';
import type { Page } from './page.js';

/** When the connection was lost and made again, in milliseconds. */
function recordOutages({ root }: Page): { from: number; to?: number }[] {
  const outages: { from: number; to?: number }[] = [];
  root.addEventListener('pusher-state-change', ({ previous, current }) => {
    const last = outages.at(-1);
    if (previous === 'connected') outages.push({ from: Date.now() });
    else if (current === 'connected' && last) last.to = Date.now();
  });
  return outages;
}

describe('a status on the page', function () {
  this.timeout(patience);

  it('goes from green to amber with a countdown, and back to green, and says each once (E-10)', async () => {
    const app = await createApp();
    const proxy = await openProxy(app);
    const page = openPage(`
      <pusher-connection ${where(app, proxy)} reconnect-delay="3"></pusher-connection>
      <pusher-status countdown></pusher-status>`);
    const status = page.find('pusher-status');
    await until('shown as connected', () => status.state === 'connected');
    const green = colourOf(status);
    expect(green.green).to.be.above(green.red).and.above(green.blue);
    expect(textOf(status)).to.equal('Connected');
    const states = recordStates(status);
    const announcements = recordAnnouncements(status);

    await proxy.stop();
    await until('shown as trouble', () => status.state !== 'connected');
    expect(status.matches(':state(connecting)')).to.be.true;
    expect(status.matches(':state(reconnecting)')).to.be.true;
    expect(textOf(status)).to.equal('Reconnecting…');
    const amber = colourOf(status);
    expect(amber.red).to.be.above(amber.green);
    expect(amber.green).to.be.above(amber.blue);

    const numbers: number[] = [];
    await until('a countdown of two waits', () => {
      const number = Number(/\d+/.exec(textOf(status, 'countdown'))?.[0]);
      if (number && number !== numbers.at(-1)) numbers.push(number);
      return numbers.some((each, index) => each > (numbers[index - 1] ?? Infinity));
    });
    expect(textOf(status, 'countdown')).to.match(/^Next attempt in \d seconds?$/);
    expect(Math.max(...numbers)).to.be.at.most(3);
    expect(numbers.length).to.be.at.least(2);

    await proxy.start();
    await until('shown as connected again', () => status.state === 'connected');
    await until('both announced', () => announcements.length >= 2);
    expect(colourOf(status)).to.deep.equal(green);
    expect(textOf(status, 'countdown')).to.equal('');
    expect(states).to.deep.equal(['connected', 'connecting', 'connected']);
    expect(announcements).to.deep.equal(['Reconnecting…', 'Connected']);
  });

  it('shows nothing of an outage of one second, and announces nothing (E-10)', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection ${where(app)} reconnect-delay="1"></pusher-connection>
      <pusher-status countdown retry></pusher-status>`);
    const connection = page.find('pusher-connection');
    const status = page.find('pusher-status');
    const outages = recordOutages(page);
    await until('shown as connected', () => status.state === 'connected');
    const text = status.shadowRoot?.textContent;

    // A second and a little; on a machine that stalls it may take longer, and that outage may be shown.
    for (let round = 1; ; round += 1) {
      const states = recordStates(status);
      const announcements = recordAnnouncements(status);
      await app.drop();
      await until('lost', () => outages.length === round);
      await until('connected again', () => connection.state === 'connected');
      await until('shown as connected', () => status.state === 'connected');
      await pause(300); // what was held back would come now
      const { from, to = NaN } = outages[round - 1] ?? { from: NaN };
      expect(to - from, 'an outage of a second').to.be.at.least(950);
      expect(announcements.length).to.be.at.most(2);
      if (to - from >= 1400 && round < 6) continue;
      expect(to - from, 'at last an outage of about a second').to.be.below(1400);
      expect(states).to.deep.equal(['connected']);
      expect(announcements).to.deep.equal([]);
      expect(status.shadowRoot?.textContent).to.equal(text);
      return;
    }
  });

  it('says when nothing has worked for a while, and goes straight to connected from there (S-10, S-11)', async () => {
    const app = await createApp();
    const proxy = await openProxy(app);
    const page = openPage(`
      <pusher-connection ${where(app, proxy)} unavailable-timeout="2" unavailable-retry-delay="1"></pusher-connection>
      <pusher-status>
        <span slot="unavailable">You are offline. Prices may be out of date.</span>
      </pusher-status>`);
    const status = page.find('pusher-status');
    await until('shown as connected', () => status.state === 'connected');
    const states = recordStates(page.find('pusher-connection'));
    const announcements = recordAnnouncements(status);

    await proxy.stop();
    await until('shown as unavailable', () => status.state === 'unavailable');
    expect(page.find('span').checkVisibility()).to.be.true;
    await proxy.start();
    await until('shown as connected again', () => status.state === 'connected');
    await until('announced', () => announcements.at(-1) === 'Connected');
    expect(page.find('span').checkVisibility()).to.be.false;
    expect(states).to.deep.equal(['connected', 'connecting', 'unavailable', 'connected']);
    expect(announcements).to.include('You are offline. Prices may be out of date.');
    expect(new Set(announcements).size).to.equal(announcements.length);
  });

  it('has a button that tries at once, however long the wait', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection ${where(app)} reconnect-delay="600"></pusher-connection>
      <pusher-status retry grace="0.1"></pusher-status>`);
    const status = page.find('pusher-status');
    await until('shown as connected', () => status.state === 'connected');
    const button = (): HTMLButtonElement | null | undefined => status.shadowRoot?.querySelector('button');
    expect(button()).to.be.null;
    await app.drop();
    await until('the button is there', () => button());
    expect(button()?.textContent.trim()).to.equal('Try now');
    button()?.click();
    await until('shown as connected again', () => status.state === 'connected');
    expect((await app.records()).upgrades).to.have.length(2);
  });

  it('announces libPusher’s five seconds where a delay is asked for without a number (P-08)', async () => {
    const app = await createApp();
    const page = openPage(`<pusher-connection ${where(app)} reconnect-delay></pusher-connection>`);
    const connection = page.find('pusher-connection');
    const delays: number[] = [];
    connection.addEventListener('pusher-connecting-in', ({ delay }) => delays.push(delay));
    await until('connected', () => connection.state === 'connected');
    await app.drop();
    await until('announced', () => delays.length > 0);
    expect(delays).to.deep.equal([5]);
  });

  it('says that nothing is tried where reconnecting is switched off (P-05)', async () => {
    const app = await createApp();
    const page = openPage(`
      <pusher-connection ${where(app)} reconnect-automatically="false"></pusher-connection>
      <pusher-status retry></pusher-status>`);
    const status = page.find('pusher-status');
    await until('shown as connected', () => status.state === 'connected');
    await app.drop();
    await until('shown as disconnected', () => status.state === 'disconnected');
    expect(page.find('pusher-connection').retryAt).to.be.undefined;
    expect(textOf(status)).to.equal('Disconnected');
    status.shadowRoot?.querySelector('button')?.click();
    await until('shown as connected again', () => status.state === 'connected');
    expect((await app.records()).upgrades).to.have.length(2);
  });
});
