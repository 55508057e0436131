/** What a page's own server does before it publishes to an encrypted channel: only the subscribers can read it. */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** A payload that nobody can read without the key. */
export interface Sealed {
  readonly nonce: string;
  readonly ciphertext: string;
}

/** The key of a channel, which can be another one from one moment to the next. */
export class Seal {
  /** How many keys there were. */
  keyCount = 1;
  #key = keyNumber(1);

  /** The key, as an endpoint hands it out. */
  get secret(): string {
    return base64(this.#key);
  }

  /** Another key from now on. */
  change(): void {
    this.keyCount += 1;
    this.#key = keyNumber(this.keyCount);
  }

  /** Seals a payload with the key of the moment. */
  readonly close = (data: unknown): Sealed => {
    const nonce = crypto.getRandomValues(new Uint8Array(24));
    const text = new TextEncoder().encode(JSON.stringify(data));
    return { nonce: base64(nonce), ciphertext: base64(xsalsa20poly1305(this.#key, nonce).encrypt(text)) };
  };
}

/** Keys are made up, and the same ones each time. */
function keyNumber(count: number): Uint8Array {
  return new Uint8Array(32).fill(count);
}
