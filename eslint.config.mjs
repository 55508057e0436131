import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // What is compiled in projects of its own, against the installed package.
  globalIgnores([
    'dist',
    'storybook-static',
    'coverage',
    'tools/soketi',
    'test/types',
    'test/examples/types',
    'docs/examples',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: ['tools/**'], // the declarations beside Node scripts belong to no tsconfig
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      wc.configs['flat/best-practice'],
      lit.configs['flat/all'],
      litA11y.configs.recommended ?? [],
    ],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      wc: { elementBaseClasses: ['PusherElement', 'ReactiveElement', 'LitElement'] },
      litHtmlSources: true,
    },
    rules: {
      '@typescript-eslint/no-inferrable-types': 'off', // isolatedDeclarations wants the annotation
      // The payload of a bound callback is inferred from the annotation of its parameter.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }], // as tsc has it
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'wc/guard-super-call': 'off', // every base class here is a ReactiveElement, which has all the callbacks
    },
  },
  {
    files: ['test/**/*.ts', 'stories/**/*.ts'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off', // listeners that must merely exist
      '@typescript-eslint/no-floating-promises': 'off', // expect() and node:test's it() look like promises
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  // Node scripts: the runtime knows its own globals, so no-undef only gets in the way.
  { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
);
