/** Runs one schedule from its first action to the end of the client, and says which rule was broken, if any. */
import { drain } from './drain.js';
import type { Action, Schedule } from './action.js';
import { performCommand } from './commands.js';
import { perform, publish, signal } from './deeds.js';
import { checkQuiescence, checkStep } from './invariants.js';
import { World } from './world.js';
import type { Link } from './wire.js';
import type { Violation } from './world.js';

/** Where the world of the moment hears of what goes to the console and to nobody. */
let present: World | undefined;

/** What was reported, or rejected and not handled, while there was no world. */
let uncaught: string | undefined;

/** That, once. */
export function takeUncaught(): string | undefined {
  const taken = uncaught;
  uncaught = undefined;
  return taken;
}

/** Takes over what a client reports to its environment. Once, before the first schedule. */
export function takeOverReports(): void {
  // Node's own keeps books for each microtask, which take longer than what is in it.
  const done = Promise.resolve();
  globalThis.queueMicrotask = (callback) => {
    void done.then(callback);
  };
  (globalThis as { reportError?: (error: unknown) => void }).reportError = (error) => {
    if (present) present.reports += 1;
    else uncaught ??= `reported: ${String(error)}`;
  };
  console.warn = (text: string) => {
    const channel = /"sealed-\d+" on "([^"]+)" was dropped/.exec(text)?.[1];
    if (!present || channel === undefined) return;
    for (const listener of present.listenersOf(channel)) listener.drop(channel);
  };
  (globalThis as { fetch: unknown }).fetch = async (_: string, { body, signal }: RequestInit) => {
    const { status, value } = await present!.endpoint.request(new URLSearchParams(body as string), signal!);
    return { status, text: () => Promise.resolve(JSON.stringify(value)) };
  };
  process.on('unhandledRejection', (error) => {
    if (present) present.fail('no promise is rejected without being handled', String(error));
    else uncaught ??= `rejected: ${String(error)}`;
  });
}

/** How a schedule went. */
export interface Run {
  /** The first rule that was broken. */
  readonly violation: Violation | undefined;
  /** How many steps it took: the same schedule takes the same each time. */
  readonly steps: number;
  /** What happened, while replaying. */
  readonly diary: readonly string[];
}

