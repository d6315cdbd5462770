import type { Reply } from './responses';

/** A sandbox may run for days; the answers that were given longest ago are forgotten. */
const MOST_KEPT = 10_000;

/**
 * The answers of the POS family by `request_id`: a request is processed once, and a repeat gets its answer.
 *
 * While the first answer is still on its way, a repeat is told so. Source: SessionM docs, general DTO
 * definitions. Inferred: that errors of the data are kept like successes.
 */
export class RequestIds {
  private readonly kept = new Map<string, Reply | 'pending'>();

  /** The answer of this id, `pending` while it is not delivered, or `undefined` for a new id. */
  known(id: string): Reply | 'pending' | undefined {
    return this.kept.get(id);
  }

  /** Marks an id as being processed; the result is to be called when its answer was delivered. */
  begin(id: string): (reply: Reply) => void {
    this.kept.set(id, 'pending');
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > MOST_KEPT && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    return (reply) => {
      this.kept.set(id, reply);
    };
  }

  /** Forgets every kept answer that contains a text. */
  drop(text: string): void {
    for (const [id, reply] of this.kept) {
      if (reply !== 'pending' && reply.text.includes(text)) {
        this.kept.delete(id);
      }
    }
  }
}
