/** Snapshots from the site's own server (elements.md §2, N2; issue 4 “Bad input”). */
import { expect, fixture, html } from '@open-wc/testing';
import type { SnapshotRequest } from '../../../components/shared/data/snapshot.js';
import { SnapshotLoader } from '../../../components/shared/data/snapshot.js';
import { withFakeTime } from '../fake-time.js';
import { quietly, warningsDuring } from '../support.js';
import { waitUntil } from '../../wait-until.js';

type Answer = (request: Request) => Response | Promise<Response>;
const json = (data: unknown): Response => new Response(JSON.stringify(data));
const status = (code: number): Response => new Response('', { status: code });

let answer: Answer;
let requests: Request[];
let loaded: unknown[];
let failed: unknown[];
let loader: SnapshotLoader;
const realFetch = window.fetch.bind(window);

const load = (request: Partial<SnapshotRequest> = {}): void => {
  loader.load({ url: '/snapshot.json', path: '', ...request });
};
const isOver = (): boolean => !loader.isLoading;

/** Lets promises settle; the answers take no time. */
const settle = (): Promise<void> => waitUntil(() => requests.length > 0).then(() => waitUntil(isOver));

describe('A snapshot', () => {
  beforeEach(async () => {
    requests = [];
    loaded = [];
    failed = [];
    answer = () => json({ data: { rows: [1, 2] } });
    window.fetch = async (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      return await answer(request);
    };
    loader = new SnapshotLoader(await fixture(html`<p></p>`), {
      loaded: (data) => loaded.push(data),
      failed: (error) => failed.push(error),
    });
  });
  afterEach(() => {
    loader.stop();
    window.fetch = realFetch;
  });

  it('is read as JSON, with the credentials of the page’s own origin, and found by its path', async () => {
    load({ path: 'data.rows', params: { since: 'a&b' } });
    expect(loader.isLoading).to.equal(true);
    await settle();
    expect(loaded).to.deep.equal([[1, 2]]);
    const [{ url, credentials, headers, method }] = requests as [Request];
    expect(url).to.equal(`${location.origin}/snapshot.json?since=a%26b`);
    expect([credentials, headers.get('accept'), method]).to.deep.equal([
      'same-origin',
      'application/json',
      'GET',
    ]);
  });

  it('is not asked of another origin that the page does not list, and its author is told', async () => {
    const warnings = await warningsDuring(() => {
      load({ url: 'https://elsewhere.example/data.json' });
    });
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.contain('snapshot-url="https://elsewhere.example/data.json"');
    expect(isOver()).to.equal(true);
    expect(requests).to.deep.equal([]);
  });

  it('is asked of another origin that the page lists', async () => {
    const meta = document.createElement('meta');
    meta.name = 'pusher-auth-origins';
    meta.content = 'https://elsewhere.example';
    document.head.append(meta);
    load({ url: 'https://elsewhere.example/data.json' });
    meta.remove();
    await settle();
    expect(loaded.length).to.equal(1);
  });

  it('is asked once at a time: the newest request wins, and the older one is broken off', async () => {
    const release: (() => void)[] = [];
    answer = async ({ url }) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return json(url.slice(-1));
    };
    load({ url: '/1' });
    await waitUntil(() => release.length === 1);
    load({ url: '/2' });
    await waitUntil(() => release.length === 2);
    expect(requests.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    for (const go of release) go();
    await settle();
    expect(loaded).to.deep.equal(['2']);
    expect(failed).to.deep.equal([]);
  });

  it('says nothing any more once it is stopped', async () => {
    load();
    loader.stop();
    expect(isOver()).to.equal(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([...loaded, ...failed]).to.deep.equal([]);
  });

  it('is asked a little later after a gap, by chance, so that not all pages ask in the same moment', () =>
    withFakeTime(async (clock) => {
      load({ isJittered: true });
      await clock.advance(999);
      expect(requests.length).to.equal(0);
      await clock.advance(1);
      expect(requests.length).to.equal(1);
    }));

  for (const [name, trouble] of [
    ['an error of the server', () => status(503)],
    ['too many requests', () => status(429)],
    [
      'a network that fails',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
  ] as const)
    it(`is asked three times more after ${name}, each time later, and then given up with one warning`, () =>
      withFakeTime(async (clock) => {
        answer = trouble;
        const warnings = await warningsDuring(async () => {
          load();
          for (const pause of [1000, 2000, 4000]) {
            const before = requests.length;
            await clock.advance(pause - 1);
            expect(requests.length).to.equal(Math.max(1, before));
            await clock.advance(1);
          }
          await waitUntil(isOver);
        });
        expect(requests.length).to.equal(4);
        expect(failed.length).to.equal(1);
        expect(warnings.length).to.equal(1);
        expect(warnings[0]).to.contain('snapshot-url="/snapshot.json"');
      }));

  it('arrives after trouble that has passed', () =>
    withFakeTime(async (clock) => {
      answer = () => (requests.length < 3 ? status(500) : json('here'));
      load();
      await clock.advance(1000);
      await clock.advance(2000);
      await waitUntil(isOver);
      expect(loaded).to.deep.equal(['here']);
      expect(failed).to.deep.equal([]);
    }));

  for (const [name, refusal] of [
    ['a refusal', () => status(403)],
    ['what is no JSON, such as a login page', () => new Response('<!doctype html>')],
  ] as const)
    it(`is not asked again after ${name}`, async () => {
      answer = refusal;
      await quietly(async () => {
        load();
        await settle();
      });
      expect(requests.length).to.equal(1);
      expect(failed.length).to.equal(1);
      expect(loaded).to.deep.equal([]);
    });
});
