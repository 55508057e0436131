/** Notifications of the system (elements.md §2, `native`). The browser's own are replaced: a test may not show any. */
import { expect } from '@open-wc/testing';
import type { PusherToastsElement } from '../../../components/index.js';
import { html, recordEvents } from '../support.js';
import { drawn, render, send, textsOf, toastsOf } from './toasts-support.js';

const there = globalThis.Notification;

class FakeNotification {
  static permission: NotificationPermission = 'granted';
  static requests = 0;
  static shown: FakeNotification[] = [];
  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.requests += 1;
    return Promise.resolve('granted');
  }

  onclick: (() => void) | undefined;
  isOpen = true;
  readonly title: string;
  readonly options: NotificationOptions;

  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }

  close(): void {
    this.isOpen = false;
  }
}

const hide = (isHidden: boolean): void => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
};

const native = html`<pusher-toasts channel="user" event="notice" native></pusher-toasts>`;

describe('<pusher-toasts native>', () => {
  beforeEach(() => {
    Object.assign(FakeNotification, { permission: 'granted', requests: 0, shown: [] });
    Reflect.set(globalThis, 'Notification', FakeNotification);
  });
  afterEach(() => {
    Reflect.set(globalThis, 'Notification', there);
    Reflect.deleteProperty(document, 'hidden');
    document.dispatchEvent(new Event('visibilitychange'));
  });

  it('shows a notification of the system while nobody sees the page, and the toast for later', async () => {
    const page = await render(native);
    await send(page, { title: 'seen' });
    expect(FakeNotification.shown).to.have.length(0);
    hide(true);
    await send(
      page,
      { title: 'Order 7', body: 'was paid', icon: '/shop.png' },
      { title: 'B', icon: 'data:,x' },
    );
    const [first, second] = FakeNotification.shown;
    expect(first).to.deep.include({ title: 'Order 7' });
    expect(first!.options).to.deep.include({ body: 'was paid', icon: '/shop.png' });
    expect(second!.options).to.not.have.property('icon');
    hide(false);
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['seen', 'Order 7 was paid', 'B']);
  });

  it('says that it was pressed, and closes it with its toast', async () => {
    const page = await render(native);
    hide(true);
    const said = recordEvents(page.root, ['pusher-toast-click', 'pusher-toast-dismiss']);
    await send(page, { title: 'A' }, { title: 'B' });
    const [first, second] = FakeNotification.shown;
    first!.onclick!();
    expect(said).to.deep.equal(['pusher-toast-click', 'pusher-toast-dismiss']);
    hide(false);
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['B']);
    toastsOf(page).clear();
    await drawn(page);
    expect(second!.isOpen).to.equal(false);
  });

  it('shows none without the attribute, and none without permission', async () => {
    const page = await render(html`<pusher-toasts channel="user" event="notice"></pusher-toasts>`);
    hide(true);
    await send(page, { title: 'A' });
    toastsOf(page).native = true;
    FakeNotification.permission = 'denied';
    await send(page, { title: 'B' });
    expect(FakeNotification.shown).to.have.length(0);
  });

  it('never asks by itself, nor for a script that nobody has pressed anything for', async () => {
    const page = await render(native);
    FakeNotification.permission = 'default';
    hide(true);
    await send(page, { title: 'A' });
    const { userActivation } = navigator;
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: false } });
    try {
      const toasts: PusherToastsElement = toastsOf(page);
      expect(await toasts.allowNative()).to.equal(false);
      expect(FakeNotification.requests).to.equal(0);
      Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: true } });
      expect(await toasts.allowNative()).to.equal(true);
      expect(FakeNotification.requests).to.equal(1);
    } finally {
      Object.defineProperty(navigator, 'userActivation', { configurable: true, value: userActivation });
      Reflect.deleteProperty(navigator, 'userActivation');
    }
  });

  it('stays a toast where the browser has no notifications, or refuses to make one', async () => {
    const page = await render(native);
    hide(true);
    Reflect.set(
      globalThis,
      'Notification',
      Object.assign(
        () => {
          throw new TypeError('Illegal constructor');
        },
        { permission: 'granted' },
      ),
    );
    await send(page, { title: 'A' });
    Reflect.deleteProperty(globalThis, 'Notification');
    await send(page, { title: 'B' });
    expect(await toastsOf(page).allowNative()).to.equal(false);
    hide(false);
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['A', 'B']);
  });
});
