/** An answer before it is sent; the body is JSON text, so that a stored answer can never change. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The families of APIs that the sandbox speaks; each has its own credentials and its own envelope. */
export type Family = 'core' | 'connect' | 'pos';

/**
 * The one place that maps error codes to HTTP statuses; every other code comes with 200.
 *
 * Inferred: the codes and the statuses are documented, which code comes with which status is not.
 */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  access_denied: 401,
  invalid_api_key: 401,
  invalid_auth_token: 401,
  user_not_found: 404,
  not_found: 404,
  internal_server_error: 500,
};

/** A documented error code that a handler stops with; the router turns it into an envelope. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A successful answer: HTTP 200 whatever was done, because no other success status is documented. */
export function success(body: Readonly<Record<string, unknown>>): Reply {
  return reply(200, body);
}

/**
 * The error envelope of a family.
 *
 * Inferred: that Connect and POS use the same statuses as Core, the `type` of Connect, and all of POS but that
 * `status` is not `OK` and that `errors` is an object.
 */
export function failure(family: Family, code: string, message: string): Reply {
  const status = STATUS_OF_CODE[code] ?? 200;
  return reply(status, ENVELOPES[family](code, message, status));
}

const ENVELOPES: Readonly<Record<Family, (code: string, message: string, status: number) => unknown>> = {
  core: (code, message) => ({ status: 'error', errors: { code, message } }),
  connect: (code, message, status) => ({
    status: 'error',
    errors: {
      code,
      type: status === 401 ? 'authentication' : 'validation',
      message,
      raw_message: message,
      stack_trace: null,
    },
  }),
  pos: (code, message) => ({ status: 'ERROR', errors: { code, message, validation: [] } }),
};

function reply(status: number, body: unknown): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, text: JSON.stringify(body) };
}
