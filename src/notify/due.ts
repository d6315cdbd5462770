import { streakOf, wholeRuns } from '../history/changes';
import { type HistoryRun, type Notified, runsBefore } from '../history/run';
import type { Report, Verdict } from '../report/report';
import type { Notifier } from './notifier';

/** Why somebody is told now. `previous` is the verdict that was told last; who was told nothing believes in health. */
export interface Due {
  readonly event: 'changed' | 'reminder';
  readonly previous: Verdict;
}

const HOUR_MS = 3_600_000;
/** Nightly runs do not begin to the second: one that is a little early is still a day after the last. */
const EARLY_MS = 600_000;

/**
 * Whether a notifier is to be told of this run, or null: a change of verdict since it was told last, once as many whole runs in a
 * row as it wants say so; or a reminder that what was told still holds.
 */
export function dueOf(
  { name, after, reminder }: Notifier,
  report: Report,
  runs: readonly HistoryRun[],
): Due | null {
  const before = wholeRuns(runsBefore(runs, report), 'health');
  const told = before.at(-1)?.notified?.[name];
  const previous = told?.verdict ?? 'healthy';
  if (report.verdict !== previous) {
    return streakOf(report, runs, 'health').runs >= after ? { event: 'changed', previous } : null;
  }
  if (told === undefined || reminder === null || previous === 'healthy') return null;
  const isDue =
    'hours' in reminder
      ? Date.parse(report.run.startedAt) - Date.parse(told.at) >= reminder.hours * HOUR_MS - EARLY_MS
      : before.filter(({ startedAt }) => startedAt > told.at).length + 1 >= reminder.runs;
  return isDue ? { event: 'reminder', previous } : null;
}

/** What every notifier knows after a run: `told` are the names of those that were told of it. */
export function notifiedAfter(
  report: Report,
  runs: readonly HistoryRun[],
  told: readonly string[],
): Record<string, Notified> {
  const known = wholeRuns(runsBefore(runs, report), 'health').at(-1)?.notified ?? {};
  const now = { verdict: report.verdict, at: report.run.startedAt };
  return { ...known, ...Object.fromEntries(told.map((name) => [name, now])) };
}
