/** What React's types accept of the tags, and what they refuse. Compiled against React and the installed package. */
import 'pusher-elements/define';
import type {} from 'pusher-elements/react';
import { useRef, type ComponentProps, type JSX } from 'react';
import type { PusherChannelElement, PusherValueElement } from 'pusher-elements';

/** Fails to compile unless both are the same type; `any` is the same as nothing else. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <Check extends true>(): Check | undefined => undefined;

type Ours<Name> = Extract<Name, `pusher-${string}`>;
isTrue<Same<Ours<keyof JSX.IntrinsicElements>, Ours<keyof HTMLElementTagNameMap>>>();
// @ts-expect-error: types that came out as any would accept this
const props: ComponentProps<'pusher-value'> = 41;

export function Right() {
  const value = useRef<PusherValueElement>(null);
  return (
    <>
      <pusher-connection
        id="main"
        app-key="key"
        host="localhost"
        ws-port={6001}
        wss-port="6002"
        encrypted={false}
        connect-automatically="false"
        reconnect-delay="5s"
        auth-param-team="7"
        authHeaders={{ 'X-CSRF-Token': 'token' }}
        onpusher-state-change={(event) => event.current === 'connected'}
        onpusher-event={({ name, data }) => [name, data]}
        onpusher-errorCapture={({ code }) => code}
      >
        <pusher-channel name="orders" type="private" events="created updated">
          <pusher-value
            ref={value}
            key="price"
            className="price"
            event="tick"
            field="bid"
            format="currency:EUR"
            max-age={30}
            source="event"
            flash
            aria-label="Price"
            onClick={(event) => event.currentTarget.reset()}
            onpusher-value-change={(event) => {
              isTrue<Same<typeof event.previous, unknown>>();
              event.currentTarget.resync();
            }}
          >
            …
          </pusher-value>
        </pusher-channel>
      </pusher-connection>
      <pusher-status variant="banner" retry countdown="false" hide-when="connected" connection="main" />
      <pusher-value event={['tick', 'tock']} channel="prices" maxAge={30} />
      <pusher-list channel="orders" event="created" itemKey="id" resync="gap" />
      <pusher-event channel="news" name="published" do="dispatch" handler={(event) => void event.data} />
      <pusher-presence channel="presence-room" view="list" max="5" include-me />
      <pusher-trigger channel="private-room" event="typing" payload={{ who: 'me' }} throttle="2s" />
      <pusher-toasts channel="news" event="notice" placement="bottom-end" duration="0" />
    </>
  );
}

export function Wrong() {
  const channel = useRef<PusherChannelElement>(null);
  return (
    <>
      {/* @ts-expect-error: there is no such tag */}
      <pusher-statsu />
      {/* @ts-expect-error: a misspelt value */}
      <pusher-status variant="baner" />
      {/* @ts-expect-error: a misspelt value, under a name with a dash */}
      <pusher-connection auth-transport="xhr" />
      {/* @ts-expect-error: there is no such property */}
      <pusher-value chanel="prices" />
      {/* @ts-expect-error: not a number */}
      <pusher-value max-age="soon" />
      {/* @ts-expect-error: seconds, or minutes as 5m */}
      <pusher-value max-age="5 minutes" />
      {/* @ts-expect-error: React leaves the attribute out, and it stays on */}
      <pusher-connection connect-automatically={false} />
      {/* @ts-expect-error: an output is only read */}
      <pusher-connection state="connected" />
      {/* @ts-expect-error: what an event is not */}
      <pusher-value onpusher-value-change={(event: PusherChannelElement) => event.name} />
      {/* @ts-expect-error: it has no such field */}
      <pusher-value onpusher-value-change={(event) => event.detail} />
      {/* @ts-expect-error: not a state */}
      <pusher-connection onpusher-state-change={(event) => event.current === 'conected'} />
      {/* @ts-expect-error: another element */}
      <pusher-value ref={channel} />
    </>
  );
}
export { props };
