import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from 'driftgate/sandbox';
import { Creations, customersLeft } from './support/customers';
import { CANARIES, ROOT, readReport } from './support/project';

jest.setTimeout(60_000);

let reports: string;
let sandbox: Sandbox;
let creations: Creations;
beforeEach(async () => {
  reports = mkdtempSync(join(tmpdir(), 'driftgate-jest-'));
  // Slow enough that every worker is in the middle of its file.
  creations = new Creations();
  sandbox = await startSandbox({
    variables: CANARIES,
    onReceived: creations.onReceived,
    faults: ['POST /users delay 400', 'GET /users/:user_id hang', 'POST /users/:user_id/tags hang'],
  });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(reports, { recursive: true, force: true });
});

/** Jest over two files and a flow, in a group of its own, as a terminal starts it. */
function startJest(
  runner: string,
  ...argv: string[]
): {
  child: ChildProcess;
  ended: Promise<unknown>;
  output: () => string;
} {
  const { PATH = '', HOME = '' } = process.env;
  const files = ['contract/customers', 'contract/customer-tags', 'flows/new-member'];
  const child = spawn(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--selectProjects',
      'contract',
      '--ci',
      ...argv,
      ...files.map((file) => `tests/${file}.test.ts`),
    ],
    {
      cwd: ROOT,
      detached: true,
      env: {
        PATH,
        HOME,
        ...CANARIES,
        DRIFTGATE_REPORTS: reports,
        DRIFTGATE_TARGET: sandbox.origin,
        DRIFTGATE_RUNNER: runner,
      },
    },
  );
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  return { child, ended, output: () => output };
}

// By both runners where a terminal interrupts all processes, Newman's as well.
test.each<[string, string, string[], (pid: number) => void, number]>([
  ['Ctrl-C', 'both', ['--maxWorkers', '2'], (pid) => process.kill(-pid, 'SIGINT'), 2],
  ['SIGTERM to Jest alone', 'typed', ['--maxWorkers', '2'], (pid) => process.kill(pid, 'SIGTERM'), 2],
  ['Ctrl-C in one process', 'both', ['--runInBand'], (pid) => process.kill(-pid, 'SIGINT'), 1],
])(
  '%s leaves nobody behind, and a report of what there was',
  async (_name, runner, argv, interrupt, least) => {
    const { child, ended, output } = startJest(runner, ...argv);
    // One is being made at that moment.
    await creations.reached(least);
    interrupt(Number(child.pid));
    expect(await ended).toBe(2);
    expect(output()).toContain('driftgate: interrupted before the end, jest, run it again for a verdict');
    expect(await customersLeft(sandbox)).toEqual([]);
    const report = readReport(reports);
    expect(report).toMatchObject({ run: { interrupted: true }, verdict: 'incomplete' });
    const skipped = report?.requests.filter(({ outcome }) => outcome === 'skipped') ?? [];
    expect(skipped.length).toBeGreaterThan(0);
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['the run was interrupted']));
    // Both files are told of, the one that had not begun as well.
    const tests = report?.requests.filter(({ cleanup }) => cleanup !== true);
    expect(new Set(tests?.map(({ folder }) => folder[0]))).toEqual(new Set(['Customers', 'Customer tags']));
    // Nobody is told to have failed who was not tested.
    const junit = readFileSync(join(reports, 'junit.xml'), 'utf8');
    expect(junit).toContain('<skipped/>');
    expect(junit).toMatch(/<testsuites [^>]*failures="0" errors="0"/);
  },
);

test('a second Ctrl-C ends Jest at once', async () => {
  const { child, ended } = startJest('typed', '--maxWorkers', '2');
  await creations.reached(2);
  const again = setInterval(() => process.kill(-Number(child.pid), 'SIGINT'), 100);
  expect(await ended).toBe('SIGINT');
  clearInterval(again);
  expect(readReport(reports)).toBeNull();
});
