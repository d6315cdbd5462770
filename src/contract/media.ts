import { type Example, headerOf } from '../collection/model';
import { type Header, headerValue } from '../exchange/exchange';
import { type Finding, finding } from '../findings/finding';

/** What an example documents, without parameters; null where it says nothing that could be held to. */
export function documentedMedia(example: Example | undefined): string | null {
  const media = essence(
    (example === undefined ? undefined : headerOf(example.headers, 'content-type')) ?? '',
  );
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(media) ? media : null;
}

/** Whether a media type says that a body is JSON. Source: RFC 6839, 3.1. */
export function isJsonMedia(media: string): boolean {
  return /^(application|text)\/json$|\+json$/.test(media);
}

/** Whether a media type says that a body is XML. Source: RFC 7303. */
export function isXmlMedia(media: string): boolean {
  return /^(application|text)\/xml$|\+xml$/.test(media);
}

/** The media type that a response says of itself; empty where it says none. */
export function receivedMedia(headers: readonly Header[]): string {
  return essence(headerValue(headers, 'content-type') ?? '');
}

/**
 * What a response says of its body, held to what is documented: parameters such as a charset may differ. Where only the
 * schema says that it is JSON, any media type of JSON will do, and so will none.
 */
export function mediaTypeFinding(
  expected: string | null,
  headers: readonly Header[],
  isJson: boolean,
): Finding | null {
  const received = receivedMedia(headers);
  if (expected === null ? !isJson || received === '' || isJsonMedia(received) : received === expected)
    return null;
  return finding('media-type-changed', '', {
    expected: expected ?? 'a media type of JSON',
    actual: received || 'no Content-Type',
    message: 'another Content-Type than the documented one',
  });
}

/** A media type without its parameters. */
function essence(contentType: string): string {
  return (contentType.split(/[;,]/)[0] ?? '').trim().toLowerCase();
}
