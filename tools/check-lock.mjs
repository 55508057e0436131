// Checks a lock file: every optional dependency (the per-platform binaries) must be listed, or `npm ci` fails on
// other machines; and it must not say which registry it was made with.
import { readFileSync } from 'node:fs';

const files = process.argv.length > 2 ? process.argv.slice(2) : ['package-lock.json'];
let missing = 0;
let addresses = 0;

/** Follows Node's look-up from `from` upwards: is `name` at `range` anywhere it would be found? */
function isListed(packages, from, name, range) {
  for (let at = from; ;) {
    const entry = packages[`${at ? `${at}/` : ''}node_modules/${name}`];
    if (entry) return !/^\d/.test(range) || entry.version === range;
    if (!at) return false;
    const parent = at.lastIndexOf('/node_modules/');
    at = parent < 0 ? '' : at.slice(0, parent);
  }
}

for (const file of files) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  for (const [path, entry] of Object.entries(packages)) {
    if (/^https?:/.test(entry.resolved ?? '')) {
      addresses++;
      console.log(`${file}: ${path} names a registry address`);
    }
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isListed(packages, path, name, range)) continue;
      missing++;
      console.log(`${file}: ${path} ${entry.version} needs ${name} ${range}, which is not listed`);
    }
  }
}
console.log(`${missing} missing, ${addresses} registry addresses in ${files.join(', ')}`);
process.exitCode = missing || addresses ? 1 : 0;
