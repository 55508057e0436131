/** What buttons can ask of a connection, with `command` and `commandfor`. */
import type { ConnectionOwner } from './element-connection.js';

export const connectionCommands = (element: ConnectionOwner): Record<string, () => void> => ({
  '--connect': () => {
    element.connect();
  },
  '--disconnect': () => {
    element.disconnect();
  },
  '--retry': () => {
    element.retry();
  },
});
