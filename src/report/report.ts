import type { Finding } from '../findings/finding';

/** The one-word outcome of a run. */
export type Verdict = 'healthy' | 'degraded' | 'drifted' | 'down';

/** What became of one planned request. */
export type Outcome = 'passed' | 'failed' | 'skipped';

/** One `pm.test` of the collection's own scripts. */
export interface ReportAssertion {
  readonly name: string;
  readonly passed: boolean;
  readonly error?: string;
}

/**
 * One row of the report: a planned request on one runner.
 *
 * Shape: `status` is null where no response came. `reason` is there for every skipped row. `prerequisite` marks a
 *        request that ran only because the selection needed its variables, `cleanup` one that ran only to remove what the
 *        run made; neither is counted in the summary. `iteration` counts from 1 and is there where a run has several,
 *        `repeat` where a script went back to the request: 2 is the second time. `flaky` marks one that passed, but not at
 *        its first attempt.
 * Units: `durationMs` in milliseconds.
 */
export interface ReportRequest {
  readonly key: string;
  readonly name: string;
  readonly folder: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly runner: string;
  readonly iteration?: number;
  readonly repeat?: number;
  readonly status: number | null;
  readonly durationMs: number;
  readonly attempts: number;
  readonly flaky?: true;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly prerequisite?: true;
  readonly cleanup?: true;
  readonly assertions: readonly ReportAssertion[];
  readonly findings: readonly Finding[];
}

/** Whether a row is no test of the selection, and is not counted. */
export function isAside({ prerequisite, cleanup }: ReportRequest): boolean {
  return prerequisite === true || cleanup === true;
}

/** Counts of a run; always `requests = passed + failed + skipped`, and the rest count findings. */
export interface ReportSummary {
  readonly requests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly breaking: number;
  readonly additive: number;
  readonly degraded: number;
  readonly down: number;
}

/**
 * What a health check saw of one origin before the first request; nothing, where it is reached through a proxy.
 *
 * Shape: `failure` is Node's or OpenSSL's name of the fault. Units: milliseconds; whole days, negative when it has run out.
 */
export interface ReportOrigin {
  readonly origin: string;
  readonly address?: string;
  readonly connectMs?: number;
  readonly certificate?: { readonly validTo: string; readonly daysLeft: number };
  readonly failure?: string;
}

/** `reports/report.json`: what every other report is made from. Its JSON Schema is `report.schema.json`. */
export interface Report {
  readonly version: 1;
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly environment: string;
    readonly runner: string;
    readonly target: string;
    readonly shard?: string;
  };
  readonly collection: {
    readonly name: string;
    readonly publishedId?: string;
    readonly versionTag?: string;
    readonly publishDate?: string;
    readonly sha256: string;
    readonly reconstruction?: boolean;
  };
  readonly verdict: Verdict;
  readonly summary: ReportSummary;
  readonly requests: readonly ReportRequest[];
  readonly origins?: readonly ReportOrigin[];
  /** What went wrong beside the run and does not change its verdict, such as a notifier that failed. */
  readonly warnings?: readonly string[];
}

/** The report with what went wrong beside the run. */
export function withWarnings(report: Report, warnings: readonly string[]): Report {
  if (warnings.length === 0) return report;
  return { ...report, warnings: [...(report.warnings ?? []), ...warnings] };
}
