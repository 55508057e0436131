/** The rows of a list as data: keys, order, versions, the limit. No page, no clock. */
import type { BindingScope } from '../shared/template/bindings.js';
import { readPath } from '../shared/template/paths.js';

/** One row. */
export interface Row {
  readonly key: string;
  readonly item: unknown;
  readonly scope: BindingScope;
}

/** How rows are ordered, and how many there may be; read anew for each change. */
export interface ListRules {
  readonly insert: 'append' | 'prepend';
  /** At most so many rows; undefined for any number. */
  readonly limit: number | undefined;
  /** A path to order by; with a minus in front, the largest first. Empty for the order of arrival. */
  readonly sort: string;
  /** A path to a version: an item whose version is not newer changes nothing. Empty for none. */
  readonly versionPath: string;
}

/** How many rows that were removed have a version that is remembered. */
const memory = 1000;

export type Change = 'added' | 'updated' | 'ignored';

export class ListStore {
  readonly #rules: () => ListRules;
  readonly #rows = new Map<string, Row>();
  readonly #versions = new Map<string, unknown>();
  /** Versions of what was removed, the latest last: an update that comes late does not bring it back. */
  readonly #removed = new Map<string, unknown>();
  #keys: string[] = [];
  /** Rows are put in order when they are looked at, not for each one that comes. */
  #isUnsorted = false;
  /** The keys of rows that were replaced where they are, since that was asked last; undefined: more than that. */
  #replaced: Set<string> | undefined;

  constructor(rules: () => ListRules) {
    this.#rules = rules;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The rows in their order. */
  get rows(): Row[] {
    const rows: Row[] = [];
    for (const key of this.#order) {
      const row = this.#rows.get(key);
      if (row) rows.push(row);
    }
    return rows;
  }

  /**
   * The rows that are others since this was called last, where no row has come, gone or moved; undefined where
   * one may have.
   */
  takeReplaced(): Row[] | undefined {
    const keys = this.#replaced;
    this.#replaced = new Set();
    return keys && [...keys].flatMap((key) => this.#rows.get(key) ?? []);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** The newest version, else the key of the newest row: what a snapshot may be asked to begin with. */
  newest(): string | undefined {
    const { versionPath, insert } = this.#rules();
    const versions = versionPath === '' ? [] : [...this.#removed.values(), ...this.#versions.values()];
    const newest = versions.reduce(
      (best, version) => (compare(version, best) > 0 ? version : best),
      undefined,
    );
    const key = this.#order.at(insert === 'append' ? -1 : 0);
    return typeof newest === 'string' || typeof newest === 'number' ? String(newest) : key;
  }

  /** Whether an item is no newer than what is known of its key, or than `other`. */
  isOld(key: string, item: unknown, other?: unknown): boolean {
    const { versionPath } = this.#rules();
    if (versionPath === '') return false;
    const version = readPath(item, versionPath);
    const known =
      other === undefined
        ? (this.#versions.get(key) ?? this.#removed.get(key))
        : readPath(other, versionPath);
    return known !== undefined && version !== undefined && compare(version, known) <= 0;
  }

  put(row: Row): Change {
    const { insert, versionPath, sort } = this.#rules();
    const { key, item } = row;
    if (this.isOld(key, item)) return 'ignored';
    const version = versionPath === '' ? undefined : readPath(item, versionPath);
    if (version !== undefined) {
      this.#versions.set(key, version);
      this.#removed.delete(key);
    }
    const isKnown = this.#rows.has(key);
    this.#rows.set(key, row);
    if (!isKnown && insert === 'append') this.#keys.push(key);
    else if (!isKnown) this.#keys.unshift(key);
    this.#isUnsorted = true;
    if (isKnown && sort === '') this.#replaced?.add(key);
    else this.#replaced = undefined;
    return isKnown ? 'updated' : 'added';
  }

  /** Removes a row; undefined where there is none. */
  remove(key: string, version?: unknown): Row | undefined {
    const row = this.#rows.get(key);
    this.#remember(key, version);
    if (!row) return undefined;
    this.#replaced = undefined;
    this.#rows.delete(key);
    this.#keys.splice(this.#keys.indexOf(key), 1);
    return row;
  }

  /** Takes away what is beyond the limit: the oldest, or with an order the last. */
  trim(): Row[] {
    const { limit, insert, sort } = this.#rules();
    const removed: Row[] = [];
    while (limit !== undefined && this.#order.length > limit) {
      const key = this.#order.at(insert === 'append' && sort === '' ? 0 : -1);
      const row = key === undefined ? undefined : this.remove(key);
      if (row) removed.push(row);
    }
    return removed;
  }

  /** Those of new rows, in the order in which they came, that would be there after they were put and trimmed. */
  survivors(waiting: readonly Row[]): readonly Row[] {
    const { limit, insert, sort } = this.#rules();
    if (limit === undefined) return waiting;
    if (sort === '') return waiting.slice(Math.max(0, waiting.length - limit));
    const byItem = inOrder(sort);
    const all = insert === 'append' ? [...this.rows, ...waiting] : [...[...waiting].reverse(), ...this.rows];
    const kept = new Set(all.sort((a, b) => byItem(a.item, b.item)).slice(0, limit));
    return waiting.filter((row) => kept.has(row));
  }

  /** The rules have changed. */
  reorder(): void {
    this.#isUnsorted = true;
    this.#replaced = undefined;
  }

  /** The keys in the order of the rules; rows that are equal in it stay as they are. */
  get #order(): string[] {
    const { sort } = this.#rules();
    if (!this.#isUnsorted || sort === '') return this.#keys;
    this.#isUnsorted = false;
    const byItem = inOrder(sort);
    return this.#keys.sort((a, b) => byItem(this.#rows.get(a)?.item, this.#rows.get(b)?.item));
  }

  clear(): Row[] {
    const { rows } = this;
    for (const { key } of rows) this.#remember(key);
    this.#replaced = undefined;
    this.#rows.clear();
    this.#keys = [];
    return rows;
  }

  /** Of what is removed only the version stays, and only for as long as `memory` allows. */
  #remember(key: string, version = this.#versions.get(key)): void {
    this.#versions.delete(key);
    if (version === undefined) return;
    this.#removed.delete(key); // the latest last
    this.#removed.set(key, version);
    for (const oldest of this.#removed.keys()) {
      if (this.#removed.size <= memory) break;
      this.#removed.delete(oldest);
    }
  }
}

/** Compares items by a path to order by. */
function inOrder(sort: string): (a: unknown, b: unknown) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const path = sort.replace(/^-/, '');
  return (a, b) => {
    const [left, right] = [readPath(a, path), readPath(b, path)];
    // What has no such field comes last either way: rows that were on the page before.
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    return sign * compare(left, right);
  };
}

/** Numbers by value, everything else by its text; nothing is less than anything. */
function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  const numbers = [Number(left), Number(right)] as const;
  if (left.trim() !== '' && right.trim() !== '' && numbers.every(Number.isFinite))
    return numbers[0] - numbers[1];
  return left < right ? -1 : Number(left > right);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
