/** An answer before it is sent; the body is JSON text, so that a stored answer can never change. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The two families of APIs that the sandbox speaks; they wrap errors differently. */
export type Family = 'core' | 'connect';

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

/** The error envelope of a family. Inferred: that Connect uses the same statuses as Core. */
export function failure(family: Family, code: string, message: string): Reply {
  const status = STATUS_OF_CODE[code] ?? 200;
  const errors =
    family === 'core'
      ? { code, message }
      : {
          code,
          type: status === 401 ? 'authentication' : 'validation',
          message,
          raw_message: message,
          stack_trace: null,
        };
  return reply(status, { status: 'error', errors });
}

function reply(status: number, body: unknown): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, text: JSON.stringify(body) };
}
