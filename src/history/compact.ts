import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';

/** What a history may hold. */
export interface Bounds {
  readonly runs: number;
  readonly bytes: number;
}

/** Shortening at each run would write everything each time; so it may grow by this part first. */
const SLACK = 1.1;
/** A lock of another machine that is older than this was left behind by a crash. */
const STALE_MS = 60_000;

/** Whether a history is longer than its bounds, with some slack. */
export function isOver(file: string, { runs, bytes }: Bounds): boolean {
  const { size } = statSync(file);
  return size > bytes * SLACK || linesIn(readFileSync(file)).length > Math.ceil(runs * SLACK);
}

/**
 * Keeps the latest runs alone. One writer does that at a time; another one leaves it to him. `now` is the clock that locks are
 * judged by.
 */
export function compact(file: string, bounds: Bounds, now: () => number): void {
  const lock = `${file}.lock`;
  if (!acquire(lock, now)) return;
  try {
    const compaction = beginCompaction(file, bounds);
    compaction.finish();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The two halves of a compaction: other writers may add lines before, between and after them, and none is lost. */
export function beginCompaction(file: string, bounds: Bounds): { finish(): void } {
  const old = openSync(file, 'r');
  const before = readFileSync(old);
  const temporary = `${file}.${process.pid}.tmp`;
  return {
    finish() {
      try {
        // Somebody else was quicker, after a lock that was thought to be stale: his is the shorter one already.
        if (fstatSync(old).ino !== statSync(file).ino) return;
        writeWhole(temporary, Buffer.concat(latest(linesIn(before), bounds)));
        renameSync(temporary, file);
        // What was added to the old file meanwhile. Who adds to it after this sees that it has been replaced.
        // A line of which only a part could be read was just being written: it is taken as a whole.
        const rest = Buffer.concat(linesIn(restOf(old, before.lastIndexOf(10) + 1)));
        if (rest.length > 0) append(file, rest);
      } finally {
        closeSync(old);
        rmSync(temporary, { force: true });
      }
    },
  };
}

function latest(lines: readonly Buffer[], { runs, bytes }: Bounds): Buffer[] {
  const kept = lines.slice(-runs);
  let size = kept.reduce((sum, line) => sum + line.length, 0);
  // The latest run is kept however long it is: without it there would be no history.
  while (kept.length > 1 && size > bytes) size -= kept.shift()?.length ?? 0;
  return kept;
}

/** Complete lines with their ends; what is cut off is no run. */
function linesIn(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, start)) {
    if (end > start) lines.push(text.subarray(start, end + 1));
    start = end + 1;
  }
  return lines;
}

function restOf(descriptor: number, from: number): Buffer {
  const rest = Buffer.alloc(fstatSync(descriptor).size - from);
  readSync(descriptor, rest, 0, rest.length, from);
  return rest;
}

function writeWhole(file: string, text: Buffer): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let at = 0; at < text.length; ) at += writeSync(descriptor, text, at);
    // The rename must never be there before the contents are.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function append(file: string, text: Buffer): void {
  const descriptor = openSync(file, 'a');
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** Takes the lock, also one that was left behind; whether it was got. */
function acquire(lock: string, now: () => number): boolean {
  if (create(lock, now)) return true;
  if (!isStale(lock, now)) return false;
  rmSync(lock, { force: true });
  return create(lock, now);
}

function create(lock: string, now: () => number): boolean {
  try {
    const descriptor = openSync(lock, 'wx');
    writeSync(descriptor, JSON.stringify({ host: hostname(), pid: process.pid, since: now() }));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(lock: string, now: () => number): boolean {
  try {
    const { host, pid, since } = JSON.parse(readFileSync(lock, 'utf8')) as Record<string, unknown>;
    if (typeof since === 'number' && now() - since > STALE_MS) return true;
    return host === hostname() && typeof pid === 'number' && !isAlive(pid);
  } catch {
    // It is being written, or is gone: both are somebody's who is alive, unless it stays so.
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    return since !== undefined && now() - since > STALE_MS;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
