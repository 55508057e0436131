/**
 * The settings on the script tag, `<script data-app-key="…" data-cluster="…">`: for the page's connection, or for
 * one that is made here where the page has none (elements.md rule 11). A module has no `document.currentScript`.
 */

let made: Element | undefined;

/** Whether a connection has settings of its own, in markup or set by a script. */
const isSet = (connection: Element & { appKey?: string; client?: unknown }): boolean =>
  connection.matches('[app-key],[data-app-key],[simulate],[data-simulate],[options],[data-options]') ||
  Boolean(connection.appKey) ||
  Boolean(connection.client);

/** Whether the connection that was made here has been taken out of the page. */
export const isConnectionLost = (): boolean => made?.isConnected === false;

/** Gives the page the connection that its script tag describes. Does nothing the second time. */
export function applyScriptSettings(): void {
  // What waits for consent is text, not yet a script.
  const script = document.querySelector('script[data-app-key]:not([type="text/plain"])');
  const others = [...document.querySelectorAll('pusher-connection')].filter((element) => element !== made);
  let target: Element | undefined = others[0];
  if (target) {
    made?.remove();
    made = undefined;
    if (others.some(isSet)) return;
  } else if (script && !made?.isConnected) {
    target = made ??= document.createElement('pusher-connection');
    // Beside the body, because soft navigation replaces that; and last, so that a connection of the page comes first.
    document.documentElement.append(target);
  }
  if (script && target)
    for (const { name, value } of script.attributes)
      if (name.startsWith('data-') && !target.hasAttribute(name)) target.setAttribute(name, value);
}
