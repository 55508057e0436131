import { css } from 'lit';
import type { CSSResult } from 'lit';

/** Logical properties throughout, so that right-to-left needs nothing. */
export const styles: CSSResult = css`
  :host {
    display: contents;
  }
  :host([hidden]),
  [hidden],
  .region[hidden] {
    display: none;
  }
  .region {
    background: none;
    border: 0;
    box-sizing: border-box;
    color: inherit;
    color-scheme: light dark;
    font-size: 0.9375em;
    inline-size: min(100%, var(--pusher-toasts-width, 26em));
    inset-block-end: var(--pusher-toasts-inset, 0px);
    inset-block-start: auto;
    inset-inline: 0;
    line-height: 1.4;
    margin-block: 0;
    margin-inline: auto;
    max-block-size: calc(100% - var(--pusher-toasts-inset, 0px));
    max-inline-size: none;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 1em;
    padding-block-end: max(1em, env(safe-area-inset-bottom));
    pointer-events: none;
    position: fixed;
    z-index: 2147483647;
  }
  .top {
    inset-block-end: auto;
    inset-block-start: var(--pusher-toasts-inset, 0px);
  }
  .start {
    inset-inline: 0 auto;
  }
  .end {
    inset-inline: auto 0;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  /* No grid around: WebKit gives it the height of the window. */
  .region,
  .list {
    display: flex;
    flex-direction: column;
    gap: 0.6em;
  }
  .list:empty {
    display: none;
  }

  .toast {
    --tone: light-dark(#5f6368, #b3b3b3);
    align-items: flex-start;
    background: var(--pusher-toasts-background, light-dark(#fff, #262629));
    border: 1px solid light-dark(#0000001f, #ffffff29);
    border-radius: var(--pusher-toasts-radius, 0.75em);
    box-shadow: 0 0.3em 1em #0003;
    color: var(--pusher-toasts-color, light-dark(#1c1c1e, #f2f2f2));
    display: flex;
    gap: 0.65em;
    overflow: hidden;
    padding: 0.75em;
    position: relative;
  }
  .toast,
  .stack {
    pointer-events: auto;
  }
  .info {
    --tone: var(--pusher-toasts-info, light-dark(#0b57d0, #8ab4f8));
  }
  .success {
    --tone: var(--pusher-toasts-success, light-dark(#0a7239, #4fd08b));
  }
  .warning {
    --tone: var(--pusher-toasts-warning, light-dark(#8f5100, #f2b04d));
  }
  .error {
    --tone: var(--pusher-toasts-error, light-dark(#b3261e, #ff8a80));
  }
  .icon {
    block-size: 1.4em;
    color: var(--tone);
    fill: currentColor;
    flex: none;
    inline-size: 1.4em;
  }
  img.icon {
    block-size: 2.6em;
    border-radius: 0.4em;
    inline-size: 2.6em;
    object-fit: cover;
  }
  .text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .title {
    font-weight: 600;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
  /* The whole toast leads there. */
  a::after {
    border-radius: inherit;
    content: '';
    inset: 0;
    position: absolute;
  }
  a:focus-visible {
    outline: 0;
  }
  a:focus-visible::after,
  button:focus-visible {
    outline: 2px solid;
    outline-offset: -3px;
  }
  button {
    background: none;
    border: 0;
    border-radius: 0.5em;
    color: inherit;
    cursor: pointer;
    font: inherit;
    padding: 0;
  }
  .close {
    block-size: max(1.75em, 24px);
    flex: none;
    inline-size: max(1.75em, 24px);
    margin: -0.2em;
    position: relative;
  }
  .close:hover {
    background: light-dark(#00000012, #ffffff1f);
  }
  .close svg {
    block-size: 1em;
    fill: none;
    inline-size: 1em;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-width: 1.6;
    vertical-align: middle;
  }
  .more .text {
    font-weight: 600;
    min-block-size: 24px;
    text-align: start;
  }
  .more .text:hover {
    text-decoration: underline;
  }
  .progress {
    animation: run linear both;
    background: var(--tone);
    block-size: 2px;
    inline-size: 100%;
    inset-block-end: 0;
    inset-inline-start: 0;
    position: absolute;
  }
  .paused .progress {
    animation-play-state: paused;
  }

  /* On each other, the newest in front. */
  .stack .list {
    --peek: -0.5em;
  }
  .stack.top .list {
    --peek: 0.5em;
  }
  .stack:not(.paused) .list {
    display: grid;
  }
  .stack:not(.paused) .list > * {
    grid-area: 1 / 1;
  }
  .stack:not(.paused) .list > :nth-last-child(2) {
    scale: 0.95 1;
    translate: 0 var(--peek);
  }
  .stack:not(.paused) .list > :nth-last-child(n + 3) {
    scale: 0.9 1;
    translate: 0 calc(2 * var(--peek));
  }
  .stack:not(.paused) .list > :nth-last-child(n + 4) {
    visibility: hidden;
  }

  @media (prefers-reduced-motion: no-preference) {
    .toast {
      animation: come 0.2s ease-out;
    }
    .list > * {
      transition:
        scale 0.2s,
        translate 0.2s;
    }
  }
  @keyframes come {
    from {
      opacity: 0;
      translate: 0 0.75em;
    }
  }
  @keyframes run {
    to {
      inline-size: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .progress {
      display: none;
    }
  }
  /* In a small window they leave a part of the page to be seen, and are scrolled. */
  @media (max-width: 30em) or (max-height: 30em) {
    .region {
      max-block-size: min(100% - var(--pusher-toasts-inset, 0px), 60%);
    }
  }
  @media (forced-colors: active) {
    .icon {
      color: CanvasText;
    }
    .progress {
      background: Highlight;
    }
  }
  @media print {
    .region {
      display: none;
    }
  }
`;
