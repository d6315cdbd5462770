import type { HarEntry } from '../source/har';
import { decodeText } from './decode';
import type { Exchange } from './exchange';
import { failureOf } from './failure';

/** An exchange out of a recording. `hasBody` is false where the recorder left the body out, which is not an empty one. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  readonly hasBody: boolean;
}

/** A recorded entry as the exchange of a request key. Its body is decoded, whatever its `Content-Encoding` was. */
export function exchangeOf(entry: HarEntry, key: string): RecordedExchange {
  const { method, url, requestHeaders, requestBody, response, error, startedAt, durationMs } = entry;
  const body = response?.body ?? null;
  const text =
    body === null ? '' : typeof body === 'string' ? body : decodeText(body, response?.headers ?? []);
  return {
    hasBody: body !== null,
    exchange: {
      key,
      runner: 'har',
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

/** `net::ERR_CONNECTION_TIMED_OUT` and its like in words of Node. */
function failureIn(error: string): Exchange['failure'] {
  const code = /(?:net::)?(ERR_\w+)/.exec(error)?.[1]?.replace('TIMED_OUT', 'TIMEDOUT') ?? 'UNKNOWN';
  return failureOf({ code, message: error === '' ? 'no response was recorded' : error });
}
