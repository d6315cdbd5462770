import type { AuthTemplate, CollectionRequest } from '../collection/model';
import { RequestError } from '../errors';
import { type ExchangeFailure, headerValue, type SentRequest } from '../exchange/exchange';
import { isNetworkFault } from '../exchange/failure';
import { urlOf } from '../url';
import { variablesIn } from '../variables/resolve';

/**
 * Refuses what is sent wrongly without anybody noticing: a hole in the path where a variable stood, and auth that is
 * declared but sends no credential. It looks at the request as sent, because scripts may have made it whole.
 *
 * Errors: RequestError.
 */
export function refuseSilentGaps(request: CollectionRequest, sent: SentRequest): void {
  const hole = holeInPath(request.url.path, sent.url);
  if (hole !== null) {
    throw new RequestError(
      `empty path segment where ${hole} stood`,
      request.key,
      'give the variable a value',
    );
  }
  if (request.auth !== null && !sendsCredential(request.auth, sent)) {
    const todo = 'give its variables a value in the environment';
    throw new RequestError(`${request.auth.type} auth is declared but has no credential`, request.key, todo);
  }
}

/**
 * Refuses a request that went out with a variable's name where its value should stand. Newman sends it as it is.
 *
 * Errors: RequestError.
 */
export function refuseUnresolved({ url, headers, body }: SentRequest, key: string): void {
  const braces = url.replace(/%7B/gi, '{').replace(/%7D/gi, '}');
  const names = [braces, ...headers.flat(), body].flatMap(variablesIn);
  if (names.length === 0) return;
  const shown = [...new Set(names)].map((name) => `{{${name}}}`).join(', ');
  throw new RequestError(`unresolved ${shown}`, key, 'give it a value; a script may have taken it away');
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

/** The template of the path segment that was left empty, or null where none was. */
function holeInPath(template: readonly string[], url: string): string | null {
  const isVariable = (segment: string) => /^:[^:]/.test(segment) || segment.includes('{{');
  const variables = template.filter(isVariable);
  // A collection may mean an empty segment; then an empty one proves nothing.
  if (variables.length === 0 || template.includes('')) return null;
  const segments = (urlOf(url)?.pathname ?? '').slice(1).split('/');
  // The host's own base path may stand before the template's, so the two are laid together at their ends.
  const offset = segments.length - template.length;
  // `:id` itself over the wire means that the collection gives it no value.
  const isHole = (segment: string, sent: string | undefined) =>
    sent === '' || (segment[0] === ':' && sent === segment);
  const hole = template.find((segment, at) => isVariable(segment) && isHole(segment, segments[at + offset]));
  return hole ?? (segments.slice(0, -1).includes('') ? (variables[0] ?? null) : null);
}

function sendsCredential(auth: AuthTemplate, sent: SentRequest): boolean {
  const authorization = headerValue(sent.headers, 'authorization') ?? '';
  const { key = '', in: place } = auth.parameters;
  switch (auth.type) {
    case 'basic':
      return authorization !== '' && authorization !== `Basic ${Buffer.from(':').toString('base64')}`;
    case 'bearer':
      return /^\S+\s+\S/.test(authorization);
    case 'apikey':
      // The key's own name may be a variable; then there is nothing to look for.
      if (key === '' || key.includes('{{')) return true;
      return place === 'query'
        ? (new URL(sent.url).searchParams.get(key) ?? '') !== ''
        : (headerValue(sent.headers, key) ?? '') !== '';
    default:
      return true;
  }
}
