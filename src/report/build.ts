import type { Acceptance } from '../config/accepted';
import type { BodyCheck } from '../contract/check';
import type { Documented } from '../contract/coverage';
import { unusedAcceptances } from '../findings/accept';
import { type Finding, isOpen } from '../findings/finding';
import type { SkipReason } from '../runner/runner';
import { coverageOf } from './coverage';
import { groupAccepted, groupFailures, groupFindings } from './group';
import {
  type BodyCounts,
  isAside,
  type Report,
  type ReportRequest,
  type ReportSummary,
  type Verdict,
} from './report';
import { settleRootCauses } from './root-cause';

/**
 * A row before the report is made: what one process knows of one planned request on one runner.
 *
 * Shape: `order` is its place in the collection. `origin` is where it was sent, `downOrigin` the same where that could not be reached
 *        at all, both masked. `uncaptured` are the configured captures that found nothing, `returned` the documented properties
 *        that came with it for the first time, and `body` is by what the body of the answer was held.
 */
export interface ResultRow {
  readonly row: ReportRequest;
  readonly order: number;
  readonly skip?: SkipReason;
  readonly origin?: string;
  readonly downOrigin?: string;
  readonly uncaptured?: readonly string[];
  readonly body?: BodyCheck;
  readonly returned?: readonly string[];
}

/** What the report says besides its rows. */
export type ReportHead = Pick<Report, 'run' | 'collection'>;

/**
 * What a run is measured against: what is accepted, the keys of the collection without those that no run tests, and what is
 * documented of its tests, each once.
 */
export interface Basis {
  readonly accepted: readonly Acceptance[];
  readonly keys: readonly string[];
  readonly documented: Iterable<Documented>;
}

/** Rows of a recording stand as they are, one an entry and in its order. Without a `basis` nothing is said of it. */
export interface ReportOptions {
  readonly isRecording?: boolean;
  readonly basis?: Basis;
}

/**
 * Rows of one process or of many → the report.
 *
 * A prerequisite that is tested elsewhere in the same report is one row with that test, the worse of the two; root causes are said once. A run in one
 * process and the same run spread over test files give the same rows, but for clean-ups: each removed something of its own.
 */
export function buildReport(
  head: ReportHead,
  rows: readonly ResultRow[],
  { isRecording = false, basis }: ReportOptions = {},
): Report {
  const settled = settleRootCauses(isRecording ? rows : inOrder(withoutRepeats(rows)));
  const requests = settled.map(({ row }) => row);
  const counted = countedRows(settled);
  const received = rows.map(({ row }) => row);
  const unused = basis === undefined ? [] : unusedAcceptances(basis.accepted, basis.keys, received);
  return {
    version: 1,
    ...head,
    verdict: settledVerdict(verdictOf(counted), head.run),
    summary: summaryOf(requests, counted, bodiesOf(settled)),
    ...(basis !== undefined && { coverage: coverageOf(basis.documented, rows) }),
    ...(unused.length > 0 && { unusedAcceptances: unused }),
    requests,
  };
}

/** The exit code that a verdict stands for. The command line gives 2 for every run that was interrupted or could not be tested whole. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 | 3 {
  switch (verdict) {
    case 'drifted':
      return 1;
    case 'incomplete':
      return 2;
    case 'down':
      return 3;
    default:
      return 0;
  }
}

/** A part of a run can show that something is wrong, and never that nothing is. */
function settledVerdict(verdict: Verdict, { interrupted, untested }: ReportHead['run']): Verdict {
  const isPart = interrupted === true || untested !== undefined;
  return isPart && (verdict === 'healthy' || verdict === 'degraded') ? 'incomplete' : verdict;
}

function withoutRepeats(rows: readonly ResultRow[]): ResultRow[] {
  const best = new Map<string, ResultRow>();
  const cleanups = new Map<string, number>();
  for (const next of rows) {
    const { key, runner, iteration, repeat, cleanup } = next.row;
    const identity = `${key} ${runner} ${iteration} ${repeat}`;
    if (cleanup === true) {
      const count = (cleanups.get(identity) ?? 0) + 1;
      cleanups.set(identity, count);
      const row = count === 1 ? next.row : { ...next.row, repeat: count };
      best.set(`clean-up ${count} ${identity}`, { ...next, row });
      continue;
    }
    const seen = best.get(identity);
    best.set(identity, seen === undefined ? next : worse(seen, next));
  }
  return [...best.values()];
}

