import type { ExchangeFailure } from './exchange';

const TLS_CODES =
  /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECODE)|^ERR_TLS|^ERR_SSL|HOSTNAME_MISMATCH|EPROTO|^CRL_/;
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/;

/**
 * Names a network fault of either runner by Node's error code.
 *
 * A connection that was never made and one that broke are both `unreachable`; the code tells them apart.
 */
export function failureOf(error: unknown): ExchangeFailure {
  const { code, message, redirectedTo } = error as {
    code?: unknown;
    message?: unknown;
    redirectedTo?: unknown;
  };
  const said = typeof message === 'string' && message !== '' ? message : String(error);
  const name = typeof code === 'string' ? code : 'UNKNOWN';
  const kind = /TIMEDOUT|TIMEOUT/.test(name)
    ? 'timeout'
    : TLS_CODES.test(name)
      ? 'tls-invalid'
      : 'unreachable';
  return {
    kind,
    code: name,
    message: said,
    ...(typeof redirectedTo === 'string' && { origin: redirectedTo }),
  };
}

/**
 * Whether the fault is the network's. An invalid URL or header, or a mistake of our own, has no such code: it must
 * never be told as an environment that is down.
 */
export function isNetworkFault({ code }: ExchangeFailure): boolean {
  return code !== 'UNKNOWN' && (!code.startsWith('ERR_') || TLS_CODES.test(code));
}

/** Whether nothing at this origin can answer, so that sending more to it is pointless. */
export function isOriginDown(failure: ExchangeFailure): boolean {
  return failure.kind === 'tls-invalid' || NEVER_CONNECTED.test(failure.code);
}

/** The error of a request whose time is over, as both runners raise it. */
export function timedOut(timeoutMs: number): Error & { code: string } {
  return Object.assign(new Error(`no complete answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
}
