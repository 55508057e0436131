/**
 * React takes over what its server has written: it sets no properties and adds no `onpusher-…` handlers then, and
 * compares attributes and children. So the elements are loaded, and listened to, in an effect.
 */
import type {} from 'pusher-elements/react';
import { useEffect, useRef, useState } from 'react';
import type { PusherConnectionElement, PusherStateChangeEvent } from 'pusher-elements';
import type { ConnectionState } from 'pusher-elements/client';

export function App() {
  const connection = useRef<PusherConnectionElement>(null);
  const [state, setState] = useState<ConnectionState>('initialized');

  useEffect(() => {
    const element = connection.current;
    const changed = ({ current }: PusherStateChangeEvent) => setState(current);
    element?.addEventListener('pusher-state-change', changed);
    void import('pusher-elements/define');
    return () => element?.removeEventListener('pusher-state-change', changed);
  }, []);

  return (
    <pusher-connection ref={connection} app-key="demo-key" host="localhost" ws-port="6001" encrypted="false">
      <pusher-status countdown retry />
      <p>
        The connection is <b>{state}</b>.
      </p>
      <p>
        Newest price:{' '}
        <pusher-value channel="prices" event="tick" field="price" format="currency:EUR">
          €101.50
        </pusher-value>
      </p>
      <pusher-list channel="prices" event="tick" item-key="symbol">
        <ul>
          <template dangerouslySetInnerHTML={{ __html: '<li data-pe-text="symbol"></li>' }} />
          <li data-pe-key="ALPHA">ALPHA</li>
        </ul>
      </pusher-list>
    </pusher-connection>
  );
}
