import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { wordsInsteadOfNames } from './tools/manifest-types.mjs';

/** The published file of a source file. */
const published = (path) => path.replace(/^\/?(components\/.+)\.[tj]s$/, 'dist/esm/$1.js');

/** Leaves only the public API in the manifest, under the paths a user has, in a stable order. */
const publicApi = () => ({
  name: 'public-api',
  packageLinkPhase({ customElementsManifest: manifest }) {
    const elements = new Map();
    for (const module of manifest.modules)
      for (const declaration of module.declarations ?? []) {
        if (declaration.tagName) elements.set(declaration.tagName, { declaration, path: module.path });
        if (!declaration.members) continue;
        const hidden = new Set(
          declaration.members
            .filter(
              (member) =>
                member.privacy === 'private' ||
                member.privacy === 'protected' ||
                member.name.startsWith('#') ||
                // The browser calls it; the analyzer knows the older ones of its kind.
                member.name === 'connectedMoveCallback',
            )
            .map((member) => member.name),
        );
        declaration.members = declaration.members.filter((member) => !hidden.has(member.name));
        if (declaration.attributes)
          declaration.attributes = declaration.attributes.filter(
            (attribute) => !hidden.has(attribute.fieldName),
          );
      }

    // Registration goes through safeDefine(), which the analyzer does not know: say which file defines which tag.
    for (const [tagName, { declaration, path }] of elements) {
      const definePath = path.replace(/[^/]+$/, 'define.ts');
      const module = manifest.modules.find((candidate) => candidate.path === definePath);
      module?.exports?.push({
        kind: 'custom-element-definition',
        name: tagName,
        declaration: { name: declaration.name, module: path },
      });
    }

    // Paths are wherever a "path" or "module" names a source file. Where a sentence comes from is for those who
    // read the source; who reads the manifest in an editor does not know what a seed is.
    const rewrite = (value) => {
      if (!value || typeof value !== 'object') return;
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'path' || key === 'module') && typeof inner === 'string') value[key] = published(inner);
        else if ((key === 'description' || key === 'summary') && typeof inner === 'string')
          value[key] = inner.replace(/ \((?:seed|libPusher|requirements|protocol\.md|[A-Z]-\d)[^)]*\)/g, '');
        else rewrite(inner);
      }
    };
    rewrite(manifest.modules);
    // A file that only passes on what others declare is no file in the build.
    manifest.modules = manifest.modules.filter(
      ({ path, declarations, exports }) =>
        path.endsWith('/index.js') ||
        declarations?.length ||
        exports?.some(({ kind }) => kind === 'custom-element-definition'),
    );
    manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
});

export default {
  globs: ['components/**/*.ts', '!components/loader/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [
    publicApi(),
    wordsInsteadOfNames(),
    customElementVsCodePlugin({ outdir: 'dist/editor', hideLogs: true }),
    customElementJetBrainsPlugin({ outdir: 'dist/editor', packageJson: false, hideLogs: true }),
  ],
};
