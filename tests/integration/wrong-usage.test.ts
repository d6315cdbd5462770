import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, ROOT, type TestProject } from './support/project';

jest.setTimeout(60_000);

const ONE = ['--only', 'setup-and-authentication/check-core-credentials'];
const PIN = join(ROOT, 'collections/starter-pack.postman_collection.json');
let project: TestProject;
beforeEach(() => {
  project = makeProject({ files: { 'empty.pem': '', 'notes.json': '{\n}\n' } });
});
afterEach(() => project.remove());

const folder = (name: string) => mkdirSync(join(project.directory, name), { recursive: true });

test.each<[string, string[], string, (() => void)?]>([
  ['an empty file of certificates', ['run', '--ssl-extra-ca-certs', 'empty.pem'], 'there is no certificate'],
  ['an empty certificate', ['run', '--ssl-client-cert', 'empty.pem'], 'there is no certificate'],
  ['half an iteration', ['run', '-n', '1.5'], 'Give a whole number from 1 on'],
  ['half a request at a time', ['run', '--concurrency', '1.5'], 'Give a whole number from 1 on'],
  ['the same of a health check', ['health', '--concurrency', '0.5'], 'Give a whole number from 1 on'],
  ['a reminder for nobody', ['health', '--notify-reminder', 'x'], '"x" is no reminder, --notify-reminder'],
  ['a history that is something else', ['run', '--history', 'notes.json'], 'this is no history of runs'],
  [
    'globals that are none',
    ['run', '-g', 'text.json'],
    'no globals of Postman\'s: it has no "values"',
    () => {
      writeFileSync(join(project.directory, 'text.json'), '"text"');
    },
  ],
  [
    'a folder for a schema',
    ['run', ...ONE],
    'the schemas cannot be read (EISDIR), ',
    () => {
      folder('schemas/customers/get-customer.200.json');
      const file = join(project.directory, 'driftgate.config.json');
      const config = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...config, schemas: 'schemas' }));
    },
  ],
  [
    'a folder for a configuration',
    ['list'],
    'the configuration cannot be read (EISDIR), ',
    () => {
      project.remove();
      folder('driftgate.config.json');
    },
  ],
  [
    'a suite where a folder is in the way',
    ['init', PIN],
    'here is a suite of something else already',
    () => {
      project.remove();
      folder('driftgate.config.json');
    },
  ],
])('%s is the fault of nobody but its user', async (...[, argv, words, prepare]) => {
  prepare?.();
  const { code, stderr } = await project.run(...argv);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
  expect(stderr).not.toContain('fault of Driftgate');
});

test('a file that is named as the history by mistake is left as it is', async () => {
  await project.run('run', ...ONE, '--history', 'notes.json');
  expect(readFileSync(join(project.directory, 'notes.json'), 'utf8')).toBe('{\n}\n');
});

test('a folder that is called .env.example documents nothing, and is no fault', async () => {
  folder('.env.example');
  expect(await project.run('lint')).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  ['--ssl-extra-ca-certs', 'nothing.pem'],
  ['--ssl-client-cert', 'nothing.pem'],
])('%s that is not there ends the process, with the sandbox', async (...argv) => {
  const child = spawn(process.execPath, [join(ROOT, 'bin/driftgate'), 'run', ...argv], {
    cwd: project.directory,
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
});

test('a device without end is no history that is read for ever', async () => {
  const { code, stderr } = await project.run('run', ...ONE, '--history', '/dev/full');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/cannot write the history, \/dev\/full/),
  });
});

test('help is help, and of an unknown command it is none', async () => {
  expect(await project.run('help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Exit codes:'),
  });
  const run = await project.run('help', 'run');
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: driftgate run') });
  expect(await project.run('help', 'rum')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown command 'rum'"),
  });
  expect(await project.run()).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage: driftgate') });
});
