/** Row 7: the rush after an outage, simulated, and how soon a silent link is noticed when the machine wakes up. */
import { Heartbeat } from '../../src/connection/heartbeat.js';
import { resolveOptions } from '../../src/options.js';
import { FakeClock, seededRandom } from '../../src/testing/index.js';
import { rush } from './recovery/outage.js';
import type { Outage, Rush } from './recovery/outage.js';
import { ourAttempts } from './recovery/our-client.js';
import { peerAttempts } from './recovery/peer-client.js';
import type { Result } from './results.js';

const outages: Readonly<Record<string, Outage>> = {
  'restart (1006)': { code: 1006, backAt: 0 },
  'restart (4200)': { code: 4200, backAt: 0 },
  'down 5 s (1006)': { code: 1006, backAt: 5000 },
  'down 60 s (1006)': { code: 1006, backAt: 60_000 },
};
/** The same seed each time: what chance gives to so many clients hardly differs. */
const seed = 1;

export async function recoveryRow(): Promise<Result[]> {
  Error.stackTraceLimit = 0; // each refused attempt makes an error, and nobody reads where
  const results: Result[] = [];
  for (const clients of [10_000, 100_000])
    for (const [name, outage] of Object.entries(outages)) {
      console.error(`row 7: ${clients.toLocaleString('en')} clients, ${name}`);
      const random = seededRandom(seed);
      const ours = rush(clients, outage, () => ourAttempts(outage, random));
      const peer = rush(clients, outage, () => peerAttempts(outage));
      const add = (what: string, unit: string, of: (found: Rush) => number): void => {
        const rounds = { ours: [of(ours)], peer: [of(peer)] };
        results.push({
          row: 7,
          what: `${what}, ${name}`,
          where: `${clients.toLocaleString('en')} clients`,
          unit,
          rounds,
        });
      };
      add('peak of a second', '% of clients', ({ peak }) => peak);
      add('peak after the return', '% of clients', ({ peakAfterReturn }) => peakAfterReturn);
      add('median time to be back', 's', ({ back }) => back);
    }
  const ours = [await silentLinkNoticed()];
  results.push({
    row: 7,
    what: 'silent link noticed on wake',
    where: 'one client',
    unit: 's',
    rounds: { ours },
  });
  return results;
}

/** Seconds from the wake-up signal to giving up a link that says nothing any more, by our heartbeat and its defaults. */
async function silentLinkNoticed(): Promise<number> {
  const clock = new FakeClock();
  let noticedAt: number | undefined;
  const silent = (): void => {
    noticedAt ??= clock.now();
  };
  const heartbeat = new Heartbeat(clock, { ping: () => undefined, silent });
  const { activityTimeout, pongTimeout } = resolveOptions('key', { cluster: 'mt1' });
  heartbeat.start(activityTimeout, pongTimeout);
  await clock.advance(60_000);
  const wokeAt = clock.now();
  heartbeat.probe();
  await clock.advance(activityTimeout + pongTimeout);
  heartbeat.stop();
  if (noticedAt === undefined) throw new Error('The silence was not noticed.');
  return (noticedAt - wokeAt) / 1000;
}
