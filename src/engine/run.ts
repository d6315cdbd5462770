import { existsSync } from 'node:fs';
import { ReturnedProperties } from '../contract/coverage';
import { RunnerError } from '../errors';
import type { Exchange } from '../exchange/exchange';
import { isCredentialName } from '../masking/masker';
import { describeRequests, type Plan, type PlannedRequest, planRun, refuseUnresolved } from '../plan/plan';
import type { Selection } from '../plan/selection';
import { buildReport, type ResultRow } from '../report/build';
import { isAside, type Report } from '../report/report';
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
import { TypedRunner } from '../runner/typed/typed';
import { Cleanup } from './cleanup';
import { Comparison } from './compare';
import { detailRoom } from './detail';
import { basisOf, headOf } from './head';
import type { Project } from './project';
import { type RowMaker, rowOf } from './rows';

/** What is run, and who hears of it. */
export interface RunRequest {
  readonly runners: readonly Runner[];
  readonly selection?: Selection;
  /** Stop at the first failed request; the rest is skipped with that reason. */
  readonly bail?: boolean;
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

/**
 * The whole data flow: plan, run with each runner in turn, check, report.
 *
 * Errors: UsageError and UnresolvedVariableError before the first request; RequestError and RunnerError when testing
 *         could not go on. An error is never a report.
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
    const { bail = false, onExchange } = request;
    const options = { bail, comparison, ...(onExchange !== undefined && { onExchange }) };
    for await (const row of runPlan(project, plan, runner, options)) {
      rows.push(row);
      request.onRow?.(row);
    }
    comparison?.ended(runner.name);
  }
  refuseUntested(rows);
  const runner = request.runners.length > 1 ? 'both' : (request.runners[0]?.name ?? 'none');
  return buildReport(headOf(project, startedAt, performance.now() - start, runner), rows, {
    basis: basisOf(project, rows),
  });
}

/**
 * What of a project runs. A pinned collection, whose environment is half filled in, would change half of what is there: it
 * does not begin. Any other runs as far as it can, as by Newman.
 *
 * Errors: UsageError, UnresolvedVariableError.
 */
export function planOf(
  { collection, config, lock, provided, store, workingDirectory }: Project,
  selection?: Selection,
): Plan {
  const plan = planRun(
    collection,
    config,
    provided,
    selection,
    (request) => store.documents(request),
    (path) => existsSync(fileInside(workingDirectory, path) ?? ''),
  );
  if (lock !== null) refuseUnresolved(plan);
  return plan;
}

/** How a plan is run. `comparison` hears of every outcome, `onExchange` of every exchange. */
export interface PlanOptions {
  readonly bail?: boolean;
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
  { bail = false, comparison = null, onExchange }: PlanOptions = {},
): AsyncGenerator<ResultRow> {
  const maker = rowMaker(project, runner.name);
  const rowFor = (outcome: RunOutcome): ResultRow => {
    const row = rowOf(outcome, maker);
    if (outcome.exchange !== undefined) onExchange?.(outcome, row, runner.name);
    return row;
  };
  const context = contextOf(project);
  const cleanup = new Cleanup(describeRequests(project.collection, project.config));
  const left = new Map<string, { planned: PlannedRequest; turn: Turn }>();
  const placeOf = (planned: PlannedRequest, iteration = 1) => `${iteration} ${planned.request.key}`;
  for (const at of context.iterations.keys()) {
    for (const planned of plan.requests)
      left.set(placeOf(planned, at + 1), { planned, turn: turnOf(context, at, 1) });
  }
  let failed: string | null = null;
  const done = new Map<string, ResultRow>();
  try {
    const checked = runner.run(plan, context, (outcome) => {
      const row = rowFor(outcome);
      cleanup.heard(outcome, row, context.scope);
      const place = placeOf(outcome.planned, outcome.iteration);
      if (bail) done.set(place, row);
      return { row, place, seen: comparison?.heard(runner.name, outcome, context.scope) };
    });
    for await (const { row, place, seen } of checked) {
      left.delete(place);
      // What was sent again is compared as it was sent last.
      if (seen !== undefined) comparison?.compare(runner.name, seen);
      yield row;
      if (bail && row.row.outcome === 'failed') {
        failed = row.row.key;
        break;
      }
    }
    refuseUnheard(left, failed);
  } catch (error) {
    // What ended the run is what is told; what it made must go all the same.
    await cleanup.quietly(runner, context, rowFor);
    throw error;
  }
  const skipped = { cause: 'stopped' as const, text: `the run stopped at ${failed}, which failed` };
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

/**
 * Nothing passes untested: a selection of which nothing ran, or a request that waited for a variable which a passing
 * request did not yield, or that a script of the collection skipped, is no result; neither is one whose configured
 * capture found nothing.
 *
 * Errors: RunnerError.
 */
export function refuseUntested(rows: readonly ResultRow[]): void {
  const tested = rows.filter(({ row }) => !isAside(row));
  const skipped = tested.filter(({ row }) => row.outcome === 'skipped');
  const failed = rows.some(({ row }) => row.outcome === 'failed');
  if (failed) return;
  const first = skipped.find(({ skip }) => isGap(skip)) ?? skipped[0];
  if (first?.skip?.cause === 'unsendable') {
    const { text, where = first.row.key, todo = '' } = first.skip;
    throw new RunnerError(text, where, todo);
  }
  if (first !== undefined && (skipped.length === tested.length || isGap(first.skip))) {
    const todo =
      first.skip?.cause === 'script'
        ? 'select the other requests with --only or --folder, or remove the skip from the collection'
        : first.skip?.cause === 'selection'
          ? 'select other requests, or save an example or a schema of it'
          : first.skip?.cause === 'file'
            ? 'put it into the project, or select other requests'
            : 'correct the capture or give the variable a value in the environment';
    throw new RunnerError(`could not be tested: ${first.row.reason}`, first.row.key, todo);
  }
  refuseUncaptured(rows);
  const kept = rows.find(({ row }) => row.cleanup === true && row.outcome === 'skipped');
  if (kept !== undefined) {
    throw new RunnerError(`something was left: ${kept.row.reason}`, kept.row.key, 'remove it by hand');
  }
}

/** Where a variable has another value already, what needs it would be tested with that one and nobody would know. */
function refuseUncaptured(rows: readonly ResultRow[]): void {
  const first = rows.find(({ uncaptured }) => uncaptured !== undefined);
  if (first?.uncaptured === undefined) return;
  const names = first.uncaptured.map((name) => `{{${name}}}`).join(', ');
  const todo = 'correct or remove the capture in driftgate.config.json';
  throw new RunnerError(`the capture of ${names} found nothing`, first.row.key, todo);
}

/** Whether a skip leaves a gap that nobody asked for and no finding tells of. */
function isGap(skip: SkipReason | undefined): boolean {
  return skip !== undefined && ['prerequisite', 'script', 'file', 'unsendable'].includes(skip.cause);
}
