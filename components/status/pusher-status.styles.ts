import { css } from 'lit';
import type { CSSResult } from 'lit';

/** Logical properties throughout, so that right-to-left needs nothing. Text has a contrast of 7:1 or more. */
export const styles: CSSResult = css`
  :host {
    display: inline-block;
  }
  /* Without a box of its own, so that ::part(base) can stick to the page. */
  :host([variant='banner']),
  :host([data-variant='banner']:not([variant])) {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }

  .base {
    --tint: light-dark(#f4f4f5, #1c1c1e);
    --tone: light-dark(#595959, #b3b3b3);
    align-items: center;
    background: var(--tint);
    border: 1px solid var(--tone);
    border-radius: var(--pusher-status-radius, 1em);
    box-sizing: border-box;
    color: light-dark(#1c1c1e, #f2f2f2);
    color-scheme: light dark;
    display: inline-flex;
    flex-wrap: wrap;
    font-size: 0.875em;
    gap: 0.25em 0.5em;
    line-height: 1.4;
    max-inline-size: 100%;
    padding-block: 0.3em;
    padding-inline: 0.75em;
  }
  .base[hidden] {
    display: none;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  .online {
    --tint: light-dark(#ebf8f0, #0f2619);
    --tone: var(--pusher-status-online, light-dark(#0a7239, #4fd08b));
  }
  .warning {
    --tint: light-dark(#fff5e0, #2b1f08);
    --tone: var(--pusher-status-warning, light-dark(#8f5100, #f2b04d));
  }
  .danger {
    --tint: light-dark(#fdecea, #2f1312);
    --tone: var(--pusher-status-danger, light-dark(#b3261e, #ff8a80));
  }

  .banner {
    border-inline: 0;
    border-radius: var(--pusher-status-radius, 0);
    display: flex;
    inline-size: 100%;
    padding-block: 0.6em;
    padding-inline: 1em;
  }
  .text,
  .dot-only {
    background: none;
    border: 0;
    color: inherit;
    padding: 0;
  }

  /* Shape and sentence stay together where there is little room; what follows wraps. */
  .main {
    align-items: center;
    display: inline-flex;
    gap: 0.5em;
    min-inline-size: 0;
  }
  .label {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .dot {
    block-size: 0.8em;
    color: var(--tone);
    fill: currentColor;
    flex: none;
    inline-size: 0.8em;
  }
  .countdown,
  .details {
    font-variant-numeric: tabular-nums;
  }

  button {
    background: none;
    border: 1px solid currentColor;
    border-radius: var(--pusher-status-radius, 1em);
    color: inherit;
    cursor: pointer;
    font: inherit;
    margin-inline-start: auto;
    min-block-size: 24px;
    padding-inline: 0.75em;
  }
  button:hover {
    text-decoration: underline;
  }
  button:focus-visible {
    outline: 2px solid currentColor;
    outline-offset: 2px;
  }

  .unseen {
    block-size: 1px;
    clip-path: inset(50%);
    inline-size: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: no-preference) {
    .turning .dot {
      animation: turn 1.2s linear infinite;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  /* On paper it says only that what is printed may be out of date, and nothing can be pressed. */
  @media print {
    .online,
    .countdown,
    button {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .dot {
      color: CanvasText;
    }
  }
`;
