import type { Exchange, ExchangeFailure } from '../../exchange/exchange';
import type { PlannedRequest } from '../../plan/plan';
import type { RunnerName, RunOutcome } from '../runner';

/** No token could be had because of the environment: the address that gives them is unreachable or not working. */
export class TokenUnavailable extends Error {
  override readonly name = 'TokenUnavailable';
  /** One root cause is told once; what else it kept from being tested is skipped. */
  isTold = false;

  constructor(
    readonly url: string,
    readonly failure: ExchangeFailure,
  ) {
    super(failure.message);
  }
}

/**
 * What a run says of a request whose token could not be had: the first is the exchange that failed, with the address that
 * gives the token; the others are skipped.
 */
export function withoutToken(
  planned: PlannedRequest,
  error: TokenUnavailable,
  runner: RunnerName,
): RunOutcome {
  const { url, failure, isTold } = error;
  const { origin } = new URL(url);
  if (isTold) {
    const text = `${origin} gives no OAuth 2 token (${failure.code})`;
    return { planned, skipped: { cause: 'origin-down', text, origin } };
  }
  error.isTold = true;
  const exchange: Exchange = {
    key: planned.request.key,
    runner,
    sent: { method: 'POST', url, headers: [], body: '' },
    response: null,
    failure,
    startedAt: Date.now(),
    durationMs: 0,
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
  return { planned, exchange };
}
