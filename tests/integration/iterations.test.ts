import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from 'driftgate/sandbox';
import { customersLeft, customersMade } from './support/customers';
import { type Item, makeCollection } from './support/fixture';
import { CANARIES, type CliResult, makeProject, runCli, type TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';
import { keepNewman } from './support/warm-newman';

// Each iteration is a run of its own: with values of its own, and what it made is removed once.
jest.setTimeout(60_000);
keepNewman();

let project: TestProject | undefined;
let sandbox: Sandbox | undefined;
let server: TestServer | undefined;
afterEach(async () => {
  project?.remove();
  await sandbox?.close();
  await server?.close();
});

const RUNNERS = ['typed', 'newman'];
const cleanups = ({ report }: CliResult) =>
  (report?.requests ?? []).filter(({ cleanup }) => cleanup === true);
const paths = (method: string) =>
  (server?.received ?? []).flatMap((request) => (request.method === method ? [request.url] : []));

describe('the Starter Pack', () => {
  const run = async (...argv: string[]) => {
    sandbox = await startSandbox({ variables: CANARIES });
    project = makeProject({ files: { 'rows.json': '[{"row":1},{"row":2}]' } });
    return { running: sandbox, result: await project.run('run', ...argv, '--target', sandbox.origin) };
  };

  // Both by one run: of what Newman does alone there is nothing that it does not do in it as well.
  test.each(['typed', 'both'])('three iterations pass, with customers of their own (%s)', async (runner) => {
    const { running, result } = await run('-n', '3', '--runner', runner);
    const runs = runner === 'both' ? 2 : 1;
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.report?.summary).toMatchObject({ requests: 213 * runs, passed: 213 * runs });
    const by =
      result.report?.requests
        .filter(({ prerequisite, cleanup }) => prerequisite !== true && cleanup !== true)
        .map((row) => row.runner) ?? [];
    expect(by.filter((name) => name === 'typed')).toHaveLength(213);
    expect(by.filter((name) => name === 'newman')).toHaveLength(runner === 'both' ? 213 : 0);
    // Two customers an iteration, one of which is asked for twice.
    expect(new Set(customersMade(running)).size).toBe(6 * runs);
    expect(await customersLeft(running)).toEqual([]);
  });

  test('where rows of data are too few, it is said once that the last one serves again', async () => {
    const { running, result } = await run(
      '-n',
      '3',
      '-d',
      'rows.json',
      '--only',
      'customers/create-customer',
    );
    const warning =
      '2 rows of data for 3 iterations: the last row serves again from iteration 3 on, as in Newman';
    expect(result.stderr.replace(/\s+/g, ' ')).toBe(`driftgate: warning: ${warning} `);
    expect(result.report?.warnings).toEqual([warning]);
    expect(customersMade(running)).toHaveLength(3);
    const argv = ['-n', '2', '-d', 'rows.json', '--only', 'customers/create-customer'];
    const enough = await project?.run('run', ...argv, '--target', running.origin);
    expect(enough?.code).toBe(0);
    expect(enough?.stderr).toBe('');
    expect(enough?.report?.warnings).toBeUndefined();
  });

  test.each(RUNNERS)('each customer is deleted once, and the report counts it (%s)', async (runner) => {
    const { running, result } = await run('-n', '3', '--folder', 'Points', '--runner', runner);
    const deleted = running.received.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : []));
    expect(deleted).toHaveLength(3);
    expect(new Set(deleted).size).toBe(3);
    expect(cleanups(result).map(({ iteration, status }) => [iteration, status])).toEqual([
      [1, 200],
      [2, 200],
      [3, 200],
    ]);
    expect(result.stdout).toContain('3 prerequisites, 3 clean-ups, not counted');
    expect({ code: result.code, left: await customersLeft(running) }).toEqual({ code: 0, left: [] });
  });
});

/** A project whose server makes things at `POST /things` and removes them at `DELETE /things/ID`. */
async function makeThings(
  answer: (at: number, response: ServerResponse, request: IncomingMessage) => void,
  config: Record<string, unknown> = {},
  items: Item[] = [],
  remove = 'things/{{id}}',
  more: { key: string; value: string }[] = [],
): Promise<TestProject> {
  let made = 0;
  server = await startServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.method === 'POST') made += 1;
    answer(made, response, request);
  });
  const header = [
    { key: 'X-Name', value: '{{name}}' },
    { key: 'X-Tenant', value: '{{tenant}}' },
  ];
  const requests = { make: { cleanup: { request: 'remove' } }, ...(config.requests as object) };
  project = makeCollection(
    server.origin,
    [
      { name: 'make', method: 'POST', path: 'things', header },
      ...items,
      { name: 'look', path: 'things/{{id}}' },
      { name: 'remove', method: 'DELETE', path: remove, header: [...header.slice(1), ...more] },
    ],
    {
      variables: { name: '{{$guid}}', tenant: 'none' },
      ...config,
      captures: { make: { id: { pointer: '/id' } }, ...(config.captures as object) },
      requests,
    },
  );
  return project;
}

const runThings = (things: TestProject, runner: string, ...argv: string[]): Promise<CliResult> =>
  things.run('run', '--env', 'collection', ...argv, '--runner', runner);

const answerId = (at: number, response: ServerResponse): void => {
  response.end(JSON.stringify({ id: `t${at}` }));
};

