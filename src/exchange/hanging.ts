import type { Exchange } from './exchange';

/** How many requests in a row must have got no answer in time, until what nobody has heard of counts as down. */
export const LEAST_TIMEOUTS = 3;

/**
 * Which origins hang: one that has answered nothing in a run, and at which so many requests in a row have timed out, is down
 * like one that cannot be reached. Waiting for each of its requests would say nothing new.
 */
export class HangingOrigins {
  readonly #answered = new Set<string>();
  readonly #timeouts = new Map<string, number>();

  /** Remembers what became of one request to an origin; without a failure it was answered. */
  heard(origin: string, failure: Exchange['failure']): void {
    if (failure === null) this.#answered.add(origin);
    this.#timeouts.set(origin, failure?.kind === 'timeout' ? (this.#timeouts.get(origin) ?? 0) + 1 : 0);
  }

  isHanging(origin: string): boolean {
    return !this.#answered.has(origin) && (this.#timeouts.get(origin) ?? 0) >= LEAST_TIMEOUTS;
  }
}
