import { isCredentialName } from '../masking/masker';
import { needsOf } from '../plan/needs';
import type { PlannedRequest } from '../plan/plan';
import type { ResultRow } from '../report/build';
import { foundIn } from '../runner/capture';
import type { RunContext, Runner, RunOutcome, Turn } from '../runner/runner';
import { resolveText, variablesIn } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';

/** Something that a run made and that is still there: which request removes it, with which variables. */
interface Owed {
  readonly planned: PlannedRequest;
  readonly values: Readonly<Record<string, string>>;
  readonly turn: Pick<Turn, 'iteration'>;
  /** All variables as its iteration left them; null while that goes on. */
  scope: VariableScope | null;
}

/**
 * What a run made and has to remove at its end, as the configuration says (`requests.<key>.cleanup`).
 *
 * It listens to every outcome, because a request that drifted may well have made something; what the run removed by
 * itself is not removed again.
 */
export class Cleanup {
  readonly #described: ReadonlyMap<string, PlannedRequest>;
  #owed: Owed[] = [];
  #isDown = false;

  constructor(described: readonly PlannedRequest[]) {
    this.#described = new Map(described.map((planned) => [planned.request.key, planned]));
  }

  /** Hears of one outcome. `scope` is what it was sent with. */
  heard(
    { planned, exchange, iteration }: RunOutcome,
    { row, downOrigin }: ResultRow,
    scope: VariableScope,
  ): void {
    if (downOrigin !== undefined) this.#isDown = true;
    if (exchange === undefined) return;
    if (row.outcome === 'passed') this.#forget(planned.request.key, scope);
    const { cleanup } = planned.settings;
    const remover = this.#described.get(cleanup?.request ?? '');
    if (cleanup === undefined || remover === undefined) return;
    // A default names nothing that this response made, and must not be what is removed.
    const found = exchange.response === null ? {} : foundIn(planned.captures, exchange.response);
    const isLost = (name: string) => Object.hasOwn(planned.captures, name) && !Object.hasOwn(found, name);
    const renamed = Object.entries(cleanup.variables ?? {}).flatMap(([name, text]) => {
      if (variablesIn(text).some(isLost)) return [];
      const value = resolveText(text, scope.with(found));
      return value.unresolved.length > 0 ? [] : [[name, value.text] as const];
    });
    const known = new Map([...Object.entries(found), ...renamed]);
    if (remover.needs.some((name) => isLost(name) && !known.has(name))) return;
    const used = remover.needs.flatMap((name) => {
      const value = known.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    // Without anything that the response named, it would be unknown what to remove.
    if (used.length === 0) return;
    const values = Object.fromEntries(used);
    const turn = iteration === undefined ? {} : { iteration };
    this.#owed.push({ planned: remover, values, turn, scope: null });
  }

  /** Hears that an iteration is over: what it made is removed with its variables, and not with those of a later one. */
  iterationEnded(scope: VariableScope): void {
    const owed = this.#owed.filter((one) => one.scope === null);
    if (owed.length === 0) return;
    const left = scope.with({});
    for (const one of owed) one.scope = left;
  }

  /** Removes what is left, each thing once, what was made last first. An environment that is down is not asked any more. */
  async *run<T>(runner: Runner, context: RunContext, each: (outcome: RunOutcome) => T): AsyncGenerator<T> {
    const removed = new Set<string>();
    for (const owed of this.#owed.splice(0).reverse()) {
      const { planned, values, turn } = owed;
      const alone = { ...planned, after: [], captures: {}, yields: [], cleanup: true };
      const scope = (owed.scope ?? context.scope).with(values);
      // A row that names things of its own names others than what was made.
      const row = Object.entries(scope.values('data')).filter(([name]) => !Object.hasOwn(values, name));
      const data = Object.fromEntries(row);
      scope.useData(data);
      const thing = JSON.stringify([planned.request.key, objectOf(planned, scope)]);
      // Several iterations may have been given the same one.
      if (removed.has(thing)) continue;
      removed.add(thing);
      const has = (name: string) => scope.get(name) !== undefined;
      const missing = needsOf(planned.request, has).find((name) => !has(name));
      if (this.#isDown || missing !== undefined) {
        const why = missing === undefined ? 'the environment is down' : `nothing provides {{${missing}}}`;
        yield each({
          ...turn,
          planned: alone,
          skipped: { cause: 'stopped', text: `not cleaned up: ${why}` },
        });
        continue;
      }
      const once = { ...context, scope, iterations: [data] };
      yield* runner.run({ requests: [alone] }, once, (outcome) => {
        if (outcome.exchange?.failure != null) this.#isDown = true;
        return each({ ...outcome, ...turn });
      });
    }
  }

  /** The same after an error: whatever goes wrong with it now has a cause that is told already. */
  async *quietly<T>(
    runner: Runner,
    context: RunContext,
    each: (outcome: RunOutcome) => T,
  ): AsyncGenerator<T> {
    try {
      yield* this.run(runner, context, each);
    } catch {
      // Told already.
    }
  }

  #forget(key: string, scope: VariableScope): void {
    // In another iteration the same values may name something else.
    const isSame = ({ planned, values, scope: left }: Owed) =>
      objectOf(planned, (left ?? scope).with(values)) === objectOf(planned, scope);
    this.#owed = this.#owed.filter((owed) => owed.planned.request.key !== key || !isSame(owed));
  }
}

/**
 * What a request removes with these variables: its address says what, and its headers and body may say whose. Credentials say
 * that only where a row of data gives them, since a login gives others each time; what is made anew for each request never does.
 */
function objectOf({ request }: PlannedRequest, scope: VariableScope): string {
  const { url, headers, auth, body } = request;
  const isCredential = ({ key }: { readonly key: string }) => isCredentialName(key);
  const whose = { url, headers: headers.filter((header) => !isCredential(header)), body };
  const credentials = JSON.stringify({ headers: headers.filter(isCredential), auth });
  const given = new Map(Object.entries(scope.values('data')));
  const shown = credentials.replace(/\{\{([^{}]+)\}\}/g, (text, name: string) =>
    String(given.get(name) ?? text),
  );
  return resolveText(JSON.stringify(whose).replaceAll('{{$', '{{ $'), scope).text + shown;
}
