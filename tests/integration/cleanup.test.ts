import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from 'driftgate/sandbox';
import { Creations, customersLeft } from './support/customers';
import { CANARIES, makeProject, ROOT, readReport, runCli, type TestProject } from './support/project';

jest.setTimeout(60_000);

let project: TestProject;
/** The same with the schemas of what is asked first alone, for processes of their own: each would compile all of them. */
let customers: TestProject;
let sandbox: Sandbox | undefined;
beforeAll(() => {
  project = makeProject();
  customers = makeProject({
    config: (config) => {
      config.schemas = 'schemas';
    },
  });
  for (const folder of ['shared', 'setup-and-authentication', 'customers', 'account-administration'])
    cpSync(join(ROOT, 'schemas/starter-pack', folder), join(customers.directory, 'schemas', folder), {
      recursive: true,
    });
});
afterEach(() => sandbox?.close());
afterAll(() => {
  project.remove();
  customers.remove();
});

let creations: Creations;
const start = async (...faults: string[]): Promise<Sandbox> => {
  creations = new Creations();
  sandbox = await startSandbox({ faults, variables: CANARIES, onReceived: creations.onReceived });
  return sandbox;
};

test.each(['typed', 'newman'])('a part of the collection leaves nobody behind (%s)', async (runner) => {
  const running = await start();
  const result = await project.run(
    'run',
    '--runner',
    runner,
    '--folder',
    'Points',
    '--target',
    running.origin,
  );
  expect({ code: result.code, left: await customersLeft(running) }).toEqual({ code: 0, left: [] });
  const [last] = result.report?.requests.slice(-1) ?? [];
  expect(last).toMatchObject({ key: 'account-administration/delete-customer', cleanup: true, status: 200 });
  expect(result.report?.summary.requests).toBe(6);
  expect(result.stdout).toContain('1 clean-up, not counted');
});

test.each([
  ['a drift', 'POST /incentives/api/1.0/user_points/deposit set /payload/user_id 7', 1],
  ['a request that is never answered', 'POST /incentives/api/1.0/user_points/deposit hang', 3],
  [
    'a capture that finds nothing',
    'POST /incentives/api/1.0/user_points/all_balances set /payload/details []',
    2,
  ],
])('%s leaves nobody behind', async (_case, fault, code) => {
  const running = await start(fault);
  const result = await project.run(
    ...['run', '--folder', 'Points', '--timeout-request', '300', '--target', running.origin],
  );
  expect({ code: result.code, left: await customersLeft(running) }).toEqual({ code, left: [] });
});

test('a merge that fails leaves neither customer behind', async () => {
  const running = await start('POST /external/users/:external_id/merge_accounts error not_available');
  const result = await project.run('run', '--folder', 'Account administration', '--target', running.origin);
  expect({ code: result.code, left: await customersLeft(running) }).toEqual({ code: 1, left: [] });
});

test('--bail cleans up too', async () => {
  const running = await start('GET /users/:user_id status 500');
  const result = await project.run('run', '--folder', 'Customers', '--bail', '--target', running.origin);
  expect({ code: result.code, left: await customersLeft(running) }).toEqual({ code: 1, left: [] });
});

test('a clean-up that fails is no pass', async () => {
  const running = await start('DELETE /users/:user_id status 500');
  const result = await project.run('run', '--only', 'customers/get-customer', '--target', running.origin);
  expect(result.code).toBe(1);
  expect(result.stdout).toContain('(clean-up)');
});

test.each(['typed', 'newman'])('an interrupted run cleans up (%s)', async (runner) => {
  const running = await start('GET /users/:user_id hang');
  const argv = [join(ROOT, 'bin/driftgate'), 'run', '--runner', runner, '--target', running.origin];
  const child = spawn(process.execPath, argv, {
    cwd: customers.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // Its line tells that the customer is there, and what comes next never ends.
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('repeat-with-the-same-message-id')) resolve();
    });
  });
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr: stderr.trim() }).toEqual({
    code: 2,
    stderr: 'driftgate: interrupted before the end, run, run it again for a verdict',
  });
  expect(await customersLeft(running)).toEqual([]);
  expect(stdout).toMatch(/✓ .* account-administration\/delete-customer \(clean-up\)\n/);
  expect(stdout).toContain('1 clean-up, not counted');
  const report = readReport(join(customers.directory, 'reports'));
  expect(report).toMatchObject({ run: { interrupted: true }, verdict: 'incomplete' });
  // The request itself, which was not sent any more, is another row.
  expect(
    report?.requests
      .filter(({ key }) => key === 'account-administration/delete-customer')
      .map(({ outcome, cleanup }) => [outcome, cleanup]),
  ).toEqual([
    ['skipped', undefined],
    ['passed', true],
  ]);
});

test.each(['typed', 'newman'])(
  'what is made while the run is interrupted is removed (%s)',
  async (runner) => {
    const running = await start('POST /users delay 700');
    const argv = [join(ROOT, 'bin/driftgate'), 'run', '--runner', runner, '--target', running.origin];
    // In a group of its own, which a terminal would interrupt as a whole, Newman's process among it.
    const child = spawn(process.execPath, argv, {
      cwd: customers.directory,
      stdio: 'ignore',
      detached: true,
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await creations.reached(1);
    process.kill(-Number(child.pid), 'SIGINT');
    // npm passes on what the terminal has sent already.
    process.kill(Number(child.pid), 'SIGINT');
    expect(await ended).toBe(2);
    expect(await customersLeft(running)).toEqual([]);
    // What was answered counts, also where that was late.
    const report = readReport(join(customers.directory, 'reports'));
    expect(report?.requests.find(({ key }) => key === 'customers/create-customer')).toMatchObject({
      outcome: 'passed',
      status: 200,
    });
  },
);

test.each(['typed', 'newman'])(
  'an interruption ends the wait between requests, and nothing more is sent (%s)',
  async (runner) => {
    const running = await start();
    const argv = [join(ROOT, 'bin/driftgate'), 'run', '--runner', runner, '--target', running.origin];
    // Longer than any test may take.
    argv.push('--delay-request', '600000', '--folder', 'Points');
    const child = spawn(process.execPath, argv, {
      cwd: customers.directory,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(2);
    expect(running.received).toEqual([]);
  },
);

test('what was sent and is not answered in time is told as that', async () => {
  const running = await start('POST /users hang');
  const interrupted = creations.reached(1);
  const { code, report } = await runCli(customers.directory, ['run', '--target', running.origin], {
    interrupted,
  });
  expect(code).toBe(2);
  expect(report?.requests.find(({ key }) => key === 'customers/create-customer')).toMatchObject({
    outcome: 'skipped',
    reason: 'it was sent, and the run was interrupted before an answer came',
  });
});

test('a second interruption ends a run at once', async () => {
  const running = await start('POST /users hang');
  const argv = [join(ROOT, 'bin/driftgate'), 'run', '--target', running.origin];
  const child = spawn(process.execPath, argv, {
    cwd: customers.directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  await creations.reached(1);
  // Until the same signal is no echo of the first any more, it is sent again and again.
  const again = setInterval(() => child.kill('SIGINT'), 100);
  // Had it ended by itself, when the request that hangs has had its time, there would be an exit code.
  expect(await ended).toBe('SIGINT');
  clearInterval(again);
  expect(stdout).toContain('interrupted: ending what is under way');
  // What there was by the first is in the report.
  expect(readReport(join(customers.directory, 'reports'))).toMatchObject({ run: { interrupted: true } });
});
