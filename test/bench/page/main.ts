/** What runs in the page: loads both libraries once and answers the questions of the rows. */
import { load } from './clients.js';
import * as elements from './elements.js';
import * as memory from './memory.js';
import { lastParsed, messagePath } from './message-path.js';
import { receive } from './real-socket.js';
import { subscribing } from './subscribing.js';

const libraries = await load();
/** The functions that a row may call, without the libraries, which only the page has. */
const api = {
  messagePath: messagePath.bind(undefined, libraries),
  subscribing: subscribing.bind(undefined, libraries),
  prepare: memory.prepare.bind(undefined, libraries),
  hold: memory.hold.bind(undefined, libraries),
  repeat: memory.repeat.bind(undefined, libraries),
  release: memory.release,
  receive: receive.bind(undefined, libraries),
  upgrade: elements.upgrade,
  show: elements.show,
  feed: elements.feed,
  flood: elements.flood,
  clear: elements.clear,
  lastParsed,
};
export type PageApi = typeof api;

Object.assign(globalThis, { bench: api });
document.title = 'ready';
