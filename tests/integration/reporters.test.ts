import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { main } from 'driftgate/cli';
import { visible } from '../../src/report/escape';
import { ctrfFaults, elements, parseXml, sarifFaults } from '../unit/report/formats';
import { HOSTILE } from '../unit/report/reports';
import { makeCollection } from './support/fixture';
import { readReport, type TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

jest.setTimeout(60_000);

let answer = '{}';
let onRequest = () => {};
let server: TestServer;
let project: TestProject;
const file = (name: string) => join(project.directory, name);
const read = (name: string) => readFileSync(file(name), 'utf8');

beforeAll(async () => {
  server = await startServer((_request, response) => {
    onRequest();
    response.setHeader('Content-Type', 'application/json');
    response.end(answer);
  });
});
afterAll(() => server.close());

beforeEach(() => {
  answer = '{}';
  onRequest = () => {};
  server.received.length = 0;
  const items = ['one', 'two'].map((name) => ({ name, path: name }));
  project = makeCollection(server.origin, items);
});
afterEach(() => project.remove());

const run = (...argv: string[]) => project.run(...argv, '--target', server.origin);

async function inCi(
  env: Record<string, string>,
  ...argv: string[]
): Promise<{ code: number; output: string }> {
  let output = '';
  const sink = { write: (text: string) => (output += text), columns: 80 };
  const code = await main(argv, {
    stdout: sink,
    stderr: sink,
    env,
    directory: project.directory,
    interrupted: new Promise(() => {}),
  });
  return { code, output };
}

test('each reporter that is asked for writes its file, and an old one does not stay', async () => {
  mkdirSync(file('reports'), { recursive: true });
  writeFileSync(file('reports/report.md'), 'of an earlier run');
  const reporters = ['junit', 'sarif=out/deep/drift.sarif', 'ctrf'].flatMap((name) => ['--reporter', name]);
  answer = '[]';
  const { code, stdout } = await run('run', '--runner', 'both', ...reporters);
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n').slice(-5)).toEqual([
    'reports/report.json',
    'reports/index.html',
    'reports/junit.xml',
    'out/deep/drift.sarif',
    'reports/ctrf.json',
  ]);
  expect(elements(parseXml(read('reports/junit.xml')), 'failure')).toHaveLength(4);
  expect(sarifFaults(read('out/deep/drift.sarif'))).toEqual([]);
  expect(read('out/deep/drift.sarif')).toContain('"uri": "schemas/fixture/one.200.json"');
  expect(ctrfFaults(read('reports/ctrf.json'))).toEqual([]);
  expect(existsSync(file('reports/report.md'))).toBe(false);
});

test.each(['junit', 'markdown', 'sarif', 'ctrf', 'html', 'json', 'github'])(
  '`driftgate report %s` writes what the reporter writes',
  async (format) => {
    answer = '[]';
    await run('run', '--reporter', `${format}=out.txt`);
    const printed = await project.run('report', format);
    expect(printed).toMatchObject({ code: 0, stdout: read('out.txt'), stderr: '' });
    const written = await project.run('report', format, 'reports/report.json', '--output', 'a/b.txt');
    expect(written).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(read('a/b.txt')).toBe(read('out.txt'));
  },
);

test.each([
  [
    'an unknown reporter',
    ['--reporter', 'pdf'],
    /^driftgate: option '--reporter .*' is invalid\. Give json, html/,
  ],
  ['a reporter without its file', ['--reporter', 'junit='], /^driftgate: option '--reporter .*' is invalid/],
  [
    'two reports in one file',
    ['--reporter', 'junit=x', '--reporter', 'ctrf=x'],
    /^driftgate: two reports in one file \(junit, ctrf\), .*x, give each its own\n$/,
  ],
  [
    'a report in place of another',
    ['--reporter', 'junit=reports/report.json'],
    /^driftgate: two reports in one file \(json, junit\)/,
  ],
  [
    'a report where no file can be',
    ['--reporter', 'junit=driftgate.config.json/junit.xml'],
    /^driftgate: a report cannot be written \(ENOTDIR\), .*junit\.xml, give a place that can be written to\n$/,
  ],
])('%s is one line and code 2, before the first request', async (_name, argv, line) => {
  const { code, stderr, stdout } = await run('run', ...argv);
  expect({ code, stdout, sent: server.received.length }).toEqual({ code: 2, stdout: '', sent: 0 });
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a report that cannot be written fails the run, and every other is written', async () => {
  onRequest = () => mkdirSync(file('junit.xml'), { recursive: true });
  const { code, stdout, stderr } = await run('run', '--reporter', 'junit=junit.xml', '--reporter', 'ctrf');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^driftgate: a report cannot be written \(EISDIR\), .*junit\.xml, give a place/);
  expect(stdout).toContain('healthy');
  expect(readReport(file('reports'))?.verdict).toBe('healthy');
  expect(ctrfFaults(read('reports/ctrf.json'))).toEqual([]);
});

