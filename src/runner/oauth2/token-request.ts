import { JWT_BEARER } from '../../collection/oauth2';
import { RequestError } from '../../errors';
import type { ReceivedResponse, SentRequest } from '../../exchange/exchange';
import { isRecord, type JsonRecord } from '../../json';
import type { Masker } from '../../masking/masker';
import { shorten } from '../../masking/shorten';
import { assertionOf } from './assertion';
import type { TokenParameters } from './parameters';
import { TokenUnavailable } from './unavailable';

/**
 * A token as a server gave it.
 *
 * Units: `renewAt` in milliseconds since 1970: shortly before it expires; null where the server does not say.
 */
export interface Token {
  readonly value: string;
  readonly renewAt: number | null;
  readonly refreshToken: string | null;
}

/** A token is renewed so long before its end that a request under way still has it. */
const MARGIN_MS = 30_000;

/** The request for a new token. Errors: RequestError. */
export async function grantRequest(
  wanted: TokenParameters,
  masker: Masker,
  nowMs: number,
): Promise<SentRequest> {
  const { grant, parameters, key, url } = wanted;
  if (grant === 'refresh_token') return refreshRequest(wanted, parameters.refreshToken ?? '', masker);
  const fields: [string, string][] = [['grant_type', grant]];
  if (grant === 'password') {
    fields.push(['username', parameters.username ?? ''], ['password', parameters.password ?? '']);
  } else if (grant === JWT_BEARER) {
    const assertion = await assertionOf(parameters, url, nowMs, key);
    masker.add('assertion', assertion);
    fields.push(['assertion', assertion]);
  }
  const { scope = '', audience = '', resource = '' } = parameters;
  for (const [name, value] of Object.entries({ scope, audience, resource })) {
    if (value !== '') fields.push([name, value]);
  }
  return tokenRequest(url, fields, wanted, wanted.extra, masker);
}

/** The request that turns a refresh token into a new token. Source: RFC 6749, 6. */
export function refreshRequest(wanted: TokenParameters, refreshToken: string, masker: Masker): SentRequest {
  const { refreshUrl, extraOfRefresh } = wanted;
  const fields: [string, string][] = [
    ['grant_type', 'refresh_token'],
    ['refresh_token', refreshToken],
  ];
  return tokenRequest(refreshUrl, fields, wanted, extraOfRefresh, masker);
}

function tokenRequest(
  address: string,
  fields: readonly [string, string][],
  { parameters }: TokenParameters,
  extra: TokenParameters['extra'],
  masker: Masker,
): SentRequest {
  const { clientId = '', clientSecret = '', client_authentication: place = '' } = parameters;
  const url = new URL(address);
  const form = new URLSearchParams([...fields]);
  const headers: [string, string][] = [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ];
  if (clientSecret !== '' && place !== 'body') {
    headers.push(['Authorization', basicOf(clientId, clientSecret, masker)]);
  } else {
    // A client without a secret only names itself. Source: RFC 6749, 3.2.1.
    if (clientId !== '') form.set('client_id', clientId);
    if (clientSecret !== '') form.set('client_secret', clientSecret);
  }
  for (const { key, value, sendAs } of extra) {
    if (sendAs === 'request_header') headers.push([key, value]);
    else (sendAs === 'request_url' ? url.searchParams : form).append(key, value);
  }
  const body = form.toString();
  headers.push(
    ['Host', url.host],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'keep-alive'],
  );
  return { method: 'POST', url: url.href, headers, body };
}

/** Both are encoded as in a form before they are joined. Source: RFC 6749, 2.3.1. */
function basicOf(clientId: string, clientSecret: string, masker: Masker): string {
  const [id = '', secret = ''] = [clientId, clientSecret].map((text) =>
    new URLSearchParams([['', text]]).toString().slice(1),
  );
  masker.addBasicPair(id, secret);
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/**
 * Reads what an authorization server answered.
 *
 * Errors: TokenUnavailable for a server that is not working; RequestError with the error's code and description, masked,
 *         for everything else that is no token. Source: RFC 6749, 5.
 */
export function tokenIn(
  { status, body }: ReceivedResponse,
  url: string,
  key: string,
  masker: Masker,
  nowMs: number,
): Token {
  const { host } = new URL(url);
  if (status >= 500) {
    const message = `no OAuth 2 token: ${host} answered ${status}`;
    throw new TokenUnavailable(url, { kind: 'unreachable', code: `status ${status}`, message });
  }
  const json = jsonOf(body);
  const { access_token: value, refresh_token: refreshToken, error, error_description: description } = json;
  const isToken = typeof value === 'string' && value !== '';
  if (isToken) masker.add('access_token', value);
  if (typeof refreshToken === 'string') masker.add('refresh_token', refreshToken);
  const refuse = (what: string, todo: string) =>
    new RequestError(`no OAuth 2 token: ${host} ${what}`, key, todo);
  if (status < 200 || status > 299 || typeof error === 'string' || !isToken) {
    // Masked before it is cut, or half a secret would stay.
    const said = [error, description]
      .filter((text): text is string => typeof text === 'string' && text !== '')
      .map((text) => shorten(masker.text(text)));
    const reason = said.length > 0 ? said.join(': ') : isToken ? '' : 'no access_token in it';
    const what = `answered ${status}${reason === '' ? '' : ` (${reason})`}`;
    throw refuse(what, 'correct the credentials in the environment, or the grant in its auth');
  }
  const type = typeof json.token_type === 'string' ? json.token_type.toLowerCase() : 'bearer';
  if (type === 'mac' || type === 'dpop') {
    throw refuse(`gave a token of type ${type}`, 'ask for a bearer token: no other is sent');
  }
  // As a header's value; and what looks like a variable would be filled in.
  if (!/^[\x20-\x7e]+$/.test(value) || value.includes('{{')) {
    throw refuse('gave a token that no header can carry', 'correct the authorization server');
  }
  return {
    value,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
    renewAt: renewAt(json.expires_in, nowMs),
  };
}

/** Some servers write the number as a text. */
function renewAt(expiresIn: unknown, nowMs: number): number | null {
  const lifetimeMs = Number(expiresIn ?? Number.NaN) * 1000;
  return lifetimeMs > 0 ? nowMs + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 10) : null;
}

function jsonOf(text: string): JsonRecord {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : {};
  } catch {
    return {};
  }
}
