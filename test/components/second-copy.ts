/** A second copy of the elements, as a page gets it that loads two bundles: the same sources, other modules. */
import type * as library from '../../components/index.js';

const copies = new Map<string, Promise<string>>();

/** Loads the classes once more. The client and Lit are shared, as they are between two npm builds. */
export async function loadSecondCopy(): Promise<typeof library> {
  const address = new URL('../../components/index.ts', import.meta.url).href;
  return (await import(await copyOf(address))) as typeof library;
}

/** The address of a copy of one module, whose imports are copies too if they are of the elements. */
function copyOf(address: string): Promise<string> {
  const known = copies.get(address);
  if (known) return known;
  const copy = makeCopy(address);
  copies.set(address, copy);
  return copy;
}

async function makeCopy(address: string): Promise<string> {
  let source = await (await fetch(address)).text();
  const specifiers = new Set(
    [...source.matchAll(/(?:from|import\(?)\s*["']([^"']+)["']/g)].map(([, name]) => name!),
  );
  for (const specifier of specifiers) {
    const target = new URL(specifier, address).href;
    const replacement = new URL(target).pathname.startsWith('/components/') ? await copyOf(target) : target;
    source = source
      .replaceAll(`"${specifier}"`, `"${replacement}"`)
      .replaceAll(`'${specifier}'`, `"${replacement}"`);
  }
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}
