/** The built single files: as a module, as a classic script, and several of them on one page (elements.md §4.6). */
import { expect } from '@open-wc/testing';
import { createApp, patience, until, where } from './page.js';
import type { FramedPage } from './page.js';
import {
  alteredFile,
  asOtherVersion,
  classicFile,
  dataWhere,
  fetched,
  inject,
  loaderFile,
  moduleTag,
  openPacked,
  said,
  singleFile,
} from './packed-files.js';

const value = '<pusher-value channel="prices" event="tick" field="bid">…</pusher-value>';
const standIn = '<div data-pusher="value" data-channel="prices" data-event="tick" data-field="bid">…</div>';
const classicTag = (attributes: string = ''): string =>
  `<script src="${classicFile}" ${attributes}></script>`;

type Published = Record<string, unknown>;
const published = ({ window }: FramedPage): Published | undefined =>
  (window as { PusherElements?: Published }).PusherElements;

describe('a single file', function () {
  this.timeout(patience);

  for (const [kind, tag] of [
    ['module', (attributes: string) => moduleTag(singleFile, attributes)],
    ['classic script', classicTag],
  ] as const)
    for (const [what, markup] of [
      ['an element', value],
      ['a data-pusher', standIn],
    ] as const)
      it(`makes ${what} live as a ${kind}, with the settings on its tag, and fetches nothing else (rule 11)`, async () => {
        const app = await createApp();
        const page = await openPacked(markup, tag(dataWhere(app)));
        await until('the value', async () => {
          await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
          return page.root.querySelector('pusher-value')?.textContent.trim() === '41';
        });
        expect(fetched(page)).to.have.length(1);
        expect((await app.records()).upgrades).to.have.length(1);
        expect(said(page)).to.deep.equal([]);
      });

  it('adds one global name as a classic script, with the classes and the client; none as a module (rule 14)', async () => {
    const before = await openPacked('');
    const plain = new Set(Reflect.ownKeys(before.window));
    const added = (page: FramedPage): string[] =>
      Reflect.ownKeys(page.window)
        .filter((key) => !plain.has(key))
        .map(String)
        // Lit keeps a list of its versions for each of its packages, and one table.
        .filter((key) => !/^(lit|reactive)[A-Za-z]*(Versions|Metadata)$/.test(key))
        .sort();
    const classic = await openPacked(value, classicTag());
    await until('defined', () => classic.find('pusher-value').matches(':defined'));
    expect(added(classic)).to.deep.equal(['PusherElements', 'Symbol(pusher-elements/1)']);
    expect(published(classic)).to.include.keys('Pusher', 'PusherValueElement', 'setWords');
    const module = await openPacked(value, moduleTag(singleFile));
    await until('defined', () => module.find('pusher-value').matches(':defined'));
    expect(added(module)).to.deep.equal(['Symbol(pusher-elements/1)']);
  });

  it('is loaded by browsers that check its hash, and so is the loader with all that it fetches (rule 13)', async () => {
    const hashes = (await (await fetch('/dist/cdn/sri.json')).json()) as Record<string, string>;
    const hashOf = (file: string): string => hashes[file.replace('/dist/cdn/', '')] ?? 'sha384-missing';
    const checked = (file: string): string => `integrity="${hashOf(file)}" crossorigin`;
    for (const tag of [
      moduleTag(singleFile, checked(singleFile)),
      classicTag(checked(classicFile)),
      `<script type="importmap">${JSON.stringify({
        integrity: Object.fromEntries(
          Object.entries(hashes).map(([file, hash]) => [`${location.origin}/dist/cdn/${file}`, hash]),
        ),
      })}</script>${moduleTag(loaderFile, checked(loaderFile))}`,
    ]) {
      const page = await openPacked(value, tag);
      await until('defined', () => page.find('pusher-value').matches(':defined'));
    }
  });
});

describe('several copies', function () {
  this.timeout(patience);

  it('of different releases share one connection: elements of the second use that of the first (rules 22, 23)', async () => {
    const app = await createApp();
    const other = await alteredFile(singleFile, asOtherVersion);
    const page = await openPacked(
      `<pusher-connection ${where(app)}></pusher-connection><pusher-status></pusher-status>`,
      moduleTag(loaderFile),
    );
    await until('connected', () => page.root.querySelector('pusher-connection[state=connected]'));
    inject(page, other);
    const { customElements } = page.window;
    const version = (tag: string): unknown =>
      (customElements.get(tag) as unknown as { version?: string } | undefined)?.version;
    await until('defined', () => version('pusher-list'));
    page.root.insertAdjacentHTML('beforeend', value);
    await until('the value', async () => {
      await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
      return page.find('pusher-value').textContent.trim() === '41';
    });
    expect(version('pusher-list')).to.equal('9.9.9');
    expect(version('pusher-connection')).not.to.equal('9.9.9');
    expect((await app.records()).upgrades).to.have.length(1);
    expect(said(page).some((text) => text.includes('9.9.9'))).to.be.true;
    expect(said(page).filter((text) => text.startsWith('error'))).to.deep.equal([]);
  });

  it('as classic scripts leave the first one its name', async () => {
    const page = await openPacked(
      value + classicTag() + '<script>window.first = PusherElements</script>' + classicTag(),
    );
    expect(published(page)).to.equal((page.window as unknown as { first: Published }).first);
    expect(said(page)).to.deep.equal([]);
  });
});
