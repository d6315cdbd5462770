import { writeFileSync } from 'node:fs';
import type * as http from 'node:http';
import { join } from 'node:path';
import { type Item, makeCollection } from './support/fixture';
import type { CliResult, TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

const { TypedRunner } = jest.requireActual<typeof import('../../src/runner/typed/typed')>(
  '../../dist/runner/typed/typed',
);

// What the typed runner sends at the same time, and what it does not.
jest.setTimeout(30_000);

let server: TestServer;
let project: TestProject;

afterEach(async () => {
  await server?.close();
  project?.remove();
});

/** Runs requests against a server that answers when it is told to. */
async function run(
  items: Item[],
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
  extra: Record<string, unknown> = {},
  ...argv: string[]
): Promise<CliResult> {
  server = await startServer(answer);
  project = makeCollection(server.origin, items, extra);
  writeFileSync(join(project.directory, '.env.test'), '');
  return project.run('run', '--env', 'test', ...argv);
}

const ok = (response: http.ServerResponse, body = '{}', headers: http.OutgoingHttpHeaders = {}) =>
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);

/** Answers when so many requests are under way at the same time, and fails the test where they never are. */
function together(size: number): { wait(response: http.ServerResponse): void; readonly most: number } {
  const waiting: http.ServerResponse[] = [];
  let most = 0;
  return {
    wait: (response) => {
      waiting.push(response);
      most = Math.max(most, waiting.length);
      if (waiting.length === size) for (const one of waiting.splice(0)) ok(one);
    },
    get most() {
      return most;
    },
  };
}

const names = (count: number): Item[] =>
  Array.from({ length: count }, (_, at) => ({ name: `r${at}`, path: `r${at}` }));

test('independent reads run at the same time, no more than allowed, after the first', async () => {
  const group = together(4);
  const { code, report } = await run(
    names(9),
    (request, response) => (request.url === '/r0' ? ok(response) : group.wait(response)),
    {},
    '--concurrency',
    '4',
  );
  expect({ code, most: group.most }).toEqual({ code: 0, most: 4 });
  expect(report?.requests.map(({ key }) => key)).toEqual(names(9).map(({ name }) => name));
});

test('at one origin no more than its own limit', async () => {
  const group = together(2);
  const sockets = new Set<unknown>();
  const { code } = await run(
    names(9),
    (request, response) => {
      sockets.add(request.socket);
      if (request.url === '/r0') ok(response);
      else group.wait(response);
    },
    {},
    '--concurrency-per-origin',
    '2',
  );
  expect({ code, sockets: sockets.size, most: group.most }).toEqual({ code: 0, sockets: 2, most: 2 });
});

test('with --concurrency 1 everything runs in the order of the collection', async () => {
  const captures = { r0: { late: { pointer: '/id' } } };
  const items = [...names(2), { name: 'needs', path: '{{late}}' }, { name: 'free', path: 'free' }];
  await run(items, (_request, response) => ok(response, '{"id":"x"}'), { captures }, '--concurrency', '1');
  expect(server.received.map(({ url }) => url)).toEqual(['/r0', '/r1', '/x', '/free']);
});

test('reads of one chain run beside those of another, behind the writes that they stand on', async () => {
  const group = together(4);
  const captures = { a: { x: { pointer: '/id' } }, b: { y: { pointer: '/id' } } };
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'a', path: 'a', method: 'POST' },
    { name: 'b', path: 'b', method: 'POST' },
    ...['a/{{x}}', 'a/{{x}}/more', 'b/{{y}}', 'b/{{y}}/more'].map((path, at) => ({
      name: `read ${at}`,
      path,
    })),
  ];
  const schemas = items.map((item) => ({ ...item, name: item.name.replace(' ', '-') }));
  const { code } = await run(
    schemas,
    (request, response) =>
      /^\/[ab]\//.test(request.url ?? '') ? group.wait(response) : ok(response, '{"id":"1"}'),
    { captures },
  );
  expect({ code, most: group.most }).toEqual({ code: 0, most: 4 });
});

test('what a later read would have sent as a cookie makes it be sent again', async () => {
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'session', path: 'session' },
    { name: 'mine', path: 'mine' },
    { name: 'other', path: 'other' },
  ];
  let session: http.ServerResponse | null = null;
  const cookies = new Map<string, (string | undefined)[]>();
  const { code, report } = await run(items, (request, response) => {
    const seen = cookies.get(request.url ?? '') ?? [];
    cookies.set(request.url ?? '', [...seen, request.headers.cookie]);
    if (request.url === '/session') {
      session = response;
      return;
    }
    ok(response, JSON.stringify({ cookie: request.headers.cookie ?? null }));
    // The session is answered when what comes later is long answered.
    if (cookies.has('/mine') && cookies.has('/other') && session !== null) {
      const held = session;
      session = null;
      response.once('close', () => ok(held, '{}', { 'set-cookie': 'sid=1; Path=/mine' }));
    }
  });
  expect(code).toBe(0);
  expect(cookies.get('/mine')).toEqual([undefined, 'sid=1']);
  expect(cookies.get('/other')).toEqual([undefined]);
  expect(report?.summary).toMatchObject({ requests: 4, passed: 4 });
});

