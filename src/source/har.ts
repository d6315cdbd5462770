import { createReadStream } from 'node:fs';
import { SourceError } from '../errors';
import { isRecord, type JsonRecord, recordsIn, textOf } from '../json';

/** A name and a value, in the order that they were recorded in. */
type Pair = readonly [name: string, value: string];

/**
 * One entry of an HTTP archive. Source: HAR 1.2, with `_driftgate` and Chrome's `_error` beside what it defines.
 *
 * Shape: `index` is its place from 0. `key` is the request key that the recorder knew, or null. `response` is null where
 *        none came; its `body` is null where the recorder left it out, and bytes where it was recorded as such.
 * Units: `startedAt` in milliseconds since 1970 (0 where nothing says it), `durationMs`.
 */
export interface HarEntry {
  readonly index: number;
  readonly key: string | null;
  /** What else `_driftgate` holds, as it stands there. */
  readonly own: JsonRecord;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Pair[];
  readonly requestBody: string;
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly Pair[];
    readonly body: string | Uint8Array | null;
  } | null;
  /** Why no response came, in the recorder's words. */
  readonly error: string;
  readonly startedAt: number;
  readonly durationMs: number;
}

/**
 * The entries of a HAR file, one after the other: the file is never in memory as a whole, whatever its size.
 *
 * Errors: SourceError for a file that cannot be read, is no HAR or is cut off; what came before it has been given by then.
 */
export async function* readHar(file: string): AsyncGenerator<HarEntry> {
  const { JSONParser } = require('@streamparser/json') as typeof import('@streamparser/json');
  const waiting: HarEntry[] = [];
  let index = 0;
  let isHar = false;
  // Only what is asked for by its path is kept until it is complete, and let go then.
  const parser = new JSONParser({
    paths: ['$.log.version', '$.log.creator', '$.log.entries.*'],
    keepStack: false,
  });
  parser.onValue = ({ value, stack }) => {
    isHar = true;
    // `log.entries.*` stands one deeper than the others.
    if (stack.length < ENTRY_DEPTH) return;
    waiting.push(entryOf(value, index));
    index += 1;
  };
  for await (const chunk of chunksOf(file)) {
    try {
      parser.write(chunk);
    } catch (cause) {
      throw new SourceError(`no JSON after ${index} entries`, file, 'record it again', { cause });
    }
    yield* waiting.splice(0);
  }
  if (!parser.isEnded) throw new SourceError(`cut off after ${index} entries`, file, 'record it again');
  if (!isHar) throw new SourceError('no HTTP archive: it has no log', file, 'give a HAR file (version 1.2)');
}

const ENTRY_DEPTH = 3;

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  try {
    for await (const chunk of createReadStream(file, {
      highWaterMark: 256 * 1024,
    }) as AsyncIterable<Buffer>) {
      // Some exports begin with a byte order mark.
      const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      isFirst = false;
      yield hasMark ? chunk.subarray(3) : chunk;
    }
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new SourceError(`cannot read the recording (${code})`, file, 'give a HAR file', { cause });
  }
}

function entryOf(value: unknown, index: number): HarEntry {
  const entry = recordAt(value, []);
  const request = recordAt(entry, ['request']);
  const response = recordAt(entry, ['response']);
  const status = Number(response.status);
  const { key, ...own } = recordAt(entry, ['_driftgate']);
  return {
    index,
    key: typeof key === 'string' ? key : null,
    own,
    method: textOf(request.method),
    url: textOf(request.url),
    requestHeaders: pairsIn(request.headers),
    requestBody: textOf(recordAt(request, ['postData']).text),
    // Recorders write the status 0 where nothing answered.
    response:
      Number.isInteger(status) && status >= 100
        ? {
            status,
            statusText: textOf(response.statusText),
            headers: withType(pairsIn(response.headers), recordAt(response, ['content'])),
            body: bodyOf(recordAt(response, ['content'])),
          }
        : null,
    error: textOf(entry._error) || textOf(response._error) || textOf(response.statusText),
    startedAt: Date.parse(textOf(entry.startedDateTime)) || 0,
    durationMs: Math.max(0, Number(entry.time) || 0),
  };
}

/** Some recorders keep no headers, and the media type with the content. */
function withType(headers: Pair[], { mimeType }: JsonRecord): Pair[] {
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const isKnown = typeof mimeType === 'string' && mimeType.includes('/');
  return hasType || !isKnown ? headers : [...headers, ['Content-Type', mimeType]];
}

function bodyOf({ text, encoding, size }: JsonRecord): string | Uint8Array | null {
  // Where nothing was received there is no text to leave out.
  if (typeof text !== 'string') return size === 0 ? '' : null;
  return textOf(encoding).toLowerCase() === 'base64' ? Buffer.from(text, 'base64') : text;
}

function pairsIn(value: unknown): Pair[] {
  return recordsIn(value).map(({ name, value: text }) => [textOf(name), textOf(text)]);
}

function recordAt(value: unknown, names: readonly string[]): JsonRecord {
  let current = value;
  for (const name of names) current = isRecord(current) ? current[name] : undefined;
  return isRecord(current) ? current : {};
}
