/** Time, focus and speech of `<pusher-toasts>`: elements.md §2, issue 4 item 6. */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { html } from '../support.js';
import type { Page } from '../support.js';
import {
  cardsOf,
  closeOf,
  drawn,
  many,
  partOf,
  pass,
  render,
  send,
  textOf,
  textsOf,
  toastsOf,
} from './toasts-support.js';
import { waitUntil } from '../../wait-until.js';

const point = (page: Page, type: string, pointerType = 'mouse'): void => {
  partOf(page, 'region')!.dispatchEvent(new PointerEvent(type, { pointerType }));
};

/** As the keyboard does it: at what has the focus, in whatever shadow tree that is. */
function pressEscape(): void {
  let target = document.activeElement;
  while (target?.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
  target?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
  );
}

/** Until nothing moves any more. */
async function settled(page: Page): Promise<void> {
  const moving = cardsOf(page).flatMap((card) => card.getAnimations());
  await Promise.all(moving.map(({ finished }) => finished));
}

/** Lets the page be hidden, or seen, until `act` is over. */
async function whileHidden(act: () => Promise<void>): Promise<void> {
  const set = (isHidden: boolean): void => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  set(true);
  try {
    await act();
  } finally {
    set(false);
    Reflect.deleteProperty(document, 'hidden');
  }
}

const regionText = (role: string): string =>
  document.querySelector(`[role="${role}"][data-pusher-announcer]`)?.textContent ?? '';

/** Everything that is said while `act` runs, and until `until` is among it. */
async function saidUntil(role: string, until: string, act: () => Promise<void>): Promise<string[]> {
  const said: string[] = [];
  const region = document.querySelector(`[role="${role}"][data-pusher-announcer]`)!;
  const observer = new MutationObserver(() => {
    if (region.textContent && said.at(-1) !== region.textContent) said.push(region.textContent);
  });
  observer.observe(region, { childList: true, characterData: true, subtree: true });
  try {
    await act();
    await waitUntil(() => said.includes(until), `"${until}" is said`);
  } finally {
    observer.disconnect();
  }
  return said;
}

describe('<pusher-toasts>: time', () => {
  it('closes a toast after 8 seconds, or its duration, or when somebody closes it', async () => {
    const page = await render();
    await send(page, { title: 'A' });
    await pass(page, 7900);
    expect(textsOf(page)).to.deep.equal(['A']);
    await pass(page, 200);
    expect(textsOf(page)).to.deep.equal([]);
    toastsOf(page).duration = 0.5;
    await send(page, { title: 'B' });
    await pass(page, 600);
    expect(textsOf(page)).to.deep.equal([]);
    toastsOf(page).setAttribute('duration', '0');
    await send(page, { title: 'C' });
    await pass(page, 24 * 3600_000);
    expect(textsOf(page)).to.deep.equal(['C']);
    expect(partOf(page, 'progress')).to.equal(null);
    closeOf(cardsOf(page)[0]!).click();
    await drawn(page);
    expect(textsOf(page)).to.deep.equal([]);
  });

  it('stands still while a toast is pointed at, and leaves a second after that', async () => {
    const page = await render();
    await send(page, { title: 'A' });
    await pass(page, 7500);
    point(page, 'pointerenter');
    await pass(page, 60_000);
    expect(textsOf(page)).to.deep.equal(['A']);
    expect(getComputedStyle(partOf(page, 'progress')!).animationPlayState).to.equal('paused');
    point(page, 'pointerleave');
    await pass(page, 900);
    expect(textsOf(page)).to.deep.equal(['A']);
    await pass(page, 200);
    expect(textsOf(page)).to.deep.equal([]);
  });

  it('stands still after a tap, until the next one elsewhere', async () => {
    const page = await render();
    await send(page, { title: 'A' });
    point(page, 'pointerenter', 'touch');
    point(page, 'pointerleave', 'touch');
    await pass(page, 60_000);
    expect(textsOf(page)).to.deep.equal(['A']);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await pass(page, 8000);
    expect(textsOf(page)).to.deep.equal([]);
  });

  it('stands still while the keyboard is in it', async () => {
    const page = await render();
    await send(page, { title: 'A' }, { title: 'B' });
    closeOf(cardsOf(page)[0]!).focus({ focusVisible: true });
    await pass(page, 60_000);
    expect(textsOf(page)).to.deep.equal(['A', 'B']);
    closeOf(cardsOf(page)[0]!).blur();
    await pass(page, 8000);
    expect(textsOf(page)).to.deep.equal([]);
  });

  it('stands still while nobody sees the page', async () => {
    const page = await render();
    await whileHidden(async () => {
      await send(page, { title: 'A' });
      await pass(page, 60_000);
      expect(page.clock.pendingTimers).to.be.greaterThan(0);
    });
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['A']);
    await pass(page, 8000);
    expect(textsOf(page)).to.deep.equal([]);
  });
});

