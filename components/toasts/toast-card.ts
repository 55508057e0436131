/** One toast on the page: its element, what is drawn in it, and its time. */
import { html, nothing, render, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { createInstance } from '../shared/template/template.js';
import type { Instance } from '../shared/template/template.js';
import type { BindingScope, TemplateHost } from '../shared/template/bindings.js';
import { safeUrl } from '../shared/template/sinks.js';
import { levelOf } from './toast.js';
import type { Toast } from './toast.js';
import { ToastTimer } from './toast-timer.js';

/** Outlines in a square of 16, each told from the others without colour. */
const shapes: Readonly<Record<string, string>> = {
  info: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM7 4h2v2H7Zm0 3h2v5H7Z',
  success: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM7 11 3.8 7.8l1.3-1.3L7 8.4l3.9-3.9 1.3 1.3Z',
  warning: 'M8 1 16 15H0ZM7 6h2v4H7Zm0 5h2v2H7Z',
  error: 'M5 1h6l4 4v6l-4 4H5l-4-4V5ZM7 4h2v5H7Zm0 6h2v2H7Z',
};
const shapeOf = (level: string): string | undefined =>
  Object.hasOwn(shapes, level) ? shapes[level] : undefined;
const cross = 'm4 4 8 8M12 4l-8 8';

const sign = (path: string): SVGTemplateResult => svg`<path fill-rule="evenodd" d=${path}></path>`;

/** A picture that is not there leaves no broken one. */
const hide = ({ target }: Event): void => {
  (target as HTMLElement).hidden = true;
};

/** A button that closes. */
export const closeButton = (label: string, press: () => void): TemplateResult =>
  html`<button part="close" class="close" type="button" aria-label=${label} @click=${press}>
    <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${cross}></path></svg>
  </button>`;

let count = 0;

/** What happens to a card. */
export interface CardActions {
  /** Its time is over, or the button that closes it was pressed. */
  readonly close: (reason: 'timeout' | 'user') => void;
  /** A link or another button in it was pressed. */
  readonly press: (event: Event) => void;
}

export class ToastCard {
  readonly element: HTMLElement;
  toast: Toast;
  scope: BindingScope;
  timer: ToastTimer = new ToastTimer(0, () => undefined);
  notification: Notification | undefined;
  readonly #host: TemplateHost;
  readonly #does: CardActions;
  /** Unique in the page, so that what a cached copy of the page brings along is nowhere shown. */
  readonly #slot = `toast-${(count += 1)}`;
  #instance: Instance | undefined;

  constructor(host: TemplateHost, toast: Toast, scope: BindingScope, does: CardActions) {
    this.#host = host;
    this.toast = toast;
    this.scope = scope;
    this.#does = does;
    const element = (this.element = host.ownerDocument.createElement('article'));
    element.addEventListener('click', (event) => {
      const path = event.composedPath();
      const control = path
        .slice(0, path.indexOf(element))
        .find((node): node is Element => node instanceof Element && node.matches('a[href],button'));
      // The one that closes is the only one that is directly in it.
      if (control && control.parentNode !== element) does.press(event);
    });
  }

  /** Says something, for the first time or instead of what it has said. */
  put(toast: Toast, scope: BindingScope, template: HTMLTemplateElement | undefined): void {
    const { element } = this;
    this.timer.pause();
    this.toast = toast;
    this.scope = scope;
    this.timer = new ToastTimer(toast.duration, () => {
      this.#does.close('timeout');
    });
    const level = levelOf(toast);
    element.className = `toast ${shapeOf(level) ? level : ''}`;
    element.setAttribute('part', level ? `toast level-${level}` : 'toast');
    element.querySelector('.progress')?.remove();
    if (toast.duration > 0) {
      const progress = element.ownerDocument.createElement('i');
      progress.className = 'progress';
      progress.setAttribute('part', 'progress');
      progress.style.setProperty('animation-duration', `${toast.duration}s`);
      element.prepend(progress);
    }
    if (this.#instance) this.#instance.update(scope);
    else if (template) {
      this.#instance = createInstance(this.#host, template, scope);
      for (const node of this.#nodes) node.slot = this.#slot;
      this.#host.append(...this.#nodes);
    }
  }

  /** What it says, as a sentence. */
  get text(): string {
    const { title, body } = this.toast;
    const own = [title, body].filter(Boolean);
    return own.length > 0
      ? own.join('. ')
      : this.#nodes.map(({ textContent }) => textContent.trim()).join(' ');
  }

  draw(closeLabel: string): void {
    const { title, body, icon } = this.toast;
    const href = safeUrl(this.toast.href);
    const picture = safeUrl(icon);
    const shape = shapeOf(levelOf(this.toast));
    const main = title || body;
    render(
      html`${
          picture
            ? html`<img
                part="icon"
                class="icon"
                src=${picture}
                alt=""
                referrerpolicy="no-referrer"
                @error=${hide}
              />`
            : shape
              ? html`<svg part="icon" class="icon" viewBox="0 0 16 16" aria-hidden="true">
                  ${sign(shape)}
                </svg>`
              : nothing
        }
        <div class="text">
          <slot name=${this.#slot}>
            <div part=${title ? 'title' : 'body'} class=${title ? 'title' : 'body'} dir="auto">
              ${href ? html`<a part="link" href=${href}>${main}</a>` : main}
            </div>
            ${title && body ? html`<div part="body" class="body" dir="auto">${body}</div>` : nothing}
          </slot>
        </div>
        ${closeButton(closeLabel, () => {
          this.#does.close('user');
        })}`,
      this.element,
    );
  }

  /** Nothing of it stays. */
  dispose(): void {
    this.timer.pause();
    this.notification?.close();
    this.element.remove();
    for (const node of this.#nodes) node.remove();
  }

  /** What was made of the template. */
  get #nodes(): readonly Element[] {
    return this.#instance?.nodes ?? [];
  }
}
