/**
 * The page's own server in a story. It answers `fetch` for paths of its own, so that the elements make the
 * requests that they would make anywhere; every other request goes its way.
 */

export type Answer = (init?: RequestInit) => Response | Promise<Response>;

const answers = new Map<string, Answer>();

const pathOf = (input: RequestInfo | URL): string =>
  input instanceof Request ? input.url : new URL(input, document.baseURI).pathname;

/** Takes `fetch` over. */
function intercept(): void {
  const fetchElsewhere = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const answer = answers.get(pathOf(input));
    return answer ? answer(init) : fetchElsewhere(input, init);
  };
}

/** Answers at a path from now on. */
export function answerPath(path: string, answer: Answer): void {
  if (answers.size === 0) intercept();
  answers.set(path, answer);
}

/** Answers at a path that is like no other, and ends with `name`. Returns the path. */
export function answerAt(name: string, answer: Answer): string {
  const path = `/story-${String(answers.size + 1)}/${name}`;
  answerPath(path, answer);
  return path;
}

/** Something that the server has as JSON, for `snapshot-url`. */
export class StorySnapshot {
  /** Where it is. */
  readonly path: string;
  /** What it is. */
  content: unknown = [];
  /** How often it was asked for. */
  requestCount = 0;
  /** Whether the server says 404 instead. */
  isGone = false;
  /** Lets go what `hold()` has held. */
  release: () => void = () => undefined;
  #gate: Promise<void> | undefined;

  constructor() {
    this.path = answerAt('snapshot.json', async () => {
      this.requestCount += 1;
      // As it is when it is asked for, however long the answer takes.
      const body = JSON.stringify(this.content);
      await this.#gate;
      return this.isGone ? new Response('', { status: 404 }) : new Response(body);
    });
  }

  /** Answers nothing until `release()`. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.release = () => {
        this.#gate = undefined;
        resolve();
      };
    });
  }
}
