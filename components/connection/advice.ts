/** What only shows once a `<pusher-connection>` is in a page, and what its author can do about it. */
import { connectionsWithSameId } from '../shared/connection-directory.js';
import { warnOnce } from '../shared/dev-warning.js';
import type { ConnectionSettings } from './connection-settings.js';

/** Nobody answered, before anything ever worked. */
export function adviseOnAddress(element: ConnectionSettings): void {
  const { host, cluster } = element;
  const place = host ? `the host "${host}"` : `the cluster "${cluster || 'mt1'}"`;
  warnOnce(
    element,
    `no answer from ${place}; still trying. ` +
      'Check cluster and host against the dashboard of your app, and whether the network lets WebSockets through.',
  );
}

/** An id is there for one element. */
export function adviseOnId(element: ConnectionSettings): void {
  const { id } = element;
  if (id && connectionsWithSameId(element).length > 0)
    warnOnce(
      element,
      `another connection has the id "${id}" too, and connection="${id}" finds the first one only. Give each its own.`,
    );
}
