/** Calls the listeners that are still there when their turn comes. One that throws keeps no other from hearing. */
export function tellAll<Told extends readonly unknown[]>(
  listeners: ReadonlySet<(...told: Told) => void>,
  ...told: Told
): void {
  for (const listener of [...listeners])
    try {
      if (listeners.has(listener)) listener(...told);
    } catch (error) {
      reportError(error);
    }
}
