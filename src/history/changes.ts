import { isOfOtherAnswer } from '../findings/finding';
import { severityOf } from '../findings/kinds';
import type { Report, Verdict } from '../report/report';
import {
  type FindingIdentity,
  type HistoryRequest,
  type HistoryRun,
  identitiesOf,
  identityOf,
  identityText,
  requestsOf,
  runsBefore,
} from './run';

/** How many runs back a finding that comes and goes is looked for, and how often it must have changed in them. */
export const FLAPPING = { runs: 10, changes: 3 } as const;

/** What history says of one finding. `firstSeen` is the first run of its unbroken streak (RFC 3339). */
export interface FindingChange extends FindingIdentity {
  readonly state: 'new' | 'standing' | 'recovered';
  readonly flapping: boolean;
  readonly firstSeen: string;
}

/** The moments of a run that history needs, whether it is a line or the report of this moment. */
interface Moment {
  readonly startedAt: string;
  readonly requests: Readonly<Record<string, HistoryRequest>>;
  readonly found: ReadonlySet<string>;
  /** Outages and other statuses than the documented one: while they stand, nothing is seen of what else was found. */
  readonly others: readonly FindingIdentity[];
}

/**
 * Report + history → what is new, still there, or gone again, in that order.
 *
 * A run says nothing of a finding whose request it did not send, which was not answered in it, or which was answered with
 * something else than is documented (an outage, another status, a refusal): such a run neither ends a streak nor makes it
 * longer. So an outage that merely changes its kind (a timeout, then unreachable) has not recovered; the new kind's streak
 * begins anew. Every run counts, whatever its command and selection: a finding is a finding.
 */
export function changesOf(report: Report, runs: readonly HistoryRun[]): FindingChange[] {
  const now = momentOf({
    startedAt: report.run.startedAt,
    requests: requestsOf(report),
    findings: identitiesOf(report),
  });
  const before = runsBefore(runs, report).map(momentOf);
  const present = identitiesOf(report).map((identity) => changeOf(identity, [...before, now]));
  return [
    ...present.filter(({ state }) => state === 'new'),
    ...present.filter(({ state }) => state === 'standing'),
    ...recovered(runsBefore(runs, report), before, now),
  ];
}

/** The report with, for each finding, since when it stands, and whether it comes and goes. */
export function withFirstSeen(report: Report, runs: readonly HistoryRun[]): Report {
  const known = new Map(changesOf(report, runs).map((change) => [identityText(change), change] as const));
  const requests = report.requests.map((row) =>
    row.findings.length === 0
      ? row
      : {
          ...row,
          findings: row.findings.map((found) => {
            const change = known.get(identityText(identityOf(row, found)));
            const firstSeen = change?.firstSeen ?? report.run.startedAt;
            return { ...found, firstSeen, ...(change?.flapping === true && { flapping: true as const }) };
          }),
        },
  );
  return { ...report, requests };
}

/** Since when the oldest finding of a report stands (RFC 3339), where that is longer than its streak of verdicts, which one command alone makes. */
export function standsBefore(changes: readonly FindingChange[], since: string): string | null {
  const standing = changes.filter(({ state }) => state === 'standing').map(({ firstSeen }) => firstSeen);
  const [oldest] = standing.sort();
  return oldest !== undefined && oldest < since ? oldest : null;
}

/** How many whole runs of one command in a row, this one included, had the report's verdict, and since when. */
export function streakOf(
  report: Report,
  runs: readonly HistoryRun[],
  command: HistoryRun['command'],
): { verdict: Verdict; runs: number; since: string } {
  const { verdict } = report;
  let streak = { verdict, runs: 1, since: report.run.startedAt };
  for (const run of wholeRuns(runsBefore(runs, report), command).reverse()) {
    if (run.verdict !== verdict) break;
    streak = { verdict, runs: streak.runs + 1, since: run.startedAt };
  }
  return streak;
}

/** Only what tested everything has a verdict that can be compared. */
export function wholeRuns(runs: readonly HistoryRun[], command: HistoryRun['command']): HistoryRun[] {
  return runs.filter((run) => run.command === command && run.partial !== true);
}

function momentOf({
  startedAt,
  requests,
  findings,
}: Pick<HistoryRun, 'startedAt' | 'requests' | 'findings'>): Moment {
  return {
    startedAt,
    requests,
    found: new Set(findings.map(identityText)),
    others: findings.filter(({ kind }) => isOfOtherAnswer({ kind, severity: severityOf(kind) })),
  };
}

function changeOf(identity: FindingIdentity, moments: readonly Moment[]): FindingChange {
  const text = identityText(identity);
  const telling = moments.filter((moment) => isTelling(moment, identity, text));
  const last = telling.at(-1);
  const isPresent = last?.found.has(text) === true;
  let firstSeen = last?.startedAt ?? '';
  let length = 0;
  for (const moment of [...telling].reverse()) {
    // What is gone since the last run stood before it.
    if (!isPresent && length === 0 && !moment.found.has(text)) continue;
    if (!moment.found.has(text)) break;
    firstSeen = moment.startedAt;
    length += 1;
  }
  const window = telling.slice(-FLAPPING.runs).map(({ found }) => found.has(text));
  const changes = window.filter((is, at) => at > 0 && is !== window[at - 1]).length;
  return {
    ...identity,
    state: !isPresent ? 'recovered' : length === 1 ? 'new' : 'standing',
    flapping: changes >= FLAPPING.changes,
    firstSeen,
  };
}

/** What was there when its request was tested last, and is not there now that it is tested again. */
function recovered(runs: readonly HistoryRun[], before: readonly Moment[], now: Moment): FindingChange[] {
  const known = new Map(
    runs.flatMap(({ findings }) => findings).map((identity) => [identityText(identity), identity] as const),
  );
  return [...known].flatMap(([text, identity]) => {
    if (now.found.has(text) || !isTelling(now, identity, text)) return [];
    const last = before.findLast((moment) => isTelling(moment, identity, text));
    return last?.found.has(text) === true ? [changeOf(identity, [...before, now])] : [];
  });
}

function isTelling({ requests, found, others }: Moment, identity: FindingIdentity, text: string): boolean {
  if (found.has(text)) return true;
  const { key, kind, status } = identity;
  const request = requests[key];
  // Where nothing answers, nobody sees a body, and no certificate either.
  if (request === undefined || request.status === null) return false;
  if (kind === 'certificate-expiring') return true;
  const isHidden = others.some((other) => other.key === key && hides(other, identity));
  return !isHidden && (request.status === status || status === null || !isRefusal(request.status));
}

/** Whether a finding says something else of the same thing: of an answer that is another one, or of which answer it is. */
function hides(other: FindingIdentity, { kind, status }: FindingIdentity): boolean {
  return other.status !== status || isOfOtherAnswer({ kind, severity: severityOf(kind) });
}

/** Who is refused learns nothing of the contract. */
function isRefusal(status: number): boolean {
  return status >= 500 || status === 401 || status === 403 || status === 429;
}
