import type { InputPluginOption, OutputOptions, OutputPlugin, RollupLog } from 'rollup';

/** The folders of components/ that hold an element. */
export declare function elementNames(): string[];

/** Warnings are errors. */
export declare const strict: { onwarn(warning: RollupLog): void };

/** TypeScript and template literals to JavaScript. */
export declare function plugins(): InputPluginOption[];

/** The minifier of everything that ships minified. */
export declare function minify(): OutputPlugin;

/** The output of the single-file build. */
export declare const cdnOutput: OutputOptions;
