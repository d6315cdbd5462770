import { existsSync } from 'node:fs';
import { type Collection, scriptsOf } from '../collection/model';
import { ReturnedProperties } from '../contract/coverage';
import { RunnerError } from '../errors';
import type { Exchange } from '../exchange/exchange';
import { isCredentialName } from '../masking/masker';
import { describeRequests, type Plan, type PlannedRequest, planRun, refuseUnresolved } from '../plan/plan';
import type { Selection } from '../plan/selection';
import type { ResultRow } from '../report/build';
import type { Report } from '../report/report';
import { fileInside } from '../runner/files';
import {
  type RunContext,
  type Runner,
  type RunnerName,
  type RunOutcome,
  type SkipReason,
  type Turn,
  turnOf,
} from '../runner/runner';
import { ScriptHost } from '../runner/typed/scripts/host';
import { TypedRunner } from '../runner/typed/typed';
import { Cleanup } from './cleanup';
import { Comparison } from './compare';
import { detailRoom } from './detail';
import { basisOf, headOf } from './head';
import type { Project } from './project';
import { type RowMaker, rowOf } from './rows';
import { testedReport } from './untested';

/** What is run, and who hears of it. */
export interface RunRequest {
  readonly runners: readonly Runner[];
  readonly selection?: Selection;
  /** Stop at the first failed request; the rest is skipped with that reason. */
  readonly bail?: boolean;
  /** Stops the run where it is: nothing more is sent but what removes what it made. */
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970; without it, the machine's clock. */
  readonly now?: () => number;
  readonly onPlan?: (plan: Plan) => void;
  readonly onRow?: (row: ResultRow) => void;
  /** Hears of each exchange as soon as it is there, with the row that it becomes; also of those that are no tests. */
  readonly onExchange?: ExchangeListener;
}

/** What hears of exchanges. `runner` is who sent it. */
export type ExchangeListener = (outcome: Exchanged, row: ResultRow, runner: RunnerName) => void;

/** An outcome that is an exchange. */
export type Exchanged = Extract<RunOutcome, { readonly exchange: Exchange }>;

/** A runner by its name. Its process and connections are made with its first run. */
export function createRunner(name: RunnerName): Runner {
  if (name === 'typed') return new TypedRunner();
  const { NewmanRunner } = require('../runner/newman/newman') as typeof import('../runner/newman/newman');
  return new NewmanRunner();
}

/** Starts what a run of scripts by this runner waits for longest, while the project is still being opened. */
export function prepareRunner(name: RunnerName, { requests }: Collection): void {
  if (name === 'typed' && requests.some((request) => scriptsOf(request).length > 0)) ScriptHost.prepare();
}

/**
 * The whole data flow: plan, run with each runner in turn, check, report.
 *
 * Errors: UsageError and UnresolvedVariableError before the first request; RequestError and RunnerError when testing
 *         could not go on; UntestedError, which has the report of the rest, when a part could not be tested.
 */
export async function runContract(project: Project, request: RunRequest): Promise<Report> {
  const startedAt = new Date((request.now ?? Date.now)());
  const start = performance.now();
  const plan = planOf(project, request.selection);
  request.onPlan?.(plan);
  const rows: ResultRow[] = [];
  // What stops at a failure leaves one of them behind the other.
  const isCompared = request.runners.length > 1 && request.bail !== true;
  const comparison = isCompared ? new Comparison(project.masker) : null;
  for (const runner of request.runners) {
    const { bail = false, onExchange, signal } = request;
    const options = {
      bail,
      comparison,
      ...(onExchange !== undefined && { onExchange }),
      ...(signal !== undefined && { signal }),
    };
    for await (const row of runPlan(project, plan, runner, options)) {
      rows.push(row);
      request.onRow?.(row);
    }
    comparison?.ended(runner.name);
  }
  const runner = request.runners.length > 1 ? 'both' : (request.runners[0]?.name ?? 'none');
  const head = headOf(project, startedAt, performance.now() - start, runner);
  return testedReport(head, rows, basisOf(project, rows), project.masker);
}

/**
 * What of a project runs. A pinned collection, whose environment is half filled in, would change half of what is there: it
 * does not begin. Any other runs as far as it can, as by Newman.
 *
 * Errors: UsageError, UnresolvedVariableError.
 */
export function planOf(
  { collection, config, environment, lock, provided, store, target, workingDirectory }: Project,
  selection?: Selection,
): Plan {
  const plan = planRun(
    collection,
    config,
    provided,
    selection,
    (request) => store.documents(request),
    (path) => existsSync(fileInside(workingDirectory, path) ?? ''),
    environment.place,
    target,
  );
  if (lock !== null) refuseUnresolved(plan, environment.place);
  return plan;
}

/** Why what an interrupted run has not done is skipped. */
export const INTERRUPTED: SkipReason = { cause: 'stopped', text: 'the run was interrupted' };

