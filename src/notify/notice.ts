import { type Finding, isOpen } from '../findings/finding';
import type { Severity } from '../findings/kinds';
import { changesOf, type FindingChange, standsBefore, streakOf } from '../history/changes';
import { type HistoryRun, identityOf, identityText } from '../history/run';
import { visible } from '../report/escape';
import type { Report, Verdict } from '../report/report';
import type { Due } from './due';

/** One finding as a message tells it. `state` and `flapping` are those of `history/changes.ts`. */
export interface NoticeFinding {
  readonly key: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly pointer: string;
  readonly message: string;
  readonly firstSeen: string;
  readonly state: FindingChange['state'];
  readonly flapping: boolean;
}

/**
 * What a notifier is told, and what the format `json` posts. Its JSON Schema is `notice.schema.json`.
 *
 * Shape: `since` is the first of the `runs` of `health` in a row with this verdict; a finding may stand longer. `findings` are the worst ones; `more` counts the others.
 *        Every text is masked, and has nothing invisible in it.
 */
export interface Notice {
  readonly version: 1;
  readonly event: Due['event'];
  readonly verdict: Verdict;
  readonly previous: Verdict;
  readonly since: string;
  readonly runs: number;
  readonly text: string;
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly environment: string;
    readonly target: string;
  };
  readonly collection: { readonly name: string; readonly versionTag?: string; readonly sha256: string };
  readonly summary: Report['summary'];
  readonly findings: readonly NoticeFinding[];
  readonly more: number;
  readonly recovered: readonly Pick<FindingChange, 'key' | 'kind' | 'pointer' | 'firstSeen'>[];
}

/** A message is read on a phone: the worst ones say what to do, the report has the rest. */
const MOST_FINDINGS = 10;
const WORST_FIRST: readonly Severity[] = ['down', 'breaking', 'degraded', 'additive'];

/** Report and history → the message. */
export function noticeOf(report: Report, runs: readonly HistoryRun[], { event, previous }: Due): Notice {
  const { run, collection, verdict, summary } = report;
  const { since, runs: count } = streakOf(report, runs, 'health');
  const changes = changesOf(report, runs);
  const findings = findingsOf(report, changes);
  const gone = changes.filter(({ state }) => state === 'recovered');
  return {
    version: 1,
    event,
    verdict,
    previous,
    since,
    runs: count,
    text: visible(headline(report, { event, previous }, { since, oldest: standsBefore(changes, since) })),
    run: {
      id: run.id,
      startedAt: run.startedAt,
      environment: visible(run.environment),
      target: visible(run.target),
    },
    collection: {
      name: visible(collection.name),
      ...(collection.versionTag !== undefined && { versionTag: visible(collection.versionTag) }),
      sha256: collection.sha256,
    },
    summary,
    findings: findings.slice(0, MOST_FINDINGS),
    more: Math.max(0, findings.length - MOST_FINDINGS),
    recovered: gone.slice(0, MOST_FINDINGS).map(({ key, kind, pointer, firstSeen }) => ({
      key: visible(key),
      kind,
      pointer: visible(pointer),
      firstSeen,
    })),
  };
}

function headline(
  { run, collection, verdict }: Report,
  { event, previous }: Due,
  { since, oldest }: { since: string; oldest: string | null },
): string {
  const what = `${collection.name} on ${run.environment}`;
  if (event === 'changed') return `${what} is ${verdict}, and was ${previous}`;
  const longer = oldest === null ? '' : `; its oldest finding stands since ${oldest.slice(0, 10)}`;
  return `${what} is still ${verdict}, since ${since.slice(0, 10)}${longer}`;
}

function findingsOf(report: Report, changes: readonly FindingChange[]): NoticeFinding[] {
  const known = new Map(changes.map((change) => [identityText(change), change] as const));
  const told = new Map<string, NoticeFinding>();
  for (const row of report.requests) {
    for (const found of row.findings.filter(isOpen)) {
      const identity = identityText(identityOf(row, found));
      const change = known.get(identity);
      if (change !== undefined && !told.has(identity)) told.set(identity, noticeFinding(found, change));
    }
  }
  return [...told.values()].sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
}

function noticeFinding(
  { kind, severity, message }: Finding,
  { key, pointer, firstSeen, state, flapping }: FindingChange,
): NoticeFinding {
  return {
    key: visible(key),
    kind,
    severity,
    pointer: visible(pointer),
    message: visible(message),
    firstSeen,
    state,
    flapping,
  };
}

/** A finding as one line of text. */
export function findingLine({
  key,
  kind,
  severity,
  pointer,
  firstSeen,
  state,
  flapping,
}: NoticeFinding): string {
  const when = state === 'new' ? 'new' : `since ${firstSeen.slice(0, 10)}`;
  return `${severity} ${kind} ${key}${pointer === '' ? '' : ` ${pointer}`} (${when}${flapping ? ', flapping' : ''})`;
}

/** What a message says below its headline: the worst findings, what has recovered, and what a reader must know besides. */
export function linesOf({ findings, more, recovered }: Notice): string[] {
  return [
    ...findings.map(findingLine),
    ...(more > 0 ? [`and ${more} more in report.json`] : []),
    ...recovered.map(
      ({ key, kind, pointer }) => `recovered: ${kind} ${key}${pointer === '' ? '' : ` ${pointer}`}`,
    ),
  ];
}
