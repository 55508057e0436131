/** Checks of single options: the value, or a default, or a thrown error that names the option. Pure. */
import { PusherError } from './errors.js';
import type { TransportName } from './options.js';

const transportNames: readonly string[] = [
  'ws',
  'wss',
  'xhr_streaming',
  'xhr_polling',
  // Of pusher-js and not of this client; understood, so that a configuration can be taken along.
  'sockjs',
  'xdr_streaming',
  'xdr_polling',
];

/** The error for an option that cannot have this value. */
export const wrong = (name: string, value: unknown, remediation: string): PusherError =>
  new PusherError('invalid-option', `The option "${name}" cannot be ${describe(value)}.`, remediation);

/** A value, for a message. */
export const describe = (value: unknown): string =>
  typeof value === 'string' ? `"${value}"` : String(value);

/** The application key, or a thrown error that says what to do (C-02). */
export function validateAppKey(key: unknown): string {
  if (typeof key !== 'string' || key === '')
    throw new PusherError(
      'invalid-app-key',
      'There is no application key.',
      'Pass the key of your app, as its dashboard shows it: new Pusher("your-key").',
    );
  if (/[\s\p{Cc}]/u.test(key))
    throw new PusherError(
      'invalid-app-key',
      `The application key ${describe(key)} contains white space.`,
      'Copy the key again from the dashboard of your app, without spaces or line breaks.',
    );
  return key;
}

/** Milliseconds. */
export function duration(name: string, value: number | undefined, fallback: number): number {
  return amount(name, value, fallback, 'Give a number of milliseconds, 0 or more.');
}

/** A number, 0 or more. */
export function amount(
  name: string,
  value: number | undefined,
  fallback: number,
  remediation: string,
): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) throw wrong(name, value, remediation);
  return value;
}

/** A port; digits are taken for a number, because configurations often come from the environment. */
export function port(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > 65535)
    throw wrong(name, value, 'Give a port number from 1 to 65535.');
  return number;
}

/** A switch; undefined where it was not given. */
export function flag(name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrong(name, value, 'Give true or false.');
}

/** A function of the application, where it was given. */
export function hook(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw wrong(name, value, 'Give a function, or leave it out.');
}

/** A text of a certain form; an empty one counts as absent, as in pusher-js. */
export function text(
  name: string,
  value: string | undefined,
  allowed: RegExp,
  remediation: string,
): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !allowed.test(value)) throw wrong(name, value, remediation);
  return value;
}

/** A host name; absent stays absent. */
export const host = (name: string, value: string | undefined): string | undefined =>
  text(name, value, /^[^\s/?#@]+$/, 'Give a host name only, without scheme, port or path.');

/** A path with a slash in front and none behind; `/` is none at all. */
export function path(name: string, value: string | undefined, fallback: string): string {
  if (!value) return fallback;
  if (typeof value !== 'string' || /[?#\s]/.test(value))
    throw wrong(name, value, 'Give a path such as /realtime, without a query.');
  const trimmed = value.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

/** A list of transports. */
export function transports(name: string, value: unknown): readonly TransportName[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw wrong(name, value, `Give an array of ${transportNames.join(', ')}.`);
  const names: readonly unknown[] = value;
  for (const item of names)
    if (typeof item !== 'string' || !transportNames.includes(item))
      throw wrong(name, item, `Use ${transportNames.join(', ')}.`);
  return names as readonly TransportName[];
}
