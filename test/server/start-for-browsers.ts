/**
 * The local server beside a browser test run: prints `{"port":N}` as its first line and ends when its
 * standard input does, that is, with its parent. Start it with a pipe for its standard input.
 */
import { ChannelsServer } from './channels-server.js';

const server = new ChannelsServer();
const port = await server.listen();
process.stdin.on('end', () => process.exit()).on('error', () => process.exit());
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ port })}\n`);
