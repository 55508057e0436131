/** Values that outlive a page, in the storage of the tab. Where there is none, or it is forbidden, nothing is kept. */

/** What has to be the same for a value to be the same. */
const keyOf = (element: Element): string =>
  `pusher-value ${['channel', 'event', 'field', 'mode', 'source']
    .map((name) => element.getAttribute(name) ?? element.getAttribute(`data-${name}`) ?? '')
    .join(' ')}`;

/** Reading the property throws where storage is forbidden. */
function use<Result>(run: (storage: Storage) => Result): Result | undefined {
  try {
    return run(sessionStorage);
  } catch {
    return undefined;
  }
}

export function storeValue(element: Element, value: unknown): void {
  use((storage) => {
    storage.setItem(keyOf(element), JSON.stringify(value));
  });
}

export function recallValue(element: Element): unknown {
  return use((storage) => JSON.parse(storage.getItem(keyOf(element)) ?? 'null') as unknown) ?? undefined;
}

export function forgetValue(element: Element): void {
  use((storage) => {
    storage.removeItem(keyOf(element));
  });
}
