import { isCredentialName, type Masker, shapeOf } from '../masking/masker';
import { decoded } from '../percent';
import { urlOf } from '../url';
import type { Exchange, Header } from './exchange';

/** What a run is to one of its exchanges: a test, or one of those that are not counted. */
export type Role = 'test' | 'prerequisite' | 'clean-up';

/** Whose an exchange is. Source: the `_driftgate` of our recordings. */
export interface Recorder {
  readonly key: string;
  readonly runner: string;
  readonly role: Role;
  readonly iteration?: number;
  readonly repeat?: number;
  readonly refusedRedirect?: string;
}

const HIDDEN = '[hidden]';

/**
 * An exchange as an entry of an HTTP archive, without any secret. Source: HAR 1.2.
 *
 * Shape: secrets of a body become letters and digits of the same form, so that it can be held to its schema; those of an
 *        address or header become the names of their variables. Bodies are decoded text. Where no answer came the status is
 *        0, as other recorders have it, and `_error` is the code and message of the failure.
 */
export function harEntry(exchange: Exchange, recorder: Recorder, masker: Masker): object {
  const { sent, response, failure, startedAt, durationMs } = exchange;
  const headers = (all: readonly Header[]) =>
    all.map(([name, value]) => ({
      name: masker.text(name),
      value: withoutParameters(masker.header(name, value)),
    }));
  const url = withoutParameters(masker.text(sent.url));
  const type = (all: readonly Header[]) =>
    masker.text(all.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '');
  const redirect = withoutParameters(masker.text(exchange.refusedRedirect ?? ''));
  const text = maskedBody(response?.body ?? '', masker);
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method: sent.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headers(sent.headers),
      queryString: queryOf(url),
      ...(sent.body !== '' && {
        postData: { mimeType: type(sent.headers), text: maskedBody(sent.body, masker) },
      }),
      headersSize: -1,
      bodySize: Buffer.byteLength(sent.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: masker.text(response?.statusText ?? ''),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headers(response?.headers ?? []),
      content: { size: response?.sizeBytes ?? 0, mimeType: type(response?.headers ?? []), text },
      redirectURL: redirect,
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(failure !== null && { _error: masker.text(`${failure.code}: ${failure.message}`) }),
    _driftgate: {
      ...recorder,
      key: masker.text(recorder.key),
      ...(redirect !== '' && { refusedRedirect: redirect }),
    },
  };
}

function queryOf(url: string): { name: string; value: string }[] {
  return [...(urlOf(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }));
}

/** An address without the values of parameters whose names say that they are credentials, and without a password. */
function withoutParameters(text: string): string {
  return text
    .replace(/([?&#;])([^?&#;=\s]+)=([^&#;\s]*)/g, (whole, before: string, name: string) =>
      isCredentialName(decoded(name)) ? `${before}${name}=${HIDDEN}` : whole,
    )
    .replace(/(:\/\/)[^/?#\s@]+@/g, `$1${HIDDEN}@`);
}

/** What stands behind the name of a credential is one, whoever made it: in JSON, and in a form. */
function maskedBody(body: string, masker: Masker): string {
  return masker
    .shaped(body)
    .replace(
      /"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g,
      (whole, name, colon, value) =>
        hides(String(name), String(value)) ? `"${name}"${colon}${shapeOfValue(String(value))}` : whole,
    )
    .replace(/(^|&)([^&=\s"<{]+)=([^&\s"<{]*)/g, (whole, before: string, name: string, value: string) =>
      hides(decoded(name), value) ? `${before}${name}=${shapeOf(value)}` : whole,
    );
}

/** Neither of what kind a credential is nor when it ends is one. */
function hides(name: string, value: string): boolean {
  return isCredentialName(name) && !/type$/i.test(name) && !/^"?\d{4}-\d\d-\d\d/.test(value);
}

function shapeOfValue(value: string): string {
  return value.startsWith('"') ? shapeOf(value) : value.replace(/\d/g, '1');
}
