import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'driftgate/cli';
import { type Sandbox, startSandbox } from 'driftgate/sandbox';
import { SYSTEM_CLOCK } from '../../src/runner/typed/retry';
import { CANARIES, makeProject, ROOT, readReport, type TestProject } from './support/project';

jest.setTimeout(60_000);

const KEY = 'customers/search-customer-by-e-mail';
let project: TestProject;
let sandbox: Sandbox;
let healthy: Sandbox;
beforeAll(async () => {
  const faults = ['GET /users/search set /user/id null', 'GET /users/search set /user/shoe_size 43'];
  sandbox = await startSandbox({ faults, variables: CANARIES });
  healthy = await startSandbox({ variables: CANARIES });
});
afterAll(() => Promise.all([sandbox.close(), healthy.close()]));
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const configOf = () => readFileSync(join(project.directory, 'driftgate.config.json'), 'utf8');
const acceptedIn = () => (JSON.parse(configOf()) as { accepted?: object[] }).accepted;

async function cli(day: string, ...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text), columns: 110 },
    stderr: { write: (text) => (stderr += text), columns: 10_000 },
    env: {},
    directory: project.directory,
    clock: { ...SYSTEM_CLOCK, now: () => Date.parse(`${day}T12:00:00Z`) },
    interrupted: new Promise(() => {}),
  });
  return { code, stdout, stderr, report: readReport(join(project.directory, 'reports')) };
}

const run = (day: string, at: Sandbox, ...more: string[]) =>
  cli(day, 'run', '--only', KEY, '--target', at.origin, ...more);

test('the command under a finding accepts it until its day has passed, and then it fails again', async () => {
  const pretty = readFileSync(join(ROOT, 'driftgate.config.json'), 'utf8')
    .replace('"collections/starter', `"${ROOT}/collections/starter`)
    .replace('"variables"', `"schemas": "${ROOT}/schemas/starter-pack",\n  "variables"`);
  writeFileSync(join(project.directory, 'driftgate.config.json'), pretty);
  const red = await run('2026-03-01', sandbox);
  expect(red.code).toBe(1);
  const [, id = ''] = /accept ([0-9a-f]{8}) --until/.exec(red.stdout) ?? [];

  const done = await cli('2026-03-01', 'accept', id, '--until', '2026-03-10', '--reason', 'known, see X-1');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toBe(`accepted until 2026-03-10: ${KEY} 200 null-unexpected /user/id\n`);
  const entry = {
    key: KEY,
    status: 200,
    kind: 'null-unexpected',
    pointer: '/user/id',
    until: '2026-03-10',
    reason: 'known, see X-1',
  };
  expect(acceptedIn()).toEqual([entry]);
  // What was there is there byte for byte.
  expect(configOf().startsWith(pretty.trimEnd().replace(/\n\}$/, ''))).toBe(true);

  const green = await run('2026-03-10', sandbox);
  expect(green).toMatchObject({ code: 0, stderr: '' });
  expect(green.report).toMatchObject({
    verdict: 'healthy',
    summary: { breaking: 0, accepted: 1, passed: 1 },
  });
  const [row] = green.report?.requests.filter(({ key }) => key === KEY) ?? [];
  expect(row?.findings.find(({ kind }) => kind === 'null-unexpected')).toMatchObject({
    severity: 'breaking',
    accepted: { reason: 'known, see X-1', until: '2026-03-10' },
  });
  expect(green.stdout).toContain('~ accepted null-unexpected');
  expect(green.stdout).toContain('/user/id · until 2026-03-10: known, see X-1');
  expect(green.stdout).toContain('1 accepted');

  const late = await run('2026-03-11', sandbox);
  expect(late.code).toBe(1);
  expect(late.stdout).toContain('its acceptance expired on 2026-03-10: known, see X-1');
  const [failed] = late.report?.requests.filter(({ key }) => key === KEY) ?? [];
  expect(failed?.findings[0]?.message).toMatch(/; its acceptance expired on 2026-03-10$/);

  const anew = await cli(
    '2026-03-11',
    'accept',
    id.slice(0, 4),
    '--until',
    '2026-04-01',
    '--reason',
    'later',
  );
  expect(anew.stdout).toMatch(/^accepted anew until 2026-04-01/);
  expect(acceptedIn()).toEqual([{ ...entry, until: '2026-04-01', reason: 'later' }]);

  const healed = await run('2026-03-12', healthy);
  expect(healed.code).toBe(0);
  expect(healed.report?.unusedAcceptances).toEqual([{ ...entry, until: '2026-04-01', reason: 'later' }]);
  expect(healed.stdout).toMatch(/^~ accepted for nothing {2}\S+\n {2}remove it: null-unexpected /m);
  const other = await cli(
    '2026-03-12',
    'run',
    '--only',
    'customers/create-customer',
    '--target',
    healthy.origin,
  );
  expect(other.report?.unusedAcceptances).toBeUndefined();
});

