/** A header as it went over the wire; repeated names are repeated entries. */
export type Header = readonly [name: string, value: string];

/** A request as the provider saw it: after variables, authentication and scripts. `bytes` is the body where it is no text. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly bytes?: Uint8Array;
}

/**
 * A response as received, decompressed and decoded to text. `sizeBytes` counts the decoded body; `bytes` is that body, as
 * long as scripts may read it. `tookMs` is how long it was waited for, in milliseconds, where its client knows that.
 */
export interface ReceivedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly bytes?: Uint8Array;
  readonly sizeBytes: number;
  readonly tookMs?: number;
}

/** Why no complete response came. `code` is Node's or OpenSSL's name of the fault. */
export interface ExchangeFailure {
  readonly kind: 'unreachable' | 'timeout' | 'tls-invalid';
  readonly code: string;
  readonly message: string;
  /** Where it failed, if not where the request was sent to: what that answered led there. */
  readonly origin?: string;
}

/** One `pm.test` of the collection's scripts. */
export interface Assertion {
  readonly name: string;
  readonly passed: boolean;
  readonly error?: string;
}

/**
 * One request as planned and as sent, its response, timings and attempts: what every station after the runners reads.
 *
 * Shape: exactly one of `response` and `failure` is there. `scriptErrors` are exceptions of scripts, which Newman
 *        would let pass. `refusedRedirect` is the address of a redirect to a host that is not allowed: it was not
 *        followed, and `response` is the redirect itself.
 *        `retries` are those of `attempts` that were made because the network or the server failed for the moment.
 * Units: `startedAt` in milliseconds since 1970, `durationMs` from sending to the last byte of the body. The typed runner
 *        counts neither the time that it took to connect nor what it was busy with itself.
 */
export interface Exchange {
  readonly key: string;
  readonly runner: string;
  readonly sent: SentRequest;
  readonly response: ReceivedResponse | null;
  readonly failure: ExchangeFailure | null;
  readonly refusedRedirect?: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attempts: number;
  readonly retries?: number;
  readonly assertions: readonly Assertion[];
  readonly scriptErrors: readonly string[];
}

/** The first value of a header, whatever the case of its name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [header, value] of headers) {
    if (header.length === wanted.length && header.toLowerCase() === wanted) return value;
  }
  return undefined;
}
