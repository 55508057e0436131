/** Where Chromium is, or undefined. */
export declare function findChromium(): string | undefined;

/** Where Firefox is, or undefined. */
export declare function findFirefox(): string | undefined;

/** What Chromium is started with. */
export declare const chromiumFlags: readonly string[];

/** The headless Chromium of the npm package, where it runs: what puppeteer has to be told to start it. */
export declare function bundledChromium(): Promise<
  | { executablePath: string; headless: 'shell'; args: string[]; env: Record<string, string | undefined> }
  | undefined
>;
