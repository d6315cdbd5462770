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

/**
 * Writes with every match of a pattern replaced by a plain word, and puts something in its place afterwards: no library
 * encodes or refuses what it does not see.
 */
export function restoring(
  request: Sent,
  pattern: RegExp,
  restored: (match: string) => string,
  write: Language['write'],
): string {
  const matches: string[] = [];
  const hide = (text: string): string =>
    text.replace(pattern, (match) => {
      matches.push(match);
      return `qzx${matches.length - 1}xzq`;
    });
  const hidden = {
    ...request,
    url: hide(request.url),
    headers: request.headers.map(({ name, value }) => ({ name, value: hide(value) })),
    ...(request.body?.text !== undefined && { body: { ...request.body, text: hide(request.body.text) } }),
  };
  return write(hidden).replace(/qzx(\d+)xzq/gi, (word, at: string) => {
    const match = matches[Number(at)];
    return match === undefined ? word : restored(match);
  });
}

/** What would end a quoted text in one language or another is encoded, which leaves the address the same. */
function safeUrl(url: string): string {
  return url.replace(/[^\w\-.~:/?#@!&*+,;=%{}]/gu, (character) =>
    /\p{Cs}/u.test(character)
      ? '%EF%BF%BD'
      : `%${[...new TextEncoder().encode(character)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('%')}`,
  );
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
    return restoring(sent, /\{\{[\w.-]{1,200}\}\}/g, (match) => match, write);
  } catch {
    return null;
  }
}
