import type * as http from 'node:http';
import { startSandbox } from 'driftgate/sandbox';
import { CANARIES, leaksIn, makeProject, runCli, type TestProject } from '../support/project';
import { closedOrigin, startServer, type TestServer } from '../support/server';
import { clockAt } from './support';

jest.setTimeout(30_000);

const SECRET = 'canary-hook-5e1f';
const DRIFT = 'GET /users/search set /user/id null';
const SEARCH = 'customers/search-customer-by-e-mail';

let project: TestProject;
let hook: TestServer;
let status = 200;
/** The port of the project's sandbox; what is elsewhere is another environment. */
let port: number | undefined;
beforeEach(async () => {
  status = 200;
  port = undefined;
  hook = await startServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status).end());
  });
});
afterEach(async () => {
  await hook.close();
  project.remove();
});

/** A night's check, with these faults of the sandbox. */
async function night(
  day: number,
  faults: readonly string[],
  argv: readonly string[],
  env: Record<string, string> = {},
) {
  const sandbox = await startSandbox({ variables: CANARIES, faults, ...(port !== undefined && { port }) });
  port = Number(new URL(sandbox.origin).port);
  try {
    const clock = clockAt(`2045-03-${String(day).padStart(2, '0')}T02:00:00Z`);
    const all = ['health', '--target', sandbox.origin, '--concurrency', '4', ...argv];
    const result = await runCli(project.directory, all, { clock, env });
    expect(leaksIn(result.everything, [...Object.values(CANARIES), SECRET])).toEqual([]);
    return result;
  } finally {
    await sandbox.close();
  }
}

const bodies = async (): Promise<Record<string, unknown>[]> =>
  (await Promise.all(hook.bodies)).map((body) => JSON.parse(body.toString()) as Record<string, unknown>);
const headerOf = ({ headers }: http.IncomingMessage, name: string) => headers[name];

test('each format is posted where it is asked for, with the secret address shown nowhere', async () => {
  project = makeProject({
    config: (config) => {
      config.notify = [
        { url: '{{generic_hook}}', format: 'json' },
        { url: '{{slack_hook}}', format: 'slack' },
        { url: '{{teams_hook}}', format: 'teams' },
      ];
    },
  });
  const at = (name: string) => `${hook.origin}/${name}/${SECRET}?token=${SECRET}`;
  const { host } = new URL(hook.origin);
  const generic = `http://robot:${SECRET}@${host}/generic/${SECRET}`;
  const env = { generic_hook: generic, slack_hook: at('slack'), teams_hook: at('teams') };
  const { code, stderr } = await night(1, [DRIFT], [], env);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const posted = new Map(hook.received.map((request, place) => [request.url?.split('/')[1], place]));
  expect([...posted.keys()].sort()).toEqual(['generic', 'slack', 'teams']);
  const sent = await bodies();
  const bodyOf = (name: string) => sent[posted.get(name) ?? -1];
  expect(bodyOf('generic')).toMatchObject({
    event: 'changed',
    verdict: 'drifted',
    findings: [{ key: SEARCH, kind: 'null-unexpected', pointer: '/user/id', state: 'new' }],
  });
  expect(bodyOf('slack')).toMatchObject({ text: 'API Starter Pack on sandbox is drifted, and was healthy' });
  expect(bodyOf('teams')).toMatchObject({ type: 'message' });
  const [first] = hook.received.filter(({ url }) => url?.startsWith('/generic'));
  expect(first && headerOf(first, 'authorization')).toBe(
    `Basic ${Buffer.from(`robot:${SECRET}`).toString('base64')}`,
  );
  expect(hook.received.map((request) => [request.method, headerOf(request, 'content-type')])).toEqual(
    Array(3).fill(['POST', 'application/json']),
  );
  expect(leaksIn(JSON.stringify(sent), Object.values(CANARIES))).toEqual([]);
});

test('a notifier that fails is told, changes nothing, and is told the next night', async () => {
  project = makeProject();
  const argv = ['--notify', `${hook.origin}/${SECRET}`];
  status = 500;
  const first = await night(1, [DRIFT], argv);
  expect({ code: first.code, verdict: first.report?.verdict, warnings: first.report?.warnings }).toEqual({
    code: 1,
    verdict: 'drifted',
    warnings: ['the notifier json-1 answered 500'],
  });
  expect(first.stderr).toBe('driftgate: warning: the notifier json-1 answered 500\n');
  status = 200;
  const second = await night(2, [DRIFT], argv);
  expect(second.stderr).toBe('');
  expect(second.report?.warnings).toBeUndefined();
  expect(await night(3, [DRIFT], argv)).toMatchObject({ code: 1, stderr: '' });
  expect((await bodies()).map(({ event, runs }) => [event, runs])).toEqual([
    ['changed', 1],
    ['changed', 2],
  ]);
});

test('one that is not there is a warning too', async () => {
  project = makeProject();
  const { code, stderr } = await night(1, [DRIFT], ['--notify', `${await closedOrigin()}/${SECRET}`]);
  const warning = 'driftgate: warning: the notifier json-1 could not be reached (ECONNREFUSED)\n';
  expect({ code, stderr }).toEqual({ code: 1, stderr: warning });
});

test('a part of the requests has no verdict that anybody is told of', async () => {
  project = makeProject();
  const argv = ['--notify', `${hook.origin}/${SECRET}`];
  expect((await night(1, [DRIFT], [...argv, '--only', SEARCH])).code).toBe(1);
  expect((await night(2, [DRIFT], [...argv, '--notify-after', '2'])).code).toBe(1);
  expect(hook.received).toEqual([]);
});

test.each<[string, string[], Record<string, unknown> | null, RegExp]>([
  ['an address that is none', ['--notify', SECRET], null, /^driftgate: the address is none, notifier json-1/],
  ['a format that nobody knows', ['--notify-format', 'sms'], null, /'sms' is invalid/],
  [
    'a reminder that is none',
    ['--notify', `http://127.0.0.1:9/${SECRET}`, '--notify-reminder', 'often'],
    null,
    /^driftgate: "often" is no reminder, --notify-reminder/,
  ],
  ['a count that is none', ['--notify-after', '0'], null, /Give a whole number from 1 on/],
  [
    'a collector without an address',
    ['--otlp', 'collector:4318'],
    null,
    /^driftgate: the address is none, --otlp/,
  ],
  [
    'a variable without a value',
    [],
    { url: '{{lost_hook}}' },
    /^driftgate: \{\{lost_hook\}\} has no value, "notify" of driftgate.config.json/,
  ],
])('%s is refused before anything is sent', async (_name, argv, configured, message) => {
  project = makeProject({
    config: (config) => {
      if (configured !== null) config.notify = [configured];
    },
  });
  const sandbox = await startSandbox({ variables: CANARIES });
  try {
    const result = await runCli(project.directory, ['health', '--target', sandbox.origin, ...argv]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(message), report: null });
    expect(leaksIn(result.everything, [SECRET])).toEqual([]);
    expect(sandbox.received).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
