import type { Assertion, Exchange } from '../exchange/exchange';
import { isOriginDown } from '../exchange/failure';
import { HangingOrigins } from '../exchange/hanging';
import { originOf } from '../exchange/origin';
import type { PlannedRequest } from '../plan/plan';
import type { VariableScope } from '../variables/scope';
import type { SkipReason } from './runner';

/**
 * Decides what need not be sent any more, in the same words for both runners: one root cause is one finding, and
 * what depended on it is skipped with that reason.
 */
export class SkipBook {
  /** Why requests that are done did not succeed. Exchanges themselves would keep every body. */
  readonly #done = new Map<
    string,
    { failure?: Exchange['failure']; origin?: string; skipped?: SkipReason }
  >();
  readonly #yielders: readonly PlannedRequest[];
  /** The requests that others stand on; nobody asks what became of the rest. */
  readonly #asked: ReadonlySet<string>;
  readonly #blocked: ReadonlyMap<string, SkipReason>;
  /** Origins at which a connection cannot be made, with the code of that. */
  readonly #down = new Map<string, string>();
  readonly #hanging = new HangingOrigins();

  /** `blocked` are requests, by key, of which it is known already that they cannot be tested. */
  constructor(plan: readonly PlannedRequest[], blocked: ReadonlyMap<string, SkipReason> = new Map()) {
    this.#blocked = blocked;
    this.#yielders = plan.filter(({ yields }) => yields.length > 0);
    this.#asked = new Set([
      ...this.#yielders.map(({ request }) => request.key),
      ...plan.flatMap(({ after }) => after),
    ]);
  }

  /** Remembers an exchange; a connection that cannot be made makes its origin down, and so do several timeouts in a row. */
  sent(key: string, { failure, sent }: Exchange): void {
    const asked = originOf(sent.url);
    const origin = failure?.origin ?? asked;
    if (this.#asked.has(key)) this.#done.set(key, { failure, origin });
    // What leads elsewhere has answered.
    if (origin !== asked) this.#hanging.heard(asked, null);
    this.#hanging.heard(origin, failure);
    if (failure !== null && isOriginDown(failure) && !this.#down.has(origin)) {
      this.#down.set(origin, failure.code);
    }
  }

  /** Remembers that a request was skipped. */
  skipped(key: string, reason: SkipReason): void {
    if (this.#asked.has(key)) this.#done.set(key, { skipped: reason });
  }

  /** Why a request cannot be sent, or null where it can. `url` is what it would be sent to, where that is known. */
  reasonFor(planned: PlannedRequest, scope: VariableScope, url: URL | null = null): SkipReason | null {
    if (planned.lacking !== null) return planned.lacking;
    const blocked = this.#blocked.get(planned.request.key);
    if (blocked !== undefined) return blocked;
    for (const name of planned.needs) {
      if (scope.get(name) !== undefined) continue;
      const yielder = this.#yielders.findLast(
        ({ request, yields }) => yields.includes(name) && this.#done.has(request.key),
      );
      if (yielder === undefined) continue;
      return this.#becauseOf(
        yielder.request.key,
        `needs {{${name}}}, which ${yielder.request.key} did not yield`,
      );
    }
    for (const key of planned.after) {
      const { failure, skipped } = this.#done.get(key) ?? {};
      if (failure != null || skipped !== undefined) {
        return this.#becauseOf(key, `runs only after ${key}, which did not succeed`);
      }
    }
    return url === null ? null : this.#downAt(url.origin);
  }

  #downAt(origin: string): SkipReason | null {
    const code = this.#down.get(origin) ?? (this.#hanging.isHanging(origin) ? 'ETIMEDOUT' : null);
    return code === null ? null : { cause: 'origin-down', text: `${origin} is down (${code})`, origin };
  }

  /** The root cause where there is one behind the request that failed, else the request itself. */
  #becauseOf(key: string, text: string): SkipReason {
    const { failure, origin, skipped } = this.#done.get(key) ?? {};
    if (skipped?.cause === 'origin-down') return skipped;
    const isOutage = failure != null && (isOriginDown(failure) || failure.kind === 'timeout');
    const down = isOutage && origin !== undefined ? this.#downAt(origin) : null;
    // What that lacked is what this lacks.
    const variables = skipped?.cause === 'unsendable' ? undefined : skipped?.variables;
    return down ?? { cause: 'prerequisite', text, ...(variables !== undefined && { variables }) };
  }
}

/** The reason of a request that its own script skipped, with what went wrong in the scripts before. */
export function skippedByScript(
  assertions: readonly Assertion[],
  scriptErrors: readonly string[],
): SkipReason {
  const failed = assertions.flatMap(({ name, passed, error }) => (passed ? [] : [`${name}: ${error ?? ''}`]));
  const [first] = [...scriptErrors, ...failed];
  const after = first === undefined ? '' : ` after ${first.split(/[\r\n]/, 1)}`;
  return { cause: 'script', text: `a script skipped the request${after}` };
}
