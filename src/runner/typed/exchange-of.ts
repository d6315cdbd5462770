import type { Exchange, ReceivedResponse } from '../../exchange/exchange';
import type { Answer } from './send';
import type { Timer } from './timer';

/** What came of a request, before any script has looked at it. Units: milliseconds. */
export function exchangeOf(
  key: string,
  timer: Timer,
  answer: Partial<Answer> & Pick<Exchange, 'sent'> & Partial<Pick<Exchange, 'failure'>>,
): Exchange {
  const { sent, response, failure = null, refusedRedirect, tookMs } = answer;
  return {
    sent,
    response: response === undefined ? null : withoutBytes(response),
    failure,
    ...(refusedRedirect !== undefined && { refusedRedirect }),
    key,
    runner: 'typed',
    startedAt: timer.startedAt,
    durationMs: tookMs ?? timer.elapsedMs(),
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

/** An exchange that was tried so often before. */
export function withRetries(exchange: Exchange, retries: number): Exchange {
  return retries === 0 ? exchange : { ...exchange, attempts: exchange.attempts + retries, retries };
}

/** Nothing after the scripts reads the bytes; the text alone stays until the request is checked. */
function withoutBytes({ status, statusText, headers, body, sizeBytes }: ReceivedResponse): ReceivedResponse {
  return { status, statusText, headers, body, sizeBytes };
}
