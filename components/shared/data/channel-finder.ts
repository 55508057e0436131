/** The `<pusher-channel>` around an element: looked for again whenever the page may have changed. */
import type { ReactiveController } from 'lit';
import type { ChannelSource } from '../channel-source.js';
import { followConnections } from '../connection-directory.js';
import type { ConnectionHost } from '../connection-controller.js';
import { channelContext, requestContext } from '../context.js';

export class ChannelFinder implements ReactiveController {
  readonly #host: ConnectionHost;
  readonly #changed: () => void;
  readonly #isWanted: () => boolean;
  #found: ChannelSource | undefined;
  #stop: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #isScheduled = false;
  #wasWanted = false;

  /** Looked for only while `isWanted`: an element with a channel of its own has no use for another one. */
  constructor(host: ConnectionHost, changed: () => void, isWanted: () => boolean) {
    this.#host = host;
    this.#changed = changed;
    this.#isWanted = isWanted;
    host.addController(this);
  }

  /** The channel around; undefined for none. */
  get value(): ChannelSource | undefined {
    return this.#found;
  }

  hostConnected(): void {
    this.#stopLooking = followConnections(this.#host.ownerDocument, this.#schedule);
    this.#look();
  }

  hostUpdate(): void {
    if (this.#isWanted() !== this.#wasWanted) this.#look();
  }

  hostDisconnected(): void {
    this.#stopLooking?.();
    // A move disconnects and connects in one task: what is kept over it shows no change.
    this.#schedule();
  }

  /** Once, however many connections and channels arrive in one task. */
  readonly #schedule = (): void => {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#look();
    });
  };

  readonly #look = (): void => {
    this.#wasWanted = this.#isWanted();
    const found =
      this.#wasWanted && this.#host.isConnected ? requestContext(this.#host, channelContext) : undefined;
    if (found === this.#found) return;
    this.#stop?.();
    this.#found = found;
    this.#stop = found?.subscribe(this.#changed);
    this.#changed();
  };
}
