import type { Acceptance } from '../config/accepted';
import type { Finding } from '../findings/finding';

/** The one-word outcome of a run; `incomplete` is one that tested a part of what was planned, and found nothing wrong in it. */
export type Verdict = 'healthy' | 'degraded' | 'drifted' | 'down' | 'incomplete';

/** What became of one planned request. */
export type Outcome = 'passed' | 'failed' | 'skipped';

/** One `pm.test` of the collection's own scripts. */
export interface ReportAssertion {
  readonly name: string;
  readonly passed: boolean;
  readonly error?: string;
}

/** A header as it was sent or received, without its credential. */
export interface ReportHeader {
  readonly name: string;
  readonly value: string;
}

/**
 * A body as far as a report keeps it: masked, at most 16 KiB of it. `binary` is one that is no text and is not kept.
 *
 * Units: `sizeBytes` is the size of the whole body.
 */
export interface ReportBody {
  readonly text?: string;
  readonly sizeBytes: number;
  readonly truncated?: boolean;
  readonly binary?: boolean;
}

/** What was really sent, and what came back, of one row; `response` is absent where none came. */
export interface ReportDetail {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly ReportHeader[];
    readonly body?: ReportBody;
  };
  readonly response?: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly ReportHeader[];
    readonly body?: ReportBody;
  };
}

/**
 * One row of the report: a planned request on one runner.
 *
 * Shape: `status` is null where no response came. `reason` is there for every skipped row. `prerequisite` marks a
 *        request that ran only because the selection needed its variables, `cleanup` one that ran only to remove what the
 *        run made; neither is counted in the summary. `iteration` counts from 1 and is there where a run has several,
 *        `repeat` where a script went back to the request, or it cleaned up several times: 2 is the second time. `flaky` marks one that passed, but not at
 *        its first attempt. `detail` is there for rows with findings or failed assertions only, and no longer once the
 *        details of a run take too much room.
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
  /** Its test scripts ran and asserted nothing. */
  readonly silent?: true;
  /** The recording has no body of the answer: it was held to status, headers and media type alone. */
  readonly unrecorded?: true;
  readonly findings: readonly Finding[];
  readonly detail?: ReportDetail;
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

/**
 * Counts of a run; always `requests = passed + failed + skipped`, where each runner and iteration is one. The rest count findings,
 * each once however many runners and iterations saw it.
 */
export interface ReportSummary {
  readonly requests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly breaking: number;
  readonly additive: number;
  readonly degraded: number;
  readonly down: number;
  /** Failed assertions, and other failures that are no finding, each once; there where there are any. */
  readonly failedAssertions?: number;
  /** Findings that are accepted, which the four do not count; there where there are any. */
  readonly accepted?: number;
  readonly bodies?: BodyCounts;
}

/**
 * What came of the probe of one credential: `variables` are the names of what it is made of, `key` and `status` those of the
 * request that was sent last; `refused` where two were.
 */
export interface ReportCredential {
  readonly variables: readonly string[];
  readonly key: string;
  readonly status: number | null;
  readonly refused?: true;
}

/**
 * What a health check saw of one origin before the first request; nothing but credentials, where it is reached through a proxy.
 *
 * Shape: `failure` is Node's or OpenSSL's name of the fault; a certificate is `expiring` where it has fewer days left than are asked
 *        for. Units: milliseconds; whole days, negative when it has run out.
 */
export interface ReportOrigin {
  readonly origin: string;
  readonly address?: string;
  readonly connectMs?: number;
  readonly certificate?: { readonly validTo: string; readonly daysLeft: number; readonly expiring?: true };
  readonly failure?: string;
  readonly credentials?: readonly ReportCredential[];
}

/**
 * What a later command needs in order to meet the same environment, and to find this report; nothing of it is secret.
 *
 * Shape: `collection` is there where another than the configured one was asked for; `flags` are words, one value VALUE where
 *        it may be a secret; `reports` is there where it is another folder than `reports`.
 */
export interface RunCommand {
  readonly collection?: string;
  readonly flags?: readonly string[];
  readonly reports?: string;
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
    /** How the command line asked for it, where one did. */
    readonly command?: RunCommand;
    /** There where somebody stopped the run: what it had not done by then is skipped with that reason. */
    readonly interrupted?: true;
    /** Why the run is no result, where something could not be tested: what, where and what to do. */
    readonly untested?: string;
  };
  readonly collection: {
    readonly name: string;
    readonly publishedId?: string;
    readonly versionTag?: string;
    readonly publishDate?: string;
    readonly sha256: string;
    /** The lock of the pin, from the folder of the project. */
    readonly lockFile?: string;
    readonly reconstruction?: boolean;
  };
  readonly verdict: Verdict;
  readonly summary: ReportSummary;
  readonly coverage?: Coverage;
  /** Entries of `accepted` in the configuration that nothing needs any more; there where there are any. */
  readonly unusedAcceptances?: readonly Acceptance[];
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

/** How many of what there is were covered. `ratio` is from 0 to 1, and null where there is nothing to cover. */
export interface Ratio {
  readonly all: number;
  readonly covered: number;
  readonly ratio: number | null;
}

/**
 * What a run tested of what is documented.
 *
 * Shape: `requests` are the selected ones, covered where an answer was held by a schema, or where none may have a body;
 *        `statuses` those with an example or a schema, covered where they were answered; `properties` those that the schemas of
 *        answered statuses name, covered where they were returned. The lists are request keys. `gaps` are the requests
 *        that have statuses or properties which are not covered: `properties` as `200 /user/phone`, at most 20 of `missing`.
 */
export interface Coverage {
  readonly requests: Ratio;
  readonly statuses: Ratio;
  readonly properties: Ratio;
  readonly withoutExample: readonly string[];
  readonly withoutSchema: readonly string[];
  readonly withoutBody: readonly string[];
  readonly gaps: readonly Gap[];
}

/** What of one request was not covered. */
export interface Gap {
  readonly key: string;
  readonly statuses: readonly number[];
  readonly properties: readonly string[];
  readonly missing: number;
}
