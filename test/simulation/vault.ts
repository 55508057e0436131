/**
 * Signatures and encryption of the simulated application. A signature is the text it signs, in the open, so
 * that everybody can see which socket it was made for.
 */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

export const appKey = 'app-key';
export const userId = 'me';

/** What the server checks signatures with. */
export const sign = (_secret: string, text: string): string => `sig(${text})`;

/** The socket that a signature was made for; undefined for anything else. */
export const signedSocket = (auth: string): string | undefined => /^app-key:sig\(([\d.]+):/.exec(auth)?.[1];

function bytes(text: string, length: number): Uint8Array {
  let hash = 0x811c9dc5;
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0) ^ at, 0x01000193);
    out[at] = (hash >>> 16) & 255;
  }
  return out;
}

const base64 = (of: Uint8Array): string => btoa(String.fromCharCode(...of));

/** The keys of encrypted channels, which can change: at the endpoint first, and there where events are sealed. */
export class Vault {
  /** Which key of a channel the endpoint gives. */
  readonly #versions = new Map<string, number>();
  /** Which key of a channel events are sealed with, where that is another one. */
  readonly #formerVersions = new Map<string, number>();
  readonly #keys = new Map<string, Uint8Array>();
  readonly #versionsByNonce = new Map<string, number>();
  #sealed = 0;

  /** Changes the key; with `lags`, whoever publishes goes on with the one before. */
  rotate(channel: string, lags: boolean): void {
    const version = this.version(channel);
    this.#versions.set(channel, version + 1);
    if (lags) this.#formerVersions.set(channel, version);
    else this.#formerVersions.delete(channel);
  }

  /** Whoever publishes knows the keys of the endpoint from now on. */
  catchUp(): void {
    this.#formerVersions.clear();
  }

  /** Which key of a channel is its present one. */
  version(channel: string): number {
    return this.#versions.get(channel) ?? 0;
  }

  /** Which key of its channel a sealed payload was sealed with; undefined for anything else. */
  versionOf(payload: unknown): number | undefined {
    const { nonce } = (payload ?? {}) as { nonce?: unknown };
    return typeof nonce === 'string' ? this.#versionsByNonce.get(nonce) : undefined;
  }

  /** The present `shared_secret` of a channel. */
  secret(channel: string): string {
    return base64(this.#key(channel, this.version(channel)));
  }

  /** An event's payload as it goes over the wire. */
  seal(channel: string, payload: unknown): { nonce: string; ciphertext: string } {
    this.#sealed += 1;
    const nonce = bytes(`nonce ${this.#sealed}`, 24);
    const plain = new TextEncoder().encode(JSON.stringify(payload));
    const version = this.#formerVersions.get(channel) ?? this.version(channel);
    const ciphertext = xsalsa20poly1305(this.#key(channel, version), nonce).encrypt(plain);
    const sealed = { nonce: base64(nonce), ciphertext: base64(ciphertext) };
    this.#versionsByNonce.set(sealed.nonce, version);
    return sealed;
  }

  #key(channel: string, version: number): Uint8Array {
    const name = `${channel} ${version}`;
    const known = this.#keys.get(name);
    if (known) return known;
    const key = bytes(name, 32);
    this.#keys.set(name, key);
    return key;
  }
}
