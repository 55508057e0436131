import { css } from 'lit';
import type { CSSResult } from 'lit';

/** Colours of text come from the page. White on an avatar has a contrast of 4.5:1 or more, whatever its hue. */
export const styles: CSSResult = css`
  :host {
    display: block;
  }
  :host([view='count']),
  :host([data-view='count']:not([view])),
  .count {
    display: inline;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  slot,
  .own,
  [role='list'] {
    display: contents;
  }
  .avatars,
  .list {
    --size: var(--pusher-presence-size, 2em);
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: var(--pusher-presence-gap, 0.25em);
  }
  .list {
    align-items: stretch;
    flex-direction: column;
  }
  .member {
    align-items: center;
    display: flex;
    gap: 0.6em;
    min-inline-size: 0;
  }
  .avatar,
  .avatars .more {
    align-items: center;
    block-size: var(--size);
    border-radius: var(--pusher-presence-radius, 50%);
    box-sizing: border-box;
    display: inline-flex;
    flex: none;
    justify-content: center;
    overflow: hidden;
    position: relative;
  }
  .avatar {
    background: oklch(0.48 0.1 var(--hue));
    color: #fff;
    container-type: size;
    inline-size: var(--size);
    user-select: none;
  }
  b {
    font-size: 38cqi;
    font-weight: 600;
    line-height: 1;
    white-space: nowrap;
  }
  img {
    background: Canvas;
    block-size: 100%;
    inline-size: 100%;
    inset: 0;
    object-fit: cover;
    opacity: 0;
    position: absolute;
  }
  img.loaded {
    opacity: 1;
  }
  .list .name {
    overflow-wrap: anywhere;
  }
  .avatars .more {
    background: color-mix(in srgb, currentColor 14%, transparent);
    border-radius: var(--pusher-presence-radius, 10em);
    font-variant-numeric: tabular-nums;
    min-inline-size: var(--size);
    padding-inline: 0.4em;
  }
  .avatars bdi {
    font-size: 0.8em;
  }
  .avatars .name,
  .unseen {
    block-size: 1px;
    clip-path: inset(50%);
    inline-size: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    img {
      transition: opacity 0.2s;
    }
  }
  /* Backgrounds are not printed, and white is not seen without one. */
  @media print {
    .avatar {
      background: none;
      border: 1px solid;
      color: inherit;
    }
  }
  @media (forced-colors: active) {
    .avatar,
    .more {
      border: 1px solid;
    }
  }
`;
