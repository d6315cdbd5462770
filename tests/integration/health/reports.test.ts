import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ctrfFaults, elements, parseXml } from '../../unit/report/formats';
import { makeCollection } from '../support/fixture';
import { readReport, runCli, type TestProject } from '../support/project';
import { closedOrigin, startServer, type TestServer } from '../support/server';
import { clockAt } from './support';

jest.setTimeout(30_000);

let answer = '{}';
let isBusyOnce = false;
let onRequest = () => {};
let server: TestServer;
let project: TestProject;
const file = (name: string) => join(project.directory, name);
const read = (name: string) => readFileSync(file(name), 'utf8');

beforeAll(async () => {
  server = await startServer((_request, response) => {
    onRequest();
    response.statusCode = isBusyOnce ? 503 : 200;
    isBusyOnce = false;
    response.setHeader('Content-Type', 'application/json').end(answer);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  answer = '{}';
  isBusyOnce = false;
  onRequest = () => {};
  project = makeCollection(server.origin, [{ name: 'one', path: 'one' }]);
});
afterEach(() => project.remove());

const check = (argv: readonly string[], env: Record<string, string> = {}) =>
  runCli(project.directory, ['health', '--target', server.origin, ...argv], {
    clock: clockAt('2045-03-01T02:00:00Z'),
    env,
  });

test('reporters write their files, and what an earlier run left does not stay', async () => {
  mkdirSync(file('out'));
  writeFileSync(file('out/junit.xml'), 'of an earlier night');
  answer = '[]';
  const reporters = ['junit=out/junit.xml', 'ctrf'].flatMap((name) => ['--reporter', name]);
  const { code, stdout } = await check(reporters);
  expect(code).toBe(1);
  expect(stdout).toContain('reports/index.html\nout/junit.xml\nreports/ctrf.json\n');
  expect(elements(parseXml(read('out/junit.xml')), 'failure')).toHaveLength(1);
  expect(ctrfFaults(read('reports/ctrf.json'))).toEqual([]);
  await check(['--only', 'none', '--reporter', 'junit=out/junit.xml']);
  expect(existsSync(file('out/junit.xml'))).toBe(false);
});

test('in GitHub Actions the summary of the job and annotations come by themselves, with what went wrong besides', async () => {
  answer = '[]';
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('summary.md') };
  const hook = `${await closedOrigin()}/hook`;
  const { code, stdout, report } = await check(['--notify', hook, '--reporter', 'markdown'], env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^::error .*title=breaking type-changed%3A one::/m);
  expect(report?.warnings).toHaveLength(1);
  for (const markdown of [read('summary.md'), read('reports/report.md')]) {
    expect(markdown).toMatch(/^## ≠ drifted: 1 breaking finding\n/);
    expect(markdown).toContain('ECONNREFUSED');
  }
});

test('--quiet prints the findings, the summary and since when, and nothing before', async () => {
  answer = '[]';
  const { stdout } = await check(['--quiet']);
  expect(stdout).toMatch(/^\n✗ breaking type-changed {2}one\n/);
  expect(stdout).toContain('history: drifted since this run\n');
});

test('a report that cannot be written is code 2, and every other is written and the verdict told', async () => {
  onRequest = () => mkdirSync(file('junit.xml'), { recursive: true });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('summary.md') };
  const { code, stdout, stderr } = await check(['--reporter', 'junit=junit.xml', '--reporter', 'ctrf'], env);
  expect(code).toBe(2);
  // Who reads it elsewhere, and the next night, hears of it all the same.
  expect(read('summary.md')).toContain('healthy');
  expect(stderr).toMatch(/^driftgate: a report cannot be written \(EISDIR\), .*junit\.xml, give a place/);
  expect(stdout).toContain('✓ healthy');
  expect(readReport(file('reports'))?.verdict).toBe('healthy');
  expect(ctrfFaults(read('reports/ctrf.json'))).toEqual([]);
  onRequest = () => {};
  expect((await check([])).stdout).toContain('2 runs');
});

test('a part that could not be tested is told in the reports of the check, too, and the check is not remembered', async () => {
  project.remove();
  project = makeCollection(server.origin, [
    { name: 'one', path: 'one' },
    { name: 'two', path: 'two', prerequest: 'pm.execution.skipRequest();' },
  ]);
  const { code, stdout, stderr, report } = await check([]);
  expect({ code, stderr: /^driftgate: could not be tested: /.test(stderr) }).toEqual({
    code: 2,
    stderr: true,
  });
  expect(report).toMatchObject({ verdict: 'incomplete', run: { untested: expect.any(String) } });
  expect(report?.origins).toHaveLength(1);
  expect(stdout).toContain('incomplete');
  expect((await check(['--only', 'one'])).stdout).not.toContain('2 runs');
});

test('what passed only at another attempt is told, though it is healthy', async () => {
  isBusyOnce = true;
  const { code, stdout, report } = await check([]);
  expect(report?.coverage?.requests).toEqual({ all: 1, covered: 1, ratio: 1 });
  expect(code).toBe(0);
  expect(stdout).toContain('1 request passed only after a retry');
});

test.each([[['health']], [['run', '--safe', '--runner', 'both']]])(
  '%j passes without the reads that it has no stand-in for, and says once how to include them',
  async (command) => {
    project.remove();
    const made = 'pm.environment.set("book_id", pm.response.json().id)';
    const items = [
      { name: 'list', path: 'books' },
      { name: 'create', path: 'books', method: 'POST', test: made },
      { name: 'look', path: 'books/{{book_id}}' },
      { name: 'history', path: 'books/{{book_id}}/history' },
    ];
    project = makeCollection(server.origin, items);
    const hint =
      '2 requests were left out: say in driftgate.config.json what is there to be looked at: "safeVariables": {"book_id": "VALUE"}';
    // By two runners it is left out twice, and counted once.
    const argv = [...command, '--target', server.origin, '--reporter', 'markdown'];
    const { code, stderr, report } = await runCli(project.directory, argv, {});
    expect({ code, verdict: report?.verdict, warnings: report?.warnings }).toEqual({
      code: 0,
      verdict: 'healthy',
      warnings: [hint],
    });
    expect(stderr.replace(/\s+/g, ' ')).toBe(`driftgate: warning: ${hint} `);
    expect(read('reports/report.md')).toContain('"safeVariables": {"book_id": "VALUE"}');
    project.remove();
    project = makeCollection(server.origin, items, { safeVariables: { book_id: '7' } });
    const whole = await runCli(project.directory, argv, {});
    expect({ stderr: whole.stderr, skipped: whole.report?.summary.skipped }).toEqual({
      stderr: '',
      skipped: 0,
    });
  },
);

test.each([['health'], ['run']])('%s begins with no line that is wider than a terminal', async (command) => {
  project.remove();
  const name = 'A collection of a name that is nearly as long as a whole line is';
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  project = makeCollection(server.origin, [{ name: 'one', path: 'one' }], {}, { info: { name, schema } });
  const { code, stdout } = await runCli(project.directory, [command, '--target', server.origin], {});
  expect({ code, wide: stdout.split('\n').filter((line) => line.length > 80) }).toEqual({
    code: 0,
    wide: [],
  });
  expect(stdout.replace(/\n {2}/g, ' ')).toContain(`${name}: 1 request to `);
});
