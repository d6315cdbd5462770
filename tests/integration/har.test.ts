import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from 'driftgate';
import { startSandbox } from 'driftgate/sandbox';
import { CANARIES, leaksIn, makeProject, ROOT, type TestProject } from './support/project';
import { closedOrigin, startServer } from './support/server';

jest.setTimeout(120_000);

let project: TestProject;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

interface Entry {
  readonly request: { readonly url: string };
  readonly response: { readonly status: number };
  readonly _driftgate: { readonly key: string; readonly runner: string; readonly role: string };
}

function entriesOf(text: string): Entry[] {
  const { log } = JSON.parse(text) as { log: { version: string; entries: Entry[] } };
  expect(log.version).toBe('1.2');
  return log.entries;
}

const findingsOf = (report: Report | null) =>
  report?.requests
    .flatMap(({ key, runner, status, findings }) =>
      findings.map(
        ({ kind, pointer, place = pointer, count, severity }) =>
          `${key} ${runner} ${status} ${severity} ${kind} ${place} ${count}`,
      ),
    )
    .sort();

test.each(['typed', 'both'])(
  'what --runner %s kept gives the findings of the run, and no secret',
  async (runner) => {
    const faults = [
      'GET /users/search set /user/id null',
      'POST /users header-remove Message-Id',
      `GET /users/:user_id set /user/shoe_size ${JSON.stringify(CANARIES.api_secret)}`,
      'PUT /users/:user_id status 503',
    ];
    const sandbox = await startSandbox({ faults, variables: CANARIES });
    try {
      const argv = ['--runner', runner, '--folder', 'Customers', '--target', sandbox.origin];
      const run = await project.run('run', ...argv, '--har', 'kept/run.har');
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 1, stderr: '' });
      const text = readFileSync(join(project.directory, 'kept/run.har'), 'utf8');
      expect(leaksIn(text)).toEqual([]);
      const entries = entriesOf(text);
      const roles = new Set(entries.map(({ _driftgate }) => _driftgate.role));
      expect(roles).toEqual(new Set(['test', 'clean-up']));
      expect(entries).toHaveLength(run.report?.requests.filter(({ status }) => status !== null).length ?? 0);

      const check = await project.run('check', 'kept/run.har');
      expect(findingsOf(run.report)?.length).toBeGreaterThan(3);
      expect(findingsOf(check.report)).toEqual(findingsOf(run.report));
      expect(check.report?.summary.failed).toBe(run.report?.summary.failed);
      expect(check.report?.requests.map(({ key }) => key)).toEqual(
        entries.map(({ _driftgate }) => _driftgate.key),
      );
      expect(leaksIn(check.everything)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  },
);

test('a recording of nothing that answers is that of an environment that is down', async () => {
  const target = await closedOrigin();
  const argv = ['--only', 'customers/create-customer', '--target', target];
  const run = await project.run('run', ...argv, '--har', 'run.har');
  expect(run.code).toBe(3);
  const check = await project.run('check', 'run.har');
  expect({ code: check.code, found: findingsOf(check.report) }).toEqual({
    code: 3,
    found: findingsOf(run.report),
  });
});

test.each(['typed', 'newman'])(
  'an interrupted run by %s leaves a whole recording of what was exchanged',
  async (runner) => {
    let answered = 0;
    let arrived = () => {};
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    // The first is answered, the next ones never.
    const server = await startServer((_request, response) => {
      answered += 1;
      if (answered > 1) arrived();
      else response.writeHead(404, { 'Content-Type': 'application/json' }).end('{}');
    });
    try {
      const file = join(project.directory, 'run.har');
      const argv = [
        'run',
        '--runner',
        runner,
        '--concurrency',
        '1',
        '--target',
        server.origin,
        '--har',
        'run.har',
      ];
      const child = spawn(process.execPath, [join(ROOT, 'bin/driftgate'), ...argv], {
        cwd: project.directory,
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      await second;
      // Nothing that the process could still do is needed.
      child.kill(runner === 'typed' ? 'SIGKILL' : 'SIGTERM');
      await ended;
      const [first] = entriesOf(readFileSync(file, 'utf8'));
      expect(first?.response.status).toBe(404);
    } finally {
      await server.close();
    }
  },
);

test('another file is never taken for a recording, and an old recording never for one of this run', async () => {
  const config = readFileSync(join(project.directory, 'driftgate.config.json'), 'utf8');
  const wrong = await project.run('run', '--har', 'driftgate.config.json');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('"driftgate.config.json" is no name of a recording, --har, end it in .har');
  expect(readFileSync(join(project.directory, 'driftgate.config.json'), 'utf8')).toBe(config);

  writeFileSync(join(project.directory, 'old.har'), '{}');
  expect((await project.run('run', '--only', 'nothing', '--har', 'old.har')).code).toBe(2);
  expect(existsSync(join(project.directory, 'old.har'))).toBe(false);

  mkdirSync(join(project.directory, 'folder.har/inside'), { recursive: true });
  const folder = await project.run('run', '--har', 'folder.har');
  expect(folder).toMatchObject({ code: 2, report: null });
  expect(folder.stderr).toMatch(
    /^driftgate: cannot write the recording \(EISDIR\), .*folder\.har, give another file\n$/,
  );
});
