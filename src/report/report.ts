import type { Acceptance } from '../config/accepted';
import type { Finding } from '../findings/finding';
import type { Coverage } from './coverage';

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
 *        `repeat` where a script went back to the request: 2 is the second time.
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
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly prerequisite?: true;
  readonly cleanup?: true;
  readonly assertions: readonly ReportAssertion[];
  /** Its test scripts ran and asserted nothing. */
  readonly silent?: true;
  /** The recording has no body of the answer: it was held to status, headers and media type alone. */
  readonly unrecorded?: true;
  readonly findings: readonly Finding[];
}

/** Whether a row is no test of the selection, and is not counted. */
export function isAside({ prerequisite, cleanup }: ReportRequest): boolean {
  return prerequisite === true || cleanup === true;
}

/**
 * By what the bodies of answers were held: by a schema, by media type and being there alone, or by nothing, as where none
 * may come or the status was wrong already. `schema + mediaType + none` are the requests that were not skipped.
 */
export interface BodyCounts {
  readonly schema: number;
  readonly mediaType: number;
  readonly none: number;
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
  /** Findings that are accepted, which the four do not count; there where there are any. */
  readonly accepted?: number;
  readonly bodies?: BodyCounts;
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
  readonly coverage?: Coverage;
  /** Entries of `accepted` in the configuration that nothing needs any more; there where there are any. */
  readonly unusedAcceptances?: readonly Acceptance[];
  readonly requests: readonly ReportRequest[];
}
