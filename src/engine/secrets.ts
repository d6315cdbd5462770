import type { Collection, CollectionRequest } from '../collection/model';
import { hostsOf } from '../collection/pin';
import {
  type DisabledVariable,
  type PostmanVariables,
  readVariables,
  variableText,
} from '../collection/variables';
import type { DataRow } from '../environment/data';
import type { Environment } from '../environment/environment';
import { isPlainAddress } from '../masking/address';
import { isCredentialName, Masker } from '../masking/masker';
import { tokenSecrets } from '../masking/token-secrets';
import { resolveText, variablesIn } from '../variables/resolve';
import { VariableScope } from '../variables/scope';

/** Auth parameters that say how to sign and not with what, or where a token comes from. */
const NOT_SECRET = new Set([
  'in',
  'key',
  'type',
  'realm',
  'algorithm',
  'addTokenTo',
  'headerPrefix',
  'grant_type',
  'tokenType',
  'tokenName',
  'accessTokenUrl',
  'refreshTokenUrl',
  'authUrl',
  'redirect_uri',
  'scope',
  'audience',
  'resource',
  'client_authentication',
  'isSecretBase64Encoded',
  'showPassword',
  'saveHelperData',
]);

/** What a run is given besides its environment: globals, and rows of data. */
interface Given {
  readonly globals: Readonly<Record<string, string>>;
  readonly rows: readonly DataRow[];
  /** Scripts may write them anywhere, though nothing is sent with them. */
  readonly disabled?: readonly DisabledVariable[];
}

/**
 * The masker of a run: it knows every value a person filled in, unless the configuration calls the name public or it is
 * only the address that requests go to, and everything that authentication and credential-like headers are made of.
 */
export function maskerFor(
  collection: Collection,
  environment: Pick<Environment, 'variables' | 'given'>,
  isPublic: readonly string[],
  { globals, rows, disabled = [] }: Given = { globals: {}, rows: [] },
): Masker {
  const masker = new Masker();
  const shown = new Set(isPublic);
  const scope = new VariableScope(environment.variables, collectionVariables(collection).values, globals);
  const secret = secretVariables(collection);
  const hosts = hostVariables(collection, scope);
  const isHidden = (name: string, value: string) => {
    const isAddress = hosts.has(name) && !secret.includes(name) && !isCredentialName(name);
    return !shown.has(name) && !isNoSecret(value) && !(isAddress && isPlainAddress(value));
  };
  for (const name of [...environment.given, ...Object.keys(globals), ...secret]) {
    const value = scope.get(name) ?? '';
    if (isHidden(name, value)) masker.add(name, value);
  }
  for (const { key, value } of disabled) {
    const text = variableText(value);
    if (isHidden(key, text)) masker.add(key, text);
  }
  // Rows are what is tested, and a report must show it; what is used as a credential is one there as well.
  for (const [name, value] of rows.flatMap(Object.entries)) {
    if (!shown.has(name) && (secret.includes(name) || isCredentialName(name)))
      masker.add(name, variableText(value));
  }
  for (const { auth } of collection.requests) {
    if (auth?.type === 'basic') {
      const [username = '', password = ''] = ['username', 'password'].map(
        (name) => resolveText(auth.parameters[name] ?? '', scope).text,
      );
      masker.addBasicPair(username, password);
    }
  }
  for (const text of collection.requests.flatMap(writtenCredentials)) masker.add('', text);
  return masker;
}

/** What stands everywhere hides nothing, and would take it out of every report. */
function isNoSecret(value: string): boolean {
  return /^(true|false|null)$/.test(value);
}

/** The variables that a host is made of, or the beginning of an address, also by way of another variable's value. */
function hostVariables(collection: Collection, scope: VariableScope): Set<string> {
  const beginnings = collection.requests.flatMap(({ url }) =>
    url.auth === undefined ? (/^\s*\{\{[^{}]+\}\}/.exec(url.raw) ?? []) : [],
  );
  const names = new Set([...hostsOf(collection), ...beginnings].flatMap(variablesIn));
  // A set also gives what is added to it on the way.
  for (const name of names) {
    const [host = ''] = (scope.get(name) ?? '').replace(/^[^/]*:\/\//, '').split(/[/?#]/);
    for (const inner of variablesIn(host.replace(/^.*@/, ''))) names.add(inner);
  }
  return names;
}

/** Credentials that stand in the collection itself: published documentation has its variables already filled in. */
function writtenCredentials({ auth, headers, url }: CollectionRequest): string[] {
  const parameters = Object.entries(auth?.parameters ?? {}).map(([key, value]) => ({ key, value }));
  const secret = parameters.filter(
    ({ key }) => !NOT_SECRET.has(key) && (/^(value|privateKey)$/.test(key) || isCredentialName(key)),
  );
  const named = [...headers, ...url.query].filter(({ key }) => isCredentialName(key));
  const ofToken = auth?.type === 'oauth2' ? tokenSecrets(auth).map(({ text }) => ({ value: text })) : [];
  return [...secret, ...ofToken, ...named]
    .map(({ value }) => value ?? '')
    .filter((value) => variablesIn(value).length === 0);
}

/** The variables that authentication or a credential-like header or parameter is made of. */
export function secretVariables(collection: Collection): string[] {
  return [...new Set(collection.requests.flatMap(secretTexts).flatMap(variablesIn))];
}

/** The collection's own variables as a scope takes them: of the types that they have there. */
export function collectionVariables({ document }: Collection): PostmanVariables {
  return readVariables(document.variable);
}

function secretTexts({ auth, headers, url }: CollectionRequest): string[] {
  const parameters = Object.entries(auth?.parameters ?? {}).filter(([name]) => !NOT_SECRET.has(name));
  const named = [...headers, ...url.query].filter(({ key }) => isCredentialName(key));
  return [...parameters.map(([, value]) => value), ...named.map(({ value }) => value ?? '')];
}
