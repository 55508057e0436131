/** The addresses that a connection is made to, and the name that the client gives itself in them. Pure. */
import type { ResolvedOptions } from './options.js';

/** Version and name that the client gives itself in the address (protocol.md §1). */
export const clientName = 'pusher-elements';
export const clientVersion = '0.1.0';

/** The path and query below a prefix. The key is percent-encoded (C-02). */
const appPath = ({ key }: ResolvedOptions): string =>
  `/app/${encodeURIComponent(key)}?protocol=7&client=${clientName}&version=${clientVersion}`;

/** The address of one attempt (protocol.md §1). */
export function endpointUrl(options: ResolvedOptions, usesTLS: boolean): string {
  const scheme = usesTLS ? 'wss' : 'ws';
  const at = usesTLS ? options.wssPort : options.wsPort;
  return `${scheme}://${options.wsHost}:${String(at)}${options.wsPath}${appPath(options)}`;
}

/** The address of HTTP sessions (protocol.md §10); undefined where there may be none. */
export function httpEndpointUrl(options: ResolvedOptions, usesTLS: boolean): string | undefined {
  if (options.httpHost === undefined) return undefined;
  const scheme = usesTLS ? 'https' : 'http';
  const at = usesTLS ? options.httpsPort : options.httpPort;
  return `${scheme}://${options.httpHost}:${String(at)}${options.httpPath}${appPath(options)}`;
}

/** Which client this is, for reports. */
export const describeClient = ({ key, cluster }: ResolvedOptions): Readonly<Record<string, unknown>> => ({
  key,
  library: clientName,
  version: clientVersion,
  cluster,
});