test('a pattern accepts what it names, additive differences under --strict too', async () => {
  const terms = ['--until', '2026-03-10', '--reason', 'known'];
  const place = ['--key', 'customers/*', '--pointer', '/user/*'];
  expect((await cli('2026-03-01', 'accept', ...place, '--kind', 'null-unexpected', ...terms)).code).toBe(0);
  expect((await run('2026-03-01', sandbox)).code).toBe(0);
  expect((await run('2026-03-01', sandbox, '--strict')).code).toBe(1);
  await cli('2026-03-01', 'accept', ...place, '--kind', 'property-undeclared', '--status', '200', ...terms);
  expect(acceptedIn()).toHaveLength(2);
  expect((await run('2026-03-01', sandbox, '--strict')).code).toBe(0);
});

test.each<[string[], RegExp]>([
  [
    ['ffffffff', '--until', '2026-03-10', '--reason', 'x'],
    /no finding with the id "ffffffff", reports\/report\.json, give an id that stands under a finding/,
  ],
  [['', '--until', '2026-03-10', '--reason', 'x'], /no finding with the id ""/],
  [
    ['ID', '--until', '2026-03-01', '--reason', 'x'],
    /"2026-03-01" must be a day to come, --until, today is 2026-03-01/,
  ],
  [['ID', '--until', '2027-03-03', '--reason', 'x'], /must be at most 366 days ahead/],
  [['ID', '--until', 'tomorrow', '--reason', 'x'], /must be a day that is written as YYYY-MM-DD/],
  [['ID', '--until', '2026-03-10', '--reason', ' '], /an empty reason/],
  [['ID', '--until', '2026-03-10'], /required option '--reason <text>'/],
  [['ID', '--until', '2026-03-10', '--reason', 'x', '--key', '*'], /an id and a pattern/],
  [['ID', '--until', '2026-03-10', '--reason', 'x', '--reports', 'none'], /no report of a run/],
  [
    ['--until', '2026-03-10', '--reason', 'x'],
    /^driftgate: no finding was named, driftgate accept, give the id that stands under a finding, or --key, --kind and --pointer/,
  ],
  [
    ['--until', '2026-03-10', '--reason', 'x', '--key', '*', '--status', '404'],
    /the pattern is not whole without --kind and --pointer, driftgate accept, give/,
  ],
  [
    ['--key', 'none/*', '--kind', 'not-json', '--pointer', '', '--until', '2026-03-10', '--reason', 'x'],
    /no such request: none\/\*/,
  ],
  [
    ['--key', '*', '--kind', 'timeout', '--pointer', '', '--until', '2026-03-10', '--reason', 'x'],
    /argument 'timeout' is invalid/,
  ],
])('accept %j is refused', async (argv, message) => {
  const before = configOf();
  const { stdout } = await run('2026-03-01', sandbox);
  const [, id = ''] = /accept ([0-9a-f]{8}) --until/.exec(stdout) ?? [];
  const { code, stderr } = await cli('2026-03-01', 'accept', ...argv.map((one) => (one === 'ID' ? id : one)));
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(configOf()).toBe(before);
});

test.each<[object, RegExp]>([
  [{ until: '2030-01-01' }, /\/accepted\/0\/until must be at most 366 days ahead/],
  [{ until: '2026-02-30' }, /\/accepted\/0\/until must be a day/],
  [{ key: 'none/none' }, /no such request: none\/none/],
  [{ kind: 'tls-invalid' }, /\/accepted\/0\/kind must be equal to one of/],
])('a run refuses %j in the configuration', async (more, message) => {
  const terms = { until: '2026-03-10', reason: 'x' };
  const entry = { key: KEY, kind: 'not-json', pointer: '', ...terms, ...more };
  writeFileSync(
    join(project.directory, 'driftgate.config.json'),
    JSON.stringify({ ...(JSON.parse(configOf()) as object), accepted: [entry] }),
  );
  const { code, stderr } = await run('2026-03-01', healthy);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
