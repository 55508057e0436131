import {
  banner,
  cdnOutput,
  elementNames,
  integrity,
  isDependency,
  minify,
  plugins,
  strict,
} from './tools/bundle.mjs';

const elements = elementNames().flatMap((name) => [
  `components/${name}/pusher-${name}`,
  `components/${name}/define`,
]);
const entries = ['src/index', 'src/testing/index', 'components/index', 'components/define', ...elements];

/** One file for pages, with everything in it. */
const cdnFile = (input, file, format) => ({
  ...strict,
  input,
  plugins: plugins(),
  output: { ...cdnOutput, format, file: `dist/cdn/${file}`, sourcemap: true, plugins: [minify()] },
});

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
  cdnFile('components/loader/all.ts', 'pusher-elements.min.js', 'es'),
  cdnFile('components/loader/all-global.ts', 'pusher-elements.iife.min.js', 'iife'),
  // By itself, so that nothing has to be fetched before it can look at the page.
  cdnFile('components/loader/loader.ts', 'loader.js', 'es'),
  {
    ...strict,
    input: Object.fromEntries(elementNames().map((name) => [name, `components/${name}/define.ts`])),
    plugins: plugins(),
    output: {
      dir: 'dist/cdn/elements',
      format: 'es',
      banner,
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'shared-[hash].js',
      // A request costs more than a few bytes that an element does not need.
      experimentalMinChunkSize: 6000,
      plugins: [minify(), integrity()],
    },
  },
];
