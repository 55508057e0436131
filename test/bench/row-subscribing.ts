/** Row 4: subscribing to many channels, and to all of them again on a new connection. */
import type { BenchPage, BrowserName } from './browser.js';
import type { Signing } from './page/clients.js';
import type { Result } from './results.js';

const kinds: Readonly<Record<string, Signing>> = {
  public: 'none',
  private: 'handler',
  'private, batched': 'batch',
};

export async function subscribingRow({ ask }: BenchPage, where: BrowserName): Promise<Result[]> {
  const results: Result[] = [];
  for (const [kind, signing] of Object.entries(kinds))
    for (const channels of [100, 1000, 10_000]) {
      const rounds = channels === 100 ? 9 : channels === 1000 ? 5 : 3;
      const { first, again } = await ask('subscribing', { channels, signing, rounds });
      const many = `${channels.toLocaleString('en')} ${kind}`;
      const unit = 'µs/channel';
      results.push({ row: 4, what: `subscribe ${many}`, where, unit, rounds: first });
      results.push({ row: 4, what: `resubscribe ${many}`, where, unit, rounds: again });
    }
  return results;
}