describe('<pusher-toasts>: the keyboard', () => {
  const withField = (): Promise<Page> =>
    render(html`<input aria-label="Search" /><pusher-toasts channel="user" event="notice"></pusher-toasts>`);

  it('never takes the focus', async () => {
    const page = await withField();
    const field = page.root.querySelector('input')!;
    field.focus();
    await send(page, { title: 'A', href: '/a' }, ...many(6));
    expect(document.activeElement).to.equal(field);
    await pass(page, 8000);
    expect(textsOf(page)).to.deep.equal([]);
    expect(document.activeElement).to.equal(field);
  });

  it('gives the focus to the next toast when one closes that has it, and back after the last', async () => {
    const page = await withField();
    const field = page.root.querySelector('input')!;
    const focused = (): Element | null => toastsOf(page).shadowRoot!.activeElement;
    await send(page, ...many(5));
    const [first, second, third] = cardsOf(page);
    field.focus();
    closeOf(second!).focus();
    closeOf(second!).click();
    await drawn(page);
    expect(focused()).to.equal(closeOf(third!));
    closeOf(third!).click();
    await drawn(page);
    closeOf(cardsOf(page)[1]!).click();
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Order 1']);
    expect(focused()).to.equal(closeOf(partOf(page, 'new')!.parentElement!));
    closeOf(partOf(page, 'new')!.parentElement!).click();
    await drawn(page);
    expect(focused()).to.equal(closeOf(first!));
    closeOf(first!).click();
    await drawn(page);
    expect(document.activeElement).to.equal(field);
  });

  it('goes on from the line that counts to what it has counted', async () => {
    const page = await withField();
    await send(page, ...many(6));
    partOf(page, 'new')!.focus();
    partOf(page, 'new')!.click();
    await drawn(page);
    expect(textsOf(page)).to.have.length(6);
    expect(toastsOf(page).shadowRoot!.activeElement).to.equal(closeOf(cardsOf(page)[4]!));
  });

  it('closes with Escape the toast that has the focus, and no other', async () => {
    const page = await withField();
    await send(page, { title: 'A' }, { title: 'B', href: '/b' }, ...many(3));
    page.root.querySelector('input')!.focus();
    pressEscape();
    await drawn(page);
    expect(textsOf(page)).to.have.length(4);
    partOf(page, 'link')!.focus();
    pressEscape();
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['A', 'Order 1', 'Order 2']);
    partOf(page, 'new')!.focus();
    pressEscape();
    await drawn(page);
    expect(partOf(page, 'new')).to.equal(null);
  });

  it('leaves Escape alone where something else has taken it', async () => {
    const page = await withField();
    await send(page, { title: 'A' });
    const take = (event: Event): void => {
      event.preventDefault();
    };
    document.addEventListener('keydown', take, { capture: true });
    closeOf(cardsOf(page)[0]!).focus();
    pressEscape();
    document.removeEventListener('keydown', take, { capture: true });
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['A']);
  });
});

describe('<pusher-toasts>: the voice', () => {
  it('reads out title and text politely, and a burst as its number', async () => {
    // elements.md N17
    const page = await render();
    const orders = Array.from({ length: 12 }, (_, index) => `Lunch ${index + 1}`);
    const said = await saidUntil('status', '9 new', () =>
      send(page, { title: 'Lunch', body: 'is ready' }, ...orders),
    );
    expect(said.filter((text) => text.startsWith('Lunch'))).to.deep.equal([
      'Lunch. is ready',
      'Lunch 1',
      'Lunch 2',
      'Lunch 3',
    ]);
  }).timeout(120_000);

  it('interrupts for errors, and for the levels that it is told', async () => {
    const page = await render();
    await saidUntil('alert', 'Paying has failed', () =>
      send(page, { title: 'Paying has failed', level: 'error' }),
    );
    toastsOf(page).setAttribute('assertive-levels', 'urgent');
    await saidUntil('alert', 'Fire', () => send(page, { title: 'Fire', level: 'urgent' }));
    await saidUntil('status', 'Not that bad', () => send(page, { title: 'Not that bad', level: 'error' }));
    expect(regionText('alert')).to.not.equal('Not that bad');
  }).timeout(120_000);

  it('has a live region nowhere in itself, so that nothing is read twice', async () => {
    const page = await render();
    await send(page, { title: 'A', level: 'error' });
    expect(toastsOf(page).shadowRoot!.querySelector('[role="status"],[role="alert"],[aria-live]')).to.equal(
      null,
    );
  });
});

