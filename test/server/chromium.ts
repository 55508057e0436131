/** The Chromium for Node tests that need to see a page: the installed one, else the one from npm. */
interface Browsers {
  readonly chromiumFlags: readonly string[];
  findChromium(): string | undefined;
  bundledChromium(): Promise<
    { executablePath: string; args: string[]; env: Record<string, string> } | undefined
  >;
}

// By a computed address, because the script has no declarations.
const browsers = (await import(new URL('../../tools/browsers.mjs', import.meta.url).href)) as Browsers;
const installed = browsers.findChromium();

/** For `chromium.launch()`; undefined where there is none. */
export const launchOptions = installed
  ? { executablePath: installed, args: [...browsers.chromiumFlags] }
  : await browsers.bundledChromium();
