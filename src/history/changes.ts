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
}

/**
 * Report + history → what is new, still there, or gone again, in that order.
 *
 * A run says nothing of a finding whose request it did not send, or which was refused in it (5xx, 401, 403, 429 where
 * the finding has another status): such a run neither ends a streak nor makes it longer.
 */
export function changesOf(report: Report, runs: readonly HistoryRun[]): FindingChange[] {
  const now: Moment = {
    startedAt: report.run.startedAt,
    requests: requestsOf(report),
    found: new Set(identitiesOf(report).map(identityText)),
  };
  const before = runsBefore(runs, report).map(momentOf);
  const present = identitiesOf(report).map((identity) => changeOf(identity, [...before, now]));
  return [
    ...present.filter(({ state }) => state === 'new'),
    ...present.filter(({ state }) => state === 'standing'),
    ...recovered(runsBefore(runs, report), before, now),
  ];
}

/** The report with, for each finding, since when it stands. */
export function withFirstSeen(report: Report, runs: readonly HistoryRun[]): Report {
  const since = new Map(
    changesOf(report, runs).map((change) => [identityText(change), change.firstSeen] as const),
  );
  const requests = report.requests.map((row) =>
    row.findings.length === 0
      ? row
      : {
          ...row,
          findings: row.findings.map((found) => ({
            ...found,
            firstSeen: since.get(identityText(identityOf(row, found))) ?? report.run.startedAt,
          })),
        },
  );
  return { ...report, requests };
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

function momentOf({ startedAt, requests, findings }: HistoryRun): Moment {
  return { startedAt, requests, found: new Set(findings.map(identityText)) };
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

function isTelling({ requests, found }: Moment, identity: FindingIdentity, text: string): boolean {
  if (found.has(text)) return true;
  const request = requests[identity.key];
  if (request === undefined) return false;
  // Where nothing answers, nobody sees a certificate.
  if (identity.kind === 'certificate-expiring') return request.status !== null;
  if (identity.status === null || request.status === identity.status) return true;
  return request.status !== null && !isRefusal(request.status);
}

/** Who is refused learns nothing of the contract. */
function isRefusal(status: number): boolean {
  return status >= 500 || status === 401 || status === 403 || status === 429;
}
