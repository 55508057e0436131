/**
 * What React keeps reaches the elements as attributes and properties, and what they say comes back as events:
 * `onpusher-…`, the event's own name.
 */
import 'pusher-elements/define';
import type {} from 'pusher-elements/react';
import { useState } from 'react';
import type { ConnectionState } from 'pusher-elements/client';

export function App() {
  const [state, setState] = useState<ConnectionState>('initialized');
  const [currency, setCurrency] = useState('EUR');
  const [highest, setHighest] = useState<number>();

  return (
    <pusher-connection
      app-key="demo-key"
      host="localhost"
      ws-port={6001}
      encrypted={false}
      onpusher-state-change={(event) => setState(event.current)}
    >
      <pusher-status countdown retry />
      <p>
        The connection is <b>{state}</b>.
      </p>

      <label>
        Currency
        <select value={currency} onChange={(event) => setCurrency(event.target.value)}>
          <option>EUR</option>
          <option>USD</option>
        </select>
      </label>

      <p>
        Newest price:{' '}
        <pusher-value
          channel="prices"
          event="tick"
          field="price"
          format={`currency:${currency}`}
          max-age="30s"
          flash
          onpusher-value-change={({ value }) => setHighest((before) => Math.max(before ?? 0, Number(value)))}
        >
          …
        </pusher-value>
      </p>
      {highest !== undefined && <p>The highest so far: {highest}</p>}

      <pusher-list channel="prices" event="tick" item-key="symbol" sort="symbol">
        <ul>
          <template>
            <li data-pe-text="symbol"></li>
          </template>
        </ul>
        <p slot="empty">Waiting for prices.</p>
      </pusher-list>
    </pusher-connection>
  );
}
