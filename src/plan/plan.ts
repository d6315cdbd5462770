import type { Collection, CollectionRequest } from '../collection/model';
import type { CaptureSource, Config, RequestSettings } from '../config/config';
import { settingsOf } from '../config/settings';
import { commandText, UnresolvedVariableError, UsageError } from '../errors';
import { variablesIn } from '../variables/resolve';
import { accessOf, emptyHosts, filesOf, needsOf, withNested } from './needs';
import type { ScriptAccess } from './script-access';
import { isNamed, isSelected, type Selection } from './selection';

/**
 * One request as it will be run.
 *
 * Shape: `needs` are variable names; `yields` those that its captures and scripts give to later requests. `scriptReads`
 *        are those that its scripts read and do not set themselves: they may do without a value. `access` is all that its
 *        scripts touch, and null where it has none.
 *        A `prerequisite` runs only because a selected request needs what it yields, a `cleanup` only to remove what the
 *        run made. `lacking` names what keeps a request from running at all in this selection.
 */
export interface PlannedRequest {
  readonly request: CollectionRequest;
  readonly needs: readonly string[];
  readonly yields: readonly string[];
  readonly scriptReads: readonly string[];
  readonly access: ScriptAccess | null;
  readonly captures: Readonly<Record<string, CaptureSource>>;
  readonly after: readonly string[];
  readonly safe: boolean;
  readonly settings: RequestSettings;
  readonly prerequisite: boolean;
  readonly cleanup: boolean;
  readonly lacking: Lack | null;
}

/** What keeps a request from running: this selection, a file of its body that is not in the project, or a variable. */
export interface Lack {
  readonly cause: 'selection' | 'file' | 'unsendable';
  readonly text: string;
  readonly where?: string;
  readonly todo?: string;
  /** Variables that nothing gives. */
  readonly variables?: readonly string[];
}

/** What runs, in collection order. */
export interface Plan {
  readonly requests: readonly PlannedRequest[];
}

const READ_ONLY_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const NONE: readonly string[] = Object.freeze([]);
const NO_CAPTURES = Object.freeze({});

/** Reading what thousands of requests need takes a while, and several stations ask. */
const described = new WeakMap<Collection, { config: Config; requests: readonly PlannedRequest[] }>();

/** Every request of a collection with what it needs and yields, before anything is selected. */
export function describeRequests(collection: Collection, config: Config): readonly PlannedRequest[] {
  const known = described.get(collection);
  if (known?.config === config) return known.requests;
  const requests = collection.requests.map((request): PlannedRequest => {
    const settings = settingsOf(config, request.key);
    const captures = config.captures[request.key] ?? NO_CAPTURES;
    const access = accessOf(request);
    return {
      request,
      needs: needsOf(request),
      yields: [...new Set([...Object.keys(captures), ...(access?.sets ?? [])])],
      scriptReads: access?.reads.filter((name) => !access.sets.includes(name)) ?? NONE,
      access,
      captures,
      after: settings.after ?? NONE,
      safe: settings.safe ?? READ_ONLY_METHODS.has(request.method),
      settings,
      prerequisite: false,
      cleanup: false,
      lacking: null,
    };
  });
  described.set(collection, { config, requests });
  return requests;
}

/**
 * Collection + selection → plan, with the requests that the selected ones stand on (its closure), in collection order.
 *
 * `provided` are the variables with a value before the first request, and those values. `isDocumented` says whether an
 * example or a schema says what a request answers, `hasFile` whether a file that a body sends is in the project. `place` is the
 * file that variables are given in, `target` where all goes whatever its host.
 * Errors: UsageError where nothing is selected, UnresolvedVariableError where no request has all of its variables.
 */
