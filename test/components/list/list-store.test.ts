/** What a list remembers of rows that are gone (elements.md §2, `version-path`; issue 4: memory is flat). */
import { expect } from '@open-wc/testing';
import { ListStore } from '../../../components/list/list-store.js';
import type { Change, ListRules } from '../../../components/list/list-store.js';

const storeOf = (rules: Partial<ListRules> = {}): ListStore =>
  new ListStore(() => ({ insert: 'append', limit: undefined, sort: '', versionPath: 'v', ...rules }));
const put = (store: ListStore, key: string, v?: number): Change =>
  store.put({ key, item: { v }, scope: { data: undefined } });
const keysOf = (store: ListStore): string[] => store.rows.map(({ key }) => key);

describe('the memory of a list for versions', () => {
  it('keeps out an older version of a row that the limit has removed', () => {
    const store = storeOf({ limit: 1 });
    put(store, 'a', 5);
    put(store, 'b', 1);
    store.trim();
    expect(put(store, 'a', 4)).to.equal('ignored');
    expect(put(store, 'a', 6)).to.equal('added');
    expect(keysOf(store)).to.deep.equal(['b', 'a']);
  });

  it('keeps out what clear() has removed, and what was removed before it was ever there', () => {
    const store = storeOf();
    put(store, 'a', 5);
    store.clear();
    store.remove('b', 2);
    expect(put(store, 'a', 5)).to.equal('ignored');
    expect(put(store, 'b', 1)).to.equal('ignored');
  });

  it('forgets all but the last thousand that are gone, however many come and go', () => {
    const store = storeOf({ limit: 10 });
    for (let id = 0; id < 5000; id += 1) {
      put(store, `row ${id}`, 2);
      store.trim();
    }
    const isKnown = (id: number): boolean => store.isOld(`row ${id}`, { v: 1 });
    // The newest ten are rows.
    expect([0, 3989].map(isKnown)).to.deep.equal([false, false]);
    expect([3990, 4989, 4990, 4999].map(isKnown)).to.deep.equal([true, true, true, true]);
  });

  it('counts a row that is removed again and again once, as of the last time', () => {
    const store = storeOf();
    put(store, 'first', 1);
    store.remove('first');
    for (let id = 0; id < 999; id += 1) store.remove(`row ${id}`, 1);
    store.remove('first', 2);
    store.remove('one more', 1);
    expect(put(store, 'first', 1)).to.equal('ignored');
    expect(put(store, 'row 0', 1)).to.equal('added');
  });

  it('never forgets the version of a row that is there', () => {
    const store = storeOf();
    put(store, 'a', 5);
    for (let id = 0; id < 3000; id += 1) store.remove(`row ${id}`, 1);
    expect(put(store, 'a', 4)).to.equal('ignored');
  });

  it('asks a snapshot to begin with the newest version, also where its row is gone', () => {
    const store = storeOf();
    put(store, 'a', 5);
    put(store, 'b', 3);
    store.remove('a');
    expect(store.newest()).to.equal('5');
  });
});

describe('what a list tells of rows that were only replaced', () => {
  const replaced = (store: ListStore): string[] | undefined => store.takeReplaced()?.map(({ key }) => key);

  it('is each of them once, as it is now, since that was asked last', () => {
    const store = storeOf();
    put(store, 'a', 1);
    put(store, 'b', 1);
    expect(replaced(store)).to.equal(undefined);
    expect(replaced(store)).to.deep.equal([]);
    put(store, 'b', 2);
    put(store, 'b', 3);
    expect(store.takeReplaced()?.map(({ item }) => item)).to.deep.equal([{ v: 3 }]);
    expect(replaced(store)).to.deep.equal([]);
  });

  it('is nothing to go by where a row has come, gone, or may have moved', () => {
    const sort = { sort: '' };
    const store = new ListStore(() => ({ insert: 'append', limit: undefined, versionPath: '', ...sort }));
    const acts = [
      () => put(store, 'new'),
      () => store.remove('new'),
      () => {
        store.reorder();
      },
      () => store.clear(),
      () => put(store, 'a'),
      () => {
        sort.sort = 'v';
        put(store, 'a');
      },
    ];
    for (const act of acts) {
      replaced(store);
      act();
      expect(replaced(store)).to.equal(undefined);
    }
  });
});
