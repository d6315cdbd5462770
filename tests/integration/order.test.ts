import { writeFileSync } from 'node:fs';
import type * as http from 'node:http';
import { join } from 'node:path';
import { type Item, makeCollection } from './support/fixture';
import type { CliResult, TestProject } from './support/project';
import { startServer, type TestServer } from './support/server';

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

test('chains of writes that share no variable run at the same time, each in its own order', async () => {
  const group = together(2);
  const captures = { a: { x: { pointer: '/id' } }, b: { y: { pointer: '/id' } } };
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'a', path: 'a', method: 'POST' },
    { name: 'a2', path: 'a/{{x}}', method: 'DELETE' },
    { name: 'b', path: 'b', method: 'POST' },
    { name: 'b2', path: 'b/{{y}}', method: 'DELETE' },
  ];
  const { code } = await run(
    items,
    (request, response) =>
      request.method === 'DELETE' ? group.wait(response) : ok(response, `{"id":"id-of${request.url}"}`),
    { captures },
  );
  expect({ code, most: group.most }).toEqual({ code: 0, most: 2 });
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

test('what a later read has sent as a cookie that was ended meanwhile is sent again without it', async () => {
  const items: Item[] = ['first', 'end', 'mine', 'other'].map((name) => ({ name, path: name }));
  let end: http.ServerResponse | null = null;
  const cookies = new Map<string, (string | undefined)[]>();
  const { code } = await run(items, (request, response) => {
    const seen = cookies.get(request.url ?? '') ?? [];
    cookies.set(request.url ?? '', [...seen, request.headers.cookie]);
    if (request.url === '/first') return ok(response, '{}', { 'set-cookie': 'sid=1; Path=/mine' });
    if (request.url === '/end') {
      end = response;
      return;
    }
    ok(response, '{}');
    if (cookies.has('/mine') && cookies.has('/other') && end !== null) {
      const held = end;
      end = null;
      response.once('close', () => ok(held, '{}', { 'set-cookie': 'sid=; Path=/mine; Max-Age=0' }));
    }
  });
  expect(code).toBe(0);
  expect(cookies.get('/mine')).toEqual(['sid=1', undefined]);
  expect(cookies.get('/other')).toEqual([undefined]);
});

test('a cookie that a write beside it would have carried is an error that names both', async () => {
  const captures = { a: { x: { pointer: '/id' } }, b: { y: { pointer: '/id' } } };
  const items: Item[] = [
    { name: 'first', path: 'first' },
    { name: 'a', path: 'a', method: 'POST' },
    { name: 'a2', path: 'a/{{x}}' },
    { name: 'b', path: 'b', method: 'POST' },
    { name: 'b2', path: 'b/{{y}}' },
  ];
  let held: http.ServerResponse | null = null;
  const { code, stderr } = await run(
    items,
    (request, response) => {
      if (request.url === '/a') {
        held = response;
        return;
      }
      ok(response, '{"id":"1"}');
      if (request.url === '/b' && held !== null) {
        const first = held;
        response.once('close', () => ok(first, '{"id":"1"}', { 'set-cookie': 'sid=1; Path=/' }));
      }
    },
    { captures },
  );
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^driftgate: a sets the cookie sid, and this was sent beside it, b, name the one/,
    ),
  });
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
