import { type Finding, finding } from '../findings/finding';
import { SLOWER_THAN_BEFORE } from '../findings/kinds';
import type { HistoryRun } from '../history/run';
import { type Trend, type TrendSettings, trendsOf } from '../history/trend';
import type { Plan } from '../plan/plan';
import type { Selection } from '../plan/selection';
import type { ResultRow } from '../report/build';
import { isAside, type Report } from '../report/report';
import type { Runner } from '../runner/runner';
import type { RetryPolicy } from '../runner/typed/retry';
import { blockRefusedCredentials, type Credentials, withCredentials } from './credentials';
import { basisOf, headOf } from './head';
import {
  type Blocked,
  blockOrigins,
  type CheckedOrigin,
  checkOrigins,
  withCertificates,
  withFinding,
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
  /** Hears of each origin as soon as it was looked at. */
  readonly onOrigin?: (origin: CheckedOrigin) => void;
  /** Hears, whenever a probe is sent or over, what came of all by then. */
  readonly onCredentials?: (credentials: Credentials) => void;
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
  const origins = await checkOrigins(project, plan, retry, request);
  request.signal?.throwIfAborted();
  const blocked: Blocked = { reasons: new Map(), carriers: new Map() };
  blockOrigins(project, origins, blocked);
  const retrying = { ...project, retry, blocked: blocked.reasons };
  const credentials = await blockRefusedCredentials(retrying, runner, origins, blocked, request);
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

/** What is sent only because the configuration allows it still changes something, and must not be sent twice. */
function withoutAllowed({ requests }: Plan, { config }: Project): Plan {
  const allowed = new Set(config.health.allow);
  return {
    requests: requests.map((planned) =>
      allowed.has(planned.request.key) ? { ...planned, safe: false } : planned,
    ),
  };
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
    message: `${SLOWER_THAN_BEFORE}: usually ${Math.round(medianMs)} ms (${samples} of the last ${runs} runs)`,
  });
}
