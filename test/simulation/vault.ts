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

/** The keys of encrypted channels, which can change. */
export class Vault {
  readonly #versions = new Map<string, number>();
  #sealed = 0;

  rotate(channel: string): void {
    this.#versions.set(channel, (this.#versions.get(channel) ?? 0) + 1);
  }

  /** The present `shared_secret` of a channel. */
  secret(channel: string): string {
    return base64(this.#key(channel));
  }

  /** An event's payload as it goes over the wire. */
  seal(channel: string, payload: unknown): { nonce: string; ciphertext: string } {
    this.#sealed += 1;
    const nonce = bytes(`nonce ${this.#sealed}`, 24);
    const plain = new TextEncoder().encode(JSON.stringify(payload));
    const ciphertext = xsalsa20poly1305(this.#key(channel), nonce).encrypt(plain);
    return { nonce: base64(nonce), ciphertext: base64(ciphertext) };
  }

  #key(channel: string): Uint8Array {
    return bytes(`${channel} ${this.#versions.get(channel) ?? 0}`, 32);
  }
}
