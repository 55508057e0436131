/**
 * Reads the sources as syntax, for the tests that look at which file uses what. Comments and strings are
 * not mistaken for code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's folder. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** One import or re-export of a file. */
export interface Import {
  /** The path of the imported source file from the project's folder, or a package's name. */
  readonly target: string;
  /** Erased by the compiler: nothing of the target runs. */
  readonly isTypeOnly: boolean;
}

/** One source file. */
export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Global names that the code uses as values: `setTimeout`, `Date`, `WebSocket`. */
  readonly globals: ReadonlySet<string>;
  /** Texts of string literals. */
  readonly strings: ReadonlySet<string>;
  /** Names of members that are read or called, alone and after a plain name: `random`, `Math.random`. */
  readonly members: ReadonlySet<string>;
}

const globalObjects = new Set(['globalThis', 'window', 'self']);

/** Whether an identifier is used as a value, and not as the name of something declared here or of a member. */
function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return ts.isIdentifier(parent.expression) && globalObjects.has(parent.expression.text);
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent) || ts.isImportClause(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return false;
  const named = parent as ts.Node & { name?: ts.Node };
  return named.name !== node;
}

function readImport(node: ts.Node, path: string): Import | undefined {
  const isImport = ts.isImportDeclaration(node);
  if (!isImport && !ts.isExportDeclaration(node)) return undefined;
  if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return undefined;
  const bindings = isImport ? node.importClause?.namedBindings : node.exportClause;
  const specifiers =
    bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) ? [...bindings.elements] : [];
  const isWhollyType = isImport
    ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : node.isTypeOnly;
  const namesOnlyTypes =
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.isTypeOnly) &&
    !(isImport && node.importClause?.name);
  return { target: resolve(node.moduleSpecifier.text, path), isTypeOnly: isWhollyType || namesOnlyTypes };
}

const resolve = (specifier: string, from: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts') : specifier;

/** Reads one text as the file at `path`. */
export function readSource(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  const globals = new Set<string>();
  const strings = new Set<string>();
  const members = new Set<string>();
  const visit = (node: ts.Node): void => {
    const found = readImport(node, path);
    if (found) imports.push(found);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier))
        imports.push({ target: resolve(specifier.text, path), isTypeOnly: false });
    }
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    if (ts.isPropertyAccessExpression(node)) {
      members.add(node.name.text);
      if (ts.isIdentifier(node.expression)) members.add(`${node.expression.text}.${node.name.text}`);
    }
    if (ts.isIdentifier(node) && isValueUse(node)) globals.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return { path, lines: text.trimEnd().split('\n').length, imports, globals, strings, members };
}

/** Every source file below a folder of the project. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

/** The elements there are: `status` where there is components/status/define.ts. */
export function elementNames(): string[] {
  return readdirSync(join(root, 'components'), { recursive: true, encoding: 'utf8' })
    .map((name) => /^([^/\\]+)[/\\]define\.ts$/.exec(name)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}
