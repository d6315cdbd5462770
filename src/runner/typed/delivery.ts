import type { SentRequest } from '../../exchange/exchange';

/**
 * What a request asks of its delivery, beyond the bytes. Source: Collection format, `protocolProfileBehavior`.
 *
 * Shape: `omitted` are header names, in lower case, that are not added where the request has not got them.
 */
export interface Delivery {
  readonly follow: boolean;
  readonly maxRedirects: number;
  readonly keepsMethod: boolean;
  readonly keepsAuthorization: boolean;
  readonly dropsReferer: boolean;
  readonly cookies: boolean;
  readonly omitted: ReadonlySet<string>;
}

/** Newman follows this many before it gives up. */
const MAX_REDIRECTS = 10;

/** `protocolProfileBehavior` → delivery. */
export function deliveryOf(behavior: Readonly<Record<string, unknown>>): Delivery {
  const { maxRedirects, disabledSystemHeaders } = behavior;
  return {
    follow: behavior.followRedirects !== false,
    maxRedirects: typeof maxRedirects === 'number' ? maxRedirects : MAX_REDIRECTS,
    keepsMethod: behavior.followOriginalHttpMethod === true,
    keepsAuthorization: behavior.followAuthorizationHeader === true,
    dropsReferer: behavior.removeRefererHeaderOnRedirect === true,
    cookies: behavior.disableCookies !== true,
    omitted: disabledSystemHeaders === undefined ? NOTHING : disabledIn(disabledSystemHeaders),
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function disabledIn(headers: unknown): ReadonlySet<string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
  return new Set(entries.flatMap(([name, disabled]) => (disabled ? [name.toLowerCase()] : [])));
}

/** The body as it goes over the wire: its bytes where it is no text. */
export function bodyBytes({ body, bytes }: SentRequest): string | Uint8Array {
  return bytes ?? body;
}
