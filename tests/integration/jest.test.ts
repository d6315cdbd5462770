import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from 'driftgate';
import { main } from 'driftgate/cli';
import { startSandbox } from 'driftgate/sandbox';
import { CANARIES, leaksIn, ROOT, readReport, textsIn, withoutTimes } from './support/project';
import { closedOrigin } from './support/server';

// The contract suite as `npm run contract` starts it, in a process of its own.
jest.setTimeout(60_000);

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'driftgate-jest-'));
});
afterEach(() => rmSync(reports, { recursive: true, force: true }));

function node(argv: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  // Of our own environment only what Node needs: the worker's variables would tell Jest that it runs inside Jest.
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, argv, { cwd: ROOT, env: { PATH, HOME, ...env } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

const contract = (env: Record<string, string>, ...argv: string[]) =>
  node([require.resolve('jest/bin/jest'), '--selectProjects', 'contract', '--ci', ...argv], {
    ...CANARIES,
    DRIFTGATE_REPORTS: reports,
    ...env,
  });

/** `driftgate run` of the same project, in this process. */
async function cliRun(runner: string, ...argv: string[]): Promise<{ code: number; output: string }> {
  let output = '';
  const sink = { write: (text: string) => (output += text), columns: 80 };
  const io = {
    stdout: sink,
    stderr: sink,
    env: CANARIES,
    directory: ROOT,
    interrupted: new Promise<void>(() => {}),
  };
  return { code: await main(['run', '--runner', runner, '--reports', reports, ...argv], io), output };
}

const junit = () => readFileSync(join(reports, 'junit.xml'), 'utf8');

/** What two reports of the same thing have in common: each test file removes what it has made itself. */
const comparable = (report: Report) =>
  withoutTimes({ ...report, requests: report.requests.filter(({ cleanup }) => cleanup !== true) });

test('a healthy run is green, has three reports, and the same report.json as `driftgate run`', async () => {
  // By one runner: `npm run contract` itself is the same by both, and the next test compares both.
  const { code, output } = await contract({ DRIFTGATE_RUNNER: 'typed' });
  expect({ code, table: output.includes('healthy') }).toEqual({ code: 0, table: true });
  expect(junit().match(/<testcase /g)?.length).toBeGreaterThanOrEqual(38);
  expect(textsIn(reports)).toContain('<!doctype html>');
  const fromJest = readReport(reports);
  const cli = await cliRun('typed');
  expect(cli.code).toBe(0);
  const fromCli = readReport(reports);
  if (fromJest === null || fromCli === null) throw new Error('a report is missing');
  expect(comparable(fromJest)).toEqual(comparable(fromCli));
  expect(leaksIn(output + cli.output + textsIn(reports))).toEqual([]);
});

test('drift is red in Jest, in JUnit and in the report, with code 1 and the same report as `driftgate run`', async () => {
  const faults = ['GET /users/search set /user/id null', 'POST /users/:user_id/tags remove /tags'];
  const sandbox = await startSandbox({ variables: CANARIES, faults });
  try {
    const target = { DRIFTGATE_TARGET: sandbox.origin };
    // In two workers.
    const files = ['customers', 'customer-tags'].map((name) => `tests/contract/${name}.test.ts`);
    const { code, output } = await contract(target, '--maxWorkers', '2', ...files);
    expect(code).toBe(1);
    expect(output).toContain('breaking null-unexpected at /user/id');
    expect(output).toContain(`npx driftgate learn --from report --only 2c7594fa --reports ${reports}\n`);
    expect(junit()).toMatch(/<failure>customers\/search-customer-by-e-mail does not match its contract/);
    const leaks = leaksIn(output + textsIn(reports));
    const fromJest = readReport(reports);
    const cli = await cliRun(
      'both',
      '--target',
      sandbox.origin,
      '--folder',
      'Customers',
      '--folder',
      'Customer tags',
    );
    expect(cli.code).toBe(1);
    const fromCli = readReport(reports);
    if (fromJest === null || fromCli === null) throw new Error('a report is missing');
    expect(fromJest.verdict).toBe('drifted');
    expect(comparable(fromJest)).toEqual(comparable(fromCli));
    // Both remember in one file: for the second one the differences stand since the first.
    const dates = fromCli.requests.flatMap(({ findings }) => findings.map(({ firstSeen }) => firstSeen));
    expect(new Set(dates)).toEqual(new Set([fromJest.run.startedAt]));
    for (const { findings, detail } of fromJest.requests)
      expect(detail !== undefined).toBe(findings.length > 0);
    expect([...leaks, ...leaksIn(cli.output)]).toEqual([]);
  } finally {
    await sandbox.close();
  }
});

test('one file runs by itself, with what its folder stands on', async () => {
  const { code } = await contract({}, 'tests/contract/customer-tags.test.ts');
  expect(code).toBe(0);
  const report = readReport(reports);
  expect(report?.summary).toMatchObject({ requests: 10, passed: 10 });
  const prerequisites = report?.requests.filter(({ prerequisite }) => prerequisite).map(({ key }) => key);
  expect(new Set(prerequisites)).toEqual(new Set(['customers/create-customer']));
});

test('a sandbox that is not there is down, with code 3 and one root cause', async () => {
  const argv = ['--runInBand', 'tests/contract/customer', 'tests/contract/setup'];
  const { code, output } = await contract({ DRIFTGATE_TARGET: await closedOrigin() }, ...argv);
  const report = readReport(reports);
  expect({ code, verdict: report?.verdict }).toEqual({ code: 3, verdict: 'down' });
  expect(report?.requests.flatMap(({ findings }) => findings)).toHaveLength(1);
  expect(leaksIn(output + textsIn(reports))).toEqual([]);
});

test.each([
  ['an unknown environment', { DRIFTGATE_ENV: 'atlantis' }, 'driftgate: unknown environment "atlantis"'],
  ['an unknown runner', { DRIFTGATE_RUNNER: 'fast' }, 'driftgate: unknown runner "fast"'],
])('%s is one line and code 2, before any test', async (_name, env: Record<string, string>, line) => {
  const { code, output } = await contract(env);
  expect(code).toBe(2);
  expect(output).toContain(line);
  expect(output).not.toMatch(/\n {4}at /);
  expect(readReport(reports)).toBeNull();
});

test('a filter that matches no test is no pass', async () => {
  const { code, output } = await contract({}, '-t', 'no test has this name', 'contract/customers.test');
  expect(output).toContain('driftgate: no test ran');
  expect({ code, report: readReport(reports) }).toEqual({ code: 2, report: null });
});

// What other files send first, because they stand on it, is not covered by them.
test('folders that no test file covers are no pass', async () => {
  const argv = ['--runInBand', '--testPathIgnorePatterns', 'contract/customer', 'flows/(?!new-member)'];
  const { code, output } = await contract({ DRIFTGATE_RUNNER: 'typed' }, ...argv);
  expect(output.split('\n').filter((line) => line.startsWith('driftgate: ') && line.length > 80)).toEqual([]);
  // All 12 of the one, of which the others send the first, and all 5 of the other.
  const missing = 'customers/create-customer and 16 more requests';
  expect(output.replace(/\n {2}/g, ' ')).toContain(`driftgate: no test file covers, ${missing}`);
  expect({ code, report: readReport(reports) }).toEqual({ code: 2, report: null });
});
