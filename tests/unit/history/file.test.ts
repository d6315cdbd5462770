import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beginCompaction, compact } from '../../../src/history/compact';
import { appendRun, latestRuns, readHistory, refuseNewer } from '../../../src/history/file';
import { runOf } from './runs';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-history-'));
  file = join(directory, 'deep', 'history.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const NOW = Date.parse('2026-03-31T02:00:00Z');
const now = () => NOW;
const add = (day: number, bounds = { runs: 400, bytes: 1e6 }) => appendRun(file, runOf({ day }), now, bounds);
const days = () => readHistory(file).runs.map(({ startedAt }) => Number(startedAt.slice(8, 10)));

test('a history that is not there is empty, and what is added is read back', () => {
  expect(readHistory(file)).toEqual({ runs: [], warnings: [] });
  add(1);
  add(2);
  expect(readHistory(file)).toEqual({ runs: [runOf({ day: 1 }), runOf({ day: 2 })], warnings: [] });
});

test('a line that a crash cut off is skipped and named, and the next run stands on a line of its own', () => {
  add(1);
  appendFileSync(file, JSON.stringify(runOf({ day: 2 })).slice(0, 40));
  expect(days()).toEqual([1]);
  expect(readHistory(file).warnings).toEqual([
    `line 2 of the history ${file} is no run (cut off?) and is skipped`,
  ]);
  add(3);
  expect(days()).toEqual([1, 3]);
  expect(readHistory(file).warnings).toHaveLength(1);
});

test.each(['7', '{}', '{"version":1}', '[]', '{"version":1,"id":"a","requests":{"a":1}}'])(
  '%s is no run',
  (line) => {
    add(1);
    appendFileSync(file, `${line}\n`);
    expect({ days: days(), warnings: readHistory(file).warnings.length }).toEqual({ days: [1], warnings: 1 });
  },
);

test('a newer version is refused by name', () => {
  add(1);
  expect(() => refuseNewer(file)).not.toThrow();
  appendFileSync(file, `${JSON.stringify({ ...runOf({ day: 2 }), version: 2 })}\n`);
  expect(() => readHistory(file)).toThrow(
    `the history has version 2, and this Driftgate knows 1, ${file} line 2, update Driftgate, or give another file`,
  );
  expect(() => refuseNewer(file)).toThrow(`${file} line 2`);
  expect(() => refuseNewer(join(directory, 'none.jsonl'))).not.toThrow();
});

test('what cannot be read or written is an error with the file', () => {
  expect(() => readHistory(directory)).toThrow(`cannot read the history, ${directory}`);
  expect(() => appendRun(directory, runOf({ day: 1 }), now)).toThrow(
    `cannot write the history, ${directory}`,
  );
});

test('the oldest runs go when there are too many, and nothing else is left in the folder', () => {
  for (let day = 1; day <= 12; day += 1) add(day, { runs: 10, bytes: 1e6 });
  expect(days()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(readdirSync(join(directory, 'deep'))).toEqual(['history.jsonl']);
});

test('they go as well when it is too large, but never the latest', () => {
  const { length } = JSON.stringify(runOf({ day: 1 }));
  for (let day = 1; day <= 5; day += 1) add(day, { runs: 400, bytes: Math.floor(2.5 * length) });
  expect(days()).toEqual([4, 5]);
  add(6, { runs: 400, bytes: 10 });
  expect(days()).toEqual([6]);
});

test('what another writer adds while a history is shortened is not lost', () => {
  for (let day = 1; day <= 4; day += 1) add(day);
  const compaction = beginCompaction(file, { runs: 2, bytes: 1e6 });
  add(5);
  compaction.finish();
  expect(days()).toEqual([3, 4, 5]);
});

test('a line that is being written while a history is shortened is taken as a whole', () => {
  for (let day = 1; day <= 3; day += 1) add(day);
  const line = `${JSON.stringify(runOf({ day: 4 }))}\n`;
  appendFileSync(file, line.slice(0, 40));
  const compaction = beginCompaction(file, { runs: 2, bytes: 1e6 });
  appendFileSync(file, line.slice(40));
  compaction.finish();
  expect({ days: days(), warnings: readHistory(file).warnings }).toEqual({ days: [2, 3, 4], warnings: [] });
});

test('a first line that was cut short, or is empty, refuses no later one', () => {
  mkdirSync(dirname(file), { recursive: true });
  for (const cut of ['{"ver', '\n']) {
    writeFileSync(file, cut);
    expect(() => refuseNewer(file)).not.toThrow();
    add(1);
    expect(() => refuseNewer(file)).not.toThrow();
    expect(days()).toEqual([1]);
  }
  writeFileSync(file, '{"other": 1}\n');
  expect(() => refuseNewer(file)).toThrow('no history of runs');
});

test('a run that stands there twice is one', () => {
  add(1);
  add(1);
  expect(days()).toEqual([1]);
  expect(latestRuns(file, 9, () => true)).toEqual([runOf({ day: 1 })]);
});

describe('the latest runs', () => {
  const dayOf = ({ startedAt }: { startedAt: string }) => Number(startedAt.slice(8, 10));
  const latest = (most: number, isWanted: (day: number) => boolean, blockBytes?: number) =>
    latestRuns(file, most, (run) => isWanted(dayOf(run)), blockBytes).map(dayOf);

  test('are those that are wanted, oldest first, however many others are among them', () => {
    for (let day = 1; day <= 12; day += 1) add(day);
    expect(latest(3, (day) => day % 4 === 0)).toEqual([4, 8, 12]);
    expect(latest(2, (day) => day % 4 === 0)).toEqual([8, 12]);
    expect(latest(9, () => false)).toEqual([]);
  });

  test('are the same ones whatever part of the file is read at a time', () => {
    for (let day = 1; day <= 5; day += 1) add(day);
    appendFileSync(file, '{"cut');
    const { length } = readFileSync(file);
    const { length: line } = `${JSON.stringify(runOf({ day: 1 }))}\n`;
    for (const bytes of [1, 7, line - 1, line, line + 1, length, length + 1]) {
      expect({ bytes, days: latest(3, () => true, bytes) }).toEqual({ bytes, days: [3, 4, 5] });
    }
  });

  test('are read with letters of several bytes in them', () => {
    appendRun(file, runOf({ day: 1, environment: 'Größe ✓ 😀' }), now);
    expect(latestRuns(file, 1, () => true, 3)[0]?.environment).toBe('Größe ✓ 😀');
  });

  test('are looked for no further than needed', () => {
    for (let day = 1; day <= 5; day += 1) add(day);
    const seen: number[] = [];
    latest(2, (day) => seen.push(day) > 0, 16);
    expect(seen).toEqual([5, 4]);
  });

  test('are none where there is no history', () => {
    expect(latestRuns(file, 9, () => true)).toEqual([]);
    expect(() => latestRuns(directory, 9, () => true)).toThrow(`cannot read the history, ${directory}`);
  });
});

const lock = (text: string) => writeFileSync(`${file}.lock`, text);
const ours = (more: object) => JSON.stringify({ host: hostname(), pid: process.pid, since: NOW, ...more });

test('who finds the lock of another leaves the shortening to him', () => {
  for (let day = 1; day <= 4; day += 1) add(day);
  lock(ours({}));
  compact(file, { runs: 2, bytes: 1e6 }, now);
  expect(days()).toEqual([1, 2, 3, 4]);
  expect(readFileSync(`${file}.lock`, 'utf8')).toBe(ours({}));
});

test.each([
  ['of a process that is gone', ours({ pid: 2 ** 22 + 7 })],
  ['of another machine, left a minute ago', ours({ host: 'elsewhere', since: NOW - 60_001 })],
])('a lock %s is stale', (_name, text) => {
  for (let day = 1; day <= 4; day += 1) add(day);
  lock(text);
  compact(file, { runs: 2, bytes: 1e6 }, now);
  expect(days()).toEqual([3, 4]);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('a lock that nobody wrote into is stale after a minute', () => {
  for (let day = 1; day <= 4; day += 1) add(day);
  lock('');
  compact(file, { runs: 2, bytes: 1e6 }, () => Date.now());
  expect(days()).toEqual([1, 2, 3, 4]);
  compact(file, { runs: 2, bytes: 1e6 }, () => Date.now() + 61_000);
  expect(days()).toEqual([3, 4]);
});