test('a pipe that a report goes to is written to, and never removed', async () => {
  execFileSync('mkfifo', [file('pipe')]);
  // Whoever reads opens it first; without a reader the run would wait for one.
  const reader = spawn('cat', [file('pipe')]);
  let got = '';
  reader.stdout.on('data', (chunk: Buffer) => (got += chunk.toString()));
  const ended = new Promise((resolve) => reader.on('close', resolve));
  const { code } = await run('run', '--reporter', 'ctrf=pipe');
  expect(lstatSync(file('pipe')).isFIFO()).toBe(true);
  expect(code).toBe(0);
  await ended;
  expect(ctrfFaults(got)).toEqual([]);
});

test('a device or an open stream that a report goes to is not removed', async () => {
  const link = file('stream');
  symlinkSync('/dev/null', link);
  const { code } = await run('run', '--reporter', `ctrf=${link}`);
  expect(code).toBe(0);
  expect(readlinkSync(link)).toBe('/dev/null');
});

test.each([
  ['a format that is none', ['report', 'pdf'], "value 'pdf' is invalid"],
  ['a report that is not there', ['report', 'junit'], 'cannot be read (ENOENT), '],
  ['a file that is no JSON', ['report', 'junit', 'bad.json'], 'is no JSON, '],
  [
    'a file that is no report',
    ['report', 'junit', 'other.json'],
    'is no report: / must have required property',
  ],
  ['a report of a newer version', ['report', 'junit', 'newer.json'], 'is version 2 of the report, '],
])('%s is one line and code 2', async (_name, argv, line) => {
  writeFileSync(file('bad.json'), '{');
  writeFileSync(file('other.json'), '{}');
  writeFileSync(file('newer.json'), '{"version":2}');
  const { code, stdout, stderr } = await project.run(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('in GitHub Actions the summary of the job and annotations come by themselves', async () => {
  answer = '[]';
  writeFileSync(file('summary.md'), 'what the step wrote\n');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('summary.md') };
  const { code, output } = await inCi(env, 'run', '--target', server.origin, '--reporter', 'github');
  expect(code).toBe(1);
  const annotations = output.split('\n').filter((line) => line.startsWith('::'));
  expect(annotations).toHaveLength(2);
  expect(annotations[0]).toMatch(
    /^::error file=schemas\/fixture\/one\.200\.json,line=\d+,title=breaking type-changed%3A one::breaking type-changed: /,
  );
  expect(read('summary.md')).toMatch(/^what the step wrote\n## ≠ drifted: 2 breaking findings\n/);
});

test('a summary that cannot be written fails the run', async () => {
  const { code, output } = await inCi(
    { GITHUB_STEP_SUMMARY: file('schemas') },
    'run',
    '--target',
    server.origin,
  );
  expect(code).toBe(2);
  expect(output).toContain('driftgate: a report cannot be written (EISDIR),\n');
});

test('--quiet prints the findings and the summary alone', async () => {
  answer = '[]';
  const { stdout } = await run('run', '--quiet');
  expect(stdout).toMatch(/^\n✗ breaking type-changed {2}one\n/);
  expect(stdout).not.toContain('Fixture:');
});

test.each(
  [...HOSTILE, '::error::x ##[error]y ]]> @all | `a` [b](http://c)', 'z'.repeat(1 << 20)].map((evil) => [
    visible(evil).slice(0, 40),
    evil,
  ]),
)(
  'a server that answers %s leaves reports that hold to their schemas and a clean terminal',
  async (_name, evil) => {
    answer = JSON.stringify({ [evil]: evil, id: { [evil]: [evil] } });
    writeFileSync(
      file('schemas/fixture/one.200.json'),
      JSON.stringify({
        type: 'object',
        properties: { id: { type: 'object', properties: {}, maxProperties: 0 } },
      }),
    );
    const formats = ['junit', 'sarif', 'ctrf', 'markdown', 'github=notes.txt'];
    const { code, stdout } = await run('run', ...formats.flatMap((name) => ['--reporter', name]));
    expect(code).toBe(1);
    expect(readReport(file('reports'))?.summary).toMatchObject({ requests: 2, failed: 1 });
    expect(elements(parseXml(read('reports/junit.xml')), 'failure')).toHaveLength(1);
    expect(sarifFaults(read('reports/report.sarif'))).toEqual([]);
    expect(ctrfFaults(read('reports/ctrf.json'))).toEqual([]);
    const texts = [stdout, read('reports/report.md'), read('notes.txt'), read('reports/junit.xml')].join(
      '\n',
    );
    expect(texts.split('\n').filter((line) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202e]/u.test(line))).toEqual([]);
    expect(stdout.split('\n').filter((line) => /^\s*::|##\w*\[/.test(line))).toEqual([]);
    expect(stdout.split('\n').filter((line) => line.length > 80 * 2)).toEqual([]);
  },
);
