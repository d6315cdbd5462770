import { type Finding, isOpen, placeOf } from '../findings/finding';
import type { Severity } from '../findings/kinds';
import {
  isAside,
  type Outcome,
  type Report,
  type ReportAssertion,
  type ReportRequest,
  type Verdict,
} from './report';

/** The order in which findings are told: what stops a consumer first, what nobody notices last. */
export const SEVERITY_ORDER: readonly Severity[] = ['breaking', 'down', 'degraded', 'additive'];

/** One sign a word, so that no report says anything by colour alone. */
export const SIGNS: Readonly<Record<Severity | Outcome | Verdict, string>> = {
  healthy: '✓',
  degraded: '!',
  drifted: '≠',
  down: '▼',
  incomplete: '?',
  breaking: '✗',
  additive: '+',
  passed: '✓',
  failed: '✗',
  skipped: '–',
};

/** What a row is that is not counted. */
export type Aside = 'prerequisite' | 'clean-up';

interface Cause {
  readonly key: string;
  /** In order of appearance, each once. */
  readonly runners: readonly string[];
  /** What saw it, if no test of the selection did. */
  readonly aside: Aside | null;
  /** In how many rows it was seen: one a runner and iteration. */
  readonly rows: number;
  /** In which iterations; none where it was in all that there were. */
  readonly iterations: readonly number[];
}

/**
 * One finding as people read it: the same difference of one request, whichever runners saw it.
 *
 * Shape: `pointer` has `*` for array indexes when there are more places than one. Where runners saw different
 *        values, `expected` and `actual` name the runner of each.
 * Units: `count` is places in one response, not runners: the largest of the runners' counts.
 */
export interface FindingGroup extends Finding, Cause {
  readonly status: number | null;
  readonly method: string;
  readonly url: string;
}

/** One failed `pm.test`, or the reason of a row that failed without one. */
export interface FailureGroup extends Cause {
  readonly name: string;
  readonly error?: string;
}

/** Why what was sent and has no answer by the end of an interrupted run is no result. */
export const UNANSWERED = 'it was sent, and the run was interrupted before an answer came';

/**
 * The rows that were skipped for the same reason; `besides` more are not counted. `failed` of the counted ones were sent and did fail:
 * that it was for the one reason was only known at the end.
 */
export interface SkipGroup {
  readonly reason: string;
  readonly count: number;
  readonly failed: number;
  readonly besides: number;
  readonly keys: readonly string[];
}

/** The counted rows of one runner. */
export interface RunnerCounts {
  readonly runner: string;
  readonly requests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Sorts things into lists by an identity, lists in order of first appearance. */
export function groupBy<T>(things: Iterable<T>, identity: (thing: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const of = identity(thing);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [thing]);
    else group.push(thing);
  }
  return [...groups.values()];
}

function iterationsOf(rows: readonly ReportRequest[]): number[] {
  return [...new Set(rows.flatMap(({ iteration }) => iteration ?? []))].sort((a, b) => a - b);
}

function causeOf(rows: readonly ReportRequest[], key: string, all: number): Cause {
  const iterations = iterationsOf(rows);
  return {
    key,
    runners: [...new Set(rows.map((row) => row.runner))],
    aside: rows.every(isAside) ? asideOf(rows[0]) : null,
    rows: rows.length,
    iterations: iterations.length < all ? iterations : [],
  };
}

interface Sighting {
  readonly row: ReportRequest;
  readonly finding: Finding;
}

/** The one text that all runners agree on, else each runner's first. */
function agreed(sightings: readonly Sighting[], text: (finding: Finding) => string): string {
  const ofRunner = new Map<string, string>();
  for (const { row, finding } of sightings) {
    if (!ofRunner.has(row.runner)) ofRunner.set(row.runner, text(finding));
  }
  const texts = [...new Set(ofRunner.values())];
  if (texts.length === 1) return texts.join();
  return [...ofRunner].map(([runner, value]) => `${value} (${runner})`).join(', ');
}

function placesOf(sightings: readonly Sighting[]): number {
  const ofRunner = new Map<string, number>();
  for (const { row, finding } of sightings) {
    ofRunner.set(row.runner, (ofRunner.get(row.runner) ?? 0) + finding.count);
  }
  return Math.max(...ofRunner.values());
}

/** What findings are grouped of: a report, or a part of its rows. */
type Rows = Pick<Report, 'requests'>;

/** Findings by severity, the same one on several runners once; what is accepted is none of them. */
export function groupFindings(report: Rows): FindingGroup[] {
  return groupsOf(report, isOpen);
}

/** The same of what is accepted. */
export function groupAccepted(report: Rows): FindingGroup[] {
  return groupsOf(report, (finding) => !isOpen(finding));
}