test.each(RUNNERS)(
  'generated values are each iteration’s own, and a row of data wins (%s)',
  async (runner) => {
    const things = await makeThings(answerId);
    const { code } = await runThings(things, runner, '-n', '3', '--only', 'make');
    const names = () =>
      (server?.received ?? []).flatMap(({ method, headers }) =>
        method === 'POST' ? [headers['x-name']] : [],
      );
    expect(code).toBe(0);
    expect(new Set(names()).size).toBe(3);
    writeFileSync(join(things.directory, 'rows.json'), '[{"name":"Ann"},{"other":1},{"name":"Ben"}]');
    const withRows = await runThings(things, runner, '-d', 'rows.json', '--only', 'make');
    expect(withRows.code).toBe(0);
    expect(names().slice(3)).toEqual(['Ann', expect.stringMatching(/^[\da-f-]{36}$/), 'Ben']);
  },
);

test.each(RUNNERS)('what an iteration did not capture is not that of the one before (%s)', async (runner) => {
  const things = await makeThings((at, response) => {
    response.end(at === 2 ? '{}' : `{"id":"t${at}"}`);
  });
  const { code, report } = await runThings(things, runner, '-n', '3', '--only', 'look');
  expect(code).toBe(2);
  expect(paths('GET')).toEqual(['/things/t1', '/things/t3']);
  expect(report?.requests.filter(({ key }) => key === 'look').map(({ outcome }) => outcome)).toEqual([
    'passed',
    'skipped',
    'passed',
  ]);
});

test.each(RUNNERS)('a thing is removed with the variables of its own iteration (%s)', async (runner) => {
  const things = await makeThings(
    (at, response, { method, url }) => {
      // The same id in another shop is another thing.
      response.end(JSON.stringify(method === 'GET' && url === '/shop' ? { shop: `s${at}` } : { id: 'one' }));
    },
    { captures: { shop: { shop: { pointer: '/shop' } } } },
    [{ name: 'shop', path: 'shop' }],
    'shops/{{shop}}/things/{{id}}',
  );
  const result = await runThings(things, runner, '-n', '3', '--only', 'look', '--only', 'shop');
  expect(result.code).toBe(0);
  // Last made first.
  expect(paths('DELETE')).toEqual([3, 2, 1].map((at) => `/shops/s${at}/things/one`));
  expect(cleanups(result).map(({ iteration }) => iteration)).toEqual([1, 2, 3]);
});

test.each(RUNNERS)('what several iterations were given is removed once (%s)', async (runner) => {
  const things = await makeThings((_at, response) => response.end('{"id":"same"}'));
  const result = await runThings(things, runner, '-n', '3', '--only', 'look');
  expect(result.code).toBe(0);
  expect(paths('DELETE')).toEqual(['/things/same']);
  expect(cleanups(result)).toHaveLength(1);
});

test.each(RUNNERS)('the same id is another thing where a header says whose it is (%s)', async (runner) => {
  const there = new Set<string>();
  const things = await makeThings((_at, response, { method, url, headers }) => {
    const tenant = String(headers['x-tenant']);
    if (method === 'POST') there.add(`${tenant} /things/1`);
    if (method === 'DELETE') there.delete(`${tenant} ${url}`);
    response.end('{"id":1}');
  });
  writeFileSync(join(things.directory, 'rows.json'), '[{"tenant":"a"},{"tenant":"b"}]');
  const result = await runThings(things, runner, '-d', 'rows.json', '--only', 'make');
  expect({ code: result.code, there: [...there] }).toEqual({ code: 0, there: [] });
  expect(cleanups(result)).toHaveLength(2);
});

test.each(RUNNERS)('a token of each iteration makes no other thing of the same (%s)', async (runner) => {
  const things = await makeThings(
    (at, response, { method, headers }) => {
      // A new login ends the session before it, and the thing is there once.
      const isOld = method === 'DELETE' && headers.authorization !== `Bearer k${at}`;
      response.writeHead(isOld ? 401 : 200);
      response.end(JSON.stringify({ id: 'one', token: `k${at}` }));
    },
    { captures: { make: { id: { pointer: '/id' }, token: { pointer: '/token' } } } },
    [],
    'things/{{id}}',
    [{ key: 'Authorization', value: 'Bearer {{token}}' }],
  );
  const result = await runThings(things, runner, '-n', '2', '--only', 'make');
  expect({ code: result.code, deleted: paths('DELETE') }).toEqual({ code: 0, deleted: ['/things/one'] });
});

test.each(RUNNERS)('what a row of data names is not what a run made, and stays (%s)', async (runner) => {
  const things = await makeThings(answerId);
  writeFileSync(join(things.directory, 'rows.json'), '[{"id":"theirs"},{"id":"others"}]');
  const result = await runThings(things, runner, '-d', 'rows.json', '--only', 'make');
  expect(result.code).toBe(0);
  expect(paths('DELETE')).toEqual(['/things/t2', '/things/t1']);
});

test.each(RUNNERS)('an interruption in the middle leaves nothing of any iteration (%s)', async (runner) => {
  let arrived = () => {};
  const hanging = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const things = await makeThings((at, response, { method }) => {
    if (method === 'GET' && at === 2) arrived();
    else answerId(at, response);
  });
  let stdout = '';
  const argv = ['run', '-n', '3', '--only', 'look', '--env', 'collection', '--runner', runner];
  const { code, report } = await runCli(things.directory, argv, {
    stdout: { write: (text) => (stdout += text), columns: 80 },
    interrupted: hanging,
  });
  expect(code).toBe(2);
  expect(paths('DELETE')).toEqual(['/things/t2', '/things/t1']);
  expect(stdout).toContain('2 clean-ups, not counted');
  expect(report?.requests.map(({ key, iteration, outcome }) => `${key} ${iteration} ${outcome}`)).toEqual([
    'make 1 passed',
    'make 2 passed',
    'make 3 skipped',
    'look 1 passed',
    'look 2 skipped',
    'look 3 skipped',
    'remove 1 passed',
    'remove 2 passed',
  ]);
});
