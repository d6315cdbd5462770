import type { createColors } from 'picocolors';
import { changesOf, type FindingChange, standsBefore, streakOf } from '../history/changes';
import type { HistoryRun } from '../history/run';
import { visible } from '../report/escape';
import type { Report, ReportOrigin } from '../report/report';
import { wrapCut } from '../report/wrap';

const MOST_CHANGES = 20;
/** Units: columns of what a line begins with. */
const WHEN_COLUMNS = '  since 2026-03-09  '.length;

/** What was seen of one origin before the first request, as one line. */
export function originLine(
  { origin, address, connectMs, certificate, failure }: ReportOrigin,
  colors: ReturnType<typeof createColors>,
): string {
  if (failure !== undefined) return `${colors.red('✗')} ${visible(origin)}  ${visible(failure)}`;
  if (address === undefined) return `- ${visible(origin)}  through a proxy`;
  const days = certificate === undefined ? '' : `, certificate for ${certificate.daysLeft} days`;
  return `${colors.green('✓')} ${visible(origin)}  ${address} in ${Math.round(connectMs ?? 0)} ms${days}`;
}

/**
 * Since when, and what came and went: a line for the verdict, and one for each finding that history knows something of.
 *
 * The verdict's streak is of `health` alone, since `run` tests another selection; a finding may have been seen by either, and
 * stand longer: then the line says so.
 */
export function historyLines(report: Report, runs: readonly HistoryRun[], width: number): string[] {
  const { verdict, since, runs: count } = streakOf(report, runs, 'health');
  const changes = changesOf(report, runs);
  const streak =
    count === 1 ? `${verdict} since this run` : `${verdict} for ${count} runs, since ${day(since)}`;
  const oldest = standsBefore(changes, since);
  const longer =
    oldest === null || day(oldest) === day(since)
      ? ''
      : ` (of health; its oldest finding stands since ${day(oldest)})`;
  return [
    ...wrapCut(`history: ${streak}${longer}`, width, 2),
    ...changes.slice(0, MOST_CHANGES).flatMap((change) => wrapCut(changeLine(change), width, WHEN_COLUMNS)),
    ...(changes.length > MOST_CHANGES ? [`and ${changes.length - MOST_CHANGES} more`] : []),
  ];
}

/** Two of one request may differ by the status alone that it was answered with. */
function changeLine({ state, flapping, firstSeen, kind, key, status, pointer }: FindingChange): string {
  const when = { new: 'new', standing: `since ${day(firstSeen)}`, recovered: 'recovered' }[state];
  const notes = [...(status === null ? [] : [String(status)]), ...(flapping ? ['flapping'] : [])];
  const what = [kind, key, pointer, notes.length === 0 ? '' : `(${notes.join(', ')})`].filter(Boolean);
  return `  ${when}`.padEnd(WHEN_COLUMNS) + what.join(' ');
}

function day(time: string): string {
  return time.slice(0, 10);
}
