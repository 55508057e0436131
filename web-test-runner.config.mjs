import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { browsers } from './tools/browsers.mjs';
import { channelsServerPlugin } from './tools/channels-server-plugin.mjs';
import { totalsReporter } from './tools/totals.mjs';

export default {
  files: [
    'test/components/**/*.test.ts',
    'test/conformance/**/*.browser.test.ts',
    'test/e2e/**/*.browser.test.ts',
  ],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  browsers: await browsers(),
  concurrentBrowsers: 3,
  reporters: [defaultReporter(), totalsReporter('browser tests')],
  middleware: [
    // A worker is asked for by its published name (hub.js); from source that file is hub.ts.
    (context, next) => {
      const source = /^\/((?:src|components)\/.+)\.js$/.exec(context.path)?.[1];
      if (source && !existsSync(`${source}.js`) && existsSync(`${source}.ts`)) context.path = `/${source}.ts`;
      return next();
    },
  ],
  plugins: [
    channelsServerPlugin(),
    esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  // How long things may take on a busy machine; no test passes or fails by them.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 30_000 } },
  coverageConfig: {
    include: ['src/**/*.ts', 'components/**/*.ts'],
    threshold: { statements: 90, branches: 85, functions: 90, lines: 90 },
  },
};
