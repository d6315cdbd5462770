import { asideOf, type FailureGroup, groupAccepted, groupBy, groupFailures, groupFindings } from '../group';
import type { HistoryRun, NotedGroup } from '../page-data';
import type { Outcome, Report, ReportRequest } from '../report';

/** How badly a request is off, the worst first; what holds and what was skipped share the last place. */
const RANKS = ['breaking', 'down', 'failed', 'degraded', 'additive', 'fine'] as const;
export type Rank = (typeof RANKS)[number];

/** One request with the rows of every runner, iteration and repeat, and what was found in them. */
export interface Entry {
  readonly id: number;
  readonly key: string;
  readonly folder: string;
  readonly rows: readonly ReportRequest[];
  readonly findings: readonly NotedGroup[];
  readonly failures: readonly FailureGroup[];
  readonly accepted: readonly NotedGroup[];
  readonly rank: Rank;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly aside: string | null;
}

/** The report as the page shows it: requests by folder, those with findings first. */
export interface Model {
  readonly report: Report;
  readonly history: readonly HistoryRun[];
  readonly entries: readonly Entry[];
  readonly findings: readonly NotedGroup[];
  readonly failures: readonly FailureGroup[];
  readonly runners: readonly string[];
  readonly entryOf: ReadonlyMap<string, Entry>;
}

/** Report → model. Folders and requests with findings come first, the rest in the order of the collection. */
export function modelOf(report: Report, history: readonly HistoryRun[]): Model {
  const findings: readonly NotedGroup[] = groupFindings(report);
  const failures = groupFailures(report);
  const findingsOf = byKey(findings);
  const failuresOf = byKey(failures);
  const acceptedOf = byKey<NotedGroup>(groupAccepted(report));
  const entries = groupBy(report.requests, ({ key }) => key).map((rows, id): Entry => {
    const key = rows[0]?.key ?? '';
    const own = { findings: findingsOf.get(key) ?? [], failures: failuresOf.get(key) ?? [] };
    return {
      id,
      key,
      folder: rows[0]?.folder.join(' / ') ?? '',
      rows,
      ...own,
      accepted: acceptedOf.get(key) ?? [],
      rank: rankOf(own.findings, own.failures),
      outcome: outcomeOf(rows),
      durationMs: Math.max(0, ...rows.slice(0, 10_000).map(({ durationMs }) => durationMs)),
      aside: rows.every((row) => asideOf(row) !== null) ? asideOf(rows[0]) : null,
    };
  });
  return {
    report,
    history,
    entries: inOrder(entries),
    findings,
    failures,
    runners: [...new Set(report.requests.map(({ runner }) => runner))],
    entryOf: new Map(entries.map((entry) => [entry.key, entry])),
  };
}

function byKey<T extends { readonly key: string }>(groups: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return new Map(groupBy(groups, ({ key }) => key).map((of) => [of[0]?.key ?? '', of]));
}

function rankOf(findings: readonly NotedGroup[], failures: readonly FailureGroup[]): Rank {
  const has = (rank: Rank): boolean =>
    rank === 'failed' ? failures.length > 0 : findings.some(({ severity }) => severity === rank);
  return RANKS.find(has) ?? 'fine';
}

function outcomeOf(rows: readonly ReportRequest[]): Outcome {
  if (rows.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return rows.some(({ outcome }) => outcome === 'passed') ? 'passed' : 'skipped';
}

function inOrder(entries: readonly Entry[]): Entry[] {
  const worst = (of: readonly Entry[]): number => Math.min(...of.map(({ rank }) => RANKS.indexOf(rank)));
  return groupBy(entries, ({ folder }) => folder)
    .map((of) => ({ of, rank: worst(of) }))
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ of }) => [...of].sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank)));
}
