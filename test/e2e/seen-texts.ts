/** The texts of a page as they are seen: where, in which colour, and whether whole. Shadow trees too. */
import type { Page } from 'puppeteer-core';

export interface SeenText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The same for each line. */
  readonly lines: readonly Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>[];
  readonly colour: string;
  /** Of that colour, from 0, black, to 1, white. */
  readonly luminance: number;
  /** Whether a part of it is outside the page or cut off by something around it. */
  readonly isCut: boolean;
  /** Whether it is above the page, as toasts are. */
  readonly isAbove: boolean;
}

/**
 * One entry for each piece of text. What is there for screen readers only is left out. What is scrolled out of a
 * scrolling box is not cut, unless `isScrolled` counts it.
 */
export function readTexts(page: Page, isScrolled: boolean = false): Promise<SeenText[]> {
  return page.evaluate((countsScrolling) => {
    const texts: SeenText[] = [];

    const parentOf = (node: Node): Element | null => {
      if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
      const { parentNode } = node;
      return parentNode instanceof ShadowRoot ? parentNode.host : (parentNode as Element | null);
    };
    const ancestors = (start: Element): Element[] => {
      const found: Element[] = [];
      for (let at: Element | null = start; at instanceof Element; at = parentOf(at)) found.push(at);
      return found;
    };
    const luminanceOf = (colour: string): number => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      if (!canvas) throw new Error('no canvas');
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };

    const take = (node: Text, holder: Element): void => {
      const text = node.data.trim().replaceAll(/\s+/g, ' ');
      const around = ancestors(holder);
      const box = around.find((element) => getComputedStyle(element).display !== 'contents');
      if (!text || !box?.checkVisibility({ visibilityProperty: true })) return;
      if (around.some((element) => getComputedStyle(element).clipPath !== 'none')) return;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()];
      if (boxes.length === 0) return;
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      const top = Math.min(...boxes.map((box) => box.top));
      const bottom = Math.max(...boxes.map((box) => box.bottom));
      const tolerance = 1;
      const cuts = around.some((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const isCutting = (overflow: string): boolean =>
          overflow === 'hidden' || overflow === 'clip' || (countsScrolling && overflow === 'auto');
        const box = element.getBoundingClientRect();
        return (
          element !== document.documentElement &&
          ((isCutting(overflowX) && (left < box.left - tolerance || right > box.right + tolerance)) ||
            (isCutting(overflowY) && (top < box.top - tolerance || bottom > box.bottom + tolerance)))
        );
      });
      const colour = getComputedStyle(holder).color;
      texts.push({
        text,
        left,
        right,
        top,
        bottom,
        lines: boxes.map((box) => ({ left: box.left, right: box.right, top: box.top, bottom: box.bottom })),
        colour,
        luminance: luminanceOf(colour),
        isCut: cuts || left < -tolerance || right > innerWidth + tolerance,
        isAbove: around.some((element) => getComputedStyle(element).position === 'fixed'),
      });
    };

    const walk = (element: Element): void => {
      const nodes = element.shadowRoot
        ? element.shadowRoot.childNodes
        : element instanceof HTMLSlotElement && element.assignedNodes().length > 0
          ? element.assignedNodes()
          : element.childNodes;
      for (const node of nodes)
        if (node instanceof Text) take(node, element);
        else if (node instanceof Element && !/^(script|style|template)$/.test(node.localName)) walk(node);
    };
    walk(document.body);
    return texts;
  }, isScrolled);
}

/** Pairs of texts of which a line is, in part, where one of the other is. */
export function overlaps(texts: readonly SeenText[]): (readonly [SeenText, SeenText])[] {
  const tolerance = 2;
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter((other) =>
        one.lines.some((a) =>
          other.lines.some(
            (b) =>
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > tolerance &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > tolerance,
          ),
        ),
      )
      .map((other) => [one, other] as const),
  );
}
