import type * as Entities from 'entities/decode';
import { type CaptureSource, patternOf } from '../config/captures';
import { type Exchange, type Header, headerValue, type ReceivedResponse } from '../exchange/exchange';
import { getPointer } from '../json-pointer';
import type { PlannedRequest } from '../plan/plan';

type Sources = Readonly<Record<string, CaptureSource>>;
type Answer = Pick<ReceivedResponse, 'headers' | 'body'>;

/** No regular expression searches more of a text than this. Units: UTF-16 code units. */
export const MAX_SEARCHED_LENGTH = 1_000_000;

/** The variables that the response of a planned request yields; none where there is no response. */
export function captured({ captures }: PlannedRequest, { response }: Exchange): Record<string, string> {
  return response === null ? {} : capturedFrom(captures, response);
}

/** The variables that a response yields: what is found in it, and the defaults of what is not. */
export function capturedFrom(captures: Sources, response: Answer): Record<string, string> {
  const defaults = Object.entries(captures).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(defaults), ...foundIn(captures, response) };
}

/**
 * The variables whose values are in the response itself. What is absent or null is not found.
 *
 * Shape: texts stay as they are, numbers and booleans become text, objects and arrays their JSON.
 */
export function foundIn(captures: Sources, response: Answer): Record<string, string> {
  const sources = Object.entries(captures);
  // Most requests yield nothing, and reading a body costs more than all else here.
  const isRead = sources.some(([, { pointer }]) => pointer !== undefined);
  const json = isRead ? jsonOrUndefined(response.body) : undefined;
  const found = sources.flatMap(([name, source]) => {
    const value = valueIn(source, json, response);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function valueIn(source: CaptureSource, json: unknown, { headers, body }: Answer): string | undefined {
  const { pointer, header, cookie, regex } = source;
  let value: string | undefined;
  if (pointer !== undefined) value = asText(getPointer(json, pointer));
  else if (header !== undefined) value = headerValue(headers, header);
  else if (cookie !== undefined) value = cookieValue(headers, cookie);
  else return partOf(body, source, isMarkup(headers, body));
  return value === undefined || regex === undefined ? value : partOf(value, source, false);
}

/** What a regular expression finds first: its group, which is the first one where there are any, else the whole match. */
function partOf(text: string, { regex = '', group }: CaptureSource, isMarkup: boolean): string | undefined {
  const searched = text.slice(0, MAX_SEARCHED_LENGTH);
  const match = patternOf(regex).exec(searched);
  if (match === null) return undefined;
  const place =
    typeof group === 'string'
      ? match.indices?.groups?.[group]
      : match.indices?.[group ?? Math.min(1, match.length - 1)];
  if (place === undefined) return undefined;
  return isMarkup ? charactersAt(searched, place) : searched.slice(...place);
}

function isMarkup(headers: readonly Header[], body: string): boolean {
  const media = headerValue(headers, 'content-type');
  return media === undefined ? /^\s*</.test(body) : /\b(xml|html)\b/i.test(media);
}

const CDATA = '<![CDATA[';

/** The characters that a part of XML or HTML stands for. In a CDATA section each stands for itself. */
function charactersAt(text: string, [start, end]: readonly [start: number, end: number]): string {
  const before = text.slice(0, start);
  const part = text.slice(start, end);
  if (before.lastIndexOf(CDATA) > before.lastIndexOf(']]>')) return part;
  if (!/&|<!\[/.test(part)) return part;
  const { decodeXML } = require('entities/decode') as typeof Entities;
  return part
    .split(/<!\[CDATA\[(.*?)\]\]>/s)
    .map((piece, index) => (index % 2 === 1 ? piece : decodeXML(piece)))
    .join('');
}

function cookieValue(headers: readonly Header[], name: string): string | undefined {
  const pairs = headers
    .filter(([header]) => header.toLowerCase() === 'set-cookie')
    .map(([, value]) => value.split(';')[0] ?? '');
  return pairs.find((pair) => pair.slice(0, pair.indexOf('=')).trim() === name)?.replace(/^[^=]*=/, '');
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
