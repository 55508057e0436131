import { html, nothing, render } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import type { Member, Pusher } from '../../src/index.js';
import { PusherMemberAddedEvent, PusherMemberRemovedEvent } from '../channel/channel-events.js';
import { ListRows } from '../list/list-rows.js';
import type { Row } from '../list/list-store.js';
import { announce, prepareAnnouncer } from '../shared/announcer.js';
import { formatValue, localeOf } from '../shared/format/format.js';
import { plural } from '../shared/format/plural.js';
import { writeInFrame } from '../shared/frame-scheduler.js';
import { findTemplate } from '../shared/template/find-template.js';
import { readPath } from '../shared/template/paths.js';
import { WordsController } from '../shared/words/words-controller.js';
import { pictureOf } from './faces.js';
import { KnownMembers } from './known-members.js';
import { MemberTiles } from './member-tiles.js';
import type { Face } from './member-tiles.js';
import { inOrder } from './order.js';
import { PusherPresenceChangeEvent } from './presence-events.js';
import { PresenceSettings } from './presence-settings.js';
import { styles } from './pusher-presence.styles.js';

/** Seconds that who has left still counts as there: time enough to reload a page. */
const defaultGrace = 5;

/**
 * Who is on a presence channel: pictures, a list of names, or how many.
 *
 * Members are the others; with `include-me` the user of this page is one of them. A user with several pages
 * open is one member. Who leaves still counts for `leave-grace` seconds, so that nobody blinks who reloads a
 * page; the same holds for who is missing after a reconnection. While the connection is lost, who was there
 * stays, and `:state(stale)` holds. Everything is written once per frame.
 *
 * Without a picture, or where it cannot be had, a member has initials, and a colour that is the same on every
 * page. Pictures are asked for without a referrer, and only once they come into view. A `<template>` inside
 * shows each member by `data-pe-…` attributes instead: paths lead into the member's info, `$userId` is the id.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-presence
 * @tagname pusher-presence
 * @status experimental
 *
 * @slot - What is shown before the members are known, and optionally the `<template>` of a member.
 * @slot empty - Shown while nobody is there.
 * @slot overflow - Replaces the number of those beyond `max`.
 *
 * @csspart base - The whole.
 * @csspart member - One member.
 * @csspart avatar - The picture or the initials of a member.
 * @csspart name - The name of a member; with `view="avatars"` only for screen readers.
 * @csspart overflow - How many there are beyond `max`.
 * @csspart count - The sentence of `view="count"`.
 *
 * @cssprop --pusher-presence-size - Size of an avatar; 2em by default.
 * @cssprop --pusher-presence-gap - Space between members; 0.25em by default.
 * @cssprop --pusher-presence-radius - Radius of the corners of an avatar; round by default.
 *
 * @cssstate empty - Nobody is there.
 * @cssstate stale - The connection or the subscription is lost: who is shown was there before.
 *
 * @fires {PusherMemberAddedEvent} pusher-member-added - Somebody came. Not fired for those who were there before.
 * @fires {PusherMemberRemovedEvent} pusher-member-removed - Somebody left, and `leave-grace` is over.
 * @fires {PusherPresenceChangeEvent} pusher-presence-change - Other members are shown than before; once per frame.
 */
export class PusherPresenceElement extends PresenceSettings {
  static readonly tag: string = 'pusher-presence';
  static override styles: CSSResultGroup = styles;

  readonly #words = new WordsController(this);
  readonly #known: KnownMembers;
  readonly #tiles = new MemberTiles();
  /** A row for each member, as long as it is the same object. */
  readonly #rowOf = new WeakMap<Member, Row>();
  #rows: ListRows | undefined;
  /** Whose members they are. */
  #client: Pusher | undefined;
  #name = '';
  #myId: string | undefined;
  /** In order; undefined where that has to be found out anew. */
  #members: readonly Member[] | undefined;
  /** Whether there is something to tell of after the next frame, and whether all has to be written anew. */
  #isNews = false;
  #isRewritten = true;

