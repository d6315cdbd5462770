import type { Reply } from './responses';

/** How long an answer is kept for its Message-ID, in milliseconds. Source: SessionM docs, message ids. */
export const MESSAGE_ID_LIFETIME_MS = 30 * 60 * 1000;

/**
 * The answers of the last 30 minutes, by Message-ID.
 *
 * Inferred: the id alone is the key, so another method, path or body gets the stored answer too; reads
 * and documented errors are kept like writes; a 500 is not, because nothing is known to have happened.
 */
export class MessageIds {
  // A Map keeps the order of insertion, which is the order of age.
  private readonly kept = new Map<string, { readonly at: number; readonly reply: Reply }>();

  /** The stored answer, marked as such, or `undefined` for an id that is new or too old. */
  replay(id: string, now: number): Reply | undefined {
    const stored = this.kept.get(id);
    if (stored === undefined || now - stored.at >= MESSAGE_ID_LIFETIME_MS) {
      return undefined;
    }
    const { status, headers, text } = stored.reply;
    return { status, headers: { ...headers, 'Cached-Message': 'true' }, text };
  }

  /** Stamps a first answer with the id and the date (RFC 1123), and keeps it. */
  keep(id: string, reply: Reply, now: number): Reply {
    for (const [old, { at }] of this.kept) {
      if (now - at < MESSAGE_ID_LIFETIME_MS) {
        break;
      }
      this.kept.delete(old);
    }
    const headers = { ...reply.headers, 'Message-Id': id, 'Message-Date': new Date(now).toUTCString() };
    const stamped: Reply = { status: reply.status, headers, text: reply.text };
    if (reply.status < 500) {
      this.kept.delete(id);
      this.kept.set(id, { at: now, reply: stamped });
    }
    return stamped;
  }

  /** Forgets every kept answer that contains a text. */
  drop(text: string): void {
    for (const [id, { reply }] of this.kept) {
      if (reply.text.includes(text)) {
        this.kept.delete(id);
      }
    }
  }
}