/** How a plan is run. `comparison` hears of every outcome, `onExchange` of every exchange. */
export interface PlanOptions {
  readonly bail?: boolean;
  readonly signal?: AbortSignal;
  readonly comparison?: Comparison | null;
  readonly onExchange?: ExchangeListener;
}

/**
 * One runner over a plan: a row for each planned request, in collection order, none missing; then one for each request
 * that removes what the run made, also after a failure.
 */
export async function* runPlan(
  project: Project,
  plan: Plan,
  runner: Runner,
  { bail = false, comparison = null, onExchange, signal }: PlanOptions = {},
): AsyncGenerator<ResultRow> {
  const maker = rowMaker(project, runner.name);
  const rowFor = (outcome: RunOutcome): ResultRow => {
    const row = rowOf(outcome, maker);
    if (outcome.exchange !== undefined) onExchange?.(outcome, row, runner.name);
    return row;
  };
  const begun = contextOf(project);
  const cleanup = new Cleanup(describeRequests(project.collection, project.config), begun);
  const context: RunContext = {
    ...begun,
    bail,
    onIterationEnd: () => cleanup.iterationEnded(context.scope),
  };
  const left = new Map<string, { planned: PlannedRequest; turn: Turn }>();
  const placeOf = ({ request }: PlannedRequest, iteration = 1) =>
    iteration === 1 ? request.key : `${request.key} ${iteration}`;
  for (const at of context.iterations.keys()) {
    for (const planned of plan.requests)
      left.set(placeOf(planned, at + 1), { planned, turn: turnOf(context, at, 1) });
  }
  let failed: string | null = null;
  const done = new Map<string, ResultRow>();
  const stop = () => runner.stop();
  signal?.addEventListener('abort', stop);
  try {
    const checked = runner.run(plan, context, (outcome) => {
      const row = rowFor(outcome);
      cleanup.heard(outcome, row, context.scope);
      const place = placeOf(outcome.planned, outcome.iteration);
      if (bail && outcome.exchange !== undefined) done.set(place, row);
      // At once, and not when its turn to be told comes: the next request would have been sent by then.
      if (bail && row.row.outcome === 'failed') runner.stop(Number.POSITIVE_INFINITY);
      return { row, place, seen: comparison?.heard(runner.name, outcome, context.scope) };
    });
    // What was stopped before it began does not begin.
    for await (const { row, place, seen } of signal?.aborted === true ? [] : checked) {
      left.delete(place);
      // What was sent again is compared as it was sent last.
      if (seen !== undefined) comparison?.compare(runner.name, seen);
      yield row;
      if (bail && row.row.outcome === 'failed') {
        failed = row.row.key;
        break;
      }
    }
    if (signal?.aborted !== true) refuseUnheard(left, failed);
  } catch (error) {
    // What ended the run is what is told; what it made must go all the same.
    signal?.removeEventListener('abort', stop);
    yield* cleanup.quietly(runner, context, rowFor);
    throw error;
  }
  signal?.removeEventListener('abort', stop);
  const skipped: SkipReason =
    signal?.aborted === true
      ? INTERRUPTED
      : { cause: 'stopped', text: `the run stopped at ${failed}, which failed` };
  // What was under way by then has been sent, and is told as that.
  for (const [place, { planned, turn }] of left)
    yield done.get(place) ?? rowFor({ ...turn, planned, skipped });
  yield* cleanup.run(runner, context, rowFor);
}

/** Errors: RunnerError where a runner has said nothing of a request, and was not asked to stop. */
function refuseUnheard(
  left: ReadonlyMap<string, { readonly planned: PlannedRequest }>,
  stoppedAt: string | null,
): void {
  const [first] = left.values();
  if (first === undefined || stoppedAt !== null) return;
  const todo = 'this is a fault of the runner';
  throw new RunnerError(`${left.size} planned requests have no outcome`, first.planned.request.key, todo);
}

/** What every row of a project is made with. */
export function rowMaker(project: Project, runner: string): RowMaker {
  const { store, masker, strict, collection, config, today } = project;
  return {
    accepted: config.accepted,
    today,
    returned: new ReturnedProperties(),
    store,
    masker,
    strict,
    runner,
    room: detailRoom(),
    order: new Map(collection.requests.map(({ key }, at) => [key, at])),
  };
}

/** The context of one run: its own variables, so that runs do not meet in the environment. */
export function contextOf(project: Project): RunContext {
  const keepSecret = (name: string, value: string) => {
    if (project.secretNames.has(name) || isCredentialName(name)) project.masker.add(name, value);
  };
  return {
    ...project,
    directory: project.workingDirectory,
    scope: project.newScope(),
    cookies: { jar: null, setBy: new WeakMap() },
    onCapture: keepSecret,
    onScriptSet: keepSecret,
  };
}
