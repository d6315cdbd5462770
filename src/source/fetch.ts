import { setTimeout as delay } from 'node:timers/promises';
import { getProxyForUrl } from 'proxy-from-env';
import type * as Undici from 'undici';
import { SourceError } from '../errors';

/** How a document is fetched. `todo` is what to do without network. Units: milliseconds, bytes. */
export interface FetchOptions {
  readonly todo: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Before the second attempt; it doubles with each further one. */
  readonly backoffMs?: number;
}

const FETCH_TIMEOUT_MS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;
const ATTEMPTS = 3;
const BACKOFF_MS = 500;
/** A server that wants to be left alone for longer gets its wish: the command ends. */
const LONGEST_WAIT_MS = 10_000;
const WORTH_A_RETRY = new Set([429, 502, 503, 504]);

/**
 * Fetches a document as bytes: through the proxy of the environment, with redirects, up to a size, and again where the
 * network or the server failed for the moment.
 *
 * A header of ours (an API key) is never sent on to where a redirect leads.
 * Errors: SourceError (no network, an HTTP error, too large).
 */
export async function fetchDocument(address: string, options: FetchOptions): Promise<Uint8Array> {
  const { backoffMs = BACKOFF_MS } = options;
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === ATTEMPTS;
    let wait = backoffMs * 2 ** (attempt - 1);
    try {
      const response = await request(address, options);
      if (response.ok) return await bytesOf(response, address, options.maxBytes ?? MAX_BYTES);
      const asked = Number(response.headers.get('retry-after') ?? 0) * 1000;
      await response.body?.cancel();
      const isRetried = WORTH_A_RETRY.has(response.status) && !isLast && !(asked > LONGEST_WAIT_MS);
      if (!isRetried) throw refused(response.status, address, options);
      wait = Math.max(wait, asked || 0);
    } catch (cause) {
      // Errors of another realm are no instance of ours.
      if ((cause as { todo?: string }).todo !== undefined) throw cause;
      if (isLast) {
        throw new SourceError(`cannot fetch the collection (${reasonOf(cause)})`, address, options.todo, {
          cause,
        });
      }
    }
    await delay(wait);
  }
}

async function request(
  address: string,
  { headers, timeoutMs = FETCH_TIMEOUT_MS }: FetchOptions,
): Promise<Response> {
  const init = {
    headers: { accept: 'application/json, text/html;q=0.5', ...headers },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: headers === undefined ? ('follow' as const) : ('error' as const),
  };
  const proxy = getProxyForUrl(address);
  if (proxy === '') return fetch(address, init);
  const { fetch: fetchBy, ProxyAgent } = require('undici') as typeof Undici;
  const dispatcher = new ProxyAgent(proxy);
  return (await fetchBy(address, { ...init, dispatcher })) as unknown as Response;
}

async function bytesOf(response: Response, address: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new SourceError(`more than ${maxBytes} bytes`, address, 'give the collection as a file');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused(status: number, address: string, { headers }: FetchOptions): SourceError {
  const hasKey = headers !== undefined;
  if (status === 401 || status === 403) {
    const todo = hasKey
      ? 'check the key in POSTMAN_API_KEY and what it may read'
      : 'publish the documentation, or give a Postman API key in POSTMAN_API_KEY';
    return new SourceError(`access is refused (${status})`, address, todo);
  }
  if (status === 404) {
    return new SourceError('nothing is published there (404)', address, 'check the address');
  }
  return new SourceError(`the server answered ${status}`, address, 'check the address, or try again later');
}

/** The innermost code or name of a failed fetch, such as `ENOTFOUND`; errors of another realm are no `instanceof Error`. */
function reasonOf(error: unknown): string {
  let innermost = error as { code?: string; name?: string; message?: string; cause?: unknown };
  while (typeof innermost.cause === 'object' && innermost.cause !== null) innermost = innermost.cause;
  const { code, name, message } = innermost;
  // The name of any error says nothing; what it says, such as "bad port", does.
  return code ?? (name === 'Error' ? message : name) ?? 'unknown reason';
}