describe('<pusher-toasts>: looks', () => {
  afterEach(async () => {
    if (navigator.userAgent.includes('Chrome'))
      await emulateMedia({ reducedMotion: 'no-preference', media: 'screen' });
  });

  for (const theme of ['light', 'dark'] as const)
    it(`passes axe with every level, a picture, a link and the line that counts, ${theme}`, async () => {
      const page = await render(
        html`<pusher-toasts
          channel="user"
          event="notice"
          theme=${theme}
          max="6"
          duration="0"
        ></pusher-toasts>`,
      );
      await send(
        page,
        ...['info', 'success', 'warning', 'error', 'own'].map((level) => ({
          title: level,
          body: 'text',
          level,
        })),
        { title: 'link', href: '/a' },
        ...many(3),
      );
      await settled(page);
      await expect(toastsOf(page)).to.be.accessible();
      toastsOf(page).stack = true;
      await drawn(page);
      await settled(page);
      await expect(toastsOf(page)).to.be.accessible();
    });

  it('is at the edge and the end that its placement says, in both directions of writing', async () => {
    const page = await render();
    await send(page, { title: 'A' });
    const toasts = toastsOf(page);
    const place = async (placement: typeof toasts.placement, dir: string): Promise<string> => {
      toasts.placement = placement;
      toasts.dir = dir;
      toasts.style.setProperty('--pusher-toasts-width', '200px');
      await drawn(page);
      const { left, right, top, bottom } = partOf(page, 'region')!.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 2;
      return [
        isNear(top, 0) ? 'top' : isNear(bottom, clientHeight) ? 'bottom' : '',
        isNear(left, 0) ? 'left' : isNear(right, clientWidth) ? 'right' : '',
      ].join(' ');
    };
    expect(await place('bottom-end', 'ltr')).to.equal('bottom right');
    expect(await place('bottom-end', 'rtl')).to.equal('bottom left');
    expect(await place('top-start', 'ltr')).to.equal('top left');
    expect(await place('top-start', 'rtl')).to.equal('top right');
    expect(await place('top', 'ltr')).to.equal('top ');
    expect(await place('bottom', 'rtl')).to.equal('bottom ');
  });

  it('is above a modal dialog, also one that was opened after it', async () => {
    const page = await render(
      html`<dialog>Sure?</dialog>
        <pusher-toasts channel="user" event="notice" placement="top"></pusher-toasts>`,
    );
    await send(page, { title: 'A' });
    const dialog = page.root.querySelector('dialog')!;
    dialog.showModal();
    expect(partOf(page, 'region')!.matches(':popover-open')).to.equal(true);
    const opened: string[] = [];
    partOf(page, 'region')!.addEventListener('beforetoggle', (event) => {
      opened.push(event.newState);
    });
    await send(page, { title: 'B' });
    expect(opened.at(-1)).to.equal('open');
    expect(dialog.contains(document.activeElement)).to.equal(true);
    dialog.close();
  });

  it('lies on each other with stack, until somebody looks', async () => {
    const page = await render(html`<pusher-toasts channel="user" event="notice" stack></pusher-toasts>`);
    await send(page, ...many(4));
    const reach = (): number => {
      const tops = cardsOf(page).map((card) => card.getBoundingClientRect().top);
      return Math.max(...tops) - Math.min(...tops);
    };
    await settled(page);
    expect(reach()).to.be.within(1, 30);
    expect(cardsOf(page)[0]!.checkVisibility({ visibilityProperty: true })).to.equal(false);
    point(page, 'pointerenter');
    await settled(page);
    expect(reach()).to.be.greaterThan(100);
    expect(cardsOf(page)[0]!.checkVisibility({ visibilityProperty: true })).to.equal(true);
  });

  it('moves only where that is wanted, and is not printed', async function () {
    if (!navigator.userAgent.includes('Chrome')) this.skip(); // only there can a test change it
    const page = await render();
    await send(page, { title: 'A' });
    const [card] = cardsOf(page);
    expect(getComputedStyle(card!).animationName).to.equal('come');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(getComputedStyle(card!).animationName).to.equal('none');
    expect(partOf(page, 'progress')!.checkVisibility()).to.equal(false);
    await emulateMedia({ reducedMotion: 'no-preference', media: 'print' });
    expect(card!.checkVisibility()).to.equal(false);
  });

  it('takes colours from custom properties', async () => {
    const page = await render();
    await send(page, { title: 'A', level: 'info' });
    toastsOf(page).style.setProperty('--pusher-toasts-info', 'rgb(1, 2, 3)');
    toastsOf(page).style.setProperty('--pusher-toasts-background', 'rgb(4, 5, 6)');
    expect(getComputedStyle(partOf(page, 'icon')!).color).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(cardsOf(page)[0]!).backgroundColor).to.equal('rgb(4, 5, 6)');
    expect(textOf(cardsOf(page)[0]!)).to.equal('A');
  });
});