test('a cookie that a write beside it would have carried is an error that names both', async () => {
  const captures = { b: { y: { pointer: '/id' } } };
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'a', path: 'a' },
    { name: 'b', path: 'b', method: 'POST' },
    { name: 'b2', path: 'b/{{y}}' },
  ];
  // A write that is in a chain does not wait for a read of another one.
  const requests = { a: { after: ['first'] } };
  let held: http.ServerResponse | null = null;
  const { code, stderr } = await run(
    items,
    (request, response) => {
      if (request.url === '/a') {
        held = response;
        return;
      }
      if (request.url === '/b') {
        response.once('close', () =>
          ok(held as http.ServerResponse, '{}', { 'set-cookie': 'sid=1; Path=/' }),
        );
      }
      ok(response, '{"id":"1"}');
    },
    { captures, requests },
  );
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^driftgate: a sets the cookie sid, and this was sent beside it, b, name the one/,
    ),
  });
});

test('what waited for an answer that is taken back runs anew as well, and so does what its script changed', async () => {
  let login: http.ServerResponse | null = null;
  let early = 0;
  const sets = 'pm.environment.set("n", Number(pm.environment.get("n") || 0) + 1);';
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'login', path: 'login' },
    { name: 'list', path: 'list', test: sets },
    { name: 'needs', path: 'x/{{id}}/{{n}}' },
  ];
  const { code, report } = await run(
    items,
    (request, response) => {
      if (request.url === '/login') {
        login = response;
        return;
      }
      if (request.url !== '/list') return ok(response);
      if (request.headers.cookie !== undefined) return ok(response, '{"id":"7"}');
      early += 1;
      // Refused without the cookie, and what needs its id is skipped by the time the cookie comes.
      response.once('close', () =>
        setTimeout(() => ok(login as http.ServerResponse, '{}', { 'set-cookie': 'sid=1' }), 30),
      );
      ok(response, '{}');
    },
    { captures: { list: { id: { pointer: '/id', required: false } } } },
  );
  expect({ code, early }).toEqual({ code: 0, early: 1 });
  expect(report?.summary).toMatchObject({ passed: 4, skipped: 0 });
  expect(server.received.at(-1)?.url).toBe('/x/7/1');
});

test('from the first cookie on everything runs in order, so that one that goes is gone', async () => {
  const items: Item[] = ['first', 'me', 'logout', 'again', 'last'].map((name) => ({ name, path: name }));
  let open = 0;
  let most = 0;
  const cookies: (string | undefined)[] = [];
  await run(items, (request, response) => {
    open += 1;
    most = Math.max(most, open);
    cookies.push(request.headers.cookie);
    setImmediate(() => {
      open -= 1;
      const set = request.url === '/first' ? 'sid=1' : request.url === '/logout' ? 'sid=; Max-Age=0' : null;
      ok(response, '{}', set === null ? {} : { 'set-cookie': set });
    });
  });
  expect({ most, cookies }).toEqual({
    most: 1,
    cookies: [undefined, 'sid=1', 'sid=1', undefined, undefined],
  });
});

test('two writes keep their order, whatever they share', async () => {
  const captures = { a: { x: { pointer: '/id' } }, b: { y: { pointer: '/id' } } };
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'a', path: 'account/deposit', method: 'POST' },
    { name: 'a2', path: 'deposits/{{x}}' },
    { name: 'b', path: 'account/withdraw', method: 'POST' },
    { name: 'b2', path: 'withdrawals/{{y}}' },
  ];
  let open = 0;
  let most = 0;
  await run(
    items,
    (request, response) => {
      if (request.method !== 'POST') return ok(response);
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        ok(response, '{"id":"1"}');
      });
    },
    { captures },
  );
  expect(most).toBe(1);
});

test('a script that leaves an object among the variables as it is has not touched it', async () => {
  const asserts = 'pm.test("ok", () => pm.response.to.have.status(200));';
  const items: Item[] = [
    { name: 'first', path: 'first', test: 'pm.environment.set("object", { a: [1] });' },
    { name: 'second', path: 'second', test: asserts },
    { name: 'third', path: 'third', test: 'pm.environment.set("other", pm.environment.get("object").a[0]);' },
    { name: 'fourth', path: '{{other}}' },
  ];
  const { code, stderr } = await run(items, (_request, response) => ok(response));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(server.received.map(({ url }) => url).sort()).toEqual(['/1', '/first', '/second', '/third']);
});

