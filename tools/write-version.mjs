// Writes the version of package.json wherever else it stands; changesets have changed it there.
import { readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const places = {
  'src/endpoint.ts': /(clientVersion = ')[^']+/,
  'docs/examples/wordpress/pusher-elements.php': /( \* Version: )\S+/,
  'docs/guides/cms/drupal.md': /(\bversion: )\S+/,
  'docs/guides/cms/webflow.md': /(\/pusher-elements\/)\d[^/]*/,
};
for (const [file, place] of Object.entries(places)) {
  const text = readFileSync(file, 'utf8');
  if (!place.test(text)) throw new Error(`${file} does not say its version where it used to.`);
  writeFileSync(
    file,
    text.replace(place, (_, before) => before + version),
  );
}
