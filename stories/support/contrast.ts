/**
 * `<story-contrast>`: the contrast of what is drawn beside it, measured in this browser by the formula of
 * WCAG 2.2, light and dark. It reads computed colours; no figure is written down anywhere.
 */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { Redrawn } from './redrawn.js';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const part = (element: Element, name: string): Element | null =>
  element.shadowRoot?.querySelector(`[part~="${name}"]`) ?? null;

let pixel: OffscreenCanvasRenderingContext2D | null | undefined;

/** Any CSS colour, also one that is no rgb(), as the browser would paint it. */
function paint(colour: string): Colour {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!pixel) return [0, 0, 0, 0];
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = (front: Colour, back: Colour): Colour => {
  const mix = (index: 0 | 1 | 2): number => front[index] * front[3] + back[index] * (1 - front[3]);
  return [mix(0), mix(1), mix(2), 1];
};

const parentOf = (element: Element): Element | null => {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

/** What lies behind an element. */
function groundOf(element: Element | null): Colour {
  if (!element) return [255, 255, 255, 1];
  const own = paint(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, groundOf(parentOf(element)));
}

function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The contrast of a colour of an element against what is behind it, from 1 to 21. */
export function contrastOf(element: Element, property: 'color' | 'borderTopColor'): number {
  const ground = groundOf(element);
  const front = luminance(over(paint(getComputedStyle(element)[property]), ground));
  const back = luminance(ground);
  return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
}

interface Probe {
  readonly name: string;
  /** What WCAG 2.2 asks for, at level AA: 4.5 for text, 3 for shapes and edges. */
  readonly needed: 4.5 | 3;
  /** Undefined while it is not there yet. */
  readonly measure: (side: ParentNode) => number | undefined;
}

const statusProbes = (state: string): readonly Probe[] => {
  const measured =
    (name: string, property: 'color' | 'borderTopColor') =>
    (side: ParentNode): number | undefined => {
      const status = side.querySelector(`pusher-status[state="${state}"]`);
      const found = status && part(status, name);
      return found ? contrastOf(found, property) : undefined;
    };
  return [
    { name: `Status, ${state}: sentence`, needed: 4.5, measure: measured('label', 'color') },
    { name: `Status, ${state}: shape`, needed: 3, measure: measured('dot', 'color') },
    { name: `Status, ${state}: edge`, needed: 3, measure: measured('base', 'borderTopColor') },
  ];
};

const least = (figures: readonly number[]): number | undefined =>
  figures.length > 0 ? Math.min(...figures) : undefined;

const probes: readonly Probe[] = [
  ...['connected', 'connecting', 'disconnected'].flatMap(statusProbes),
  {
    name: 'Status: text of the button',
    needed: 4.5,
    measure: (side) =>
      least(
        [...side.querySelectorAll('pusher-status')]
          .flatMap((status) => part(status, 'retry') ?? [])
          .map((button) => contrastOf(button, 'color')),
      ),
  },
  {
    name: 'Presence: initials, the least of all',
    needed: 4.5,
    measure: (side) =>
      least(
        [
          ...(side.querySelector('pusher-presence')?.shadowRoot?.querySelectorAll('[part~="avatar"] b') ??
            []),
        ].map((initials) => contrastOf(initials, 'color')),
      ),
  },
];

export interface Measured {
  readonly name: string;
  readonly needed: number;
  readonly light: number | undefined;
  readonly dark: number | undefined;
}

const figure = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export class StoryContrast extends Redrawn {
  /** What was measured last. */
  measured: readonly Measured[] = [];
  /** Measuring takes longer than reading. */
  protected override readonly interval: number = 500;

  protected override willUpdate(): void {
    const side = (theme: string): Element | null =>
      this.parentElement?.querySelector(`.side[data-theme="${theme}"]`) ?? null;
    const [light, dark] = [side('light'), side('dark')];
    this.measured = probes.map(({ name, needed, measure }) => ({
      name,
      needed,
      light: light ? measure(light) : undefined,
      dark: dark ? measure(dark) : undefined,
    }));
  }

  protected override render(): TemplateResult {
    const rows = this.measured.map(({ name, needed, light, dark }) => {
      const cell = (ratio: number | undefined): TemplateResult =>
        html`<td>${ratio === undefined ? '…' : `${figure.format(ratio)}${ratio < needed ? ' ✗' : ''}`}</td>`;
      return html`<tr>
        <th scope="row">${name}</th>
        ${cell(light)}${cell(dark)}
        <td>${figure.format(needed)}</td>
      </tr>`;
    });
    return html`<table class="figures">
      <caption>
        Contrast, measured just now in this browser
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Light</th>
          <th scope="col">Dark</th>
          <th scope="col">Needed</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-contrast': StoryContrast;
  }
}
