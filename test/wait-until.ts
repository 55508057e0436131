/** Waiting in browser tests. */
import { waitUntil as poll } from '@open-wc/testing';

/** How long something may take on a busy machine, in milliseconds; nothing that comes waits for it. */
const patience = 60_000;

/** Resolves once the condition, or what it promises, holds; rejects with `message` where it never does. */
export const waitUntil = (isSo: () => unknown, message?: string): Promise<void> =>
  poll(isSo, message, { timeout: patience });
