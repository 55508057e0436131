/**
 * Opening the payloads of encrypted channels (protocol.md §7.7). Loaded only when one is subscribed. The
 * primitive, XSalsa20-Poly1305, comes from an audited library; docs/decisions/0003-secretbox.md says which and why.
 */
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

const keyLength = 32;
const nonceLength = 24;
const tagLength = 16;

/** The text of a payload, or why there is none. `undecryptable` may mean that the key was changed. */
export type Opened =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'malformed' | 'undecryptable' };

/** The bytes of base64, or undefined for anything else. */
function fromBase64(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The key inside an authorization's `shared_secret`, or undefined where it is not 32 bytes of base64. */
export function readKey(sharedSecret: string | undefined): Uint8Array | undefined {
  const key = fromBase64(sharedSecret);
  return key?.length === keyLength ? key : undefined;
}

/** Opens one payload. Never throws: bad bytes are a value. */
export function openPayload(payload: unknown, key: Uint8Array): Opened {
  const { nonce, ciphertext } = (payload ?? {}) as { nonce?: unknown; ciphertext?: unknown };
  const nonceBytes = fromBase64(nonce);
  const sealed = fromBase64(ciphertext);
  if (nonceBytes?.length !== nonceLength || sealed === undefined || sealed.length < tagLength)
    return { ok: false, why: 'malformed' };
  try {
    return { ok: true, text: new TextDecoder().decode(xsalsa20poly1305(key, nonceBytes).decrypt(sealed)) };
  } catch {
    return { ok: false, why: 'undecryptable' };
  }
}
