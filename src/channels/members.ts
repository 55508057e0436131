/** Who is on a presence channel (protocol.md §7.5). A Map, never a plain object: ids are other people's words. */

/** A member, as pusher-js users know it. */
export interface Member<Info = unknown> {
  /** The user's id; a string for every purpose, also where a server writes a number. */
  readonly id: string;
  /** What the application's server said of the user; undefined where it said nothing. */
  readonly info: Info;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asId = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** The set, with the surface of pusher-js's `members` and of a Map. */
export class Members<Info = unknown> implements Iterable<Member<Info>> {
  readonly #members = new Map<string, Member<Info>>();
  #myId: string | undefined;

  /** How many there are; derived, so that it cannot drift. */
  get count(): number {
    return this.#members.size;
  }

  /** The same, under the name of a Map. */
  get size(): number {
    return this.#members.size;
  }

  /** Our own id, from the signed authorization; undefined while not subscribed. */
  get myID(): string | undefined {
    return this.#myId;
  }

  /** Ourselves; null while not subscribed. */
  get me(): Member<Info> | null {
    return this.#myId === undefined ? null : this.get(this.#myId);
  }

  /** Everybody's info by id, as pusher-js has it. Without a prototype, so that no id can be one of its names. */
  get members(): Readonly<Record<string, Info>> {
    const infos = Object.create(null) as Record<string, Info>;
    for (const { id, info } of this) infos[id] = info;
    return infos;
  }

  /** One member, or null. Numbers are understood. */
  get(id: string | number): Member<Info> | null {
    return this.#members.get(String(id)) ?? null;
  }

  /** Whether somebody is there. */
  has(id: string | number): boolean {
    return this.#members.has(String(id));
  }

  /** Calls back for everybody, in the order in which they came. */
  each(callback: (member: Member<Info>) => unknown): void {
    for (const member of this) callback(member);
  }

  /** In the order in which they came. */
  [Symbol.iterator](): Iterator<Member<Info>> {
    return this.#members.values();
  }

  /** @internal Who we are. */
  setMe(id: string | undefined): void {
    this.#myId = id;
  }

  /** @internal A whole roster, in the place of what was known. */
  take(payload: unknown): void {
    this.#members.clear();
    for (const [id, info] of readRoster(payload)) this.#members.set(id, { id, info: info as Info });
  }

  /** @internal A whole roster once more: whether others are there than was known. One with nobody in it says nothing. */
  renew(payload: unknown): boolean {
    const ids = [...readRoster(payload).keys()];
    if (ids.length === 0) return false;
    const isNews = ids.length !== this.#members.size || !ids.every((id) => this.#members.has(id));
    this.take(payload);
    return isNews;
  }

  /** @internal Somebody joined, or joined again: the member, and whether it is new. Undefined for an unusable payload. */
  join(payload: unknown): { readonly member: Member<Info>; readonly isNew: boolean } | undefined {
    if (!isObject(payload)) return undefined;
    const id = asId(payload['user_id']);
    if (id === undefined) return undefined;
    const member = { id, info: payload['user_info'] as Info };
    const isNew = !this.#members.has(id);
    this.#members.set(id, member);
    return { member, isNew };
  }

  /** @internal Somebody left: the member, or undefined for an unknown one. */
  leave(payload: unknown): Member<Info> | undefined {
    const id = isObject(payload) ? asId(payload['user_id']) : undefined;
    const member = id === undefined ? undefined : this.#members.get(id);
    if (member) this.#members.delete(member.id);
    return member;
  }

  /** @internal Not subscribed any more: nobody is known to be there. */
  reset(): void {
    this.#members.clear();
    this.#myId = undefined;
  }
}

/** A roster as id → info. Servers may leave out the ids, or the hash (servers.md §2). */
function readRoster(payload: unknown): Map<string, unknown> {
  const presence = isObject(payload) ? payload['presence'] : undefined;
  const roster = new Map<string, unknown>();
  if (!isObject(presence)) return roster;
  const { ids, hash } = presence;
  const infos = new Map(isObject(hash) ? Object.entries(hash) : []);
  const order = Array.isArray(ids) ? (ids as readonly unknown[]) : [...infos.keys()];
  for (const some of order) {
    const id = asId(some);
    if (id !== undefined) roster.set(id, infos.get(id));
  }
  for (const [id, info] of infos) if (!roster.has(id)) roster.set(id, info);
  return roster;
}
