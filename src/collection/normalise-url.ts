import type * as PostmanUrl from 'postman-collection';
import { isRecord, type JsonRecord, recordsIn, textOf } from '../json';

/**
 * Any of Postman's URL shapes as one v2.1 `url` object with host and path as lists.
 *
 * Shapes: a string; an object with or without `raw`, with `host` and `path` as text or list; the published dialect,
 *         where a string stands beside `urlObject` and one `host` element holds scheme, host and base path.
 * Source: Collection format v2.1.0, `url`; postman-collection parses what is only text.
 */
export function normaliseUrl(url: unknown, urlObject?: unknown): JsonRecord {
  const structured = isRecord(urlObject) ? urlObject : isRecord(url) ? url : null;
  const text = typeof url === 'string' ? url : typeof structured?.raw === 'string' ? structured.raw : '';
  const host = segments(structured?.host, '.');
  const complete = structured !== null && host.length > 0 && !host.some((part) => part.includes('/'));
  const parsed = complete ? {} : parseText(text === '' ? textOfParts(structured, host) : text);

  const path = complete ? segments(structured.path, '/') : parsed.path;
  const query = structured !== null && Array.isArray(structured.query) ? structured.query : parsed.query;
  const variable =
    structured !== null && Array.isArray(structured.variable) ? structured.variable : parsed.variable;
  const protocol = complete ? structured.protocol : parsed.protocol;
  const port = complete ? structured.port : parsed.port;
  const auth = complete ? structured.auth : parsed.auth;
  const hash = complete ? structured.hash : parsed.hash;
  return {
    raw: text === '' ? textOfParts(structured, host) : text,
    ...(typeof protocol === 'string' && protocol !== '' && { protocol }),
    ...(isRecord(auth) && { auth }),
    host: complete ? host : (parsed.host ?? []),
    ...((typeof port === 'string' || typeof port === 'number') && port !== '' && { port: textOf(port) }),
    path: path ?? [],
    query: recordsIn(query).map(parameter),
    variable: recordsIn(variable).map(parameter),
    ...(typeof hash === 'string' && hash !== '' && { hash }),
  };
}

interface ParsedUrl {
  protocol?: string;
  auth?: unknown;
  host?: string[];
  port?: string;
  path?: string[];
  query?: unknown;
  variable?: unknown;
  hash?: string;
}

function parseText(text: string): ParsedUrl {
  if (text === '') return {};
  // Loaded only for collections that need it: the library costs more to load than a small run takes.
  const { Url } = require('postman-collection') as typeof PostmanUrl;
  return Url.parse(text) as unknown as ParsedUrl;
}

/** The text of a URL object that has no `raw`. */
function textOfParts(url: JsonRecord | null, host: readonly string[]): string {
  if (url === null) return '';
  const scheme = typeof url.protocol === 'string' && !host[0]?.includes('://') ? `${url.protocol}://` : '';
  const port = url.port === undefined || url.port === '' ? '' : `:${textOf(url.port)}`;
  const path = segments(url.path, '/');
  const query = recordsIn(url.query)
    .filter((entry) => entry.disabled !== true)
    .map((entry) =>
      entry.value === null ? textOf(entry.key) : `${textOf(entry.key)}=${textOf(entry.value)}`,
    );
  const origin = `${scheme}${host.join('.').replace(/\/+$/, '')}${port}`;
  return `${origin}${path.length > 0 ? `/${path.join('/')}` : ''}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function segments(value: unknown, separator: string): string[] {
  if (typeof value === 'string') {
    const trimmed = separator === '/' ? value.replace(/^\//, '') : value;
    return trimmed === '' ? [] : trimmed.split(separator);
  }
  if (!Array.isArray(value)) return [];
  return value.map((part) => (isRecord(part) ? textOf(part.value) : textOf(part)));
}

/** A query parameter or path variable; `null` stays, because `?a` and `?a=` are different requests. */
function parameter(entry: JsonRecord): JsonRecord {
  const key = entry.key ?? entry.id ?? entry.name;
  return {
    key: typeof key === 'string' ? key : '',
    value: entry.value === undefined ? '' : entry.value === null ? null : textOf(entry.value),
    ...(entry.disabled === true && { disabled: true }),
    ...(entry.description !== undefined && entry.description !== null && { description: entry.description }),
  };
}
