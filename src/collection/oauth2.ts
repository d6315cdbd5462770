import { recordsIn, textOf } from '../json';
import type { AuthTemplate } from './model';

/** The grant of a signed assertion. Source: RFC 7523, 2.1. */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** How a token is got without a browser, by the name that goes over the wire. Source: RFC 6749, 4.3, 4.4 and 6. */
export type Grant = 'client_credentials' | 'password' | 'refresh_token' | typeof JWT_BEARER;

/** Postman's names of them, and the wire's own. */
const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: 'client_credentials',
  password_credentials: 'password',
  password: 'password',
  refresh_token: 'refresh_token',
  [JWT_BEARER]: JWT_BEARER,
};

/** The auth parameters that say how a token is sent. */
const OF_SENDING = ['accessToken', 'addTokenTo', 'headerPrefix', 'tokenType'];

/** The auth parameters that every token request may be made of. */
const OF_EVERY_GRANT = [
  'accessTokenUrl',
  'clientId',
  'clientSecret',
  'client_authentication',
  'scope',
  'audience',
  'resource',
  'tokenRequestParams',
  'refreshTokenUrl',
  'refreshRequestParams',
];

const OF_GRANT: Readonly<Record<Grant, readonly string[]>> = {
  client_credentials: [],
  password: ['username', 'password'],
  refresh_token: ['refreshToken'],
  [JWT_BEARER]: ['algorithm', 'privateKey', 'secret', 'isSecretBase64Encoded', 'header', 'payload'],
};

/**
 * The grant by which a token can be got without a browser, or null where there is none. A refresh token is one, whatever
 * grant it once came from.
 */
export function grantOf({ type, parameters }: AuthTemplate): Grant | null {
  if (type !== 'oauth2') return null;
  const { grant_type: name = '', refreshToken = '' } = parameters;
  return GRANTS[name] ?? (refreshToken === '' ? null : 'refresh_token');
}

/** The names of the auth parameters that are used: those of a given token alone, or also those of the grant. */
export function usedParameters(grant: Grant | null): readonly string[] {
  return grant === null ? OF_SENDING : [...OF_SENDING.slice(1), ...OF_EVERY_GRANT, ...OF_GRANT[grant]];
}

/** The templates of the addresses that give tokens, at first and for a refresh token; empty where the auth has none. */
export function tokenUrlsOf({ parameters }: AuthTemplate): {
  readonly first: string;
  readonly refresh: string;
} {
  const { accessTokenUrl: first = '', refreshTokenUrl = '' } = parameters;
  return { first, refresh: refreshTokenUrl || first };
}

/** A parameter that a collection adds to a token request. Source: Postman, `tokenRequestParams`. */
export interface ExtraParameter {
  readonly key: string;
  readonly value: string;
  readonly sendAs: 'request_body' | 'request_url' | 'request_header';
}

/** The enabled parameters of such a list, which the model has as its JSON. */
export function extraParameters(json = ''): ExtraParameter[] {
  return recordsIn(listIn(json))
    .filter(({ key, enabled, disabled }) => textOf(key) !== '' && enabled !== false && disabled !== true)
    .map(({ key, value, send_as }) => ({
      key: textOf(key),
      value: textOf(value),
      sendAs: send_as === 'request_url' || send_as === 'request_header' ? send_as : 'request_body',
    }));
}

function listIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return [];
  }
}
