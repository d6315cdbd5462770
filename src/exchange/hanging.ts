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

/** Scheme and authority of an address, as far as they say its origin by themselves. */
const AUTHORITY = /^https?:\/\/[^/?#\\]+/i;

const MOST_ORIGINS = 256;

/** By scheme and authority. A run has few of them, and asks for each request. */
const origins = new Map<string, string>();

/** The origin of an address, or the text itself where it is none. */
export function originOf(url: string): string {
  const [authority] = AUTHORITY.exec(url) ?? [];
  const known = authority === undefined ? undefined : origins.get(authority);
  if (known !== undefined) return known;
  if (!URL.canParse(url)) return url;
  const { origin } = new URL(url);
  if (origins.size > MOST_ORIGINS) origins.clear();
  if (authority !== undefined) origins.set(authority, origin);
  return origin;
}
