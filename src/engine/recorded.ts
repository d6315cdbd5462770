import { commandText, RunnerError, SourceError, UsageError } from '../errors';
import { exchangeOf, type RecordedExchange } from '../exchange/har';
import type { Recorder } from '../exchange/har-entry';
import { describeRequests, type PlannedRequest } from '../plan/plan';
import { matchRequest } from '../plan/recorded';
import type { ResultRow } from '../report/build';
import type { Report } from '../report/report';
import type { RunnerName, RunOutcome } from '../runner/runner';
import { type HarEntry, readHar } from '../source/har';
import { urlOf } from '../url';
import { EntryMaskers } from './entry-masker';
import { basisOf, headOf } from './head';
import type { Project } from './project';
import { type RowMaker, rowOf } from './rows';
import { rowMaker } from './run';
import { refuseUntested, testedReport, type UntestedError, untestedOf } from './untested';

/** Which recording is held to the contract. `label` is its path as reports name it, `only` are request keys. */
export interface CheckRequest {
  readonly file: string;
  readonly label: string;
  readonly only?: readonly string[];
}

/** Entries of the same method and address that belong to no request of the collection. */
export interface Unmatched {
  readonly label: string;
  readonly reason: string;
  readonly count: number;
}

/** What holding a recording to its contract gives. */
export interface CheckedRecording {
  readonly report: Report;
  readonly unmatched: readonly Unmatched[];
  /** Why it is no result, where nothing could be held, or a part of it; the report says so too. */
  readonly untested: UntestedError | null;
}

/** Whose an exchange of a run is, for a recording of it. */
export function recorderOf(
  { planned, iteration, repeat }: Pick<RunOutcome, 'planned' | 'iteration' | 'repeat'>,
  runner: RunnerName,
): Recorder {
  return {
    key: planned.request.key,
    runner,
    role: planned.cleanup ? 'clean-up' : planned.prerequisite ? 'prerequisite' : 'test',
    ...(iteration !== undefined && { iteration }),
    ...(repeat !== undefined && { repeat }),
  };
}

/**
 * Recorded traffic → report, one row an entry and in its order; nothing is sent.
 *
 * An entry belongs to the request that its `_driftgate.key` names, else to the one whose method and URL template fit. What
 * a run recorded is held as the run held it; what others recorded may be any documented answer. The recording is streamed:
 * of an entry stays its row.
 * Errors: UsageError (no such request), SourceError (no recording, or no entry in it that could be told of).
 */
export async function checkRecording(project: Project, request: CheckRequest): Promise<CheckedRecording> {
  const { file, label, only } = request;
  const { collection, config, masker } = project;
  const startedAt = new Date();
  const start = performance.now();
  const described = new Map(
    describeRequests(collection, config).map((planned) => [planned.request.key, planned]),
  );
  const unknown = only?.filter((key) => !described.has(key)) ?? [];
  if (unknown.length > 0) {
    const todo = `see the keys of ${commandText('list')}`;
    throw new UsageError(`no such request: ${unknown.join(', ')}`, collection.name, todo);
  }
  const holder = new Holder(project);
  const rows: ResultRow[] = [];
  const unmatched = new Map<string, Unmatched>();
  let matched = 0;
  for await (const entry of readHar(file)) {
    const { method, url, requestBody: body } = entry;
    const key = entry.key ?? matchRequest(collection, { method, url, body });
    const planned = key === null ? undefined : described.get(key);
    if (planned !== undefined) {
      matched += 1;
      if (only === undefined || only.includes(planned.request.key))
        rows.push(holder.hold(planned, entry, rows.length));
      continue;
    }
    const next = holder.unmatched(entry, rows.length);
    rows.push(next);
    const { key: name, reason = '' } = next.row;
    unmatched.set(name, { label: name, reason, count: (unmatched.get(name)?.count ?? 0) + 1 });
  }
  const refuse = (): void => {
    if (rows.some(({ row }) => !unmatched.has(row.key))) {
      refuseUntested(rows);
      return;
    }
    const what =
      matched > 0
        ? 'no entry of the selected requests'
        : rows.length === 0
          ? 'no entry in the recording'
          : 'no entry belongs to a request of the collection';
    const FoundNothing = rows.length === 0 ? SourceError : RunnerError;
    throw new FoundNothing(what, label, `record the requests of ${collection.name}`);
  };
  const { run, ...head } = headOf(project, startedAt, performance.now() - start, 'har');
  const recording = { ...run, environment: 'recording', target: masker.text(label) };
  const basis = basisOf(project, rows, only ?? [...described.keys()]);
  const told = { unmatched: [...unmatched.values()], untested: null };
  try {
    const options = { isRecording: true, refuse };
    return { ...told, report: testedReport({ ...head, run: recording }, rows, basis, masker, options) };
  } catch (error) {
    const untested = untestedOf(error);
    return { ...told, report: untested.report, untested };
  }
}

