interface Entry {
  readonly default?: string;
  readonly description?: string;
}

/** Whether an attribute is one that the elements write themselves. */
export declare function isOutput(entry: Entry): boolean;
/** One line, without references to the requirements that the sources carry. */
export declare function plain(text?: string): string;
/** What holds where nothing is said, as Markdown; an empty text where that is nothing. */
export declare function defaultOf(entry: Entry): string;
/** What an entry is for, without its default. */
export declare function meaningOf(entry: Entry): string;
