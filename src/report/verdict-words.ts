import type { Severity } from '../findings/kinds';
import { shorten } from '../masking/shorten';
import { visible } from './escape';
import { counted, SEVERITY_ORDER } from './group';
import type { Report, ReportSummary, Verdict } from './report';

/** What a verdict means, in one sentence. */
export const LEADS: Readonly<Record<Verdict, string>> = {
  healthy: 'The API does what is published.',
  degraded: 'The API does what is published, but something is slow or runs out soon.',
  drifted: 'The API does not do what is published.',
  down: 'The environment cannot be reached, or fails throughout. Nothing can be said about drift.',
  incomplete: 'Not everything was tested: nothing can be said of what was not.',
};

/** How many findings there are of each severity, and of what else a summary counts, worst first, in words. */
export function countWords(summary: ReportSummary): string[] {
  const { failedAssertions, accepted } = summary;
  return [
    ...SEVERITY_ORDER.map((severity) => `${summary[severity]} ${severity}`),
    ...(failedAssertions === undefined ? [] : [counted(failedAssertions, 'failed assertion')]),
    ...(accepted === undefined ? [] : [`${accepted} accepted`]),
  ];
}

/** What makes a verdict what it is, in words: `2 breaking findings and 1 failed assertion`; null where its name says it all. */
export function causeOf({ verdict, summary }: Pick<Report, 'verdict' | 'summary'>): string | null {
  const { failedAssertions = 0 } = summary;
  const of = (severity: Severity) =>
    summary[severity] === 0 ? [] : [counted(summary[severity], `${severity} finding`)];
  if (verdict === 'degraded') return of('degraded')[0] ?? null;
  if (verdict !== 'drifted') return null;
  const causes = [
    ...of('breaking'),
    ...(failedAssertions === 0 ? [] : [counted(failedAssertions, 'failed assertion')]),
  ];
  if (causes.length > 0) return causes.join(' and ');
  return summary.additive === 0 ? null : `${of('additive').join()} in a strict run`;
}

/** What a verdict means and what makes it so, in one sentence. */
export function leadOf(report: Pick<Report, 'verdict' | 'summary'>): string {
  const cause = causeOf(report);
  return cause === null ? LEADS[report.verdict] : LEADS[report.verdict].replace(/\.$/, `: ${cause}.`);
}

/** Units: characters. */
export const LONGEST_REASON = 1_000;

/** What a report is that does not tell of everything that was planned; null where it does. */
export function partialNote({ interrupted, untested }: Report['run']): string | null {
  if (interrupted === true)
    return 'This report is partial: the run was interrupted, and what it had not tested by then is skipped.';
  return untested === undefined
    ? null
    : `This report is partial: ${visible(shorten(untested, LONGEST_REASON))}.`;
}
