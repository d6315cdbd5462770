import type { HarEntry } from '../source/har';
import { decodeText } from './decode';
import type { Exchange } from './exchange';
import { failureOf } from './failure';
import type { Role } from './har-entry';

/**
 * An exchange out of a recording.
 *
 * Shape: `hasBody` is false where the recorder left the body out, which is not an empty one. `role` is what the exchange was
 *        to the run that recorded it; null where no run did. `turn` is when in that run it was.
 */
export interface RecordedExchange {
  readonly exchange: Exchange;
  readonly hasBody: boolean;
  readonly role: Role | null;
  readonly turn: { readonly iteration?: number; readonly repeat?: number };
}

const ROLES: readonly Role[] = ['test', 'prerequisite', 'clean-up'];

/** A recorded entry as the exchange of a request key. Its body is decoded, whatever its `Content-Encoding` was. */
export function exchangeOf(entry: HarEntry, key: string): RecordedExchange {
  const { method, url, requestHeaders, requestBody, response, error, startedAt, durationMs } = entry;
  const { own } = entry;
  const { runner, refusedRedirect } = own;
  const body = response?.body ?? null;
  const text =
    body === null ? '' : typeof body === 'string' ? body : decodeText(body, response?.headers ?? []);
  return {
    hasBody: body !== null,
    role: ROLES.find((role) => role === own.role) ?? null,
    turn: { ...countIn('iteration', own), ...countIn('repeat', own) },
    exchange: {
      key,
      runner: runner === 'typed' || runner === 'newman' ? runner : 'har',
      ...(typeof refusedRedirect === 'string' && { refusedRedirect }),
      sent: { method, url, headers: requestHeaders, body: requestBody },
      response:
        response === null
          ? null
          : {
              status: response.status,
              statusText: response.statusText,
              headers: response.headers,
              body: text,
              sizeBytes: typeof body === 'object' && body !== null ? body.length : Buffer.byteLength(text),
            },
      failure: response === null ? failureIn(error) : null,
      startedAt,
      durationMs,
      attempts: 1,
      assertions: [],
      scriptErrors: [],
    },
  };
}

function countIn(name: 'iteration' | 'repeat', own: HarEntry['own']): object {
  const least = name === 'iteration' ? 1 : 2;
  const count = own[name];
  return typeof count === 'number' && Number.isInteger(count) && count >= least ? { [name]: count } : {};
}

/** `ECONNREFUSED: its message` of our own, and `net::ERR_CONNECTION_TIMED_OUT` and its like in words of Node. */
function failureIn(error: string): Exchange['failure'] {
  const [, code = 'UNKNOWN', own] = /^(?:net::)?([A-Z][A-Z0-9_]{3,})\b(?:: (.*))?/s.exec(error) ?? [];
  const message = own ?? (error === '' ? 'no response was recorded' : error);
  return failureOf({ code: code.replace('TIMED_OUT', 'TIMEDOUT'), message });
}
