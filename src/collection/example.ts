import { isTooDeep } from '../json';
import { type Example, headerOf } from './model';
import { withoutPlaceholders } from './placeholder';

/** What keeps an example from being JSON, where it can be read all the same. */
export type Oddity = 'comments' | 'a trailing comma' | 'an ellipsis';

/**
 * The JSON that an example means, and the text of it. `oddities` are what had to be read around; none where it is JSON as it
 * stands.
 */
export interface ExampleJson {
  readonly value: unknown;
  readonly text: string;
  readonly oddities: readonly Oddity[];
}

/**
 * The JSON of a saved example; null where its media type, or its text, is something else, and where it is nested deeper
 * than anything that could walk it.
 */
export function exampleJson(example: Example): ExampleJson | null {
  const { body } = example;
  const media = mediaOf(example);
  const isOther = media !== '' && !media.includes('*') && !isJsonMedia(media);
  const read = isOther && !isUnspecific(media) ? null : readLeniently(body);
  if (read === null || isTooDeep(read.value)) return null;
  return isOther && !isContainer(read.value) ? null : read;
}

/**
 * Whether a media type, in lower case and without parameters, is what servers say by default, of JSON too: then an object or
 * a list is JSON all the same.
 */
export function isUnspecific(media: string): boolean {
  return media === 'text/html' || media === 'text/plain';
}

/** Whether a value is an object or a list: a text that is JSON by chance is neither. */
export function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The media type that an example says, in lower case and without parameters; empty where it says none. */
export function mediaOf({ headers }: Example): string {
  return (headerOf(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether a media type, in lower case and without parameters, is one of JSON. */
export function isJsonMedia(media: string): boolean {
  return /^application\/json$|\+json$|^text\/json$/.test(media);
}

/**
 * A text as JSON, with what people write into examples read around: comments, a trailing comma, and an ellipsis for
 * items, properties or a value that were left out. Null where the meaning is not clear.
 */
export function readLeniently(text: string): ExampleJson | null {
  const clean = text.replace(/^\uFEFF/, '');
  try {
    return { value: JSON.parse(clean), text: clean, oddities: [] };
  } catch {
    const { json, oddities } = withoutOddities(clean);
    if (oddities.length === 0) return null;
    try {
      return { value: JSON.parse(json), text: json, oddities };
    } catch {
      return null;
    }
  }
}

/**
 * What a server would answer for the body of an example: with a value in place of every placeholder. Null where it is no
 * JSON that could be walked.
 */
export function answerIn(body: string): { readonly value: unknown } | null {
  const read = readLeniently(body);
  return read === null || isTooDeep(read.value) ? null : { value: withoutPlaceholders(read.value) };
}

/** Kinds of tokens. Source: `SyntaxKind` of jsonc-parser, whose names are gone when it is compiled. */
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const LINE_BREAK = 14;
const SPACE = 15;
const UNKNOWN = 16;
const END = 17;

/** A value that was left out: nothing is known of it. Learning reads it as a placeholder without a known word. */
const LEFT_OUT = '"<...>"';

function withoutOddities(text: string): { json: string; oddities: Oddity[] } {
  const found = new Set<Oddity>();
  const out: string[] = [];
  // Something was left out here, so that a comma beside it separates nothing.
  let isGap = false;
  const { createScanner } = require('jsonc-parser') as typeof import('jsonc-parser');
  const scanner = createScanner(text, false);
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    const before = out.at(-1) ?? '[';
    if (kind === SPACE || kind === LINE_BREAK) continue;
    if (kind === LINE_COMMENT || kind === BLOCK_COMMENT) {
      found.add('comments');
    } else if (kind === UNKNOWN && /^(\.{2,}|…)$/.test(token)) {
      found.add('an ellipsis');
      if (before === ':') out.push(LEFT_OUT);
      else isGap = true;
    } else if (token === ',' && isGap && /^[[{,]$/.test(before)) {
      // The comma of what was left out.
    } else {
      if ((token === '}' || token === ']') && before === ',') {
        if (!isGap) found.add('a trailing comma');
        out.pop();
      } else if (isGap && !/^[,\]}]$/.test(token) && !/^[[{,:]$/.test(before)) out.push(',');
      if (token !== ',') isGap = false;
      out.push(token);
    }
  }
  return { json: out.join(''), oddities: [...found] };
}
