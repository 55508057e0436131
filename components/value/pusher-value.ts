import type { PropertyValues } from 'lit';
import { systemClock } from '../../src/index.js';
import { announce, prepareAnnouncer } from '../shared/announcer.js';
import type { ConnectionSource } from '../shared/connection-source.js';
import type { DataEvent } from '../shared/data/data-element.js';
import { SnapshotLoader } from '../shared/data/snapshot.js';
import { formatValue, timeOf } from '../shared/format/format.js';
import { writeInFrame } from '../shared/frame-scheduler.js';
import { keepRelative } from '../shared/relative-time.js';
import type { BindingScope } from '../shared/template/bindings.js';
import { findTemplate } from '../shared/template/find-template.js';
import { readPath } from '../shared/template/paths.js';
import { createInstance } from '../shared/template/template.js';
import type { Instance } from '../shared/template/template.js';
import { checkClosed } from '../shared/unclosed.js';
import { Latency } from './latency.js';
import { nextValue, numberOf } from './modes.js';
import { forgetValue, recallValue, storeValue } from './persistence.js';
import { PusherValueChangeEvent } from './value-events.js';
import { ValueSettings } from './value-settings.js';

/** How long `up` or `down` holds, in milliseconds. */
const flashTime = 1000;

/**
 * Shows one value that is kept up to date by events: a price, a counter, how many are here. An inline
 * element; what is written inside it is shown until there is a value.
 *
 * The value is a field of the newest event, or what `mode` makes of it; or, by `source`, a number that the
 * client knows. It is written once per frame, however many events come in. `:state(stale)` holds while it may
 * be out of date: the subscription is lost, or nothing has come in for `max-age` seconds. The repetition of a
 * value that is shown already, as cache channels send it after each reconnection, is no news: nothing
 * flashes, and nothing is read out.
 *
 * A `<template>` inside shows the payload by `data-pe-…` attributes instead, once there is one.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-value
 * @tagname pusher-value
 * @status experimental
 *
 * @slot - The text before the first value, and optionally a `<template>`.
 *
 * @cssstate empty - There is no value yet.
 * @cssstate stale - The value may be out of date.
 * @cssstate up - With `flash`, for a second: the number has grown.
 * @cssstate down - With `flash`, for a second: the number has shrunk.
 *
 * @fires {PusherValueChangeEvent} pusher-value-change - The value is another one now.
 */
export class PusherValueElement extends ValueSettings {
  static readonly tag: string = 'pusher-value';

  readonly #snapshot: SnapshotLoader;
  #value: unknown;
  #previous: unknown;
  #updatedAt: number | undefined;
  #direction: 'up' | 'down' | undefined;
  #flashTimer: unknown;
  /** What the last value came with, for a template. */
  #scope: BindingScope = { data: undefined };
  /** What the author has put inside, for `reset()`. */
  #fallback: Node[] | undefined;
  #template: HTMLTemplateElement | null | undefined;
  #instance: Instance | undefined;
  #text: Text | undefined;
  readonly #latency = new Latency();

