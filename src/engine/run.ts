import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { RunnerError } from '../errors';
import { isCredentialName } from '../masking/masker';
import { describeRequests, type Plan, planRun } from '../plan/plan';
import type { Selection } from '../plan/selection';
import { buildReport, type ReportHead, type ResultRow } from '../report/build';
import { isAside, type Report } from '../report/report';
import { fileInside } from '../runner/files';
import { NewmanRunner } from '../runner/newman/newman';
import type { RunContext, Runner, RunnerName, SkipReason } from '../runner/runner';
import { TypedRunner } from '../runner/typed/typed';
import { Cleanup } from './cleanup';
import type { Project } from './project';
import { type RowMaker, rowOf, skippedRow } from './rows';

/** What is run, and who hears of it. */
export interface RunRequest {
  readonly runners: readonly Runner[];
  readonly selection?: Selection;
  /** Stop at the first failed request; the rest is skipped with that reason. */
  readonly bail?: boolean;
  readonly onPlan?: (plan: Plan) => void;
  readonly onRow?: (row: ResultRow) => void;
}

/** A runner by its name. Its process and connections are made with its first run. */
export function createRunner(name: RunnerName): Runner {
  return name === 'newman' ? new NewmanRunner() : new TypedRunner();
}

/**
 * The whole data flow: plan, run with each runner in turn, check, report.
 *
 * Errors: UsageError and UnresolvedVariableError before the first request; RequestError and RunnerError when testing
 *         could not go on. An error is never a report.
 */
export async function runContract(project: Project, request: RunRequest): Promise<Report> {
  const startedAt = new Date();
  const start = performance.now();
  const plan = planOf(project, request.selection);
  request.onPlan?.(plan);
  const rows: ResultRow[] = [];
  for (const runner of request.runners) {
    for await (const row of runPlan(project, plan, runner, request.bail)) {
      rows.push(row);
      request.onRow?.(row);
    }
  }
  refuseUntested(rows);
  const runner = request.runners.length > 1 ? 'both' : (request.runners[0]?.name ?? 'none');
  return buildReport(headOf(project, startedAt, performance.now() - start, runner), rows);
}

/** What of a project runs. Errors: UsageError, UnresolvedVariableError. */
export function planOf({ collection, config, provided, store }: Project, selection?: Selection): Plan {
  return planRun(
    collection,
    config,
    provided,
    selection,
    (request) => store.documents(request),
    (path) => existsSync(fileInside(config.directory, path) ?? ''),
  );
}

/**
 * One runner over a plan: a row for each planned request, in collection order, none missing; then one for each request
 * that removes what the run made, also after a failure.
 */
export async function* runPlan(
  project: Project,
  plan: Plan,
  runner: Runner,
  bail = false,
): AsyncGenerator<ResultRow> {
  const maker = rowMaker(project, runner.name);
  const context = contextOf(project);
  const cleanup = new Cleanup(describeRequests(project.collection, project.config));
  let next = 0;
  let failed: string | null = null;
  try {
    for await (const outcome of runner.run(plan, context)) {
      const row = rowOf(outcome, maker);
      cleanup.heard(outcome, row, context.scope);
      next += 1;
      yield row;
      if (bail && row.row.outcome === 'failed') {
        failed = row.row.key;
        break;
      }
    }
  } catch (error) {
    // What ended the run is what is told; what it made must go all the same.
    await cleanup.quietly(runner, context);
    throw error;
  }
  const left = plan.requests.slice(next);
  if (left.length > 0 && failed === null) {
    const todo = 'this is a fault of the runner';
    throw new RunnerError(
      `${left.length} planned requests have no outcome`,
      left[0]?.request.key ?? '',
      todo,
    );
  }
  for (const planned of left) {
    yield skippedRow(
      planned,
      { cause: 'stopped', text: `the run stopped at ${failed}, which failed` },
      maker,
    );
  }
  for await (const outcome of cleanup.run(runner, context)) yield rowOf(outcome, maker);
}

/** What every row of a project is made with. */
export function rowMaker({ store, masker, strict, collection }: Project, runner: string): RowMaker {
  return {
    store,
    masker,
    strict,
    runner,
    order: new Map(collection.requests.map(({ key }, at) => [key, at])),
  };
}

/** The context of one run: its own variables, so that runs do not meet in the environment. */
export function contextOf(project: Project): RunContext {
  return {
    ...project,
    directory: project.config.directory,
    scope: project.newScope(),
    cookies: { jar: null },
    onCapture: (name, value) => {
      if (project.secretNames.has(name) || isCredentialName(name)) project.masker.add(name, value);
    },
  };
}

/** The head of a report: when, where, and which collection. */
export function headOf(project: Project, startedAt: Date, durationMs: number, runner: string): ReportHead {
  const { collection, lock, environment, targetLabel, masker } = project;
  return {
    run: {
      id: randomUUID(),
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      environment: environment.name,
      runner,
      target: masker.text(targetLabel),
    },
    collection: {
      name: collection.name,
      ...(lock?.publishedId !== undefined && { publishedId: lock.publishedId }),
      ...(lock?.versionTag !== undefined && { versionTag: lock.versionTag }),
      ...(lock?.publishDate !== undefined && { publishDate: lock.publishDate }),
      sha256: collection.sha256,
      ...(lock?.reconstruction !== undefined && { reconstruction: true }),
    },
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
  return skip?.cause === 'prerequisite' || skip?.cause === 'script' || skip?.cause === 'file';
}
