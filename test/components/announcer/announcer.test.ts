/** One live region per document, which sums up (elements.md N17). */
import { expect } from '@open-wc/testing';
import { announce, prepareAnnouncer } from '../../../components/shared/announcer.js';
import { withFakeTime } from '../fake-time.js';

const regions = (role = 'status'): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-pusher-announcer][role=${role}]`),
];
const said = (role?: string): string => regions(role)[0]!.textContent;

describe('The announcer', () => {
  it('has its region before there is anything to say, one for the document, empty and unseen', () => {
    prepareAnnouncer(document);
    prepareAnnouncer(document);
    expect(regions().length).to.equal(1);
    expect(said()).to.equal('');
    const { width, height } = regions()[0]!.getBoundingClientRect();
    expect(width * height).to.be.at.most(1);
    expect(regions()[0]!.hasAttribute('style'), 'written by script, which a policy allows').to.equal(true);
  });

  it('says a sentence a moment later, and takes it away once it has been read', () =>
    withFakeTime(async (clock) => {
      announce(document, 'Ada is here');
      expect(said()).to.equal('');
      await clock.advance(100);
      expect(said()).to.equal('Ada is here');
      await clock.advance(1500);
      expect(said()).to.equal('');
      await clock.advance(10_000);
      expect(clock.pendingTimers, 'nothing runs while nobody speaks').to.equal(0);
    }));

  it('says different things one after the other', () =>
    withFakeTime(async (clock) => {
      announce(document, 'one');
      announce(document, 'two');
      await clock.advance(100);
      expect(said()).to.equal('one');
      await clock.advance(1500);
      expect(said()).to.equal('two');
      await clock.advance(20_000);
    }));

  it('sums up what comes under one key, and speaks under it every few seconds at most', () =>
    withFakeTime(async (clock) => {
      const key = {};
      const heard: string[] = [];
      for (let second = 0; second < 10; second += 0.1) {
        announce(document, (count) => `${count} new`, { key });
        await clock.advance(100);
        if (said() && said() !== heard.at(-1)) heard.push(said());
      }
      expect(heard.length).to.be.within(2, 3);
      expect(heard[0]).to.equal('1 new');
      expect(heard[1]).to.match(/^[456]\d new$/);
      await clock.advance(20_000);
    }));

  it('says the last one of several texts with one key', () =>
    withFakeTime(async (clock) => {
      const key = {};
      announce(document, '12 €', { key });
      announce(document, '13 €', { key });
      await clock.advance(100);
      expect(said()).to.equal('13 €');
      await clock.advance(20_000);
      expect(said()).to.equal('');
    }));

  it('has another region for what is urgent', () =>
    withFakeTime(async (clock) => {
      announce(document, 'Out of stock', { isAssertive: true });
      await clock.advance(100);
      expect(said('alert')).to.equal('Out of stock');
      expect(said()).to.equal('');
      await clock.advance(20_000);
    }));

  it('puts the region back where a site has replaced the body', () =>
    withFakeTime(async (clock) => {
      const [region] = regions();
      region!.remove();
      announce(document, 'still here');
      expect(regions()).to.deep.equal([region]);
      await clock.advance(100);
      expect(said()).to.equal('still here');
      await clock.advance(20_000);
    }));

  describe('with a modal dialog, outside of which everything is inert', () => {
    const opened: Element[] = [];
    const open = (
      inside: ParentNode & Node = document.body,
      where: 'append' | 'prepend' = 'append',
    ): HTMLDialogElement => {
      const dialog = document.createElement('dialog');
      dialog.innerHTML = '<button>OK</button>';
      inside[where](dialog);
      opened.push(dialog);
      dialog.showModal();
      return dialog;
    };
    afterEach(() => {
      for (const element of opened.splice(0)) element.remove();
    });

    it('speaks in the dialog, and outside again once it is closed', () =>
      withFakeTime(async (clock) => {
        prepareAnnouncer(document);
        const dialog = open();
        announce(document, 'Saved');
        expect(regions().map(({ parentNode }) => parentNode)).to.deep.equal([dialog]);
        await clock.advance(100);
        expect(said()).to.equal('Saved');
        dialog.close();
        await clock.advance(1500);
        announce(document, 'Gone', { isAssertive: true });
        announce(document, 'Closed');
        await clock.advance(100);
        expect([said(), said('alert')]).to.deep.equal(['Closed', 'Gone']);
        expect(regions().map(({ parentNode }) => parentNode)).to.deep.equal([document.body]);
        await clock.advance(20_000);
      }));

    it('goes to a dialog that is opened before the sentence is said, and only then says it', () =>
      withFakeTime(async (clock) => {
        announce(document, 'Later');
        const dialog = open();
        await clock.advance(100);
        expect([said(), regions()[0]!.parentNode]).to.deep.equal(['', dialog]);
        await clock.advance(100);
        expect(said()).to.equal('Later');
        await clock.advance(20_000);
      }));

    it('is in the dialog that has the focus, where there are several, and in a shadow tree too', () =>
      withFakeTime(async (clock) => {
        const first = open();
        const second = open(document.body, 'prepend'); // the order in the tree says nothing
        announce(document, 'on top');
        expect(regions()[0]!.parentNode).to.equal(second);
        const host = document.createElement('div');
        second.append(host);
        const inner = open(host.attachShadow({ mode: 'open' }));
        announce(document, 'inside');
        expect(host.shadowRoot!.querySelector('[data-pusher-announcer]')?.parentNode).to.equal(inner);
        await clock.advance(20_000);
        second.remove();
        first.remove();
        prepareAnnouncer(document);
        expect(regions()[0]!.parentNode).to.equal(document.body);
      }));

    it('stays where it is for a dialog that is not modal', () =>
      withFakeTime(async (clock) => {
        const dialog = open();
        dialog.close();
        dialog.show();
        announce(document, 'beside it');
        expect(regions()[0]!.parentNode).to.equal(document.body);
        await clock.advance(20_000);
      }));
  });
});