/** A failure is never dropped; else a test says more than a prerequisite. What is tested anywhere is a test. */
function worse(one: ResultRow, other: ResultRow): ResultRow {
  const [test, second] = isAside(one.row) && !isAside(other.row) ? [other, one] : [one, other];
  if (test.row.outcome === 'failed' || second.row.outcome !== 'failed') return test;
  const { prerequisite: _, ...row } = second.row;
  return isAside(test.row) ? second : { ...second, row };
}

function inOrder(rows: readonly ResultRow[]): ResultRow[] {
  const turn = ({ row: { iteration = 1, repeat = 1, cleanup } }: ResultRow) =>
    [iteration, cleanup === true ? 1 : 0, repeat] as const;
  return [...rows].sort((a, b) => {
    const [[iteration, aside, repeat], [otherIteration, otherAside, otherRepeat]] = [turn(a), turn(b)];
    return (
      a.order - b.order ||
      iteration - otherIteration ||
      aside - otherAside ||
      repeat - otherRepeat ||
      (a.row.runner < b.row.runner ? -1 : 1)
    );
  });
}

/**
 * A prerequisite's findings count where it failed: what stands on it was tested with what a broken request yields. The
 * others count where they kept a selected request from being tested. A clean-up that failed left something behind.
 */
function countedRows(rows: readonly ResultRow[]): ReportRequest[] {
  const blocked = rows.some(
    ({ row, skip }) => !isAside(row) && (skip?.cause === 'prerequisite' || skip?.cause === 'origin-down'),
  );
  return rows
    .map(({ row }) => row)
    .filter((row) => !isAside(row) || row.outcome === 'failed' || (blocked && row.prerequisite === true));
}

function verdictOf(rows: readonly ReportRequest[]): Verdict {
  const open = rows.flatMap(({ findings }) => findings.filter(isOpen));
  const severities = new Set(open.map(({ severity }) => severity));
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  if (failed.some((row) => !row.findings.some(({ severity }) => severity === 'down'))) return 'drifted';
  if (severities.has('breaking')) return 'drifted';
  if (severities.has('down')) return 'down';
  return severities.has('degraded') ? 'degraded' : 'healthy';
}

/** By what the bodies of the tested requests were held; every request that was not skipped has one. */
function bodiesOf(rows: readonly ResultRow[]): BodyCounts {
  const held = rows.filter(({ row }) => !isAside(row) && row.outcome !== 'skipped').map(({ body }) => body);
  const of = (basis: BodyCheck) => held.filter((one = 'none') => one === basis).length;
  return { schema: of('schema'), mediaType: of('mediaType'), none: of('none') };
}

function summaryOf(
  requests: readonly ReportRequest[],
  counted: readonly ReportRequest[],
  bodies: BodyCounts,
): ReportSummary {
  const tested = requests.filter((row) => !isAside(row));
  const outcomes = (outcome: ReportRequest['outcome']) =>
    tested.filter((row) => row.outcome === outcome).length;
  // What two runners or iterations saw is one finding, here as in every list of them.
  const found = groupFindings({ requests: counted });
  const findings = (severity: Finding['severity']) => found.filter((one) => one.severity === severity).length;
  const failedAssertions = groupFailures({ requests: counted }).length;
  const accepted = groupAccepted({ requests: counted }).length;
  return {
    requests: tested.length,
    passed: outcomes('passed'),
    failed: outcomes('failed'),
    skipped: outcomes('skipped'),
    breaking: findings('breaking'),
    additive: findings('additive'),
    degraded: findings('degraded'),
    down: findings('down'),
    ...(failedAssertions > 0 && { failedAssertions }),
    ...(accepted > 0 && { accepted }),
    bodies,
  };
}
