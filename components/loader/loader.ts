/**
 * The script for a page: `<script type="module" src="…/loader.js" data-app-key="…" data-cluster="…"></script>`. It
 * fetches the elements that the page uses, and no others.
 */
import { watchPage } from './watch-page.js';

/** The elements there are; the build writes their names here. */
declare const ELEMENT_NAMES: readonly string[];

watchPage(ELEMENT_NAMES, (name) => import(`./elements/${name}.js`));
