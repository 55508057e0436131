/**
 * What an application's own server does beside Channels, with the official `pusher` package: it signs for its
 * pages, and it publishes what only they shall read.
 */
import { createHash, randomUUID } from 'node:crypto';
import Pusher from 'pusher';
import type { AppSettings } from '../../src/testing/index.js';
import { json, refusal, type HttpAnswer, type HttpRequest } from './http-exchange.js';

const signedChannels = ['private-orders', 'presence-lobby', 'private-encrypted-notes', 'presence-product-42'];
const names =
  'Ada Alan Annie Barbara Claude Dorothy Edsger Frances Grace Hedy Joan John Katherine Margaret Mary Radia'.split(
    ' ',
  );
const words = ['lantern', 'harbour', 'thimble', 'meadow', 'copper', 'juniper', 'amber'];
const visitorPattern = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export class DemoSignatures {
  readonly #pusher: Pusher;

  constructor({ id, key, secret }: AppSettings, host: string, port: number) {
    const encryptionMasterKeyBase64 = createHash('sha256').update(secret).digest('base64');
    this.#pusher = new Pusher({
      appId: id,
      key,
      secret,
      host,
      port: String(port),
      useTLS: false,
      encryptionMasterKeyBase64,
    });
  }

  /** A new visitor: each page of the demo is somebody else. Elsewhere the session says who it is. */
  static createVisitor(): string {
    return randomUUID();
  }

  /** Signs one of the demo's channels; 403 for others. */
  sign({ method, body }: HttpRequest): HttpAnswer {
    if (method !== 'POST') return refusal(405, 'Ask with POST');
    const form = new URLSearchParams(body);
    const [socketId = '', channel = '', visitor = ''] = ['socket_id', 'channel_name', 'visitor'].map(
      (name) => form.get(name) ?? '',
    );
    // A basket is signed for whose it is.
    const isTheirs = signedChannels.includes(channel) || channel === `private-basket-${visitor}`;
    if (!isTheirs || !visitorPattern.test(visitor)) return refusal(403, 'Not for you');
    const name = names[parseInt(visitor.slice(0, 8), 16) % names.length];
    const member = channel.startsWith('presence-') ? { user_id: visitor, user_info: { name } } : undefined;
    try {
      return json(200, this.#pusher.authorizeChannel(socketId, channel, member));
    } catch (error) {
      return refusal(400, String(error)); // the package signs for no impossible socket id
    }
  }

  /** Publishes an order, and a note that goes out sealed. */
  async publish(count: number): Promise<void> {
    await this.#pusher.trigger('private-orders', 'order', {
      text: `Order ${1000 + count}: ${1 + (count % 7)} × Alpha`,
    });
    await this.#pusher.trigger('private-encrypted-notes', 'note', {
      text: `The word of the hour is ${words[count % words.length]}.`,
    });
  }
}
