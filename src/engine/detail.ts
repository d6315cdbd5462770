import type { Exchange, Header } from '../exchange/exchange';
import { isCredentialName, type Masker } from '../masking/masker';
import { shorten } from '../masking/shorten';
import type { ReportBody, ReportDetail, ReportHeader } from '../report/report';

/** As much of one body as a report keeps. Units: bytes of UTF-8. */
const MAX_BODY_BYTES = 16_384;
const MAX_HEADERS = 100;
const MAX_HEADER_LENGTH = 2_000;
const MAX_URL_LENGTH = 8_000;
/** As much as the details of one run may take; an environment that fails throughout must not fill the memory. */
const MAX_TOTAL_LENGTH = 4_194_304;
const HIDDEN = '[hidden]';

/** What is left of the room that the details of one run share. Units: characters. */
export interface DetailRoom {
  left: number;
}

/** The room at the start of a run. */
export function detailRoom(): DetailRoom {
  return { left: MAX_TOTAL_LENGTH };
}

/**
 * What was sent and received, masked and bounded, so that a report can show it; null where the room is used up.
 *
 * Shape: credentials are taken out by their value and, in headers, parameters and properties, by their name: what an API
 *        answers may be a secret that nobody filled in. Bodies are cut after they are masked.
 */
export function detailOf(
  { sent, response }: Exchange,
  masker: Masker,
  room: DetailRoom,
): ReportDetail | null {
  if (room.left <= 0) return null;
  const requestBody =
    sent.bytes === undefined ? bodyOf(sent.body, masker) : { sizeBytes: sent.bytes.length, binary: true };
  const detail: ReportDetail = {
    request: {
      method: sent.method,
      url: shorten(withoutParameters(masker.text(sent.url)), MAX_URL_LENGTH),
      headers: headersOf(sent.headers, masker),
      ...(requestBody !== null && { body: requestBody }),
    },
  };
  if (response === null) return taken(detail, room);
  const body = bodyOf(response.body, masker, response.sizeBytes);
  const received = {
    status: response.status,
    statusText: shorten(masker.text(response.statusText)),
    headers: headersOf(response.headers, masker),
    ...(body !== null && { body }),
  };
  return taken({ ...detail, response: received }, room);
}

function taken(detail: ReportDetail, room: DetailRoom): ReportDetail {
  room.left -= JSON.stringify(detail).length;
  return detail;
}

function headersOf(headers: readonly Header[], masker: Masker): ReportHeader[] {
  return headers.slice(0, MAX_HEADERS).map(([name, value]) => ({
    name: shorten(masker.text(name)),
    value: shorten(masker.header(name, value), MAX_HEADER_LENGTH),
  }));
}

function bodyOf(
  body: string,
  masker: Masker,
  sizeBytes: number = Buffer.byteLength(body),
): ReportBody | null {
  if (body === '') return null;
  const masked = withoutNamed(masker.text(body));
  const text = firstBytes(masked);
  return { text, sizeBytes, ...(text.length < masked.length && { truncated: true }) };
}

function firstBytes(text: string): string {
  const head = text.slice(0, MAX_BODY_BYTES);
  if (Buffer.byteLength(head) <= MAX_BODY_BYTES && head.length === text.length) return text;
  // A character that the cut goes through becomes U+FFFD, at the end only.
  return Buffer.from(head)
    .subarray(0, MAX_BODY_BYTES)
    .toString()
    .replace(/\ufffd+$/, '');
}

/** JSON properties and parameters of forms that are credentials by their name. */
function withoutNamed(body: string): string {
  return withoutParameters(
    body.replace(/"((?:[^"\\]|\\.)*)"(\s*:\s*)"(?:[^"\\]|\\.)*("|$)/g, (text, name: string, colon: string) =>
      isCredentialName(name) ? `"${name}"${colon}"${HIDDEN}"` : text,
    ),
  );
}

/** Parameters of a query or a form that are credentials by their name; a placeholder says more, and stays. */
function withoutParameters(text: string): string {
  return text.replace(
    /(^|[?&])([^=&?#\s"<>{}]+)=([^&#\s"<>]*)/g,
    (whole, before: string, name: string, value: string) =>
      isCredentialName(name) && !/^\{\{[^{}]*\}\}$/.test(value) && value !== ''
        ? `${before}${name}=${HIDDEN}`
        : whole,
  );
}
