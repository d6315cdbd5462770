import * as encoder from 'postman-url-encoder';
import {
  type AuthTemplate,
  type BodyTemplate,
  type CollectionRequest,
  type KeyValue,
  type QueryParameter,
  scriptsOf,
  type UrlTemplate,
} from '../../collection/model';
import { RequestError } from '../../errors';
import { type Header, headerValue, type SentRequest } from '../../exchange/exchange';
import { urlOf } from '../../url';
import { resolveText } from '../../variables/resolve';
import type { VariableScope } from '../../variables/scope';
import { formText, withFormType, withoutComments } from './body-text';
import { hostOf } from './client';
import { NAME_AND_VERSION } from './send';

/** Newman leaves the body of these out, unless the request says `disableBodyPruning`. */
const METHODS_WITHOUT_BODY = new Set(['GET', 'COPY', 'HEAD', 'PURGE', 'UNLOCK']);

/** Whether a request is built here, and has no scripts that anybody would have to show it to. */
export function isPlain(request: CollectionRequest): boolean {
  return scriptsOf(request).length === 0 && isSimple(request);
}

/**
 * Whether a request can be built here, in the fast way, whatever its scripts are; Postman's own objects build the others, as
 * they do in Newman: those with auth that needs cryptography, and with whatever those objects rewrite in their own manner.
 */