test('--explain-order prints what waits for what, and sends nothing', async () => {
  const captures = { r0: { id: { pointer: '/id' } } };
  const items = [
    ...names(2),
    { name: 'needs', path: '{{id}}' },
    { name: 'write', path: 'w', method: 'POST' },
  ];
  const { code, stdout } = await run(
    items,
    (_request, response) => ok(response),
    { captures },
    '--explain-order',
  );
  expect(code).toBe(0);
  expect(server.received).toEqual([]);
  expect(stdout).toBe(`1  wave 1  GET r0
2  wave 2  GET r1
   after 1, which is the first, and says whether anything answers
3  wave 2  GET needs
   after 1, which gives {{id}}
4  wave 3  POST write
   runs alone: POST changes something, and no variable says what

4 requests in 3 waves, at most 2 at the same time
`);
});

test('a delay between requests makes them run in order', async () => {
  let open = 0;
  let most = 0;
  const { code } = await run(
    names(3),
    (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        ok(response);
      });
    },
    {},
    '--delay-request',
    '5',
  );
  expect({ code, most }).toEqual({ code: 0, most: 1 });
});

test.each(['typed', 'newman'])('--bail in order sends nothing after what failed (%s)', async (runner) => {
  const { code, report } = await run(
    names(4),
    ({ url }, response) => ok(response, url === '/r1' ? '[]' : '{}'),
    {},
    '--bail',
    '--concurrency',
    '1',
    '--runner',
    runner,
  );
  expect(code).toBe(1);
  expect(server.received.map(({ url }) => url)).toEqual(['/r0', '/r1']);
  expect(report?.requests.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    'passed',
    'failed',
    'the run stopped at r1, which failed',
    'the run stopped at r1, which failed',
  ]);
});

test.each(['typed', 'newman'])(
  'what a redirect leads to hangs, and not who answered with it (%s)',
  async (runner) => {
    const hanging = await startServer(() => {});
    try {
      const { code, report } = await run(
        [...names(3), { name: 'well', path: 'well' }],
        ({ url }, response) =>
          url === '/well'
            ? ok(response)
            : response.writeHead(302, { location: `${hanging.origin}${url}` }).end(),
        { hosts: [new URL(hanging.origin).host] },
        '--concurrency',
        '1',
        '--timeout-request',
        '300',
        '--runner',
        runner,
      );
      expect(code).toBe(3);
      expect(report?.requests.at(-1)).toMatchObject({ key: 'well', outcome: 'passed' });
    } finally {
      await hanging.close();
    }
  },
);

test('--bail sees all of the first one, its scripts too, before another begins', async () => {
  const items = names(4).map((one, at) =>
    at === 0 ? { ...one, test: 'pm.test("no", () => { throw new Error("no") })' } : one,
  );
  const { code } = await run(items, (_request, response) => ok(response), {}, '--bail');
  expect(code).toBe(1);
  expect(server.received.map(({ url }) => url)).toEqual(['/r0']);
});

test('what the first one gives may put all in order: then its scripts are waited for', async () => {
  const items = names(3);
  Object.assign(items[0] as Item, { test: 'pm.environment.set("tmpl", "{{id}}")' });
  Object.assign(items[1] as Item, { path: 'r1/{{tmpl}}' });
  Object.assign(items[2] as Item, { test: 'pm.environment.set("id", "late")' });
  const environment = { id: 'early', tmpl: 'none' };
  await run(items, (_request, response) => ok(response), { variables: environment });
  expect(server.received.map(({ url }) => url)).toEqual(['/r0', '/r1/early', '/r2']);
});

test('--bail waits for what is under way, however long it takes', async () => {
  // Of all timers only these are ours; the clock of the connections goes on.
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
  });
  const slow: http.ServerResponse[] = [];
  const { stop } = TypedRunner.prototype;
  const stopping = jest.spyOn(TypedRunner.prototype, 'stop').mockImplementation(function (
    this: InstanceType<typeof TypedRunner>,
    ...given
  ) {
    stop.apply(this, given);
    // Longer than an interrupted run would wait.
    jest.advanceTimersByTime(10_000);
    for (const one of slow) ok(one);
  });
  try {
    const { code, report } = await run(
      names(3),
      ({ url }, response) => {
        if (url === '/r1') slow.push(response);
        else ok(response, url === '/r2' ? '[]' : '{}');
      },
      {},
      '--bail',
    );
    expect(code).toBe(1);
    expect(stopping).toHaveBeenCalled();
    expect(report?.requests.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed']);
  } finally {
    stopping.mockRestore();
    jest.useRealTimers();
  }
});