export function planRun(
  collection: Collection,
  config: Config,
  provided: ReadonlyMap<string, string>,
  selection: Selection = {},
  isDocumented: (request: CollectionRequest) => boolean = () => true,
  hasFile: (path: string) => boolean = () => true,
  place?: string,
  target: string | null = null,
): Plan {
  const known = new Set([...provided].flatMap(([name, value]) => (value === '' ? [] : [name])));
  const all = describeRequests(collection, config).map((planned) => {
    const isOpen = planned.request.auth?.type === 'oauth2';
    const needs = isOpen ? needsOf(planned.request, (name) => known.has(name)) : planned.needs;
    for (const name of planned.yields) known.add(name);
    const inWhole = {
      needs: withNested(needs, provided),
      scriptReads: withNested(planned.scriptReads, provided),
    };
    // Most stay as they are described, and a copy of each of thousands takes room and time.
    const isSame = inWhole.needs === planned.needs && inWhole.scriptReads === planned.scriptReads;
    return isSame ? planned : { ...planned, ...inWhole };
  });
  refuseUnknown(all, collection.name, selection);
  const asked = all.filter((planned) => isSelected(planned, selection));
  const skips = ({ request }: PlannedRequest) => config.undocumented === 'skip' && !isDocumented(request);
  // What documents nothing may still yield what others need; then it is sent, but it is no test.
  const selected = new Set(asked.filter((planned) => !skips(planned)));
  if (asked.length === 0) {
    throw new UsageError(
      'no request selected',
      collection.name,
      `see the keys and folders of ${commandText('list')}`,
    );
  }
  // A value made for the run names nothing that exists before a request creates it.
  const isMade = (name: string) => provided.has(name) && provided.get(name) === config.variables[name];
  const existing = new Set([...provided.keys()].filter((name) => !isMade(name)));
  const standIns = selection.safe === true ? new Set(Object.keys(config.safeVariables)) : null;
  const { closure, lacking } = closureOf(all, selected, existing, standIns);
  const untested = new Set(asked.filter((planned) => skips(planned) && !closure.has(planned)));
  const plan = all
    .filter((planned) => closure.has(planned) || untested.has(planned))
    .map((planned) => {
      const isUntested = untested.has(planned);
      const prerequisite = !selected.has(planned) && !isUntested;
      const lack = isUntested ? UNDOCUMENTED : (lacking.get(planned) ?? lostFile(planned, hasFile));
      return prerequisite || lack !== null ? { ...planned, prerequisite, lacking: lack } : planned;
    });
  return {
    requests: withUnresolved(plan, provided, target === null ? emptyHosts(provided) : () => NONE, place),
  };
}

function lostFile({ request }: PlannedRequest, hasFile: (path: string) => boolean): Lack | null {
  // A path with variables is known when it is sent.
  const lost = filesOf(request).find((path) => variablesIn(path).length === 0 && !hasFile(path));
  return lost === undefined
    ? null
    : { cause: 'file', text: `the file ${lost} of its body is not in the project` };
}

const UNDOCUMENTED: Lack = {
  cause: 'selection',
  text: 'neither an example nor a schema says what it answers',
  todo: 'select other requests, or save an example or a schema of it',
};

/** A misspelt key beside a right one would otherwise be left out without a word. */
function refuseUnknown(
  all: readonly PlannedRequest[],
  name: string,
  { only = [], folders = [] }: Selection,
): void {
  const todo = `see the keys and folders of ${commandText('list')}`;
  const keys = only.filter((key) => !all.some(({ request }) => request.key === key));
  if (keys.length > 0) throw new UsageError(`no such request: ${keys.join(', ')}`, name, todo);
  const lost = folders.filter((folder) => !all.some(({ request }) => isNamed(request, folder)));
  if (lost.length > 0) throw new UsageError(`no such folder: ${lost.join(', ')}`, name, todo);
}

/**
 * Walks backwards, so that one pass adds what prerequisites themselves stand on. `standIns` are there in a read-only run:
 * variables that the environment gives in place of what requests yield.
 */
