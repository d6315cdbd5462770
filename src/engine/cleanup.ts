import type { CollectionRequest } from '../collection/model';
import { isCredentialName } from '../masking/masker';
import { needsOf } from '../plan/needs';
import type { PlannedRequest } from '../plan/plan';
import type { ResultRow } from '../report/build';
import { foundIn } from '../runner/capture';
import type { RunContext, Runner, RunOutcome, Turn } from '../runner/runner';
import { resolveText, variablesIn } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';
import { ScriptValues, settable } from './script-values';

/**
 * Something that a run made and that is still there: which request removes it, with which variables. `lack` is why it cannot,
 * where nothing says what it was.
 */
interface Owed {
  readonly planned: PlannedRequest;
  readonly values: Readonly<Record<string, string>>;
  readonly lack: string | null;
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
  readonly #scripts: ScriptValues;
  #isDown = false;

  /** `context` is as the run begins. */
  constructor(described: readonly PlannedRequest[], context: Pick<RunContext, 'scope' | 'isEmbedded'>) {
    this.#described = new Map(described.map((planned) => [planned.request.key, planned]));
    this.#scripts = new ScriptValues(described, context);
  }

  /** Hears of one outcome. `scope` is what it was sent with, and `before` what that was then, where it is its own. */
  heard(
    { planned, exchange, iteration }: RunOutcome,
    { row, downOrigin }: ResultRow,
    scope: VariableScope,
    before?: VariableScope,
  ): void {
    if (downOrigin !== undefined) this.#isDown = true;
    const scripted = this.#scripts.heard(planned, exchange, scope, before);
    if (exchange === undefined) return;
    const { key } = planned.request;
    if (row.outcome === 'passed') this.#forget(key, scope);
    const { cleanup } = planned.settings;
    const remover = this.#described.get(cleanup?.request ?? '');
    if (cleanup === undefined || remover === undefined) return;
    // A default names nothing that this response made, and must not be what is removed.
    const found = exchange.response === null ? {} : foundIn(planned.captures, exchange.response);
    const isUncaught = (name: string) => Object.hasOwn(planned.captures, name) && !Object.hasOwn(found, name);
    const isUnset = (name: string) => settable(planned).includes(name) && !Object.hasOwn(scripted, name);
    const renamed = Object.entries(cleanup.variables ?? {}).flatMap(([name, text]) => {
      if (variablesIn(text).some((inner) => isUncaught(inner) || isUnset(inner))) return [];
      const value = resolveText(text, scope.with({ ...scripted, ...found }));
      return value.unresolved.length > 0 ? [] : [[name, value.text] as const];
    });
    const named = new Map([...Object.entries(found), ...renamed]);
    const known = new Map([...Object.entries(scripted), ...named]);
    const used = remover.needs.flatMap((name) => {
      const value = known.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    // A script sets more than ids: a token or a time in a header says not what to remove.
    const places = placesOf(remover.request);
    const isNamed = used.some(([name]) => named.has(name));
    const isLost = (name: string) => !known.has(name) && (isUncaught(name) || (!isNamed && isUnset(name)));
    const lost = remover.needs.find(isLost);
    const turn = iteration === undefined ? {} : { iteration };
    if (lost === undefined && (isNamed || used.some(([name]) => places.includes(name)))) {
      const values = Object.fromEntries(used);
      this.#owed.push({ planned: remover, values, lack: null, turn, scope: null });
      return;
    }
    // Whoever gives a default, or requires nothing, foresees that there is nothing; and only what went well has surely made something.
    const status = exchange.response?.status ?? 0;
    const source = lost === undefined ? undefined : planned.captures[lost];
    const isForeseen = source?.default !== undefined || source?.required === false;
    if (row.outcome !== 'passed' || status < 200 || status > 299 || isForeseen) return;
    // Without anything that the response named, it would be unknown what to remove.
    const open = lost ?? places.find((name) => scope.get(name) === undefined);
    const lack =
      open === undefined ? `nothing that ${key} yields says what it made` : `${key} gave no new {{${open}}}`;
    this.#owed.push({ planned: remover, values: {}, lack, turn, scope: null });
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
      const { planned, turn } = owed;
      const alone = { ...planned, after: [], captures: {}, yields: [], cleanup: true };
      const scope = scopeOf(owed, context.scope);
      const data = scope.values('data');
      const thing = JSON.stringify([planned.request.key, objectOf(planned, scope)]);
      // Several iterations may have been given the same one.
      if (owed.lack === null && removed.has(thing)) continue;
      removed.add(thing);
      const has = (name: string) => scope.get(name) !== undefined;
      const missing = needsOf(planned.request, has).find((name) => !has(name));
      const lack = owed.lack ?? (missing === undefined ? null : `nothing provides {{${missing}}}`);
      if (this.#isDown || lack !== null) {
        yield each({
          ...turn,
          planned: alone,
          skipped: { cause: 'stopped', text: `not cleaned up: ${lack ?? 'the environment is down'}` },
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
    const isSame = (owed: Owed) =>
      owed.lack === null
        ? objectOf(owed.planned, scopeOf(owed, scope)) === objectOf(owed.planned, scope)
        : owed.scope === null;
    this.#owed = this.#owed.filter((owed) => owed.planned.request.key !== key || !isSame(owed));
  }
}

/** The variables that something is removed with: those of its iteration, in which nothing outranks what names it. */
function scopeOf({ values, scope }: Owed, left: VariableScope): VariableScope {
  const own = (scope ?? left).with(values);
  const row = Object.entries(own.values('data')).filter(([name]) => !Object.hasOwn(values, name));
  own.useData(Object.fromEntries(row));
  for (const name of Object.keys(values)) own.unset(name, 'locals');
  return own;
}

/** The variables that say what a request removes: those of its address behind the host, or of its body where there are none. */
function placesOf(request: CollectionRequest): string[] {
  const { path, query, variable } = request.url;
  const bare = { ...request, headers: [], auth: null };
  const addressed = needsOf({ ...bare, url: { raw: '', host: [], path, query, variable }, body: null });
  return addressed.length > 0 ? addressed : needsOf(bare);
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
