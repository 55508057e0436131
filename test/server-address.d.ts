/**
 * Where the local Channels server listens during the browser tests. The test runner serves this module
 * (tools/channels-server-plugin.mjs); there is no such file on disk.
 */
export declare const serverAddress: { readonly host: string; readonly port: number };
