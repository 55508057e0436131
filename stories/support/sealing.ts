/** What a page's own server does before it publishes to an encrypted channel: only the subscribers can read it. */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

const key = new Uint8Array(32).fill(7);
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The key of every encrypted channel in these stories, as an endpoint hands it out. */
export const channelSecret: string = base64(key);

/** A payload, sealed. */
export function seal(data: unknown): { readonly nonce: string; readonly ciphertext: string } {
  const nonce = crypto.getRandomValues(new Uint8Array(24));
  const text = new TextEncoder().encode(JSON.stringify(data));
  return { nonce: base64(nonce), ciphertext: base64(xsalsa20poly1305(key, nonce).encrypt(text)) };
}
