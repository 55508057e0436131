/**
 * CUSTOM_ELEMENTS_SCHEMA lets templates have tags with a dash. `name="…"` sets an attribute, `[name]="…"` a property,
 * and `(event)="…"` listens.
 */
// Templates are compiled in the browser here, so that Vite alone can build this. The Angular CLI compiles them before.
import '@angular/compiler';
import 'pusher-elements/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { PusherStateChangeEvent, PusherValueChangeEvent } from 'pusher-elements';
import type { ConnectionState } from 'pusher-elements/client';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <pusher-connection
      app-key="demo-key"
      host="localhost"
      ws-port="6001"
      [encrypted]="false"
      (pusher-state-change)="stateChanged($event)"
    >
      <pusher-status countdown retry></pusher-status>
      <p>
        The connection is <b>{{ state() }}</b>.
      </p>

      <label>
        Currency
        <select (change)="currency.set($any($event.target).value)">
          <option>EUR</option>
          <option>USD</option>
        </select>
      </label>

      <p>
        Newest price:
        <pusher-value
          channel="prices"
          event="tick"
          field="price"
          [format]="'currency:' + currency()"
          [maxAge]="30"
          (pusher-value-change)="priceChanged($event)"
          >…</pusher-value
        >
      </p>
      @if (highest() !== undefined) {
        <p>The highest so far: {{ highest() }}</p>
      }
    </pusher-connection>
  `,
})
class App {
  readonly state = signal<ConnectionState>('initialized');
  readonly currency = signal('EUR');
  readonly highest = signal<number | undefined>(undefined);

  stateChanged({ current }: PusherStateChangeEvent): void {
    this.state.set(current);
  }

  priceChanged({ value }: PusherValueChangeEvent): void {
    this.highest.set(Math.max(this.highest() ?? 0, Number(value)));
  }
}

await bootstrapApplication(App);
