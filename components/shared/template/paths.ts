/** Paths into payloads: `a.b.0.c`. Nothing but names: no expressions, and nothing that a payload did not bring. */

/** What is at `path`; undefined where there is nothing, or nothing that can be read. An empty path is the whole. */
export function readPath(data: unknown, path: string): unknown {
  let value = data;
  try {
    if (path !== '')
      for (const name of path.split('.')) {
        // Own properties only, so that no name leads to what every object has.
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
        value = (value as Record<string, unknown>)[name];
      }
    return value;
  } catch {
    // JSON is never like that, but a script can add objects with getters.
    return undefined;
  }
}
