import { setTimeout as delay } from 'node:timers/promises';
import { headerValue, type ReceivedResponse, type SentRequest } from '../../exchange/exchange';
import { failureOf, isNetworkFault } from '../../exchange/failure';
import type { PlannedRequest } from '../../plan/plan';

/** The time, as a run sees it. Units: milliseconds since 1970, and milliseconds. */
export interface Clock {
  now(): number;
  /** Ends early, without an error, when `signal` says so. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

/** The time of the machine. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  delay: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
  random: Math.random,
};

/**
 * How often and after what time a request is sent again. Units: milliseconds.
 *
 * Shape: `retries` come after the first attempt; the wait before them begins with `backoffMs` and doubles. A server that asks
 *        (`Retry-After`) for more than `longestWaitMs` is not asked again.
 */
export interface RetryPolicy {
  readonly retries: number;
  readonly backoffMs: number;
  readonly longestWaitMs: number;
  readonly clock: Clock;
}

/** Who sends one request and reads its answer. */
export interface Client {
  send(request: SentRequest, timeoutMs: number): Promise<ReceivedResponse>;
}

/** Who hears of each attempt but the first, just before it begins, and says when nothing is sent any more. */
interface Listener {
  readonly signal: AbortSignal;
  onAttempt(): void;
}

const WORTH_A_RETRY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Sends one planned request again where the network or the server failed for the moment: 429, 502, 503 and 504, and
 * every fault of the network but a certificate's. Only what reads alone is sent twice; any other answer is what the API says, and a
 * finding is never retried away.
 */
export class Retries implements Client {
  /** How often it was sent again. */
  count = 0;
  readonly #client: Client;
  readonly #policy: RetryPolicy | null;
  readonly #planned: PlannedRequest;
  readonly #listener: Listener;

  constructor(client: Client, policy: RetryPolicy | null, planned: PlannedRequest, listener: Listener) {
    this.#client = client;
    this.#policy = planned.safe ? policy : null;
    this.#planned = planned;
    this.#listener = listener;
  }

  /** Errors: those of the last attempt. */
  async send(request: SentRequest, timeoutMs: number): Promise<ReceivedResponse> {
    for (;;) {
      let wait: number | null;
      let end: () => ReceivedResponse;
      try {
        const response = await this.#client.send(request, timeoutMs);
        wait = this.#isPassing(response) ? this.#wait(response) : null;
        end = () => response;
      } catch (error) {
        const failure = failureOf(error);
        wait = failure.kind !== 'tls-invalid' && isNetworkFault(failure) ? this.#wait(null) : null;
        end = () => {
          throw error;
        };
      }
      if (wait === null) return end();
      await this.#policy?.clock.delay(wait, this.#listener.signal);
      if (this.#listener.signal.aborted) return end();
      this.count += 1;
      this.#listener.onAttempt();
    }
  }

  /** Whether an answer is likely another one in a moment. What the collection itself documents is meant. */
  #isPassing({ status }: ReceivedResponse): boolean {
    const expected = this.#planned.request.examples.find(({ code }) => code !== null)?.code;
    return WORTH_A_RETRY.has(status) && status !== expected;
  }

  /** How long to wait before the next attempt, or null where there is none. */
  #wait(response: ReceivedResponse | null): number | null {
    if (this.#policy === null || this.count >= this.#policy.retries) return null;
    if (this.#listener.signal.aborted) return null;
    const { clock, longestWaitMs } = this.#policy;
    const asked = retryAfterMs(response, clock.now());
    return asked > longestWaitMs ? null : Math.max(asked, backoffMs(this.#policy, this.count));
  }
}

/** The wait before retry `count` (from 0): doubled each time, and by chance up to a half shorter, so that clients spread. */
export function backoffMs({ backoffMs: first, longestWaitMs, clock }: RetryPolicy, count: number): number {
  return Math.round(Math.min(first * 2 ** count, longestWaitMs) * (1 - clock.random() / 2));
}

/** What `Retry-After` asks for, in seconds or as a date; 0 where it says nothing. Source: RFC 9110, 10.2.3. */
function retryAfterMs(response: ReceivedResponse | null, now: number): number {
  const text = (response === null ? undefined : headerValue(response.headers, 'retry-after'))?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // A date has letters: anything else that `Date` would take, such as a fraction, is none.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
