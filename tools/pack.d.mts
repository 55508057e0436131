/** Runs the npm that runs this process, or the one on the path; returns what it printed. */
export declare function npm(cwd: string, ...commandLine: string[]): string;

/** Packs this package and others of node_modules into a folder; `filename` is in it. Needs what `npm run build` makes. */
export declare function pack(
  destination: string,
  others?: readonly string[],
): { readonly name: string; readonly filename: string }[];
