import { css } from 'lit';
import type { CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  slot {
    display: contents;
  }
  slot[hidden] {
    display: none;
  }
  button {
    background: var(--pusher-list-new-background, light-dark(#1c1c1e, #f2f2f2));
    border: 1px solid transparent;
    border-radius: 2em;
    color: var(--pusher-list-new-color, light-dark(#fff, #1c1c1e));
    cursor: pointer;
    display: block;
    font: inherit;
    font-size: 0.875em;
    inset-block-start: 0.5em;
    margin: 0.5em auto;
    min-block-size: 24px;
    padding: 0.35em 1em;
    position: sticky;
    z-index: 1;
  }
  button:focus-visible {
    outline: 2px solid;
    outline-offset: 2px;
  }
  @media print {
    button {
      display: none;
    }
  }
`;
