import type { ReportDetail, ReportHeader } from '../report';

type Sent = ReportDetail['request'];

/** A language of code, or a tool, and how a request is written in it. */
export interface Language {
  readonly id: string;
  readonly title: string;
  readonly write: (request: ReportDetail['request']) => string;
}

/** Headers that the sender makes for itself. */
const OWN_HEADERS = /^(host|content-length|connection|accept-encoding|postman-token|transfer-encoding)$/i;
/** RFC 9110: a method and the name of a header are tokens; anything else could be code in the snippet. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const SIMPLE_NAME = /^[\w-]+$/;

/** A word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The request for a POSIX shell; any text is one word of it. */
export function curl({ method, url, headers, body }: Sent): string {
  const lines = [
    `curl --request ${quoted(method)} ${quoted(url)}`,
    ...headers.map(({ name, value }) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(body?.text === undefined ? [] : [`--data-raw ${quoted(body.text)}`]),
  ];
  return lines.join(' \\\n  ');
}

/** The request in JavaScript, whose texts are JSON's. */
export function fetching({ method, url, headers, body }: Sent): string {
  const options = {
    method,
    headers: headers.map(({ name, value }) => [name, value]),
    ...(body?.text !== undefined && { body: body.text }),
  };
  const call = 'await fetch';
  return `const response = ${call}(${JSON.stringify(url)}, ${JSON.stringify(options, null, 2)});
console.log(response.status, await response.text());`;
}

/** What of a request is hidden from a writer, and what stands in its place afterwards. */
interface Hiding {
  readonly pattern: RegExp;
  readonly restored: (match: string) => string;
  /** The beginning of the words that stand in between; whoever hides within another hiding needs one of its own. */
  readonly mark: string;
  readonly isBodyOnly?: boolean;
}

/**
 * Writes with every match of a pattern replaced by a plain word, and puts something in its place afterwards: no library
 * encodes or refuses what it does not see.
 */
export function restoring(
  request: Sent,
  { pattern, restored, mark, isBodyOnly = false }: Hiding,
  write: Language['write'],
): string {
  const matches: string[] = [];
  const hide = (text: string): string =>
    text.replace(pattern, (match) => {
      matches.push(match);
      return `${mark}${matches.length - 1}xzq`;
    });
  const { url, headers, body } = request;
  const hidden = {
    ...request,
    ...(!isBodyOnly && {
      url: hide(url),
      headers: headers.map(({ name, value }) => ({ name, value: hide(value) })),
    }),
    ...(body?.text !== undefined && { body: { ...body, text: hide(body.text) } }),
  };
  return write(hidden).replace(new RegExp(`${mark}(\\d+)xzq`, 'gi'), (word, at: string) => {
    const match = matches[Number(at)];
    return match === undefined ? word : restored(match);
  });
}

const PLACEHOLDER = /\{\{[\w.-]{1,200}\}\}/g;

/** What would end a quoted text, or be code in it, in one language or another is encoded, which leaves the address the same. */
function safeUrl(url: string): string {
  return url.replace(/\{\{[\w.-]{1,200}\}\}|[^\w\-.~:/?#@!&*+,;=%]/gu, (found) => {
    if (found.startsWith('{{')) return found;
    if (/\p{Cs}/u.test(found)) return '%EF%BF%BD';
    const bytes = [...new TextEncoder().encode(found)];
    return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}

function kept({ name, value }: ReportHeader): boolean {
  return !OWN_HEADERS.test(name) && SIMPLE_NAME.test(name) && !/(?!\t)\p{Cc}/u.test(value);
}

/** The request as code in a language; null where it cannot be said. Hidden values become `{{names}}` to fill in. */
export function snippetOf({ write }: Pick<Language, 'write'>, request: Sent): string | null {
  if (!TOKEN.test(request.method)) return null;
  const sent = {
    ...request,
    url: safeUrl(request.url.replaceAll('[hidden]', '{{hidden}}')),
    headers: request.headers
      .filter(kept)
      .map(({ name, value }) => ({ name, value: value.replaceAll('[hidden]', `{{${name}}}`) })),
  };
  try {
    const placeholders = {
      pattern: PLACEHOLDER,
      restored: (match: string) => match,
      mark: 'qzx',
    };
    return restoring(sent, placeholders, write);
  } catch {
    return null;
  }
}
