import type { Verdict } from './report';

/** What a verdict means, in one sentence. */
export const LEADS: Readonly<Record<Verdict, string>> = {
  healthy: 'The API does what is published.',
  degraded: 'The API does what is published, but slower than its budget.',
  drifted: 'The API does not do what is published.',
  down: 'The environment cannot be reached, or fails throughout. Nothing can be said about drift.',
  incomplete: 'Not everything was tested: nothing can be said of what was not.',
};
