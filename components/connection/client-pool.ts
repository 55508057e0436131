/**
 * Connection elements that say the same use one client, so that a page opens one socket for them (elements.md rules
 * 23 and 25; decision 10). Plain objects and functions, because they may come from different copies of this library.
 */
import type { BeforeAuthorize, ConnectAttempt, PusherOptions, ReconnectPlan } from '../../src/index.js';
import { Pusher } from '../../src/index.js';
import { sharedRegistry } from '../shared/shared-registry.js';
import { isActive } from './active-states.js';
import { askBeforeAuthorize } from './authorization.js';
import { differInClusterOnly } from './client-options.js';
import type { ClientPlan } from './client-plan.js';

/** A connection element, as far as its client has to ask it. */
export interface ClientElement {
  /** Options of the page, as they are now: its hooks are in there. */
  readonly given: PusherOptions | undefined;
  readonly reconnectAutomatically: boolean;
  /** Milliseconds; undefined for the retry policy. */
  readonly reconnectDelay: number | undefined;
  mayConnect(attempt: ConnectAttempt): boolean;
  mayReconnect(plan: ReconnectPlan): boolean;
  mayAuthorize(authorization: BeforeAuthorize): boolean;
  /** Whether a channel was asked for through it. */
  wants(channel: string): boolean;
}

/** One user of a client. */
export interface ClientMember {
  readonly element: ClientElement;
  readonly plan: ClientPlan | undefined;
  /** Whether nobody is there to see the element, so that it needs no connection. */
  readonly isResting: boolean;
  /** It has said no, and others have not: it has to go on by itself. */
  stepOut(): void;
}

/** A client, and the elements that use it, in the order in which they came. */
export interface SharedClient {
  readonly client: Pusher;
  readonly members: Set<ClientMember>;
  /** The attempt that was made last: who comes later is asked about it too. */
  attempt: ConnectAttempt | undefined;
}

type Authorization = 'channelAuthorization' | 'userAuthentication';

/** Makes a client for `first`. Throws a `PusherError` where its options are wrong. */
export function createShared(plan: ClientPlan, options: PusherOptions, first: ClientMember): SharedClient {
  const members = new Set([first]);
  let lead = first;
  const present = (): ClientMember => {
    for (const member of members) return (lead = member);
    return lead;
  };
  const given = (): PusherOptions | undefined => present().element.given;
  /** All say the same about authorization, but the one who said it first may be gone: so whoever is there is read. */
  const live = (kind: Authorization): PusherOptions[typeof kind] =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.keys(options[kind] ?? {}).map((name) => [
          name,
          {
            enumerable: true,
            get: () => (present().plan?.options[kind] as Record<string, unknown> | undefined)?.[name],
          },
        ]),
      ),
    );
  const shared: SharedClient = {
    members,
    attempt: undefined,
    client: new Pusher(plan.key, {
      ...options,
      channelAuthorization: live('channelAuthorization'),
      userAuthentication: live('userAuthentication'),
      beforeConnect: (attempt) => {
        shared.attempt = attempt;
        return (
          agree(members, ({ element }) => element.mayConnect(attempt)) &&
          given()?.beforeConnect?.(attempt) !== false
        );
      },
      beforeReconnect: (next) =>
        agree(
          members,
          // Asked a second time, because what an element says in the event counts already (seed R-04).
          ({ element }) =>
            element.reconnectAutomatically && element.mayReconnect(next) && element.reconnectAutomatically,
        ) && given()?.beforeReconnect?.(next) !== false,
      beforeAuthorize: (authorization) => {
        const { channel } = authorization;
        const all = [...members].map(({ element }) => element);
        const asking = all.filter((element) => channel !== undefined && element.wants(channel));
        askBeforeAuthorize(authorization, {
          client: shared.client,
          connections: asking.length > 0 ? asking : all,
          hook: given()?.beforeAuthorize,
        });
      },
    }),
  };
  return shared;
}

/** Who says no has to go, as long as somebody stays; if nobody does, all stay and the answer is no. */
function agree(members: Set<ClientMember>, asks: (member: ClientMember) => boolean): boolean {
  const refusing = [...members].filter((member) => !asks(member)).filter((member) => members.has(member));
  if (refusing.length === members.size) return false;
  for (const member of refusing) member.stepOut();
  return true;
}

const openClients = (): Set<SharedClient> => (sharedRegistry().clients ??= new Set());

/** Lets others use a client too, if it is one that can be shared, or no others from now on. */
export function offerShared(shared: SharedClient, isOffered: boolean): void {
  if (isOffered) openClients().add(shared);
  else openClients().delete(shared);
}

/** A client of others that does, or is about to do, what `member` wants. */
export function findShared(member: ClientMember, plan: ClientPlan): SharedClient | undefined {
  if (!plan.terms) return undefined;
  for (const shared of openClients()) {
    if (shared.members.has(member) || !isUnderWay(shared)) continue;
    const [other] = shared.members;
    if (other?.plan && isAlike(plan, other.plan) && agreesOnReconnecting(member.element, other.element))
      return shared;
  }
  return undefined;
}

/** Whether another client of the page is the same but for the cluster, which is a slip of the pen more often than not. */
export function hasTwinElsewhere(plan: ClientPlan): boolean {
  return [...openClients()].some(({ members }) => {
    const [other] = members;
    return other?.plan && differInClusterOnly(plan.identity, other.plan.identity);
  });
}

/** `member` uses it no longer; somebody else does. */
export function leaveShared({ client, members }: SharedClient, member: ClientMember): void {
  members.delete(member);
  const [lead] = members;
  if (!lead) return;
  client.reconnectDelay = lead.element.reconnectDelay;
  settleShared({ client, members });
}

/** Brings the client in line with what its elements want together. */
export function settleShared({ client, members }: Pick<SharedClient, 'client' | 'members'>): void {
  const all = [...members];
  client.reconnectAutomatically = all.some(({ element }) => element.reconnectAutomatically);
  if (all.every(({ isResting }) => isResting) && isActive(client.connection.state)) client.disconnect();
}

/** One that has ended, or was told not to begin, is nobody's to join. */
function isUnderWay({ client, attempt }: SharedClient): boolean {
  const { state } = client.connection;
  return isActive(state) || (state === 'initialized' && !attempt && !client.isDisposed);
}

export const isAlike = (a: ClientPlan, b: ClientPlan): boolean =>
  isSame(a.identity, b.identity) && isSame(a.terms, b.terms);

const agreesOnReconnecting = (a: ClientElement, b: ClientElement): boolean =>
  a.reconnectAutomatically === b.reconnectAutomatically && a.reconnectDelay === b.reconnectDelay;

export function isSame(a: readonly unknown[] = [], b: readonly unknown[] = []): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
