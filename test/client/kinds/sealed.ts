/** Payloads of encrypted channels, sealed by tweetnacl's counterpart: the other side of `src/channels/encryption.ts`. */
import { randomBytes } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

/** What a server library publishes for `data` (protocol.md §7.7). */
export function seal(
  data: unknown,
  key: Uint8Array,
  nonce: Uint8Array = randomBytes(24),
): { nonce: string; ciphertext: string } {
  const plain = new TextEncoder().encode(JSON.stringify(data));
  const sealed = xsalsa20poly1305(key, nonce).encrypt(plain);
  return {
    nonce: Buffer.from(nonce).toString('base64'),
    ciphertext: Buffer.from(sealed).toString('base64'),
  };
}
