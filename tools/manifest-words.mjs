// How the README and Storybook say what the manifest says: the default in a column of its own, and in one line.

/** What the elements write themselves: nothing to set. */
export const isOutput = ({ description = '' }) => description.startsWith('(read-only)');

/** One line, without references to the requirements that the sources carry. */
export const plain = (text = '') =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s*\((?:seed |[A-Z]-\d)[^)]*\)/g, '')
    .trim();

/** "… Undefined: 30." says what holds where nothing is said: that belongs into a column of its own. */
const said = /(?:Undefined|Empty): (.+?)\.(?= |$)/;

export function defaultOf({ default: written, description }) {
  const words = said.exec(plain(description))?.[1];
  if (words) return words;
  if (written === undefined || written === "''" || written === 'undefined') return '';
  return `\`${written.replaceAll("'", '')}\``;
}

export const meaningOf = ({ description }) =>
  plain(description).replace(said, '').replace(/\s+/g, ' ').trim();
