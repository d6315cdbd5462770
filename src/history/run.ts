import { type Finding, placeOf } from '../findings/finding';
import type { FindingKind } from '../findings/kinds';
import type { Outcome, Report, ReportRequest, Verdict } from '../report/report';

/** What a finding is recognised by on another day: never its text. `pointer` has `*` for array indexes. */
export interface FindingIdentity {
  readonly key: string;
  readonly status: number | null;
  readonly kind: FindingKind;
  readonly pointer: string;
}

/** What history keeps of one request that was sent. Units: milliseconds. */
export interface HistoryRequest {
  readonly durationMs: number;
  readonly status: number | null;
  readonly outcome: Outcome;
}

/** What a notifier was last told, and by the run that began when. */
export interface Notified {
  readonly verdict: Verdict;
  readonly at: string;
}

/**
 * One line of the history: a run as later runs remember it.
 *
 * Shape: `requests` are those that were sent, by key. A `partial` run tested a selection, so that its verdict is not that
 *        of the whole. `notified` is what each notifier knows after this run, by its name.
 */
export interface HistoryRun {
  readonly version: 1;
  readonly id: string;
  readonly startedAt: string;
  readonly command: 'run' | 'health';
  readonly partial?: true;
  readonly environment: string;
  readonly target: string;
  readonly runner: string;
  readonly collection: { readonly name: string; readonly sha256: string };
  readonly verdict: Verdict;
  readonly requests: Readonly<Record<string, HistoryRequest>>;
  readonly findings: readonly FindingIdentity[];
  readonly notified?: Readonly<Record<string, Notified>>;
}

/** What a run says of itself besides its report. */
export interface RunNotes {
  readonly command: HistoryRun['command'];
  readonly isPartial: boolean;
  readonly notified?: Readonly<Record<string, Notified>>;
}

/** Report → the line that history keeps of it. */
export function historyRunOf(report: Report, { command, isPartial, notified }: RunNotes): HistoryRun {
  const { run, collection, verdict } = report;
  return {
    version: 1,
    id: run.id,
    startedAt: run.startedAt,
    command,
    ...(isPartial && { partial: true }),
    environment: run.environment,
    target: run.target,
    runner: run.runner,
    collection: { name: collection.name, sha256: collection.sha256 },
    verdict,
    requests: requestsOf(report),
    findings: identitiesOf(report),
    ...(notified !== undefined && Object.keys(notified).length > 0 && { notified }),
  };
}

/** The identity of a finding of a row. A certificate is the same whatever a request is answered through it. */
export function identityOf(row: ReportRequest, found: Finding): FindingIdentity {
  const { kind } = found;
  const status = kind === 'certificate-expiring' ? null : row.status;
  return { key: row.key, status, kind, pointer: placeOf(found) };
}

/** An identity as one text, to compare by. */
export function identityText({ key, status, kind, pointer }: FindingIdentity): string {
  return JSON.stringify([key, status, kind, pointer]);
}

/** Every finding of a report, each once: two runners find the same difference. */
export function identitiesOf(report: Report): FindingIdentity[] {
  const found = report.requests.flatMap((row) => row.findings.map((one) => identityOf(row, one)));
  return [...new Map(found.map((identity) => [identityText(identity), identity])).values()];
}

/** The requests of a report that were sent, by key. Of several rows the worse outcome counts, and the longest time. */
export function requestsOf(report: Report): Record<string, HistoryRequest> {
  // Without a prototype: a key may be named like what every object has, and so many names take less memory.
  const requests: Record<string, HistoryRequest> = Object.create(null);
  for (const { key, durationMs, status, outcome, cleanup } of report.requests) {
    // A clean-up is no test, and how long it takes says nothing of the request's own.
    if (outcome === 'skipped' || cleanup === true) continue;
    const seen = requests[key];
    const row = { durationMs, status, outcome };
    if (seen === undefined) requests[key] = row;
    else {
      const worse = seen.outcome === 'passed' && outcome === 'failed' ? row : seen;
      requests[key] = { ...worse, durationMs: Math.max(seen.durationMs, durationMs) };
    }
  }
  return requests;
}

/**
 * Whether a run tested what a report is of: the same collection at the same environment, by its name and by where it is.
 *
 * A target that is given is one origin; without one it is the hosts that requests may go to, of which a new collection may
 * have more or fewer. A line that does not say where it went is known by the name alone.
 */
export function isSameEnvironment(
  { environment, target, collection }: HistoryRun,
  report: Pick<Report, 'run' | 'collection'>,
): boolean {
  return (
    environment === report.run.environment &&
    collection.name === report.collection.name &&
    (typeof target !== 'string' || isSamePlace(target.split(' '), report.run.target.split(' ')))
  );
}

function isSamePlace(one: readonly string[], other: readonly string[]): boolean {
  return one.every((host) => other.includes(host)) || other.every((host) => one.includes(host));
}

/** The runs that a report is compared with: those of its environment and collection before it, oldest first. */
export function runsBefore(
  runs: readonly HistoryRun[],
  report: Pick<Report, 'run' | 'collection'>,
): HistoryRun[] {
  return runs
    .filter((one) => one.id !== report.run.id && isSameEnvironment(one, report))
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
}

/** Verdicts and durations over time, as charts take them: the given runs and, last, the report itself. */
export function historySeries(
  runs: readonly HistoryRun[],
  report: Report,
): { startedAt: string; verdict: Verdict; requests: Record<string, number> }[] {
  const now = historyRunOf(report, { command: 'run', isPartial: false });
  return [...runsBefore(runs, report), now].map(({ startedAt, verdict, requests }) => ({
    startedAt,
    verdict,
    requests: Object.fromEntries(Object.entries(requests).map(([key, { durationMs }]) => [key, durationMs])),
  }));
}

/** As many runs as a page shows: about two months of nights. */
export const PAGE_RUNS = 60;

/** The runs before a report as its page shows them, oldest first. */
export function runsForPage(runs: readonly HistoryRun[], report: Report): ReturnType<typeof historySeries> {
  return historySeries(runs, report).slice(0, -1).slice(-PAGE_RUNS);
}
