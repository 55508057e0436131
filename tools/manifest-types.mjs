// A plugin of the manifest: where an input is typed by a name that stands for a few words, the manifest has the words.
// Editors then offer them, and whoever reads the documentation sees them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['components', 'src'];

/** The syntax trees of all source files. */
function sources(ts) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const file = join(folder, name);
        return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      }),
  );
}

/** The words that a type stands for; undefined where it stands for something else. */
function wordsOf(ts, type, constants) {
  if (ts.isParenthesizedTypeNode(type)) return wordsOf(ts, type.type, constants);
  if (ts.isUnionTypeNode(type)) {
    const members = type.types.map((member) => wordsOf(ts, member, constants));
    return members.includes(undefined) ? undefined : members.flat();
  }
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
  const constant = (query) => constants.get(query.exprName.getText());
  // (typeof names)[number]
  if (ts.isIndexedAccessTypeNode(type)) {
    const list = ts.isParenthesizedTypeNode(type.objectType) ? type.objectType.type : type.objectType;
    const names = ts.isTypeQueryNode(list) ? constant(list) : undefined;
    return names && ts.isArrayLiteralExpression(names) ? names.elements.map(({ text }) => text) : undefined;
  }
  // keyof typeof table
  if (ts.isTypeOperatorNode(type) && ts.isTypeQueryNode(type.type)) {
    const table = constant(type.type);
    return table && ts.isObjectLiteralExpression(table)
      ? table.properties.map(({ name }) => name.text)
      : undefined;
  }
  return undefined;
}

/** Every name of a type that stands for words, and what it stands for. */
function aliasesIn(ts, file) {
  const constants = new Map();
  const aliases = [];
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations) {
        const value = initializer && ts.isAsExpression(initializer) ? initializer.expression : initializer;
        if (value) constants.set(name.getText(), value);
      }
    if (ts.isTypeAliasDeclaration(statement)) aliases.push(statement);
  }
  return aliases.flatMap(({ name, type }) => {
    const words = wordsOf(ts, type, constants);
    return words ? [[name.text, words.map((word) => `'${word}'`).join(' | ')]] : [];
  });
}

export function wordsInsteadOfNames() {
  let aliases = new Map();
  const resolve = (text) => {
    const [, name = '', list = '', rest = ''] = /^(\w+)(\[\])?( \| undefined)?$/.exec(text) ?? [];
    const words = aliases.get(name);
    if (!words) return text;
    return `${list ? `(${words})[]` : words}${rest}`;
  };
  return {
    name: 'words-instead-of-names',
    initialize({ ts }) {
      aliases = new Map(sources(ts).flatMap((file) => aliasesIn(ts, file)));
    },
    packageLinkPhase({ customElementsManifest: { modules } }) {
      for (const { tagName, attributes = [], members = [] } of modules.flatMap((m) => m.declarations ?? []))
        if (tagName)
          for (const { type } of [...attributes, ...members]) if (type) type.text = resolve(type.text);
    },
  };
}
