import type { Plan } from '../plan/plan';
import { buildReport, type ResultRow } from '../report/build';
import type { Report } from '../report/report';
import { type RunnerName, turnOf } from '../runner/runner';
import { headOf } from './head';
import { type CheckedOrigin, withCertificates } from './preflight';
import type { Project } from './project';
import { rowOf } from './rows';
import { contextOf, rowMaker } from './run';

/** What is known of a run at the moment at which it is stopped. */
export interface HalfRun {
  readonly plan: Plan;
  readonly runners: readonly RunnerName[];
  readonly startedAt: Date;
  readonly rows: readonly ResultRow[];
  /** What a health check has seen of its origins. */
  readonly origins?: readonly CheckedOrigin[];
}

const REASON = 'the run was interrupted';

/**
 * The report of a run that was stopped: the rows that it had, and a skipped row for each planned request that it had not.
 *
 * It is marked `interrupted`, and its verdict never says that the API holds.
 */
export function interruptedReport(project: Project, half: HalfRun): Report {
  const { plan, runners, startedAt, rows, origins = [] } = half;
  const context = contextOf(project);
  const done = new Set(rows.filter(({ row }) => row.cleanup !== true).map(placeOf));
  const missing = runners.flatMap((name) => {
    const maker = rowMaker(project, name);
    return context.iterations.flatMap((_, at) =>
      plan.requests.map((planned) => {
        const skipped = { cause: 'stopped' as const, text: REASON };
        return rowOf({ ...turnOf(context, at, 1), planned, skipped }, maker);
      }),
    );
  });
  const name = runners.length > 1 ? 'both' : (runners[0] ?? 'none');
  const head = headOf(project, startedAt, Date.now() - startedAt.getTime(), name);
  const all = [...rows, ...missing.filter((row) => !done.has(placeOf(row)))];
  const checked = withCertificates(all, origins, project.config.health.certificateDays);
  const report = buildReport({ ...head, run: { ...head.run, interrupted: true } }, checked);
  return origins.length === 0 ? report : { ...report, origins: origins.map(({ told }) => told) };
}

/** A repeat is another row of the same place: what was done once is not missing. */
function placeOf({ row: { key, runner, iteration } }: ResultRow): string {
  return JSON.stringify([key, runner, iteration]);
}