  constructor() {
    super();
    this.#snapshot = new SnapshotLoader(this, {
      loaded: (data) => {
        this.#take(readPath(data, this.snapshotPath || this.field), { data, time: this.freshen() });
      },
      failed: () => undefined,
    });
  }

  /** The value as it came; undefined before there is one. */
  get value(): unknown {
    return this.#value;
  }

  /** The value before that. */
  get previous(): unknown {
    return this.#previous;
  }

  /** When it came in, in milliseconds since 1970. */
  get updatedAt(): number | undefined {
    return this.#updatedAt;
  }

  /** Sets the value, as an event would. */
  set(value: unknown): void {
    this.#take(value, { data: value, time: this.freshen() });
  }

  /** Forgets the value: the initial one holds, or the text that was there. */
  reset(): void {
    forgetValue(this);
    this.#value = undefined;
    this.#previous = undefined;
    this.#updatedAt = undefined;
    this.#begin();
  }

  /** Asks the snapshot again. */
  resync(): void {
    this.#loadSnapshot(false);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.announce) prepareAnnouncer(this.ownerDocument);
    this.#showFacts();
    // What was to be written when it left was not.
    if (this.hasUpdated) this.#write();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#snapshot.stop();
    systemClock.clearTimeout(this.#flashTimer);
    this.#direction = undefined;
  }

  /** What is inside is the page's own. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    const isFirst = this.#fallback === undefined;
    if (isFirst) this.#fallback = [...this.childNodes];
    if (isFirst) checkClosed(this);
    super.updated(changed);
    if (isFirst || (changed.has('initial') && this.#updatedAt === undefined)) this.#begin(isFirst);
    else if (changed.has('format') || changed.has('field')) this.#write();
    if (changed.has('announce') && this.announce) prepareAnnouncer(this.ownerDocument);
    // With a channel, only once its events arrive: nothing that happens between the two is missed then.
    if (changed.has('snapshotUrl') && (!isFirst || !this.event?.length)) this.#loadSnapshot(false);
    if (isFirst && this.valueSource === 'event' && !this.event?.length && !this.snapshotUrl)
      this.warn('it has no event, so it shows nothing new. Write event="…" with the name of an event.');
    this.#look();
  }

  protected override received({ name, channel, data, userId, isCached, receivedAt }: DataEvent): void {
    if (this.valueSource !== 'event') return;
    const incoming = readPath(data, this.field);
    // A counter does not count what is only repeated.
    if (isCached && this.mode !== 'set' && this.#updatedAt !== undefined) return;
    const value = nextValue(this.mode, this.#value, incoming);
    if (value === undefined) {
      if (incoming === undefined && this.field)
        this.warn(`the event "${name}" has nothing at field="${this.field}", so it changes nothing.`);
      return;
    }
    const scope = { data, event: name, channel, time: receivedAt, userId };
    this.#take(value, scope, isCached);
  }

  protected override connectionChanged(source: ConnectionSource | undefined): void {
    if (this.valueSource === 'state') this.#take(source?.snapshot.state);
    else if (this.valueSource === 'latency' && source?.client)
      this.#latency.read(source.client.connection, (latency) => {
        if (this.valueSource === 'latency') this.#take(latency);
      });
  }

  protected override subscribed({ isResumed }: { readonly isResumed: boolean }): void {
    if (!isResumed) this.#loadSnapshot(false);
    this.#look();
  }

  protected override membersChanged(): void {
    if (this.valueSource === 'member-count') this.#take(this.roster?.count);
  }

  protected override counted(count: number | undefined): void {
    if (this.valueSource === 'subscription-count') this.#take(count);
  }

  protected override missed(): void {
    this.#loadSnapshot(true);
  }

  protected override cacheMissed(): void {
    this.#loadSnapshot(false);
  }

  /** What the client knows already. */
  #look(): void {
    this.connectionChanged(this.source);
    // Before it is subscribed, and after a loss, nobody is known.
    const channel = this.heldChannel;
    if (!channel?.subscribed) return;
    this.membersChanged();
    this.counted(channel.subscriptionCount);
  }

  #loadSnapshot(isJittered: boolean): void {
    if (!this.snapshotUrl) return;
    this.#snapshot.load({ url: this.snapshotUrl, path: '', isJittered });
  }

  /** The value before any event: kept from another page, or the initial one. */
  #begin(isFirst = false): void {
    const kept = this.persist ? recallValue(this) : undefined;
    this.#value = kept ?? this.initial ?? undefined;
    this.#scope = { data: this.#value };
    if (this.#value !== undefined) this.#write();
    else if (!isFirst) this.#restore();
    this.#showFacts();
  }

  #take(value: unknown, scope: BindingScope = { data: value }, isCached = false): void {
    if (value === undefined || value === null) return;
    const previous = this.#value;
    this.#scope = scope;
    this.#updatedAt = scope.time ?? this.freshen();
    if (this.mode === 'set') this.#snapshot.stop(); // what is newer than the snapshot stays
    this.#write();
    if (Object.is(value, previous) || (isCached && isSame(value, previous))) return;
    this.#value = value;
    this.#previous = previous;
    if (this.persist) storeValue(this, value);
    this.#flash(numberOf(previous), numberOf(value));
    this.#showFacts();
    this.emit(new PusherValueChangeEvent({ value, previous, cached: isCached }));
    if (this.announce) announce(this.ownerDocument, () => this.#formatted(), { key: this });
  }

  #flash(before: number | undefined, now: number | undefined): void {
    if (!this.flash || before === undefined || now === undefined) return;
    this.#direction = now > before ? 'up' : 'down';
    systemClock.clearTimeout(this.#flashTimer);
    this.#flashTimer = systemClock.setTimeout(() => {
      this.#direction = undefined;
      this.#showFacts();
    }, flashTime);
  }

  #showFacts(): void {
    const empty = this.#value === undefined ? ['empty'] : [];
    this.writeFacts(this.#direction ? [...empty, this.#direction] : empty);
  }

  #formatted(): string {
    return formatValue(this.#value, this.format ?? undefined, this);
  }

  #write(): void {
    writeInFrame(this, this, this.#writeNow);
  }

  readonly #writeNow = (): void => {
    if (this.#value === undefined) return;
    if (this.#template === undefined) this.#template = findTemplate(this) ?? null;
    if (this.#template) {
      this.#showTemplate(this.#template);
      return;
    }
    const text = this.#formatted();
    if (!text) {
      this.#restore();
      this.warn(
        'the value is no single one, so it is not shown. Write field="…" with the path to one, or a <template>.',
      );
      return;
    }
    if (this.#text?.parentNode !== this)
      this.replaceChildren((this.#text = this.ownerDocument.createTextNode('')));
    if (this.#text.data !== text) this.#text.data = text;
    if (this.format === 'relative') keepRelative(this, this.#writeNow, timeOf(this.#value));
  };

  #showTemplate(template: HTMLTemplateElement): void {
    if (this.#instance) {
      this.#instance.update(this.#scope);
      return;
    }
    this.#instance = createInstance(this, template, this.#scope);
    if (this.#instance) this.replaceChildren(template, ...this.#instance.nodes);
  }

  #restore(): void {
    this.#template = undefined;
    this.#instance = undefined;
    this.#text = undefined;
    writeInFrame(this, this, () => {
      if (this.#fallback) this.replaceChildren(...this.#fallback);
    });
  }
}

/** Whether a repeated payload says what is shown already. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
