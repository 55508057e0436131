/** Serves the files of a few folders, and nothing beside them. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { refusal, type HttpAnswer, type HttpRequest } from './http-exchange.js';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** A prefix of the path, ending in a slash, and the folder that stands for it. */
export interface Mount {
  readonly prefix: string;
  readonly folder: string;
}

export class StaticFiles {
  readonly #mounts: readonly Mount[];
  readonly #words: () => Readonly<Record<string, string>>;

  /** The first mount whose prefix fits is used. In HTML, `{{name}}` becomes the word of that name. */
  constructor(mounts: readonly Mount[], words: () => Readonly<Record<string, string>>) {
    this.#mounts = mounts;
    this.#words = words;
  }

  async answer({ method, path }: HttpRequest): Promise<HttpAnswer> {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'There are only files here');
    const mount = this.#mounts.find(({ prefix }) => path.startsWith(prefix));
    const file = mount && (await resolveInside(mount.folder, path.slice(mount.prefix.length)));
    const type = file === undefined ? undefined : types[extname(file)];
    if (file === undefined || type === undefined) return refusal(404, 'Not found');
    const bytes = await readFile(file);
    const body = extname(file) === '.html' ? this.#fillIn(bytes.toString('utf8')) : bytes;
    return { status: 200, body, headers: { 'content-type': type, 'cache-control': 'no-store' } };
  }

  #fillIn(text: string): string {
    const words = this.#words();
    return text.replace(/\{\{(\w+)\}\}/g, (token, name: string) => words[name] ?? token);
  }
}

/** The file's real path, if it is in the folder. A folder stands for its `index.html`. */
async function resolveInside(folder: string, encoded: string): Promise<string | undefined> {
  try {
    const relative = decodeURIComponent(encoded);
    if (relative.includes('\0')) return undefined;
    const root = await realpath(folder);
    // After the links are followed, so that neither `..` nor a link leads out.
    const file = await realpath(
      join(root, relative.endsWith('/') || relative === '' ? `${relative}index.html` : relative),
    );
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
