import * as encoder from 'postman-url-encoder';
import type { AuthTemplate, BodyTemplate, CollectionRequest, QueryParameter } from '../../collection/model';
import { RequestError } from '../../errors';
import { type Header, headerValue, type SentRequest } from '../../exchange/exchange';
import { resolveText } from '../../variables/resolve';
import type { VariableScope } from '../../variables/scope';

/** Newman leaves the body of these out, unless the request says `disableBodyPruning`. */
const METHODS_WITHOUT_BODY = new Set(['GET', 'COPY', 'HEAD', 'PURGE', 'UNLOCK']);
/** What is signed here; every other auth is signed by Postman's own helpers. */
const OWN_AUTH = new Set(['noauth', 'basic', 'bearer', 'apikey']);

/** Whether a request is built here, in the fast way; Postman's own objects build the others, as they do in Newman. */
export function isPlain({ scripts, body, auth, behavior }: CollectionRequest): boolean {
  return (
    scripts.every(({ source }) => source.trim() === '') &&
    body?.mode !== 'formdata' &&
    body?.mode !== 'file' &&
    behavior.disableUrlEncoding !== true &&
    (auth === null || OWN_AUTH.has(auth.type))
  );
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
    const resolved = resolveText(text, scope);
    for (const name of resolved.unresolved) unresolved.add(name);
    return resolved.text;
  };
  const headers: Header[] = enabled(request.headers).map(({ key, value }) => [fill(key), fill(value)]);
  const url = urlOf(request, fill);
  authenticate(request.auth, fill, headers, url.searchParts);
  const isPruned = METHODS_WITHOUT_BODY.has(request.method) && request.behavior.disableBodyPruning !== true;
  const body = bodyOf(isPruned ? null : request.body, fill);
  if (body.contentType !== null && headerValue(headers, 'content-type') === undefined) {
    headers.push(['Content-Type', body.contentType]);
  }
  return {
    sent: {
      method: request.method,
      url: atTarget(url.text(), target, request.key),
      headers,
      body: body.text,
    },
    unresolved: [...unresolved],
  };
}

function urlOf(request: CollectionRequest, fill: (text: string) => string) {
  const { url } = request;
  const values = new Map(url.variable.map(({ key, value }) => [key, value]));
  const host = fill(url.host.join('.'));
  const scheme = host.includes('://') ? '' : `${fill(url.protocol ?? 'http')}://`;
  const port = url.port === undefined ? '' : `:${fill(url.port)}`;
  const path = url.path.map((part) =>
    fill(part.startsWith(':') ? (values.get(part.slice(1)) ?? part) : part),
  );
  const base = `${scheme}${host.replace(/\/+$/, '')}${port}/${path.join('/')}`;
  const searchParts = enabled(url.query).map(({ key, value }) =>
    value === null ? fill(key) : `${fill(key)}=${fill(value)}`,
  );
  const text = () => `${base}${searchParts.length > 0 ? `?${searchParts.join('&')}` : ''}`;
  return { searchParts, text };
}

function atTarget(text: string, target: string | null, key: string): string {
  const node = encoder.toNodeUrl(text);
  if (node.host === null || node.host === '') {
    throw new RequestError('the request has no URL', key, 'give it one in the collection');
  }
  const url = `${target ?? `${node.protocol}//${node.host}`}${node.path ?? '/'}`;
  if (!URL.canParse(url))
    throw new RequestError('the URL cannot be read', key, 'correct it in the collection');
  return url;
}

function authenticate(
  auth: AuthTemplate | null,
  fill: (text: string) => string,
  headers: Header[],
  searchParts: string[],
): void {
  if (auth === null || auth.type === 'noauth') return;
  const parameter = (name: string) => fill(auth.parameters[name] ?? '');
  // A header written by hand wins, as in Newman.
  const authorize = (value: string) => {
    if (headerValue(headers, 'authorization') === undefined) headers.push(['Authorization', value]);
  };
  if (auth.type === 'basic') {
    const pair = Buffer.from(`${parameter('username')}:${parameter('password')}`).toString('base64');
    authorize(`Basic ${pair}`);
  } else if (auth.type === 'bearer') {
    authorize(`Bearer ${parameter('token')}`);
  } else if (parameter('in') === 'query') {
    searchParts.push(`${parameter('key')}=${parameter('value')}`);
  } else {
    headers.push([parameter('key'), parameter('value')]);
  }
}

const RAW_CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
};

function bodyOf(
  body: BodyTemplate | null,
  fill: (text: string) => string,
): { text: string; contentType: string | null } {
  switch (body?.mode) {
    case 'raw':
      return {
        text: fill(body.raw),
        contentType: RAW_CONTENT_TYPES[body.language ?? 'text'] ?? 'text/plain',
      };
    case 'urlencoded': {
      const fields = enabled(body.urlencoded).map(({ key, value }): [string, string] => [
        fill(key),
        fill(value),
      ]);
      return {
        text: new URLSearchParams(fields).toString(),
        contentType: 'application/x-www-form-urlencoded',
      };
    }
    case 'graphql': {
      const { query, operationName } = body;
      const variables = fill(body.variables);
      const text = JSON.stringify({
        query: fill(query),
        ...(operationName !== undefined && { operationName }),
        variables: variables === '' || variables === '""' ? {} : parsed(variables),
      });
      return { text, contentType: 'application/json' };
    }
    default:
      return { text: '', contentType: null };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function enabled<T extends QueryParameter>(list: readonly T[]): readonly T[] {
  return list.filter(({ disabled }) => disabled !== true);
}
