import type { Exchange } from '../exchange/exchange';
import type { PlannedRequest } from '../plan/plan';
import type { RunContext } from '../runner/runner';
import type { VariableScope } from '../variables/scope';

/** What JavaScript makes of a value that a response does not have. */
const NO_VALUES: ReadonlySet<string | undefined> = new Set([undefined, '', 'null', 'undefined']);

/**
 * The values that scripts of a run gave to variables, as far as it can be told that they did.
 *
 * A script may set a variable on success alone, and what the environment gives under that name is there already: that is nothing
 * which a request made, and must not be what is removed. So a value counts that differs from the one before, or that a script
 * of such a request gave earlier. An embedded server has nothing to lose, and its answers are what the collection documents.
 */
export class ScriptValues {
  readonly #names: ReadonlySet<string>;
  readonly #isEmbedded: boolean;
  readonly #before = new Map<string, string | undefined>();
  readonly #given = new Set<string>();

  /** `scope` is as the run begins. */
  constructor(
    described: readonly PlannedRequest[],
    { scope, isEmbedded }: Pick<RunContext, 'scope' | 'isEmbedded'>,
  ) {
    this.#names = new Set(described.flatMap(settable));
    this.#isEmbedded = isEmbedded;
    for (const name of this.#names) this.#before.set(name, scope.get(name));
  }

  /**
   * Hears of one request right after it ran; what it gives are the values of those variables that its scripts set.
   *
   * `before` are the variables as it found them, where it is no part of the run that went before.
   */
  heard(
    planned: PlannedRequest,
    exchange: Exchange | undefined,
    scope: VariableScope,
    before?: VariableScope,
  ): Record<string, string> {
    const status = exchange?.response?.status ?? 0;
    // Who refuses a request has made nothing, and the script may tell of what is there already.
    const isRefused = exchange === undefined || (status >= 400 && status < 500);
    const found = (isRefused ? [] : settable(planned)).flatMap((name) => {
      const value = scope.get(name);
      if (value === undefined || NO_VALUES.has(value)) return [];
      const had = before === undefined ? this.#before.get(name) : before.get(name);
      const given = JSON.stringify([name, value]);
      if (value !== had || this.#isEmbedded) this.#given.add(given);
      return this.#given.has(given) ? [[name, value] as const] : [];
    });
    const { access, captures } = planned;
    for (const name of this.#names) {
      const isWritten =
        Object.hasOwn(captures, name) ||
        (access !== null && (access.unreadable !== null || access.writes.includes(name)));
      if (isWritten) this.#before.set(name, scope.get(name));
    }
    return Object.fromEntries(found);
  }
}

/** The variables that scripts of a request set, and no capture of it, where what it makes is removed. */
export function settable({ access, captures, settings }: PlannedRequest): readonly string[] {
  if (settings.cleanup === undefined || access === null) return [];
  return access.sets.filter((name) => !Object.hasOwn(captures, name));
}
