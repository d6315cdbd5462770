import { RunnerError } from '../errors';
import type { Plan } from '../plan/plan';
import { buildReport, type ResultRow } from '../report/build';
import { UNANSWERED } from '../report/group';
import type { Report } from '../report/report';
import { type RunnerName, turnOf } from '../runner/runner';
import { type Credentials, withCredentials } from './credentials';
import { headOf } from './head';
import { type CheckedOrigin, withCertificates } from './preflight';
import type { Project } from './project';
import { rowOf } from './rows';
import { contextOf, INTERRUPTED, rowMaker } from './run';

const INTERRUPTED_RUN = 'interrupted before the end';

/** What ends an interrupted run: half of it is no verdict. `where` is what was interrupted. */
export function interruptedError(where: string): RunnerError {
  return new RunnerError(INTERRUPTED_RUN, where, 'run it again for a verdict');
}

/** Whether a message says that a run was interrupted. */
export function saysInterrupted(message: string): boolean {
  return message.includes(INTERRUPTED_RUN);
}

/**
 * A row that comes while a run is being stopped, as it is told: an answer counts, also one that came late, but a connection
 * that we cut says nothing of the API. Null for what was not sent, which the report of the half run says by itself.
 */
export function whileStopping(entry: ResultRow): ResultRow | null {
  const { row } = entry;
  if (row.cleanup === true || row.status !== null) return entry;
  if (row.attempts === 0) return null;
  const skip = { cause: 'stopped' as const, text: UNANSWERED };
  return {
    row: { ...row, outcome: 'skipped', reason: UNANSWERED, assertions: [], findings: [] },
    order: entry.order,
    skip,
  };
}

/** What is known of a run at the moment at which it is stopped. */
export interface HalfRun {
  readonly plan: Plan;
  readonly runners: readonly RunnerName[];
  readonly startedAt: Date;
  readonly rows: readonly ResultRow[];
  /** What a health check has seen of its origins. */
  readonly origins?: readonly CheckedOrigin[];
  readonly credentials?: Credentials;
}

/**
 * The report of a run that was stopped: the rows that it had, and a skipped row for each planned request that it had not.
 *
 * It is marked `interrupted`, and its verdict never says that the API holds.
 */
export function interruptedReport(project: Project, half: HalfRun): Report {
  const { runners, startedAt, origins = [], credentials = new Map() } = half;
  const name = runners.length > 1 ? 'both' : (runners[0] ?? 'none');
  const head = headOf(project, startedAt, Date.now() - startedAt.getTime(), name);
  const rows = withCertificates(
    interruptedRows(project, half),
    origins,
    project.config.health.certificateDays,
  );
  const report = buildReport({ ...head, run: { ...head.run, interrupted: true } }, rows);
  const seen = origins.map(({ told }) => withCredentials(told, credentials));
  return seen.length === 0 ? report : { ...report, origins: seen };
}

/** Those rows. */
export function interruptedRows(
  project: Project,
  { plan, runners, rows }: Omit<HalfRun, 'startedAt'>,
): ResultRow[] {
  const context = contextOf(project);
  const done = new Set(rows.filter(({ row }) => row.cleanup !== true).map(placeOf));
  const missing = runners.flatMap((name) => {
    const maker = rowMaker(project, name);
    return context.iterations.flatMap((_, at) =>
      plan.requests.map((planned) =>
        rowOf({ ...turnOf(context, at, 1), planned, skipped: INTERRUPTED }, maker),
      ),
    );
  });
  return [...rows, ...missing.filter((row) => !done.has(placeOf(row)))];
}

/** A repeat is another row of the same place: what was done once is not missing. */
function placeOf({ row: { key, runner, iteration } }: ResultRow): string {
  return JSON.stringify([key, runner, iteration]);
}
