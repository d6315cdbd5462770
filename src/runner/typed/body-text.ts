import { stringify } from 'node:querystring';
import type { Header } from '../../exchange/exchange';

/** Fields of a form as its body. A name that comes again stands where it came first. Source: postman-runtime. */
export function formText(fields: readonly (readonly [name: string, value: string])[]): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  // Newman collects the fields in an object, where this is no name.
  values.delete('__proto__');
  // RFC 3986 reserves these too, and Newman encodes them.
  return stringify(Object.fromEntries(values)).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Postman lets people comment JSON bodies, and sends them without. Source: postman-runtime, `request-helpers-presend`. */
export function withoutComments(body: string, language: string | undefined, contentType = ''): string {
  const isJson =
    language === undefined ? /^application\/(\S+\+)?json/.test(contentType) : language === 'json';
  if (!isJson || !/\/\/|\/\*/.test(body)) return body;
  const strip = require('strip-json-comments') as (json: string, options: object) => string;
  return strip(body, { whitespace: false });
}

/** The headers with the type of a form. Newman lets its HTTP client name it: last of all, or over another type that is written. */
export function withFormType(headers: readonly Header[], type: string): Header[] {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  const [name = '', written = ''] = headers[at] ?? [];
  if (at < 0) return [...headers, ['Content-Type', type]];
  const isSame = type.startsWith('multipart/')
    ? /^multipart\/form-data;.*boundary=/.test(written)
    : /^application\/x-www-form-urlencoded\b/.test(written);
  return isSame ? [...headers] : headers.with(at, [name, type]);
}