/** One schedule. To be called from a task, not from inside a promise. */
export function simulate(schedule: Schedule, isReplay = false): Run {
  // Where an error was made is written down for whoever reads it; there are many, and nobody reads them in a run.
  Error.stackTraceLimit = isReplay ? 10 : 0;
  const world = new World(schedule, isReplay);
  present = world;
  try {
    if (schedule.setup.connectAutomatically) world.retry.allow(world.clock.now, true, false);
    settle(world);
    for (const action of schedule.actions) {
      if (world.violation) break;
      step(world, action);
    }
    if (!world.violation && !world.isDisposed) end(world);
    if (!world.violation) beGone(world);
  } catch (error) {
    world.fail('nothing is thrown', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    drain();
    present = undefined;
  }
  return { violation: world.violation, steps: world.steps, diary: world.diary ?? [] };
}

function step(world: World, action: Action): void {
  world.note('action', action);
  perform(world, action);
  settle(world);
  if (action.type === 'wait') pass(world, action.milliseconds);
}

/** Everything that promises have waiting is run, and then everything has to be in order. */
function settle(world: World): void {
  world.steps += 1;
  drain();
  checkStep(world);
}

/** Time passes: every timer that falls due runs at its own time, and each is a step. */
function pass(world: World, milliseconds: number, isOver: () => boolean = () => false): void {
  const { clock } = world;
  const end = clock.now + milliseconds;
  let before = clock.now;
  let timers = 0;
  while (!world.violation && !isOver() && clock.runNext(end)) {
    settle(world);
    timers = clock.now === before ? timers + 1 : 0;
    before = clock.now;
    if (timers > 1000)
      world.fail('time goes on', `${timers} timers in one moment; ${clock.describe('client')}`);
  }
  if (world.violation || isOver()) return;
  clock.moveTo(end);
  settle(world);
}

/** How long something may be on its way that was said before everything was mended. */
const longestDelay = 15_000;

/** Everything is mended, everything has to come right, and then the client is disposed of. */
function end(world: World): void {
  mend(world);
  pass(world, longestDelay + 4 * world.setup.latency);
  if (!world.violation) restUndisturbed(world);
  if (!world.violation) becomeConnected(world);
  if (!world.violation) subscribeEverything(world);
  if (world.violation) return;
  for (const name of world.seats.keys()) publish(world, name, 1);
  settle(world);
  pass(world, 2 * world.setup.latency + 10);
  checkQuiescence(world);
}

function mend(world: World): void {
  world.note('everything is mended');
  const { wire, app, endpoint, setup } = world;
  world.prepared.clear();
  world.vetoes = { beforeConnect: 0, beforeReconnect: 0 };
  world.plans = [];
  wire.replyFaults = [];
  for (const link of wire.live) link.resume(setup.mendsSilence);
  wire.network.setSupported(true);
  wire.network.goOnline();
  app.resetScript();
  for (const { name } of [...world.seats.values()].map(({ channel }) => channel)) app.acknowledge(name);
  endpoint.mend();
  world.vault.catchUp();
  for (const command of [
    { type: 'automatic', isOn: true },
    {
      type: 'configure',
      change: {
        connectTimeout: 10_000,
        pongTimeout: 10_000,
        subscriptionTimeout: 10_000,
        reachability: 'auto',
      },
    },
  ] as const)
    performCommand(world, command);
  signal(world, 'online');
  if (world.isSuspended) signal(world, 'page-shown');
  settle(world);
}

/** A client that rests, rests: for a minute nothing happens that nobody asked for. */
function restUndisturbed(world: World): void {
  const { connection } = world.pusher;
  if (!['initialized', 'disconnected', 'failed'].includes(connection.state)) return;
  const { attempts } = world.wire;
  pass(world, 60_000);
  if (world.wire.attempts > attempts)
    world.fail('nothing scheduled in disconnected and failed', 'an attempt');
  if (world.violation) return;
  performCommand(world, { type: 'connect' });
  settle(world);
}

/** As long as noticing a dead link, one wait and one attempt can take together. */
function patience({ wire, setup, settings, clock, retry }: World): number {
  const link = wire.link;
  const noticing =
    link && link.activityTimeout < Infinity ? link.activityTimeout + link.pongTimeout + 20_000 : 0;
  const planned = Math.max(0, (retry.plannedAt ?? clock.now) - clock.now);
  const waiting = Math.max(10_000, settings.unavailableRetryDelay, setup.reconnectDelay ?? 0, 20_000);
  return noticing + planned + 3 * waiting + 60_000;
}

function becomeConnected(world: World): void {
  const { connection } = world.pusher;
  const limit = patience(world);
  const isReached = (): boolean =>
    connection.state === 'connected' &&
    world.wire.link?.isThrough === true &&
    world.app.connection(connection.socket_id) !== undefined;
  pass(world, limit, isReached);
  if (!isReached())
    world.fail(
      'a healthy network and a willing server end in connected',
      `${connection.state} after ${limit} ms`,
    );
}

/** What failed for good is asked for once more, and then everything has its time, on one connection. */
function subscribeEverything(world: World): void {
  const { link } = world.wire;
  const again = (): void => {
    for (const { channel } of world.seats.values()) channel.retry();
    if (world.wantsUser && world.isRefusedUser) performCommand(world, { type: 'signin' });
    settle(world);
  };
  pass(world, 75_000);
  if (!world.violation) again();
  if (!world.violation) pass(world, 45_000);
  if (!world.violation && world.wire.link !== link) beginAgain(world, link);
}

/** The connection was lost: one from before everything was mended may wait shorter for an answer than one takes. */
function beginAgain(world: World, link: Link | undefined): void {
  if (!link || link.pongTimeout > 2 * world.setup.latency)
    world.fail('a healthy connection is kept', `socket ${String(link?.number)} is not there any more`);
  if (!world.violation) becomeConnected(world);
  if (!world.violation) subscribeEverything(world);
}

/** The end of the client; nothing of it may be heard of again, whatever is still said to it. */
function beGone(world: World): void {
  world.note('the end');
  const channels = [...world.seats.values()].map(({ channel }) => channel);
  performCommand(world, { type: 'dispose' });
  settle(world);
  for (const held of world.holders) held?.stop();
  for (const channel of channels) {
    channel.retry();
    channel.unsubscribe();
  }
  world.endpoint.answerLate();
  for (const command of [
    { type: 'connect' },
    { type: 'retry' },
    { type: 'subscribe', channel: 0 },
    { type: 'acquire', holder: 0, channel: 1 },
    { type: 'unsubscribe', channel: 0 },
    { type: 'signin' },
    { type: 'signout' },
    { type: 'disconnect' },
  ] as const) {
    performCommand(world, command);
    settle(world);
  }
  signal(world, 'online');
  pass(world, 120_000);
}
