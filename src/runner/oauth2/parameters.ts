import type { AuthTemplate, CollectionRequest } from '../../collection/model';
import {
  type ExtraParameter,
  extraParameters,
  type Grant,
  grantOf,
  JWT_BEARER,
  tokenUrlsOf,
  usedParameters,
} from '../../collection/oauth2';
import { RequestError, UnresolvedVariableError } from '../../errors';
import { tokenSecrets } from '../../masking/token-secrets';
import { urlOf } from '../../url';
import { resolveText, variablesIn } from '../../variables/resolve';
import type { VariableScope } from '../../variables/scope';
import type { RunContext } from '../runner';

/**
 * What a token is asked with, all variables filled in.
 *
 * Shape: `identity` is the same for all requests that may share a token. `parameters` are Postman's, by their names.
 *        `extra` go with a new token, `extraOfRefresh` with one that a refresh token gives.
 */
export interface TokenParameters {
  /** The request that asked first. */
  readonly key: string;
  readonly identity: string;
  readonly grant: Grant;
  readonly url: string;
  readonly refreshUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly extra: readonly ExtraParameter[];
  readonly extraOfRefresh: readonly ExtraParameter[];
}

/** What the parameters are read with. */
export type ParameterContext = Pick<RunContext, 'collection' | 'scope' | 'target' | 'masker'>;

const REQUIRED: Readonly<Record<Grant, readonly string[]>> = {
  client_credentials: ['clientId'],
  password: ['username', 'password'],
  refresh_token: ['refreshToken'],
  [JWT_BEARER]: ['algorithm'],
};

const NEEDS_BROWSER = /code|implicit/;

/** Whether a token is given: then it is sent as it is, and none is got. */
export function isGiven({ parameters }: AuthTemplate, scope: VariableScope): boolean {
  const { text, unresolved } = resolveText(parameters.accessToken ?? '', scope);
  return text !== '' && unresolved.length === 0;
}

/**
 * Reads what the token of a request is asked with. Its secrets are known to the masker from here on.
 *
 * Errors: RequestError for a grant that needs a browser, a parameter that is missing, or a secret that stands in the
 *         collection; UnresolvedVariableError.
 */
export function tokenParameters(
  { key, auth }: CollectionRequest & { readonly auth: AuthTemplate },
  context: ParameterContext,
): TokenParameters {
  const { scope, masker, target } = context;
  const grant = grantOf(auth);
  if (grant === null) throw noGrant(auth, key);
  const used = usedParameters(grant);
  const secrets = tokenSecrets(auth, used);
  for (const secret of secrets) refuseWritten(secret, key, context);
  const fill = (text: string): string => {
    const { text: value, unresolved } = resolveText(text, scope);
    if (unresolved.length > 0) throw new UnresolvedVariableError(unresolved, key);
    return value;
  };
  // Entry by entry: a value with a quote would break the list's JSON.
  const filled = (list: string | undefined) =>
    extraParameters(list).map((one) => ({ ...one, key: fill(one.key), value: fill(one.value) }));
  const plain = used.filter((name) => !name.endsWith('RequestParams'));
  const parameters = Object.fromEntries(plain.map((name) => [name, fill(auth.parameters[name] ?? '')]));
  for (const { text } of secrets) masker.add('', fill(text));
  const { first, refresh } = tokenUrlsOf(auth);
  const url = fill(grant === 'refresh_token' ? refresh : first);
  const missing = [
    ...REQUIRED[grant].filter((name) => parameters[name] === ''),
    ...(url === '' ? ['accessTokenUrl'] : []),
  ];
  if (missing.length > 0) {
    const what = `the OAuth 2 grant ${grant} has no ${missing.join(' and no ')}`;
    throw new RequestError(what, key, 'give it a value in its auth, or accessToken one in the environment');
  }
  return {
    key,
    grant,
    url: addressOf(url, target, key),
    refreshUrl: addressOf(fill(refresh), target, key),
    parameters,
    extra: filled(auth.parameters.tokenRequestParams),
    extraOfRefresh: filled(auth.parameters.refreshRequestParams),
    identity: identityOf(auth, used, scope, target),
  };
}

function noGrant({ parameters }: AuthTemplate, key: string): RequestError {
  const { grant_type: name = '' } = parameters;
  const what =
    name === ''
      ? 'OAuth 2 has neither a token nor a grant_type'
      : `the OAuth 2 grant ${name} ${NEEDS_BROWSER.test(name) ? 'needs a browser' : 'is not known here'}, and no token is given`;
  return new RequestError(what, key, 'make accessToken a variable and put a token into the environment');
}

/** Secrets come from the environment alone: who can read a collection must not be able to use its credentials. */
function refuseWritten(
  { name, text }: { readonly name: string; readonly text: string },
  key: string,
  { collection, scope }: ParameterContext,
): void {
  if (variablesIn(text).length === 0) {
    const todo = `make ${name} a variable and put its value into the environment`;
    throw new RequestError(`the ${name} of OAuth 2 is written in the collection`, key, todo);
  }
  const own = new Map(collection.variables.map((variable) => [variable.key, variable]));
  for (const [variable, value] of valuesBehind([text], scope)) {
    const isOwn = own.get(variable)?.value === value && own.get(variable)?.disabled !== true;
    if (!isOwn || value === '' || variablesIn(value).length > 0) continue;
    const what = `the ${name} of OAuth 2 is the collection's own value of {{${variable}}}`;
    throw new RequestError(what, key, 'take it out there and put it into the environment');
  }
}

/** The variables that texts are made of, with those in their values. */
function valuesBehind(texts: readonly string[], scope: VariableScope): Map<string, string> {
  const values = new Map<string, string>();
  const names = new Set(texts.flatMap(variablesIn));
  // A set grows while it is walked, and takes each name once: so a circle ends.
  for (const name of names) {
    const value = scope.get(name) ?? '';
    values.set(name, value);
    for (const inner of variablesIn(value)) names.add(inner);
  }
  return values;
}

/** Made of what stands behind the parameters and not of their text: `{{$guid}}` in a claim is another one each time. */
function identityOf(
  auth: AuthTemplate,
  used: readonly string[],
  scope: VariableScope,
  target: string | null,
): string {
  const templates = ['grant_type', ...used].map((name) => auth.parameters[name] ?? '');
  return JSON.stringify([target, templates, [...valuesBehind(templates, scope)]]);
}

/** Where everything is sent to one origin, tokens come from there as well. */
function addressOf(text: string, target: string | null, key: string): string {
  const address = text.includes('://') ? text : `https://${text}`;
  const url = urlOf(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RequestError('the accessTokenUrl cannot be read', key, 'correct it in its auth');
  }
  const { origin, pathname, search } = url;
  return `${target ?? origin}${pathname}${search}`;
}
