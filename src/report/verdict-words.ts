import { shorten } from '../masking/shorten';
import { visible } from './escape';
import type { Report, Verdict } from './report';

/** What a verdict means, in one sentence. */
export const LEADS: Readonly<Record<Verdict, string>> = {
  healthy: 'The API does what is published.',
  degraded: 'The API does what is published, but something is slow or runs out soon.',
  drifted: 'The API does not do what is published.',
  down: 'The environment cannot be reached, or fails throughout. Nothing can be said about drift.',
  incomplete: 'Not everything was tested: nothing can be said of what was not.',
};

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
