/** The digests of protocol.md §8 and §9, by Node. */
import { createHash, createHmac } from 'node:crypto';
import type { HmacSha256 } from '../../src/testing/index.js';

export const hmacSha256 = ((secret, text) =>
  createHmac('sha256', secret).update(text).digest('hex')) satisfies HmacSha256;

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