  constructor() {
    super();
    this.#known = new KnownMembers({
      clock: () => this.clock,
      grace: () => (this.leaveGrace ?? defaultGrace) * 1000,
      joined: (member) => {
        this.#tell(member, PusherMemberAddedEvent);
      },
      left: (member) => {
        this.#tell(member, PusherMemberRemovedEvent);
      },
    });
  }

  /** Who is there, in the order in which they are shown, also those beyond `max`. */
  get members(): readonly Member[] {
    return (this.#members ??= inOrder(
      [...this.#known.members].filter((member) => this.#counts(member)),
      this.sort,
      localeOf(this),
    ));
  }

  /** How many. */
  get count(): number {
    return this.members.length;
  }

  /** The user of this page as a member; undefined while not subscribed. */
  get me(): Member | undefined {
    return this.roster?.me ?? undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What was to be written when it left was not.
    if (this.hasUpdated) this.#changed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#known.stop();
  }

  protected override firstUpdated(): void {
    const template = findTemplate(this);
    if (template) {
      this.#rows = new ListRows(this, template);
      this.#rows.adopt();
    }
    // The slots at once, so that what is inside never disappears; the rest with the next frame.
    this.#draw();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#follow();
    if (this.announce) prepareAnnouncer(this.ownerDocument);
    if (changed.has('leaveGrace')) this.#known.settle();
    if (changed.has('includeMe')) this.#isNews = this.#known.isKnown;
    // Settings, or the language of the page.
    this.#isRewritten = true;
    this.#changed();
  }

  protected override connectionChanged(): void {
    this.#follow();
  }

  protected override subscribed(): void {
    this.#follow();
    const { roster } = this;
    if (!roster) return;
    this.#myId = roster.myID;
    this.#isNews ||= !this.#known.isKnown;
    this.#known.take(roster);
    this.#changed();
  }

  protected override membersChanged({
    joined,
    left,
  }: {
    readonly joined?: Member;
    readonly left?: Member;
  }): void {
    if (joined) this.#known.join(joined);
    if (left) this.#known.leave(left);
    this.#changed();
  }

  /** Another channel, or another client, has other members. */
  #follow(): void {
    const { heldChannel: channel, roster } = this;
    const client = this.source?.client;
    if (!channel || (channel.name === this.#name && client === this.#client)) return;
    if (!roster)
      this.warn(`the channel "${channel.name}" does not tell who is there. Write channel="presence-…".`);
    this.#client = client;
    this.#name = channel.name;
    // Rows of the server stay until there are members.
    if (this.#known.isKnown) this.#rows?.show([]);
    this.#known.clear();
    this.#changed();
  }

  get #isEmpty(): boolean {
    const { isKnown, size } = this.#known;
    return isKnown && size === Number(!this.includeMe && this.#known.has(this.#myId));
  }

  #counts({ id }: Member): boolean {
    return this.includeMe || id !== this.#myId;
  }

  #tell(member: Member, Told: typeof PusherMemberAddedEvent | typeof PusherMemberRemovedEvent): void {
    this.#changed();
    if (!this.#counts(member)) return;
    this.#isNews = true;
    this.emit(new Told(this.#name, member));
    if (this.announce) announce(this.ownerDocument, () => this.#label, { key: this });
  }

  /** How many there are, in words. */
  get #label(): string {
    const { labelOne: one, labelOther: other } = this;
    return plural(this, this.count, {
      ...(other ? { other } : this.#words.value.words.peopleHere),
      ...(one && { one }),
    });
  }

  #changed(): void {
    this.#members = undefined;
    if (!this.hasUpdated) return;
    this.writeFacts(this.#isEmpty ? ['empty'] : []);
    writeInFrame(this, this, this.#draw);
  }

  readonly #draw = (): void => {
    const { members } = this;
    const shown = this.view === 'count' ? [] : members.slice(0, this.max);
    render(this.#render(members.length - shown.length), this.renderRoot);
    const list = this.renderRoot.querySelector('[role=list]');
    if (this.#rows && this.#known.isKnown) this.#rows.show(shown.map((member) => this.#row(member)));
    else if (list) this.#tiles.show(list, shown, this.#face, this.#isRewritten);
    this.#isRewritten = false;
    if (!this.#isNews) return;
    this.#isNews = false;
    this.emit(new PusherPresenceChangeEvent(members));
  };

  #render(rest: number): TemplateResult {
    const { view } = this;
    const { words } = this.#words.value;
    const { isKnown } = this.#known;
    const isCount = view === 'count';
    const hasOwn = this.#rows !== undefined && !isCount;
    const isEmpty = this.#isEmpty;
    const sentence = html`<span part="count">${this.#label}</span>`;
    const more = plural(this, rest, words.morePeople);
    return html`<span
      part="base"
      class=${hasOwn || !isKnown ? 'own' : view}
      dir=${words.isRightToLeft ? 'rtl' : nothing}
      ><slot ?hidden=${isKnown && !hasOwn}></slot
      ><span role="list" aria-label=${this.#label} ?hidden=${hasOwn || isCount || !isKnown || isEmpty}></span
      ><span part="overflow" class="more" ?hidden=${isCount || rest === 0}
        ><slot name="overflow"
          >${
            view === 'avatars'
              ? html`<bdi aria-hidden="true">+${formatValue(rest, 'number', this)}</bdi
                  ><span class="unseen">${more}</span>`
              : more
          }</slot
        ></span
      >${isCount && isKnown && !isEmpty ? sentence : nothing}<slot name="empty" ?hidden=${!isEmpty}
        >${isCount ? sentence : nothing}</slot
      ></span
    >`;
  }

  #row(member: Member): Row {
    const { id: key, info: item } = member;
    let row = this.#rowOf.get(member);
    if (!row)
      this.#rowOf.set(
        member,
        (row = { key, item: item ?? null, scope: { data: item, channel: this.#name, userId: key } }),
      );
    return row;
  }

  readonly #face = ({ id, info }: Member): Face => ({
    name: formatValue(readPath(info, this.namePath), undefined, this) || id,
    picture: pictureOf(readPath(info, this.avatarPath), this.baseURI),
    language: localeOf(this),
  });
}