export function isSimple({ url, headers, body, auth, behavior }: CollectionRequest): boolean {
  return (
    body?.mode !== 'formdata' &&
    body?.mode !== 'file' &&
    behavior.disableUrlEncoding !== true &&
    behavior.disabledSystemHeaders === undefined &&
    isOwnAuth(auth) &&
    url.auth === undefined &&
    enabled(url.query).every(({ key, value }) => !/[&#=]/.test(key) && !/[&#]/.test(value ?? '')) &&
    areSingle(enabled(headers))
  );
}

/** What only adds a header or a parameter; every other auth is signed by Postman's own helpers. */
function isOwnAuth(auth: AuthTemplate | null): boolean {
  const { key = '', in: place = 'header', addTokenTo = '', tokenType = '' } = auth?.parameters ?? {};
  return (
    auth === null ||
    ['noauth', 'basic', 'bearer'].includes(auth.type) ||
    (auth.type === 'apikey' && key !== '' && place === 'header') ||
    (auth.type === 'oauth2' && /^(header|queryParams)?$/.test(addTokenTo) && /^(bearer)?$/i.test(tokenType))
  );
}

/** Repeated headers are joined, and nameless ones left out, in ways of their own. */
function areSingle(headers: readonly KeyValue[]): boolean {
  const names = headers.map(({ key }) => key.toLowerCase());
  return new Set(names).size === names.length && names.every((name) => name !== '' && !name.includes('{{'));
}

/**
 * Planned request + variables → the request as it goes over the wire.
 *
 * Shape: `unresolved` names the variables that nothing provided; such a request must not be sent.
 * Source: Collection format v2.1.0, `request`; URL encoding by postman-url-encoder, as Newman does it.
 */
export function buildRequest(
  request: CollectionRequest,
  scope: VariableScope,
  target: string | null,
): { sent: SentRequest; unresolved: string[] } {
  const unresolved = new Set<string>();
  const fill = (text: string): string => {
    if (!text.includes('{{')) return text;
    const resolved = resolveText(text, scope);
    for (const name of resolved.unresolved) unresolved.add(name);
    return resolved.text;
  };
  const address = withAccessToken(fill(urlTemplate(request.url)), request.auth, fill);
  const url = absoluteUrl(address, target, request.key);
  const headers: Header[] = enabled(request.headers).map(({ key, value }) => [fill(key), fill(value)]);
  const isPruned = METHODS_WITHOUT_BODY.has(request.method) && request.behavior.disableBodyPruning !== true;
  const template = isPruned ? null : request.body;
  const body = bodyOf(template, fill, headerValue(headers, 'content-type'));
  const addType = () => {
    if (body.type === null || body.isForm || headerValue(headers, 'content-type') !== undefined) return;
    headers.push(['Content-Type', body.type]);
  };
  // Newman looks at JSON for comments before it signs, and names its type then.
  if (template?.mode === 'raw' && template.language === 'json') addType();
  authenticate(request.auth, fill, headers);
  addType();
  const system = systemHeaders(url).filter(([name]) => headerValue(headers, name) === undefined);
  const all = [...headers, ...system];
  return {
    sent: {
      method: request.method,
      url,
      headers: body.isForm ? withFormType(all, body.type ?? '') : all,
      body: body.text,
    },
    unresolved: [...unresolved],
  };
}

/** The same, where the request can be sent as it was built; null for every other one. */
export function sendableRequest(
  ...args: Parameters<typeof buildRequest>
): ReturnType<typeof buildRequest> | null {
  try {
    const built = buildRequest(...args);
    return built.unresolved.length === 0 && urlOf(built.sent.url) !== null ? built : null;
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

/** What every request carries where it has no header of that name. */
function systemHeaders(url: string): Header[] {
  return [
    ['User-Agent', NAME_AND_VERSION],
    ['Accept', '*/*'],
    ['Cache-Control', 'no-cache'],
    ['Host', hostOf(url)],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Connection', 'keep-alive'],
  ];
}

/**
 * The URL as one text, in which variables may stand for anything: Newman, too, fills in the text and reads it then.
 *
 * Source: postman-collection, `Url.toString`.
 */
function urlTemplate({ protocol, host, port, path, query, variable }: UrlTemplate): string {
  const name = host.join('.');
  const scheme = protocol === undefined || name.includes('://') ? '' : `${protocol}://`;
  const segments = path.map((segment) => {
    if (!segment.startsWith(':')) return segment;
    // What stands behind a dot belongs to no name: `:id.json`.
    const [key = ''] = segment.slice(1).split('.', 1);
    return (variable.findLast((one) => one.key === key)?.value || `:${key}`) + segment.slice(key.length + 1);
  });
  const search = enabled(query).map(({ key, value }) => (value === null ? key : `${key}=${value}`));
  const origin = `${scheme}${name}${port === undefined ? '' : `:${port}`}`;
  // A variable may stand for the whole of it, with path and query.
  const address = segments.length === 0 ? origin : `${origin}/${segments.join('/')}`;
  return `${address}${search.length > 0 ? `?${search.join('&')}` : ''}`;
}

/**
 * What the encoder leaves as it is, so that it need not read it: most addresses. Labels of the host begin with letters, or they
 * are the four numbers of an address in full.
 */
const PLAIN_URL =
  /^(https?:\/\/(?:[a-z][a-z0-9]*(?:\.[a-z][a-z0-9]*)*|(?:[1-9]\d?|1\d\d|0)(?:\.(?:[1-9]\d?|1\d\d|0)){3})(?::[1-9]\d{0,3}|:[1-5]\d{4})?)(\/[\w.~/-]*(?:\?[\w.~=&/-]*)?)$/;

function absoluteUrl(text: string, target: string | null, key: string): string {
  const [, origin, plain] = PLAIN_URL.exec(text) ?? [];
  if (plain !== undefined) return `${target ?? origin}${plain}`;
  const node = encoder.toNodeUrl(text);
  // A target stands in for a host that is missing, but not for a whole URL.
  const isPath = target !== null && (node.path ?? '/') !== '/';
  if ((node.host === null || node.host === '') && !isPath) {
    throw new RequestError('the request has no URL', key, 'give it one in the collection');
  }
  const url = `${target ?? `${node.protocol}//${node.host}`}${node.path ?? '/'}`;
  if (urlOf(url) === null)
    throw new RequestError('the URL cannot be read', key, 'correct it in the collection');
  return url;
}

/** Auth wins over a header of the same name that is written by hand, as in Newman. */
function authenticate(auth: AuthTemplate | null, fill: (text: string) => string, headers: Header[]): void {
  if (auth === null || auth.type === 'noauth') return;
  const parameter = (name: string) => fill(auth.parameters[name] ?? '');
  const set = (name: string, value: string) => {
    const at = headers.findIndex(([header]) => header.toLowerCase() === name.toLowerCase());
    if (at >= 0) headers.splice(at, 1);
    headers.push([name, value]);
  };
  if (auth.type === 'bearer') {
    set('Authorization', `Bearer ${parameter('token')}`);
  } else if (auth.type === 'oauth2') {
    const token = parameter('accessToken');
    if (token === '') return;
    const prefix = fill(auth.parameters.headerPrefix ?? 'Bearer').trim();
    set('Authorization', prefix === '' ? token : `${prefix} ${token}`);
    if (auth.parameters.addTokenTo === 'queryParams') headers.pop();
  } else if (auth.type === 'apikey') {
    set(parameter('key'), parameter('value'));
  } else {
    const pair = Buffer.from(`${parameter('username')}:${parameter('password')}`).toString('base64');
    set('Authorization', `Basic ${pair}`);
  }
}

/** The URL with the one OAuth 2 token that it may carry: what the collection writes in its place goes, as in Newman. */
function withAccessToken(url: string, auth: AuthTemplate | null, fill: (text: string) => string): string {
  const token = auth?.type === 'oauth2' ? fill(auth.parameters.accessToken ?? '') : '';
  if (token === '') return url;
  const [, address = '', search = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(.*)$/s.exec(url) ?? [];
  const written = search === '' ? [] : search.slice(1).split('&');
  const others = written.filter((part) => part.split('=', 1)[0] !== 'access_token');
  const value = token.replaceAll('&', '%26').replaceAll('#', '%23');
  const own = auth?.parameters.addTokenTo === 'queryParams' ? [`access_token=${value}`] : [];
  const query = [...others, ...own];
  return `${address}${query.length === 0 ? '' : `?${query.join('&')}`}${hash}`;
}

const RAW_CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
};

/** The body's text, and the `Content-Type` that it has where the headers name none. */
function bodyOf(
  body: BodyTemplate | null,
  fill: (text: string) => string,
  givenType: string | undefined,
): { text: string; type: string | null; isForm?: true } {
  switch (body?.mode) {
    case 'raw': {
      const type = RAW_CONTENT_TYPES[body.language ?? 'text'] ?? 'text/plain';
      const raw = fill(body.raw);
      // What its variables leave empty is no body, and has no type.
      return raw === ''
        ? { text: '', type: null }
        : { text: withoutComments(raw, body.language, givenType), type };
    }
    case 'urlencoded': {
      const fields = enabled(body.urlencoded);
      if (fields.length === 0) break;
      const text = formText(fields.map(({ key, value }) => [fill(key), fill(value)]));
      return { text, type: 'application/x-www-form-urlencoded', isForm: true };
    }
    case 'graphql': {
      const { query, operationName } = body;
      const variables = fill(body.variables);
      const parts = [
        ...(query === undefined ? [] : [`"query":${JSON.stringify(fill(query))}`]),
        ...(operationName === undefined ? [] : [`"operationName":${JSON.stringify(fill(operationName))}`]),
        // They are JSON already, also where they are broken.
        ...(variables === '' ? [] : [`"variables":${variables}`]),
      ];
      return { text: `{${parts.join(',')}}`, type: 'application/json' };
    }
  }
  return { text: '', type: null };
}

function enabled<T extends QueryParameter>(list: readonly T[]): readonly T[] {
  return list.filter(({ disabled }) => disabled !== true);
}
