import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HistoryError } from '../errors';
import { makeFolder } from '../folder';
import { isRecord } from '../json';
import { type Bounds, compact, isOver } from './compact';
import type { HistoryRun } from './run';

/** The version of the lines that are written and understood. */
const VERSION = 1;
/** What every line begins with, of whatever version. */
const BEGIN = '{"version":';
const ANY_RUN = /^\{"version":/m;

/** Where a run is remembered. `asked` is what a flag or variable says, `configured` the configuration; false is nowhere. */
export interface Whereabouts {
  readonly directory: string;
  readonly asked?: string | false | undefined;
  readonly configured?: string | false | undefined;
  readonly reports: string;
}

/** The file that runs are remembered in: the one that is asked for, the configured one, or one beside the reports; null is none. */
export function historyFile({ directory, asked, configured, reports }: Whereabouts): string | null {
  const said = asked ?? configured;
  if (said === false) return null;
  return said === undefined ? join(reports, 'history.jsonl') : resolve(directory, said);
}

/** A history as read: its runs in the order of the file, and what was skipped, in words. */
export interface History {
  readonly runs: readonly HistoryRun[];
  readonly warnings: readonly string[];
}

/**
 * Reads a history; one that is not there yet is empty. A line that was cut off is skipped and named.
 *
 * Errors: HistoryError (cannot be read, or a newer version wrote it).
 */
export function readHistory(file: string): History {
  if (!existsSync(file)) return { runs: [], warnings: [] };
  const warnings: string[] = [];
  const runs = new Map<string, HistoryRun>();
  const lines = textOf(file).trimEnd().split('\n');
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const run = runIn(line, `${file} line ${at + 1}`);
    // A run may stand there twice: whoever is not sure that its line survived writes it again.
    if (run !== null) runs.set(run.id, run);
    else warnings.push(`line ${at + 1} of the history ${file} is no run (cut off?) and is skipped`);
  }
  return { runs: [...runs.values()], warnings };
}

/**
 * The latest of the runs that are wanted, in the order of the file. It is read from its end and no further than needed, a block of so
 * many bytes at a time; what is no run is passed over.
 *
 * Errors: HistoryError, as of `readHistory`.
 */
export function latestRuns(
  file: string,
  most: number,
  isWanted: (run: HistoryRun) => boolean,
  blockBytes = BLOCK_BYTES,
): HistoryRun[] {
  if (!existsSync(file)) return [];
  const runs = new Map<string, HistoryRun>();
  try {
    for (const line of linesFromEnd(file, blockBytes)) {
      const run = runIn(line, file);
      // Of a run that stands there twice, the later line counts.
      if (run !== null && !runs.has(run.id) && isWanted(run)) runs.set(run.id, run);
      if (runs.size >= most) break;
    }
  } catch (cause) {
    throw cause instanceof HistoryError ? cause : unreadable(file, cause);
  }
  return [...runs.values()].reverse();
}

/** Some hundred lines of a small collection. */
const BLOCK_BYTES = 256 * 1024;

/** The lines of a file, the last one first. */
function* linesFromEnd(file: string, blockBytes: number): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    // The begin of a line comes with a later block than its end.
    let ends: Buffer[] = [];
    for (let end = fstatSync(descriptor).size; end > 0; end -= blockBytes) {
      const block = Buffer.alloc(Math.min(blockBytes, end));
      readSync(descriptor, block, 0, block.length, end - block.length);
      let to = block.length;
      for (let at = block.lastIndexOf(10); at >= 0; at = at === 0 ? -1 : block.lastIndexOf(10, at - 1)) {
        yield Buffer.concat([block.subarray(at + 1, to), ...ends]).toString();
        ends = [];
        to = at;
      }
      ends.unshift(block.subarray(0, to));
    }
    yield Buffer.concat(ends).toString();
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Whether this Driftgate may use a history, without taking all of it apart.
 *
 * Errors: HistoryError, as of `readHistory`.
 */
export function refuseNewer(file: string): void {
  if (!existsSync(file)) return;
  const text = textOf(file);
  // A file that is named by mistake must not get a line of ours. One line may be cut off, by a crash of the first run.
  if (!BEGIN.startsWith(text.trim()) && !ANY_RUN.test(text)) {
    throw new HistoryError('this is no history of runs', file, 'give another file with --history');
  }
  for (const { index, 1: version } of text.matchAll(/^\{"version":(\d+)/gm)) {
    if (Number(version) > VERSION)
      throw newer(version, `${file} line ${text.slice(0, index).split('\n').length}`);
  }
}

function textOf(file: string): string {
  try {
    // A device may never come to its end.
    const { size } = statSync(file);
    return size === 0 ? '' : readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): HistoryError {
  return new HistoryError('cannot read the history', file, 'give another file with --history', { cause });
}

function runIn(line: string, where: string): HistoryRun | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(json)) return null;
  const { version } = json;
  if (typeof version === 'number' && version > VERSION) {
    throw newer(version, where);
  }
  return version === VERSION && isRun(json) ? (json as unknown as HistoryRun) : null;
}

function newer(version: string | number | undefined, where: string): HistoryError {
  const what = `the history has version ${version}, and this Driftgate knows ${VERSION}`;
  return new HistoryError(what, where, 'update Driftgate, or give another file');
}

function isRun({
  id,
  startedAt,
  environment,
  collection,
  verdict,
  requests,
  findings,
}: Record<string, unknown>): boolean {
  const texts = [id, startedAt, environment, verdict, isRecord(collection) ? collection.name : null];
  return (
    texts.every((text) => typeof text === 'string') &&
    isRecord(requests) &&
    Object.values(requests).every(isRecord) &&
    Array.isArray(findings) &&
    findings.every(isRecord)
  );
}

/** How much is kept: whichever bound is met first, the oldest runs go. */
export const DEFAULT_BOUNDS: Bounds = { runs: 400, bytes: 16 * 1024 * 1024 };

/**
 * Adds a run in one write, so that two writers do not mix and a crash leaves at most one line that is cut off; and
 * shortens the history where it is too long. `now` is the clock that locks are judged by.
 *
 * Errors: HistoryError where it cannot be written.
 */
export function appendRun(file: string, run: HistoryRun, now: () => number, bounds = DEFAULT_BOUNDS): void {
  const line = `${JSON.stringify(run)}\n`;
  try {
    makeFolder(dirname(file));
    while (!appendLine(file, line)) {
      // Another writer put a shorter history in its place, perhaps without this line: it goes into that one.
    }
    if (isOver(file, bounds)) compact(file, bounds, now);
  } catch (cause) {
    if (cause instanceof HistoryError) throw cause;
    throw new HistoryError('cannot write the history', file, 'check that it can be written', { cause });
  }
}

/** Whether the line is in the file that has this name now. */
function appendLine(file: string, line: string): boolean {
  const descriptor = openSync(file, 'a+');
  try {
    const text = Buffer.from(endsInLine(descriptor) ? line : `\n${line}`);
    const written = writeSync(descriptor, text);
    if (written !== text.length) throw new Error(`only ${written} of ${text.length} bytes were written`);
    return fstatSync(descriptor).ino === statSync(file, { throwIfNoEntry: false })?.ino;
  } finally {
    closeSync(descriptor);
  }
}

/** Whether nothing that was cut off stands at the end. */
function endsInLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last.toString() === '\n';
}
