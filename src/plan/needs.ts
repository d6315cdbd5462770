import {
  type AuthTemplate,
  type BodyTemplate,
  type CollectionRequest,
  type QueryParameter,
  scriptsOf,
} from '../collection/model';
import { grantOf, usedParameters } from '../collection/oauth2';
import { resolveText, variablesIn } from '../variables/resolve';
import { VariableScope } from '../variables/scope';
import { mergeAccess, type ScriptAccess, scriptAccess } from './script-access';

/**
 * The variables a request's URL, headers, body and auth stand on; disabled parts need nothing.
 *
 * `has` says which variables have a value: it decides whether OAuth 2 needs a given token or what one is got with.
 * Without it, both are named.
 */
export function needsOf(request: CollectionRequest, has?: (name: string) => boolean): string[] {
  const { url, headers, body, auth } = request;
  const texts = [
    url.protocol ?? '',
    ...url.host,
    url.port ?? '',
    ...url.path,
    ...pairs(url.query),
    ...pairs(url.variable),
    ...pairs(headers),
    ...(auth === null ? [] : authTexts(auth, has)),
  ];
  if (body !== null) texts.push(...bodyTexts(body));
  const names = new Set(texts.filter((text) => text.includes('{{')).flatMap(variablesIn));
  for (const name of names.size === 0 ? [] : scriptYields(request, 'prerequest')) names.delete(name);
  return [...names];
}

function authTexts(auth: AuthTemplate, has?: (name: string) => boolean): string[] {
  const { type, parameters } = auth;
  if (type !== 'oauth2') return Object.values(parameters);
  const { accessToken = '' } = parameters;
  const grant = grantOf(auth);
  const isGiven = accessToken !== '' && (has === undefined || variablesIn(accessToken).every(has));
  const used = [
    ...(isGiven || grant === null ? usedParameters(null) : []),
    ...(grant !== null && (!isGiven || has === undefined) ? usedParameters(grant) : []),
  ];
  return used.map((name) => parameters[name] ?? '');
}

function bodyTexts(body: BodyTemplate): string[] {
  switch (body.mode) {
    case 'raw':
      return [body.raw];
    case 'urlencoded':
      return pairs(body.urlencoded);
    case 'graphql':
      return [body.query ?? '', body.variables, body.operationName ?? ''];
    case 'formdata':
      return [...pairs(body.formdata), ...filesOf({ body })];
    case 'file':
      return filesOf({ body });
  }
}

/** The paths of the files that a body sends. */
export function filesOf({ body }: Pick<CollectionRequest, 'body'>): string[] {
  if (body?.mode === 'file') return body.src === '' ? [] : [body.src];
  if (body?.mode !== 'formdata') return [];
  return body.formdata.flatMap(({ src, disabled }) => (disabled === true ? [] : src));
}

/** The variables that a request's scripts set under a name which the script itself says, as far as they can be read. */
export function scriptYields(request: CollectionRequest, listen?: 'prerequest' | 'test'): readonly string[] {
  return accessOf(request, listen)?.sets ?? [];
}

/** What a request's scripts touch together; null where it has none. */
export function accessOf(request: CollectionRequest, listen?: 'prerequest' | 'test'): ScriptAccess | null {
  return mergeAccess(scriptsOf(request, listen).map(({ source }) => scriptAccess(source)));
}

/** The names, and those that stand in the values of provided ones: `Bearer {{token}}` needs the token. */
export function withNested(
  names: readonly string[],
  provided: ReadonlyMap<string, string>,
): readonly string[] {
  const all = new Set(names);
  // A set grows while it is walked, and takes each name once: so a circle ends.
  for (const name of all) for (const inner of variablesIn(provided.get(name) ?? '')) all.add(inner);
  return all.size === names.length ? names : [...all];
}

/** The variables with an empty value that leave nothing of a request's host: they are as good as not given. */
export function emptyHosts(
  provided: ReadonlyMap<string, string>,
): (request: CollectionRequest) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return ({ url }) => {
    const host = url.host.join('.');
    if (!host.includes('{{')) return [];
    const before = known.get(host);
    if (before !== undefined) return before;
    const scope = new VariableScope(Object.fromEntries(provided));
    const isEmpty = /^[.\s]*$/.test(resolveText(host, scope).text);
    const names = isEmpty
      ? withNested(variablesIn(host), provided).filter((name) => scope.get(name) === '')
      : [];
    known.set(host, names);
    return names;
  };
}

function pairs(list: readonly QueryParameter[]): string[] {
  return list.flatMap(({ key, value, disabled }) => (disabled === true ? [] : [key, value ?? '']));
}
