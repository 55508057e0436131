/** @jsxImportSource solid-js */
/** What Solid's types accept of the tags, and what they refuse. Compiled against Solid and the installed package. */
import 'pusher-elements/define';
import type {} from 'pusher-elements/solid';
import type { JSX } from 'solid-js';

/** Fails to compile unless both are the same type; `any` is the same as nothing else. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <Check extends true>(): Check | undefined => undefined;

type Ours<Name> = Extract<Name, `pusher-${string}`>;
isTrue<Same<Ours<keyof JSX.IntrinsicElements>, Ours<keyof HTMLElementTagNameMap>>>();

export const Right = () => (
  <pusher-connection
    app-key="key"
    attr:cluster="eu"
    prop:wsPort={6001}
    encrypted={false}
    on:pusher-state-change={(event) => event.current === 'connected'}
    on:pusher-event={({ name, currentTarget }) => [name, currentTarget.socketId]}
  >
    <pusher-status attr:retry="" prop:hasRetry class="badge" />
    <pusher-value
      channel="prices"
      event="tick"
      attr:max-age="30s"
      prop:maxAge={30}
      on:pusher-value-change={(event) => event.value}
    />
    <pusher-event channel="news" name="published" prop:handler={(event) => void event.data} />
  </pusher-connection>
);

export const Wrong = () => (
  <>
    {/* @ts-expect-error: there is no such tag */}
    <pusher-statsu />
    {/* @ts-expect-error: a misspelt value */}
    <pusher-status variant="baner" />
    {/* @ts-expect-error: a misspelt value */}
    <pusher-status attr:variant="baner" />
    {/* @ts-expect-error: there is no such property */}
    <pusher-value chanel="prices" />
    {/* @ts-expect-error: a number */}
    <pusher-value prop:maxAge="30" />
    {/* @ts-expect-error: an output is only read */}
    <pusher-connection prop:state="connected" />
    {/* @ts-expect-error: not a state */}
    <pusher-connection on:pusher-state-change={(event) => event.current === 'conected'} />
    {/* @ts-expect-error: it has no such field */}
    <pusher-value on:pusher-value-change={(event) => event.detail} />
  </>
);
