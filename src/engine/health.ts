import { type Finding, finding } from '../findings/finding';
import type { HistoryRun } from '../history/run';
import { type Trend, type TrendSettings, trendsOf } from '../history/trend';
import type { Plan } from '../plan/plan';
import type { Selection } from '../plan/selection';
import type { ResultRow } from '../report/build';
import { isAside, type Report, type ReportCredential, type ReportOrigin } from '../report/report';
import type { Runner } from '../runner/runner';
import type { RetryPolicy } from '../runner/typed/retry';
import { blockRefusedCredentials } from './credentials';
import { basisOf, headOf } from './head';
import {
  type Blocked,
  blockOrigins,
  type CheckedOrigin,
  certificateFinding,
  checkOrigins,
} from './preflight';
import type { Project } from './project';
import { planOf, runPlan } from './run';
import { testedReport, UntestedError, untestedOf } from './untested';

/** What a health check is made with, and who hears of it. */
export interface HealthRequest {
  readonly runner: Runner;
  readonly selection?: Selection;
  readonly retry: RetryPolicy;
  /** Earlier runs, which say how quick a request usually is. */
  readonly history: readonly HistoryRun[];
  /** Ends a check where it is. */
  readonly signal?: AbortSignal;
  readonly onPlan?: (plan: Plan) => void;
  readonly onOrigin?: (origin: ReportOrigin) => void;
  readonly onRow?: (row: ResultRow) => void;
}

/**
 * A run that harms nothing: origins and credentials are looked at first, only what reads is sent (and what the
 * configuration allows), and what failed for the moment is sent again. The project was opened for a health check.
 *
 * Errors: those of `runContract`, and the reason of `signal`.
 */
export async function runHealth(project: Project, request: HealthRequest): Promise<Report> {
  const { runner, retry } = request;
  request.signal?.addEventListener('abort', () => runner.stop(), { once: true });
  const startedAt = new Date(retry.clock.now());
  const start = performance.now();
  const plan = withoutAllowed(planOf(project, { ...request.selection, safe: true }), project);
  request.onPlan?.(plan);
  const origins = await checkOrigins(project, plan, retry, request.signal);
  request.signal?.throwIfAborted();
  for (const { told } of origins) request.onOrigin?.(told);
  const blocked: Blocked = { reasons: new Map(), carriers: new Map() };
  blockOrigins(project, origins, blocked);
  const retrying = { ...project, retry, blocked: blocked.reasons };
  const credentials = await blockRefusedCredentials(retrying, runner, origins, blocked);
  request.signal?.throwIfAborted();
  const rows: ResultRow[] = [];
  for await (const row of runPlan(
    retrying,
    plan,
    runner,
    request.signal === undefined ? {} : { signal: request.signal },
  )) {
    const told = blocked.carriers.get(row.row.key) ?? row;
    rows.push(told);
    request.onRow?.(told);
  }
  const head = headOf(project, startedAt, performance.now() - start, runner.name);
  const { certificateDays, trend } = project.config.health;
  const dated = withCertificates(rows, origins, certificateDays);
  const checked = trend === false ? dated : withTrends(dated, trendsOf(head, request.history, trend), trend);
  const seen = origins.map(({ told }) => withCredentials(told, credentials));
  try {
    return { ...testedReport(head, checked, basisOf(project, rows), project.masker), origins: seen };
  } catch (error) {
    const untested = untestedOf(error);
    throw new UntestedError(untested, { ...untested.report, origins: seen });
  }
}

function withCredentials(
  told: ReportOrigin,
  seen: ReadonlyMap<string, readonly ReportCredential[]>,
): ReportOrigin {
  const credentials = seen.get(told.origin);
  return credentials === undefined ? told : { ...told, credentials };
}

/** What is sent only because the configuration allows it still changes something, and must not be sent twice. */
function withoutAllowed({ requests }: Plan, { config }: Project): Plan {
  const allowed = new Set(config.health.allow);
  return {
    requests: requests.map((planned) =>
      allowed.has(planned.request.key) ? { ...planned, safe: false } : planned,
    ),
  };
}

/** A certificate is told of by the first request that was sent to its origin. */
function withCertificates(
  rows: readonly ResultRow[],
  origins: readonly CheckedOrigin[],
  days: number,
): ResultRow[] {
  const found = new Map<string, Finding>();
  for (const origin of origins) {
    const keys = new Set(origin.requests.map(({ request }) => request.key));
    const first = rows.find(({ row }) => keys.has(row.key) && row.outcome !== 'skipped');
    const expiring = certificateFinding(origin, days);
    if (first !== undefined && expiring !== null) found.set(first.row.key, expiring);
  }
  return rows.map((entry) => withFinding(entry, found.get(entry.row.key)));
}

function withTrends(
  rows: readonly ResultRow[],
  trends: ReadonlyMap<string, Trend>,
  settings: TrendSettings,
): ResultRow[] {
  return rows.map((entry) => {
    const { row } = entry;
    const trend = trends.get(row.key);
    const isTold = row.findings.some(({ kind }) => kind === 'latency-budget-exceeded');
    if (trend === undefined || isTold || isAside(row) || row.outcome !== 'passed') return entry;
    if (row.durationMs <= trend.limitMs) return entry;
    return withFinding(entry, slower(row.durationMs, trend, settings));
  });
}

function slower(durationMs: number, { medianMs, limitMs, samples }: Trend, { runs }: TrendSettings): Finding {
  return finding('latency-budget-exceeded', '', {
    expected: `at most ${Math.round(limitMs)} ms`,
    actual: `${Math.round(durationMs)} ms`,
    message: `slower than its own history: usually ${Math.round(medianMs)} ms (${samples} of the last ${runs} runs)`,
  });
}

function withFinding(entry: ResultRow, found: Finding | null | undefined): ResultRow {
  if (found == null) return entry;
  return { ...entry, row: { ...entry.row, findings: [...entry.row.findings, found] } };
}
