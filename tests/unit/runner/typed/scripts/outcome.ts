import type { ScriptAccess } from '../../../../../src/plan/script-access';
import type { ScriptOutcome } from '../../../../../src/runner/typed/scripts/host';

/** What is known of the scripts of a request before any has run; with `foreseen`, which variables they may touch. */
export const newOutcome = (foreseen: ScriptAccess | null = null): ScriptOutcome => ({
  assertions: [],
  errors: [],
  request: null,
  isSkipped: false,
  next: undefined,
  foreseen,
  unforeseen: null,
  iteration: { at: 0, count: 1 },
  place: { collection: 'shop', item: 'it' },
});

/** A host that gives scripts nothing. */
export const NO_SERVICES = {
  sendRequest: () => Promise.reject(new Error('nothing is sent here')),
  cookieStore: () => null,
  onSet: () => {},
};