function groupsOf(report: Rows, isWanted: (finding: Finding) => boolean): FindingGroup[] {
  const sightings: Sighting[] = report.requests.flatMap((row) =>
    row.findings.filter(isWanted).map((finding) => ({ row, finding })),
  );
  const all = iterationsOf(report.requests).length;
  const groups = groupBy(sightings, ({ row, finding }) =>
    JSON.stringify([row.key, row.status, finding.kind, placeOf(finding)]),
  ).flatMap((same): FindingGroup[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { row, finding } = first;
    const count = placesOf(same);
    const cause = causeOf(
      same.map((sighting) => sighting.row),
      row.key,
      all,
    );
    return [
      {
        ...finding,
        ...cause,
        pointer: count > 1 ? placeOf(finding) : finding.pointer,
        expected: agreed(same, (one) => one.expected),
        actual: agreed(same, (one) => one.actual),
        count,
        status: row.status,
        method: row.method,
        url: row.url,
      },
    ];
  });
  return groups.sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
}

/** Everything that failed by other means than a finding: failed tests, and failed rows that give a reason. */
export function groupFailures(report: Rows): FailureGroup[] {
  const failures = report.requests.flatMap((row) => {
    const causes: { name: string; error?: string }[] = [...failedAssertionsOf(row)];
    if (row.outcome === 'failed') {
      if (row.reason !== undefined) causes.push({ name: row.reason });
      else if (causes.length === 0 && !row.findings.some(isOpen))
        causes.push({ name: 'failed; the report holds no cause' });
    }
    return causes.map(({ name, error }) => ({ row, name, ...(error === undefined ? {} : { error }) }));
  });
  const all = iterationsOf(report.requests).length;
  return groupBy(failures, ({ row, name }) => JSON.stringify([row.key, name])).flatMap(
    (same): FailureGroup[] => {
      const [first] = same;
      if (first === undefined) return [];
      const { row, ...what } = first;
      const rows = same.map((one) => one.row);
      return [{ ...what, ...causeOf(rows, row.key, all) }];
    },
  );
}

/** The failed assertions of a row that say something: where no answer came, a script can but fail, and the finding says why. */
export function failedAssertionsOf({ status, findings, assertions }: ReportRequest): ReportAssertion[] {
  const isUnanswered = status === null && findings.some(({ severity }) => severity === 'down');
  return isUnanswered ? [] : assertions.filter(({ passed }) => !passed);
}

/** Skipped rows by reason, the most frequent reason first. */
export function groupSkips(report: Report): SkipGroup[] {
  const skipped = report.requests.filter((row) => row.outcome === 'skipped');
  return groupBy(skipped, (row) => row.reason ?? 'no reason given')
    .map((rows): SkipGroup => {
      const counted = rows.filter((row) => !isAside(row));
      return {
        reason: rows[0]?.reason ?? 'no reason given',
        count: counted.length,
        failed: counted.filter(({ attempts, reason }) => attempts > 0 && reason !== UNANSWERED).length,
        besides: rows.length - counted.length,
        keys: [...new Set(rows.map((row) => row.key))],
      };
    })
    .sort((a, b) => b.count - a.count);
}

/** Counts per runner of the rows that count. */
export function countByRunner(report: Report): RunnerCounts[] {
  const counted = report.requests.filter((row) => !isAside(row));
  return groupBy(counted, (row) => row.runner).map((rows) => {
    const of = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
    return {
      runner: rows[0]?.runner ?? '',
      requests: rows.length,
      passed: of('passed'),
      failed: of('failed'),
      skipped: of('skipped'),
    };
  });
}

/** What a row is that is not counted; null for a test. */
export function asideOf(row: ReportRequest | undefined): Aside | null {
  if (row?.prerequisite === true) return 'prerequisite';
  return row?.cleanup === true ? 'clean-up' : null;
}

/** The rows that are not counted, in words; empty where there are none. */
export function asidesOf({ requests }: Report): string[] {
  const kinds: readonly Aside[] = ['prerequisite', 'clean-up'];
  return kinds.flatMap((kind) => {
    const count = requests.filter((row) => asideOf(row) === kind).length;
    return count === 0 ? [] : [counted(count, kind)];
  });
}

/** A count and its word: `1 place`, `3 places`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** A request that passed, but only when it was sent again. Units: `attempts` of the row that needed the most. */
export interface FlakyGroup {
  readonly key: string;
  readonly attempts: number;
}

/** The requests that passed only after a retry, in order. */
export function groupFlaky({ requests }: Report): FlakyGroup[] {
  const rows = requests.filter(({ flaky }) => flaky === true);
  return groupBy(rows, ({ key }) => key).map((same) => ({
    key: same[0]?.key ?? '',
    attempts: Math.max(...same.map(({ attempts }) => attempts)),
  }));
}

/** How many passed only after a retry, in words; null where none did. */
export function flakyText(report: Report): string | null {
  const { length } = groupFlaky(report);
  return length === 0 ? null : `${counted(length, 'request')} passed only after a retry`;
}