/**
 * That every entry belongs to the collection, as `--strict` asks.
 *
 * Errors: RunnerError that names the first one.
 */
export function refuseUnmatched(unmatched: readonly Unmatched[], label: string): void {
  const [first] = unmatched;
  if (first === undefined) return;
  const more = unmatched.reduce((sum, { count }) => sum + count, -1);
  throw new RunnerError(
    `not tested: ${first.label}${more > 0 ? ` and ${more} more` : ''}, ${first.reason}`,
    label,
    'leave them out of the recording, or check it without --strict',
  );
}

/** Holds entries to the contract, one after the other. */
class Holder {
  readonly #project: Project;
  readonly #maker: RowMaker;
  readonly #maskers: EntryMaskers;

  constructor(project: Project) {
    this.#project = project;
    this.#maker = rowMaker(project, 'har');
    this.#maskers = new EntryMaskers(project.masker);
  }

  /** The row of an entry of a request. */
  hold(planned: PlannedRequest, entry: HarEntry, order: number): ResultRow {
    const recorded = exchangeOf(entry, planned.request.key);
    const { exchange, hasBody, role, turn } = recorded;
    const outcome = {
      ...turn,
      planned: { ...planned, prerequisite: role === 'prerequisite', cleanup: role === 'clean-up' },
    };
    const hold = { anyAnswer: role === null, hasBody: hasBody || exchange.response === null };
    const maker = { ...this.#maker, runner: exchange.runner, recorded: hold };
    const text = this.#unheld(planned, recorded);
    if (text !== null) {
      return { ...rowOf({ ...outcome, skipped: { cause: 'selection', text } }, maker), order };
    }
    const row = rowOf({ ...outcome, exchange }, maker);
    const masker = row.row.findings.length === 0 ? null : this.#maskers.of(entry);
    // What a finding shows of an answer may be what this entry was sent with.
    return { ...(masker === null ? row : rowOf({ ...outcome, exchange }, { ...maker, masker })), order };
  }

  /** The row of an entry that belongs to no request. */
  unmatched(entry: HarEntry, order: number): ResultRow {
    const { key, method, url } = entry;
    const masker = this.#maskers.of(entry) ?? this.#project.masker;
    const address = masker.text(placeOf(url));
    const reason =
      key === null
        ? 'no request of the collection has this method and address'
        : 'its _driftgate.key is that of no request of the collection';
    const name = key === null ? `${method} ${address}` : masker.text(key);
    const text = { key: name || '(no name)', name, folder: [], method, url: address, runner: 'har' };
    const nothing = { status: null, durationMs: 0, attempts: 0, assertions: [], findings: [] };
    return {
      row: { ...text, ...nothing, outcome: 'skipped', reason },
      order,
      skip: { cause: 'selection', text: reason },
    };
  }

  /** Why an entry of somebody else's recording cannot be held to anything. */
  #unheld({ request }: PlannedRequest, { exchange, role }: RecordedExchange): string | null {
    const { failure, response } = exchange;
    if (role !== null) return null;
    // A browser cancels and blocks for reasons of its own, and asks again for what it has.
    if (failure !== null && (failure.code === 'UNKNOWN' || /ABORT|BLOCK|CANCEL|CACHE/.test(failure.code)))
      return 'no answer was recorded';
    const isDocumented = request.examples.some(({ code }) => code === 304);
    return response?.status === 304 && !isDocumented ? 'the answer was that nothing had changed (304)' : null;
  }
}

/** An address without its parameters and credentials, which are nobody's to read. */
function placeOf(url: string): string {
  const address = urlOf(url);
  return address === null ? 'an address that is none' : address.origin + address.pathname;
}
