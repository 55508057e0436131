/** Every file that is written, by its path in the project, with its text as it should be. */
export declare function allowListFiles(): Promise<Record<string, string>>;
