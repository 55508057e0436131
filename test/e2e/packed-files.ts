/** Pages that use the built files of dist/cdn, as a CDN serves them. They need what `npm run build` makes. */
import type { ControlledApp } from '../server/control-client.js';
import { openFrame, where } from './page.js';
import type { FramedPage } from './page.js';

export const loaderFile = '/dist/cdn/loader.js';
export const singleFile = '/dist/cdn/pusher-elements.min.js';
export const classicFile = '/dist/cdn/pusher-elements.iife.min.js';

if (!(await fetch(loaderFile)).ok)
  throw new Error('These tests look at the built files: run `npm run build` first.');

/** A script tag; `attributes` are written into it. */
export const moduleTag = (file: string, attributes: string = ''): string =>
  `<script type="module" src="${file}" ${attributes}></script>`;

/** The attributes of a script tag that lead to the app. */
export const dataWhere = (app: ControlledApp): string => where(app).replaceAll(/(^| )(?=[a-z])/g, '$1data-');

/** Collects what the page's console is told, in `said`. */
const recorder = `<script>
  window.said = [];
  for (const kind of ['info', 'warn', 'error'])
    console[kind] = (message) => { said.push(kind + ': ' + message); };
</script>`;

/** A page without the script tag that others get. */
export const openPacked = (markup: string, head: string = ''): Promise<FramedPage> =>
  openFrame(markup, recorder + head);

/** What the console was told so far, as `warn: …`. */
export const said = ({ window }: FramedPage): string[] => (window as unknown as { said: string[] }).said;

/** The files of dist/cdn that the page has fetched, from there. */
export const fetched = ({ window }: FramedPage): string[] =>
  window.performance
    .getEntriesByType('resource')
    .map(({ name }) => /\/dist\/cdn\/(.*)$/.exec(name)?.[1])
    .filter((file) => file !== undefined);

/** Appends a script to the page long after it has loaded. */
export function inject({ window }: FramedPage, file: string, attributes: Record<string, string> = {}): void {
  const script = window.document.createElement('script');
  script.type = 'module';
  script.src = file;
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  window.document.head.append(script);
}

/** The address of the same file with changes, for a copy from another release. */
export async function alteredFile(file: string, alter: (code: string) => string): Promise<string> {
  const code = await (await fetch(file)).text();
  const changed = alter(code);
  if (changed === code) throw new Error(`Nothing in ${file} was altered.`);
  return URL.createObjectURL(new Blob([changed], { type: 'text/javascript' }));
}

/** As if the release after this one had been built. */
export const asOtherVersion = (code: string): string =>
  code
    .replaceAll(/(["'`])\d+\.\d+\.\d+\1/g, '"9.9.9"')
    .replaceAll(/(?<=import\(`)\.\//g, `${location.origin}/dist/cdn/`);
