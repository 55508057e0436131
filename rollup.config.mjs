import { cdnOutput, elementNames, isDependency, minify, plugins, strict } from './tools/bundle.mjs';

const elements = elementNames().flatMap((name) => [
  `components/${name}/pusher-${name}`,
  `components/${name}/define`,
]);
const entries = ['src/index', 'src/testing/index', 'components/index', 'components/define', ...elements];

export default [
  {
    ...strict,
    input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
    external: isDependency,
    plugins: plugins(),
    output: {
      dir: 'dist/esm',
      format: 'es',
      sourcemap: true,
      // One file per source file, as in dist/types: an application's bundler then drops exactly what is not used,
      // and "sideEffects" in package.json can name the define files by path.
      preserveModules: true,
      preserveModulesRoot: '.',
      // npm never publishes a folder of that name, so a package that is built in gets another one.
      entryFileNames: ({ name }) => `${name.replaceAll('node_modules/', 'packages/')}.js`,
    },
  },
  {
    ...strict,
    input: 'components/define.ts',
    plugins: plugins(),
    output: { ...cdnOutput, file: 'dist/cdn/pusher-elements.min.js', sourcemap: true, plugins: [minify()] },
  },
];
