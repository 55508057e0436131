/** A page with one `<pusher-presence>`, and people who come and go. We are user 7, Mo. */
import { nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherPresenceElement } from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';
import { html, key, renderPage } from '../support.js';
import type { Page } from '../support.js';

export const room = 'presence-room';

export interface Guest {
  leave(): Promise<void>;
}

export interface PresencePage extends Page {
  readonly element: PusherPresenceElement;
  /** Somebody opens a page of their own. */
  come(id: string, info?: unknown): Promise<Guest>;
  /** Frames of the server, for people without a connection. */
  join(id: string, info?: unknown): void;
  leave(id: string): void;
  /** Until everything is written. */
  written(): Promise<void>;
}

export async function renderPresence(markup: TemplateResult): Promise<PresencePage> {
  const page = await renderPage(
    (options) => html`
      <pusher-connection app-key=${key} reconnect-delay="1" .options=${options}></pusher-connection>
      ${markup}
    `,
  );
  const own = page.app.connection();
  const send = (event: string, data: object): void => {
    own!.send({ event: `pusher_internal:${event}`, channel: room, data: JSON.stringify(data) });
  };
  const written = async (): Promise<void> => {
    await page.clock.advance(0);
    await nextFrame();
    await nextFrame();
  };
  const rig: PresencePage = {
    ...page,
    element: page.root.querySelector('pusher-presence')!,
    async come(id, info = { name: `N${id}` }) {
      const channel_data = JSON.stringify({ user_id: id, user_info: info });
      const answer = { auth: `${key}:x`, channel_data };
      const client = new Pusher(key, {
        ...page.options,
        channelAuthorization: { customHandler: () => Promise.resolve(answer) },
      });
      client.subscribe(room);
      await written();
      return {
        async leave() {
          client.dispose();
          await written();
        },
      };
    },
    join(id, info = { name: `N${id}` }) {
      send('member_added', { user_id: id, user_info: info });
    },
    leave(id) {
      send('member_removed', { user_id: id });
    },
    written,
  };
  await written();
  return rig;
}

/** Parts of an element that can be seen. */
export const parts = (element: Element, name: string): HTMLElement[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`)].filter((part) =>
    part.checkVisibility(),
  );

export const namesOf = (element: Element): string[] =>
  parts(element, 'name').map(({ textContent }) => textContent);
export const textOf = (element: Element, part: string): string =>
  parts(element, part)
    .map(({ textContent }) => textContent.trim())
    .join();
export const idsOf = (element: PusherPresenceElement): string[] => element.members.map(({ id }) => id);
