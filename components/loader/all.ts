/** Every element in one module, for pages that want one file with one hash; otherwise as the loader. */
import '../define.js';
import { watchPage } from './watch-page.js';

export { Pusher } from '../../src/index.js';
export * from '../index.js';

/** The elements there are; the build writes their names here. */
declare const ELEMENT_NAMES: readonly string[];

watchPage(ELEMENT_NAMES, () => Promise.resolve());
