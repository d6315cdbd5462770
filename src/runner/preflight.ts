import * as net from 'node:net';
import * as tls from 'node:tls';
import type { ExchangeFailure } from '../exchange/exchange';
import { failureOf, isNetworkFault, timedOut } from '../exchange/failure';
import { proxyFor } from './proxy';
import { type ClientOptions, trustedByNode } from './typed/client';
import { backoffMs, type RetryPolicy } from './typed/retry';

/**
 * What was seen of an origin without sending it a request.
 *
 * Shape: `address` is what its name stands for. `validTo` is when its certificate runs out. Nothing of this is there where it is
 *        reached through a proxy. Units: milliseconds, and milliseconds since 1970.
 */
export interface OriginCheck {
  readonly origin: string;
  readonly address?: string;
  readonly connectMs?: number;
  readonly validTo?: number;
  readonly failure: ExchangeFailure | null;
  readonly attempts: number;
}

/** How an origin is looked at. */
export interface PreflightOptions extends Pick<ClientOptions, 'insecure' | 'extraCaCerts' | 'proxies'> {
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** Ends looking; what was seen so far is what is told. */
  readonly signal?: AbortSignal | undefined;
}

/** Whether an origin's name resolves, it can be connected to, and its certificate holds. It never throws for what it finds. */
export async function checkOrigin(origin: string, options: PreflightOptions): Promise<OriginCheck> {
  const url = new URL(origin);
  if (options.proxies && proxyFor(url) !== null) return { origin, failure: null, attempts: 0 };
  const { signal } = options;
  const { retries, clock } = options.retry;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { origin, ...(await connect(url, options)), failure: null, attempts };
    } catch (error) {
      const failure = failureOf(error);
      const passes = failure.kind !== 'tls-invalid' && isNetworkFault(failure);
      const isLast = attempts > retries || signal?.aborted === true;
      if (!passes || isLast) return { origin, failure, attempts };
      await clock.delay(backoffMs(options.retry, attempts - 1), signal);
    }
  }
}

function connect(
  { protocol, hostname, port }: URL,
  { insecure, extraCaCerts, timeoutMs, signal }: PreflightOptions,
): Promise<Pick<OriginCheck, 'address' | 'connectMs' | 'validTo'>> {
  const isSecure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: Number(port || (isSecure ? 443 : 80)) };
  const start = performance.now();
  const socket = isSecure
    ? tls.connect({
        ...at,
        // A name for TLS is never an address.
        ...(net.isIP(host) === 0 && { servername: host }),
        rejectUnauthorized: !insecure,
        ...(extraCaCerts !== null && { ca: [...trustedByNode(), extraCaCerts] }),
      })
    : net.connect(at);
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => socket.destroy(timedOut(timeoutMs)), timeoutMs);
    const abort = () => socket.destroy();
    signal?.addEventListener('abort', abort);
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', abort);
      // Closed without a word: nothing else would settle this.
      reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
    });
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      const address = socket.remoteAddress;
      resolve({
        ...(address !== undefined && { address }),
        connectMs: Math.round((performance.now() - start) * 10) / 10,
        ...validity(socket),
      });
      socket.destroy();
    });
  });
}

function validity(socket: net.Socket): Pick<OriginCheck, 'validTo'> {
  const text = socket instanceof tls.TLSSocket ? socket.getPeerX509Certificate()?.validTo : undefined;
  const validTo = Date.parse(text ?? '');
  return Number.isNaN(validTo) ? {} : { validTo };
}
