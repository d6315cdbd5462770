import type { AuthTemplate, CollectionRequest } from '../collection/model';
import { RequestError } from '../errors';
import type { ExchangeFailure } from '../exchange/exchange';
import { isNetworkFault } from '../exchange/failure';
import { resolveText } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';

/** What an auth type must have so that a credential is sent at all; types not listed have rules of their own. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  basic: ['username', 'password'],
  bearer: ['token'],
  apikey: ['value'],
};

/**
 * Refuses what would be sent wrongly without anybody noticing: a hole in the path where a variable stood, and auth
 * that is declared but has nothing to send.
 *
 * Errors: RequestError.
 */
export function refuseSilentGaps(request: CollectionRequest, scope: VariableScope): void {
  const values = new Map(request.url.variable.map(({ key, value }) => [key, value]));
  for (const segment of request.url.path) {
    const template = segment.startsWith(':') ? (values.get(segment.slice(1)) ?? '') : segment;
    const stoodForSomething = segment.startsWith(':') || segment.includes('{{');
    if (stoodForSomething && resolveText(template, scope).text === '') {
      throw new RequestError(
        `empty path segment where ${segment} stood`,
        request.key,
        'give the variable a value',
      );
    }
  }
  if (request.auth !== null && !hasCredential(request.auth, scope)) {
    const todo = 'give its variables a value in the environment';
    throw new RequestError(`${request.auth.type} auth is declared but has no credential`, request.key, todo);
  }
}

function hasCredential(auth: AuthTemplate, scope: VariableScope): boolean {
  const names = CREDENTIALS[auth.type];
  return (
    names === undefined || names.some((name) => resolveText(auth.parameters[name] ?? '', scope).text !== '')
  );
}

/** Refuses a failure that says nothing of the environment. Errors: RequestError. */
export function refuseOwnFault(failure: ExchangeFailure | null, key: string): void {
  if (failure === null || isNetworkFault(failure)) return;
  throw new RequestError(
    `the request cannot be sent: ${failure.message}`,
    key,
    'correct it in the collection',
  );
}

/** The error for a request to a host outside the lock and the environment. */
export function foreignHost(host: string, key: string): RequestError {
  const todo = 'add it to "hosts" of driftgate.config.json if requests may go there';
  return new RequestError(`${host} is not one of the allowed hosts`, key, todo);
}
