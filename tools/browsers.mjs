// Which browsers the tests run in, and where they are.
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findWebKit, webkitLauncher } from './webkit-launcher.mjs';

const runs = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
const first = (files) => files.find((file) => file && runs(file));
const onPath = (...names) =>
  first(names.flatMap((n) => (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, n))));
const { env, platform } = process;
const apps = (rel) => (platform === 'darwin' ? [join('/', 'Applications', rel)] : []);
const exes = (rel) =>
  platform === 'win32'
    ? [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean).map((d) => join(d, rel))
    : [];

export const findChromium = () =>
  first([env.CHROME_PATH]) ??
  onPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge') ??
  first([
    ...apps('Google Chrome.app/Contents/MacOS/Google Chrome'),
    ...exes('Google/Chrome/Application/chrome.exe'),
    ...exes('Microsoft/Edge/Application/msedge.exe'),
  ]);

export const findFirefox = () =>
  first([env.FIREFOX_PATH]) ??
  onPath('firefox-esr', 'firefox') ??
  first([...apps('Firefox.app/Contents/MacOS/firefox'), ...exes('Mozilla Firefox/firefox.exe')]);

export const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 || env.CI ? ['--no-sandbox'] : []),
];

/** The headless Chromium inside the npm package @sparticuz/chromium (Linux x64), unpacked once under node_modules/.cache. */
export async function bundledChromium() {
  if (platform !== 'linux' || process.arch !== 'x64') return undefined;
  const before = { ...env };
  const cache = fileURLToPath(new URL('../node_modules/.cache/chromium-153/', import.meta.url));
  mkdirSync(cache, { recursive: true });
  try {
    env.TMPDIR = cache; // where the package unpacks to
    env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'; // makes it unpack its own NSS libraries as well
    const { default: chromium, setupLambdaEnvironment } = await import('@sparticuz/chromium');
    setupLambdaEnvironment(join(cache, 'al2023', 'lib')); // only sets the variables read just below
    const executablePath = await chromium.executablePath();
    const { LD_LIBRARY_PATH } = env;
    // The package's own fonts.conf only names the folders of Lambda. A Chromium that finds no font at all ends itself
    // at the first <input>.
    const FONTCONFIG_FILE = join(cache, 'fonts.conf');
    writeFileSync(
      FONTCONFIG_FILE,
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(cache, 'fonts')}</dir>` +
        `<cachedir>${join(cache, 'fonts-cache')}</cachedir></fontconfig>`,
    );
    return {
      executablePath,
      headless: 'shell',
      args: [...new Set([...chromiumFlags, '--no-sandbox'])],
      env: { ...before, LD_LIBRARY_PATH, FONTCONFIG_FILE },
    };
  } catch (e) {
    if (e.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw e;
  } finally {
    for (const k of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME'])
      if (before[k] === undefined) delete env[k];
      else env[k] = before[k];
  }
}

/** A window for every test page: tabs behind the front one are throttled and draw no animation frames. */
const createWindow = ({ context }) => context.newPage({ type: 'window' });

const makers = {
  async chromium() {
    const executablePath = env.KIT_BUNDLED_CHROMIUM ? undefined : findChromium();
    const launchOptions = executablePath ? { executablePath, args: chromiumFlags } : await bundledChromium();
    if (!launchOptions) return undefined;
    console.log(
      executablePath
        ? `(Chromium: ${executablePath})`
        : '(Chromium: no Chrome, Chromium or Edge found, so the headless one from the npm package @sparticuz/chromium)',
    );
    // A headless shell has one page per window anyway, and knows no windows.
    return chromeLauncher({
      launchOptions,
      concurrency: 2,
      ...(executablePath && { createPage: createWindow }),
    });
  },
  async firefox() {
    const executablePath = findFirefox();
    return (
      executablePath &&
      chromeLauncher({
        puppeteer,
        concurrency: 1,
        createPage: createWindow,
        launchOptions: {
          browser: 'firefox',
          timeout: 120_000, // a busy machine needs longer than the usual 30 s to start it
          executablePath,
          extraPrefsFirefox: { 'fission.autostart': false },
        },
      })
    );
  },
  webkit: async () => findWebKit() && webkitLauncher(),
};
const variables = { chromium: 'CHROME_PATH', firefox: 'FIREFOX_PATH', webkit: 'WEBKIT_DRIVER' };
const packages = { chromium: 'chromium', firefox: 'firefox-esr', webkit: 'webkit2gtk-driver xvfb' };

/** `names`: "chromium,firefox,webkit", or "all" for every one that is installed. */
export async function browsers(names = env.KIT_BROWSERS ?? 'chromium') {
  const all = names === 'all';
  const wanted = all ? Object.keys(makers) : names.split(',');
  const found = await Promise.all(wanted.map(async (n) => [n, await makers[n]?.()]));
  const missing = found.filter(([, l]) => !l).map(([n]) => n);
  const hint = (name) =>
    `no ${name} found; set ${variables[name] ?? '(unknown name)'}, ` +
    `or on Debian or Ubuntu: apt-get install -y ${packages[name] ?? '(unknown name)'}`;
  if (missing.length && (!all || missing.length === found.length))
    throw new Error(missing.map(hint).join('\n'));
  for (const n of missing) console.warn(`(skipped: ${hint(n)})`);
  return found.flatMap(([, l]) => l || []);
}
