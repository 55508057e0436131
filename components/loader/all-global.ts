/** Every element in one classic script, for hosts that take no modules; what it exports is `PusherElements`. */
import * as api from './all.js';

// The first copy on the page wins, here as everywhere.
(globalThis as { PusherElements?: typeof api }).PusherElements ??= api;
