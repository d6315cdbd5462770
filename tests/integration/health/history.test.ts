import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryRun, readHistory } from 'driftgate';
import { startSandbox } from 'driftgate/sandbox';
import { runOf } from '../../unit/history/runs';
import { CANARIES, leaksIn, makeProject, ROOT, runCli, type TestProject } from '../support/project';
import { clockAt } from './support';

jest.setTimeout(60_000);

const SEARCH = 'customers/search-customer-by-e-mail';
let project: TestProject;
let directory: string;
/** The port of the project's sandbox; what is elsewhere is another environment. */
let port: number | undefined;
beforeEach(() => {
  port = undefined;
  directory = mkdtempSync(join(tmpdir(), 'driftgate-history-'));
});
afterEach(() => {
  project?.remove();
  rmSync(directory, { recursive: true, force: true });
});

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryRun);

/** One search by `driftgate run`, whose answer has drifted. */
async function search(day: number, ...argv: string[]) {
  const faults = ['GET /users/search set /user/id null'];
  const sandbox = await startSandbox({ variables: CANARIES, faults, ...(port !== undefined && { port }) });
  port = Number(new URL(sandbox.origin).port);
  try {
    const clock = clockAt(`2045-03-0${day}T02:00:00Z`);
    const all = ['run', '--target', sandbox.origin, '--only', SEARCH, '--safe', ...argv];
    const result = await runCli(project.directory, all, { clock });
    expect(leaksIn(result.everything)).toEqual([]);
    const firstSeen = result.report?.requests.flatMap(({ findings }) => findings.map((one) => one.firstSeen));
    return { code: result.code, stderr: result.stderr, firstSeen };
  } finally {
    await sandbox.close();
  }
}

test('run remembers beside the reports, and says since when a finding stands', async () => {
  project = makeProject();
  const since = '2045-03-01T02:00:00.000Z';
  expect(await search(1)).toEqual({ code: 1, stderr: '', firstSeen: [since] });
  expect(await search(2)).toEqual({ code: 1, stderr: '', firstSeen: [since] });
  const lines = linesOf(join(project.directory, 'reports/history.jsonl'));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({
    version: 1,
    startedAt: '2045-03-02T02:00:00.000Z',
    command: 'run',
    partial: true,
    environment: 'sandbox',
    verdict: 'drifted',
    requests: { [SEARCH]: { status: 200, outcome: 'failed' } },
    findings: [{ key: SEARCH, status: 200, kind: 'null-unexpected', pointer: '/user/id' }],
  });
});

test('a run against another target is of another environment', async () => {
  project = makeProject();
  await search(1);
  const first = port;
  port = undefined;
  expect(await search(2)).toMatchObject({ firstSeen: ['2045-03-02T02:00:00.000Z'] });
  port = first;
  expect(await search(3)).toMatchObject({ firstSeen: ['2045-03-01T02:00:00.000Z'] });
});

test.each<[string, string[], unknown]>([
  ['--no-history', ['--no-history'], undefined],
  ['"history": false', [], false],
])('%s remembers nothing and dates nothing', async (_name, argv, history) => {
  project = makeProject({
    config: (config) => {
      if (history !== undefined) config.history = history;
    },
  });
  expect(await search(1, ...argv)).toEqual({ code: 1, stderr: '', firstSeen: [undefined] });
  expect(existsSync(join(project.directory, 'reports/history.jsonl'))).toBe(false);
});

test('the file is that of the flag, then that of the configuration, as a cache brings it', async () => {
  project = makeProject({
    config: (config) => {
      config.history = 'runs/own.jsonl';
    },
  });
  await search(1);
  const own = join(project.directory, 'runs/own.jsonl');
  writeFileSync(join(directory, 'cached.jsonl'), readFileSync(own));
  expect(await search(2, '--history', join(directory, 'cached.jsonl'))).toMatchObject({
    firstSeen: ['2045-03-01T02:00:00.000Z'],
  });
  expect([linesOf(own).length, linesOf(join(directory, 'cached.jsonl')).length]).toEqual([1, 2]);
});

test('a line that is cut off is told, and a newer history is refused before anything is sent', async () => {
  project = makeProject();
  const file = join(directory, 'history.jsonl');
  await search(1, '--history', file);
  appendFileSync(file, '{"version":1,"id":"c');
  const warning = `driftgate: warning: line 2 of the history ${file} is no run (cut off?) and is skipped\n`;
  expect(await search(2, '--history', file)).toMatchObject({ code: 1, stderr: warning });
  appendFileSync(file, '{"version":2}\n');
  expect(await search(3, '--history', file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the history has version 2, and this Driftgate knows 1'),
    firstSeen: undefined,
  });
});

test('processes that write at the same time lose nothing and mix nothing, also while others replace the file', async () => {
  project = makeProject();
  const file = join(directory, 'history.jsonl');
  const library = (name: string) => `require(${JSON.stringify(join(ROOT, 'dist/history', name))})`;
  const append = (name: string) => `
    const run = ${JSON.stringify(runOf({ day: 1 }))};
    const bounds = { runs: 1e6, bytes: 1e9 };
    for (let at = 0; at < 200; at += 1)
      ${library('file')}.appendRun(${JSON.stringify(file)}, { ...run, id: '${name}-' + at }, Date.now, bounds);`;
  // Keeps every line, so that each one that is not there has been lost.
  const compact = `
    const bounds = { runs: 1e6, bytes: 1e9 };
    for (let at = 0; at < 200; at += 1)
      ${library('compact')}.compact(${JSON.stringify(file)}, bounds, Date.now);`;
  writeFileSync(file, '');
  const jobs = [append('a'), append('b'), append('c'), compact, compact];
  const codes = await Promise.all(
    jobs.map((job) => new Promise((resolve) => spawn(process.execPath, ['-e', job]).on('close', resolve))),
  );
  expect(codes).toEqual(Array(jobs.length).fill(0));
  const { runs, warnings } = readHistory(file);
  expect(warnings).toEqual([]);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(600);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test.each([
  ['that drifted', ['GET /users/search set /user/id null'], 1],
  ['that holds', [], 0],
])('the page of a run %s shows the runs before it', async (_name, faults, code) => {
  project = makeProject();
  const sandbox = await startSandbox({ variables: CANARIES, faults });
  // More of other environments than a page shows.
  const others = Array.from({ length: 70 }, (_, at) => runOf({ day: 1 }, { id: `other-${at}` }));
  const lines = others.map((run) => `${JSON.stringify(run)}\n`).join('');
  try {
    for (const day of [1, 2, 3]) {
      if (day === 3) appendFileSync(join(project.directory, 'reports/history.jsonl'), lines);
      const clock = clockAt(`2045-03-0${day}T02:00:00Z`);
      const argv = ['run', '--target', sandbox.origin, '--only', SEARCH, '--safe'];
      expect((await runCli(project.directory, argv, { clock })).code).toBe(code);
    }
  } finally {
    await sandbox.close();
  }
  const page = readFileSync(join(project.directory, 'reports/index.html'), 'utf8');
  const [, history = '[]'] = /"history":(\[.*?\]),"head"/s.exec(page) ?? [];
  expect((JSON.parse(history) as HistoryRun[]).map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([
    '2045-03-01',
    '2045-03-02',
  ]);
});

test('a newer history beside the embedded sandbox ends the process, with the sandbox', async () => {
  project = makeProject({ files: { 'reports/history.jsonl': '{"version":2}\n' } });
  const argv = [join(ROOT, 'bin/driftgate'), 'run', '--only', SEARCH];
  const child = spawn(process.execPath, argv, { cwd: project.directory });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
});