function closureOf(
  all: readonly PlannedRequest[],
  selected: ReadonlySet<PlannedRequest>,
  existing: ReadonlySet<string>,
  standIns: ReadonlySet<string> | null,
): { closure: Set<PlannedRequest>; lacking: Map<PlannedRequest, Lack> } {
  const safeOnly = standIns !== null;
  const closure = new Set(selected);
  const lacking = new Map<PlannedRequest, Lack>();
  const yielding = new Map<string, { planned: PlannedRequest; at: number }[]>();
  const places = new Map(all.map(({ request }, at) => [request.key, at]));
  for (const [at, planned] of all.entries()) {
    for (const name of planned.yields) yielding.set(name, [...(yielding.get(name) ?? []), { planned, at }]);
  }
  /** The last one before a place; a read-only one where others are not sent. */
  const yielderOf = (name: string, at: number): PlannedRequest | undefined => {
    const yielders = (yielding.get(name) ?? []).filter((yielder) => yielder.at < at);
    return (yielders.findLast((other) => other.planned.safe || !safeOnly) ?? yielders.at(-1))?.planned;
  };
  for (let at = all.length - 1; at >= 0; at -= 1) {
    const planned = all[at];
    if (planned === undefined || !closure.has(planned)) continue;
    for (const name of planned.needs) {
      if (standIns?.has(name) === true) continue;
      const yielder = yielderOf(name, at);
      if (yielder === undefined) continue;
      if (!safeOnly || yielder.safe) closure.add(yielder);
      else if (!existing.has(name)) {
        const text = `needs {{${name}}}, which only ${yielder.request.key} yields, and that is not read-only`;
        const before = lacking.get(planned);
        const variables = [...(before?.variables ?? []), name];
        lacking.set(planned, { cause: 'selection', text: before?.text ?? text, variables });
      }
    }
    for (const name of planned.scriptReads) {
      // A script may do without: then nothing is lacking.
      const yielder = existing.has(name) || standIns?.has(name) === true ? undefined : yielderOf(name, at);
      if (yielder !== undefined && (!safeOnly || yielder.safe)) closure.add(yielder);
    }
    for (const key of planned.after) {
      const place = places.get(key) ?? at;
      const predecessor = place < at ? all[place] : undefined;
      if (predecessor === undefined) continue;
      if (!safeOnly || predecessor.safe) closure.add(predecessor);
      // What the predecessor would have made is there already, with whatever stands in for it.
      else if (!lacking.has(planned) && !planned.needs.some((name) => standIns.has(name)))
        lacking.set(planned, {
          cause: 'selection',
          text: `runs only after ${predecessor.request.key}, and that is not read-only`,
        });
    }
  }
  return { closure, lacking };
}

/** Requests that lack a variable which nothing gives are not sent; the others are. Where none is left, nothing is run. */
function withUnresolved(
  plan: readonly PlannedRequest[],
  provided: ReadonlyMap<string, string>,
  emptyIn: (request: CollectionRequest) => readonly string[],
  place?: string,
): readonly PlannedRequest[] {
  const known = new Set(provided.keys());
  const yielded = new Set<string>();
  const missing = new Map<PlannedRequest, string[]>();
  // A script that cannot be read may set whatever comes after it needs: then it is known when it is sent.
  let isOpen = false;
  for (const planned of plan) {
    const { needs, yields, lacking, access } = planned;
    if (access !== null && access.unreadable !== null) isOpen = true;
    const empty = new Set(emptyIn(planned.request));
    const isMissing = (name: string) => !known.has(name) || (empty.has(name) && !yielded.has(name));
    const names = lacking === null && !isOpen ? needs.filter(isMissing) : [];
    if (names.length > 0) missing.set(planned, names);
    for (const name of yields) {
      known.add(name);
      yielded.add(name);
    }
  }
  const all = plan.map((planned): PlannedRequest => {
    const names = missing.get(planned);
    if (names === undefined) return planned;
    const { what, where, todo } = new UnresolvedVariableError(names, planned.request.key, place);
    return { ...planned, lacking: { cause: 'unsendable', text: what, where, todo, variables: names } };
  });
  if (all.every(({ lacking }) => lacking !== null)) refuseUnresolved({ requests: all }, place);
  return all;
}

/** Refuses a plan in which a request lacks a variable. Errors: UnresolvedVariableError that names all of them. */
export function refuseUnresolved({ requests }: Plan, place?: string): void {
  const lacking = requests.filter((planned) => planned.lacking?.cause === 'unsendable');
  const names = new Set(lacking.flatMap((planned) => planned.lacking?.variables ?? []));
  const [first] = lacking;
  if (first !== undefined) throw new UnresolvedVariableError([...names], first.request.key, place);
}
