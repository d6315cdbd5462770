import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Item, makeCollection } from './support/fixture';
import { ROOT, readReport, type TestProject, textsIn } from './support/project';
import { startServer, type TestServer } from './support/server';
import { keepNewman } from './support/warm-newman';

// What both runners must do the same way, on collections of our own.
jest.setTimeout(30_000);
keepNewman();

const json = { 'content-type': 'application/json' };
let server: TestServer;
let project: TestProject;

afterEach(async () => {
  await server?.close();
  project?.remove();
});

const run = (runner: string, ...argv: string[]) =>
  project.run('run', '--env-var', 'tenant=acme', '--env', 'test', '--runner', runner, ...argv);

describe.each(['newman', 'typed'])('%s', (runner) => {
  const start = async (answer: Parameters<typeof startServer>[0], items: Item[], extra = {}) => {
    server = await startServer(answer);
    project = makeCollection(server.origin, items, extra);
    writeFileSync(join(project.directory, '.env.test'), '');
  };

  test('captures give a later request its variables: pointer, header and cookie', async () => {
    await start(
      (request, response) => {
        response.writeHead(200, { ...json, 'X-Trace': 'trace-7', 'Set-Cookie': 'sid=cookie-9; Path=/' });
        response.end(request.url === '/one' ? '{"items":[{"id":41},{"id":{"a":[1]}}],"none":null}' : '{}');
      },
      [
        { name: 'one', path: 'one' },
        { name: 'two', path: '{{id}}/{{trace}}/{{sid}}', header: [{ key: 'X-Object', value: '{{object}}' }] },
      ],
      {
        captures: {
          one: {
            id: { pointer: '/items/0/id' },
            object: { pointer: '/items/1/id' },
            trace: { header: 'x-trace' },
            sid: { cookie: 'sid' },
          },
        },
      },
    );
    const { code } = await run(runner);
    expect(code).toBe(0);
    expect(server.received.map(({ url }) => url)).toEqual(['/one', '/41/trace-7/cookie-9']);
    expect(server.received[1]?.headers['x-object']).toBe('{"a":[1]}');
    expect(server.received[1]?.headers.cookie).toBe('sid=cookie-9');
  });

  test('an API of which every request hangs is down: not each of them is waited for', async () => {
    await start(
      () => {},
      Array.from({ length: 40 }, (_, at) => ({ name: `item-${at}`, path: `${at}` })),
    );
    const { code, stderr, report } = await run(runner, '--timeout-request', '200');
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    const { requests = [], summary } = report ?? {};
    expect(requests.flatMap(({ findings }) => findings.map(({ kind }) => kind))).toEqual(['timeout']);
    expect(summary).toMatchObject({ requests: 40, failed: 1, skipped: 39, down: 1 });
    const reasons = new Set(requests.flatMap(({ reason }) => reason ?? []));
    expect([...reasons]).toEqual([`${server.origin} is down (ETIMEDOUT)`]);
    // As many as were under way when the third had waited in vain.
    expect(server.received.length).toBeLessThanOrEqual(runner === 'newman' ? 3 : 18);
  });

  test('what was not captured is not sent: the request is skipped, and that is no pass', async () => {
    await start(
      (_request, response) => response.writeHead(200, json).end('{"id":null}'),
      [
        { name: 'one', path: 'one' },
        { name: 'two', path: 'users/{{id}}' },
      ],
      { captures: { one: { id: { pointer: '/id' } } } },
    );
    const { code, stderr, stdout } = await run(runner, '--reporter', 'junit');
    expect(server.received.map(({ url }) => url)).toEqual(['/one']);
    const reason =
      'could not be tested: needs {{id}}, which one did not yield, two, correct the capture or give the variable a value in the environment';
    expect({ code, stderr }).toEqual({ code: 2, stderr: `driftgate: ${reason}\n` });
    // What was tested is shown all the same, and never as a result.
    expect(stdout).toMatch(/verdict *│ \? incomplete/);
    expect(stdout).toMatch(/2 requests +1 passed +0 failed +1 skipped/);
    const reports = join(project.directory, 'reports');
    const report = readReport(reports);
    expect(report?.verdict).toBe('incomplete');
    expect(report?.run.untested).toBe(reason);
    expect(report?.summary).toMatchObject({ requests: 2, passed: 1, failed: 0, skipped: 1 });
    const junit = readFileSync(join(reports, 'junit.xml'), 'utf8');
    expect(junit).toContain('<skipped message="needs {{id}}, which one did not yield"/>');
    expect(junit).toContain(`This report is partial: ${reason}.`);
    expect(existsSync(join(reports, 'history.jsonl'))).toBe(false);
  });

  test('a redirect to an allowed host is followed', async () => {
    await start(
      (request, response) =>
        request.url === '/one'
          ? response.writeHead(302, { location: '/elsewhere' }).end()
          : response.writeHead(200, json).end('{}'),
      [{ name: 'one', path: 'one' }],
    );
    expect((await run(runner)).code).toBe(0);
    expect(server.received.map(({ url }) => url)).toEqual(['/one', '/elsewhere']);
  });

  test('a redirect to another allowed host takes no credential along', async () => {
    const other = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    try {
      await start(
        (_request, response) => response.writeHead(307, { Location: `${other.origin}/two` }).end(),
        [
          {
            name: 'one',
            path: 'one',
            header: [
              { key: 'X-Api-Key', value: 'key-of-one-4711' },
              { key: 'X-Trace', value: 'seven' },
            ],
          },
        ],
        { hosts: [new URL(other.origin).host] },
      );
      expect((await run(runner)).code).toBe(0);
      expect(server.received[0]?.headers['x-api-key']).toBe('key-of-one-4711');
      expect(other.received[0]?.headers['x-api-key']).toBeUndefined();
      expect(other.received[0]?.headers['x-trace']).toBe('seven');
    } finally {
      await other.close();
    }
  });

  test('a long text is cut only after its secrets are gone', async () => {
    const secret = 'canary-that-is-quite-long-'.repeat(6);
    await start(
      (_request, response) => response.writeHead(200, json).end(JSON.stringify([secret])),
      [{ name: 'one', path: 'one' }],
    );
    writeFileSync(join(project.directory, '.env.test'), `tenant_secret=${secret}`);
    const { code, everything } = await run(runner);
    expect(code).toBe(1);
    expect(everything).not.toContain('canary-that');
  });

  test('a redirect to another host is refused: nothing arrives there, and the redirect is the finding', async () => {
    const foreign = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    try {
      await start(
        (_request, response) => response.writeHead(302, { location: `${foreign.origin}/x` }).end(),
        [{ name: 'one', path: 'one' }],
      );
      const { code, report } = await run(runner);
      expect(foreign.received).toEqual([]);
      expect(code).toBe(1);
      expect(report?.requests[0]?.findings).toMatchObject([{ kind: 'undocumented-status', actual: '302' }]);
      expect(report?.requests[0]?.findings[0]?.message).toContain('not an allowed host');
    } finally {
      await foreign.close();
    }
  });

  test('a host that a response names is not reached', async () => {
    const foreign = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    try {
      await start(
        (_request, response) =>
          response.writeHead(200, json).end(JSON.stringify({ host: new URL(foreign.origin).host })),
        [
          { name: 'one', path: 'one' },
          { name: 'two', path: 'two', host: '{{host}}' },
        ],
        { captures: { one: { host: { pointer: '/host' } } } },
      );
      const { code, stderr } = await run(runner);
      expect(foreign.received).toEqual([]);
      expect(code).toBe(2);
      expect(stderr).toContain('is not one of the allowed hosts, two');
    } finally {
      await foreign.close();
    }
  });

  test('a request that cannot be sent at all is our trouble, never a down environment', async () => {
    await start(
      (_request, response) => response.writeHead(200, json).end('{"text":"a\\nb"}'),
      [
        { name: 'one', path: 'one' },
        { name: 'two', path: 'two', header: [{ key: 'X-Text', value: '{{text}}' }] },
      ],
      { captures: { one: { text: { pointer: '/text' } } } },
    );
    const { code, stderr } = await run(runner);
    expect(code).toBe(2);
    expect(stderr).toContain('the request cannot be sent');
  });

  test('a GET sends no body, unless the request says so', async () => {
    await start(
      (_request, response) => response.writeHead(200, json).end('{}'),
      [
        {
          name: 'one',
          path: 'one',
          body: { mode: 'raw', raw: '{"a":1}', options: { raw: { language: 'json' } } },
        },
      ],
    );
    expect((await run(runner)).code).toBe(0);
    expect(server.received[0]?.headers['content-length']).toBeUndefined();
    expect(server.received[0]?.headers['transfer-encoding']).toBeUndefined();
  });

  test('a body that stops half way is a timeout, not a pass and not a hang', async () => {
    await start(
      (_request, response) => {
        response.writeHead(200, json);
        response.write('{"half":');
      },
      [{ name: 'one', path: 'one' }],
      { requests: { one: { timeoutMs: 400 } } },
    );
    const { code, report } = await run(runner);
    expect(report?.requests[0]?.findings.map(({ kind }) => kind)).toEqual(['timeout']);
    expect(code).toBe(3);
  });

  test('a refusal of every request is the environment, said once', async () => {
    await start(
      (_request, response) => response.writeHead(401, json).end('{}'),
      [
        { name: 'one', path: 'one' },
        { name: 'two', path: 'two' },
      ],
    );
    const { code, report } = await run(runner);
    expect(report?.summary).toMatchObject({ requests: 2, failed: 1, skipped: 1, breaking: 0, down: 1 });
    expect({ code, verdict: report?.verdict }).toEqual({ code: 3, verdict: 'down' });
  });

  test('an empty path segment where a variable stood is an error, before or after sending', async () => {
    await start(
      (_request, response) => response.writeHead(200, json).end('{"id":""}'),
      [
        { name: 'one', path: 'one' },
        { name: 'two', path: 'users/{{id}}/tags' },
      ],
      { captures: { one: { id: { pointer: '/id' } } } },
    );
    const { code, stderr } = await run(runner);
    expect(code).toBe(2);
    expect(stderr).toContain('empty path segment where {{id}} stood, two');
  });

  test('auth that is declared and has nothing to send is an error', async () => {
    await start(
      (_request, response) => response.writeHead(200, json).end('{"token":""}'),
      [
        { name: 'one', path: 'one' },
        {
          name: 'two',
          path: 'two',
          auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
        },
      ],
      { captures: { one: { token: { pointer: '/token' } } } },
    );
    const { code, stderr } = await run(runner);
    expect(code).toBe(2);
    expect(stderr).toContain('bearer auth is declared but has no credential, two');
  });

  test('a captured token is a secret from then on', async () => {
    const token = 'captured-token-4711';
    await start(
      (request, response) =>
        request.url === '/one'
          ? response.writeHead(200, json).end(JSON.stringify({ access: token }))
          : response.writeHead(200, json).end(JSON.stringify([`the token was ${token}`])),
      [
        { name: 'one', path: 'one' },
        {
          name: 'two',
          path: 'two',
          auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
        },
      ],
      { captures: { one: { token: { pointer: '/access' } } } },
    );
    const { code, everything } = await run(runner);
    expect(server.received[1]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(code).toBe(1);
    expect(everything).not.toContain(token);
    expect(everything).toContain('the token was {{token}}');
  });
});

describe.each(['newman', 'typed'])('scripts by %s', (runner) => {
  const start = async (items: Item[]) => {
    server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    project = makeCollection(server.origin, items);
    writeFileSync(join(project.directory, '.env.test'), '');
  };

  test('assertions of the collection pass and fail with the request', async () => {
    await start([
      {
        name: 'one',
        path: 'one',
        test: 'pm.test("holds", () => {}); pm.test("breaks", () => pm.expect(1).to.eql(2));',
      },
    ]);
    const { code, report } = await run(runner);
    expect(code).toBe(1);
    expect(report?.requests[0]?.assertions).toMatchObject([
      { name: 'holds', passed: true },
      { name: 'breaks', passed: false },
    ]);
  });

  test.each([
    ['thrown', 'throw new Error("script broke")'],
    ['thrown as a text', 'throw "script broke"'],
    ['thrown in a timer', 'setTimeout(() => { throw new Error("script broke") }, 0)'],
  ])('an exception that is %s fails the request', async (_name, test) => {
    await start([{ name: 'one', path: 'one', test }]);
    const { code, report } = await run(runner);
    expect(report?.requests[0]?.assertions).toMatchObject([
      { passed: false, error: expect.stringContaining('script broke') },
    ]);
    expect(code).toBe(1);
  });

  test('a variable that a script took away is unresolved, and no request to pass', async () => {
    const prerequest = 'pm.environment.unset("tenant"); pm.variables.unset("tenant")';
    await start([{ name: 'one', path: 'one/{{tenant}}', prerequest }]);
    const { code, stderr } = await run(runner);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('unresolved {{tenant}}, one'),
    });
  });

  test('a request that its script skips after a failure names the failure', async () => {
    const prerequest = 'pm.test("is ready", () => pm.expect(1).to.eql(2)); pm.execution.skipRequest();';
    await start([{ name: 'one', path: 'one', prerequest }]);
    const { code, stderr } = await run(runner);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is ready: expected 1'),
    });
  });

  test.each([
    ['outside of the project', '/etc/hostname'],
    ['that is not there', 'no/such/file.bin'],
  ])('a file %s is not sent: the request is skipped, and that is no pass', async (_where, src) => {
    const body = { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src }] };
    await start([
      { name: 'one', path: 'one', method: 'POST', body },
      { name: 'two', path: 'two' },
    ]);
    const { code, stderr } = await run(runner);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not in the project, one'),
    });
    expect(server.received.map(({ url }) => url)).toEqual(['/two']);
  });

  test('a file whose path a script makes is not read outside of the project either', async () => {
    const outside = join(tmpdir(), `outside-${process.pid}.txt`);
    writeFileSync(outside, 'not for others');
    try {
      const body = { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: '{{path}}' }] };
      const prerequest = `pm.environment.set("path", "../outside-${process.pid}.txt")`;
      await start([{ name: 'one', path: 'one', method: 'POST', body, prerequest }]);
      await run(runner);
      expect((await Promise.all(server.bodies)).join()).not.toContain('not for others');
    } finally {
      rmSync(outside);
    }
  });

  test('a token that a script sets is a secret from then on', async () => {
    const token = 'scripted-token-0815';
    await start([
      { name: 'one', path: 'one', test: `pm.environment.set("access_token", "${token}");` },
      { name: 'two', path: 'two', test: `pm.test("has ${token}", () => pm.expect("${token}").to.eql(1));` },
    ]);
    const { code, everything } = await run(runner);
    expect(code).toBe(1);
    expect(everything).toContain('has {{access_token}}');
    expect(everything).not.toContain(token);
  });

  test('a script cannot reach a host that is not allowed', async () => {
    const foreign = await startServer((_request, response) => response.end('{}'));
    try {
      await start([
        { name: 'one', path: 'one', test: `pm.sendRequest("${foreign.origin}/leak", () => {});` },
      ]);
      const { code, report } = await run(runner);
      expect(foreign.received).toEqual([]);
      expect(code).toBe(1);
      expect(report?.requests[0]?.assertions[0]?.error).toContain('a script may not reach');
    } finally {
      await foreign.close();
    }
  });
});

describe('a promise that a script rejects', () => {
  const start = async (items: Item[]) => {
    server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    project = makeCollection(server.origin, items);
    writeFileSync(join(project.directory, '.env.test'), '');
  };

  test('a rejected promise that ends the Newman process is one clear error', async () => {
    await start([
      {
        name: 'one',
        path: 'one',
        test: 'Promise.reject(new Error("nobody caught " + pm.environment.get("tenant")))',
      },
    ]);
    const { code, stderr, everything } = await run('newman');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^driftgate: the Newman process ended.*nobody caught \{\{tenant\}\}.*\n$/);
    expect(everything).not.toContain('acme');
  });

  // In a process of its own: Jest takes rejections for itself.
  test('is a failed assertion of the typed runner, which goes on', async () => {
    const test = 'Promise.reject(new Error("nobody caught " + pm.environment.get("tenant")))';
    await start([
      { name: 'one', path: 'one', test },
      { name: 'two', path: 'two' },
    ]);
    const argv = ['run', '--env', 'test', '--env-var', 'tenant=acme', '--runner', 'typed'];
    const child = spawn(process.execPath, [join(ROOT, 'bin/driftgate'), ...argv], { cwd: project.directory });
    let everything = '';
    child.stdout.on('data', (chunk: Buffer) => (everything += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (everything += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    const report = readReport(join(project.directory, 'reports'));
    expect(code).toBe(1);
    expect(report?.requests.map(({ outcome }) => outcome)).toEqual(['failed', 'passed']);
    expect(report?.requests[0]?.assertions[0]?.error).toContain('nobody caught {{tenant}}');
    expect(everything + textsIn(join(project.directory, 'reports'))).not.toContain('acme');
  });
});

describe('what scripts of the typed runner may do', () => {
  const start = async (items: Item[]) => {
    server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    project = makeCollection(server.origin, items);
    writeFileSync(join(project.directory, '.env.test'), '');
  };

  const both = async (items: Item[]) => {
    const seen: unknown[] = [];
    for (const runner of ['newman', 'typed']) {
      await start(items);
      const { code, report } = await run(runner);
      const bodies = (await Promise.all(server.bodies)).map(String);
      seen.push({
        code,
        assertions: report?.requests.map(({ assertions }) => assertions),
        wire: server.received.map(({ method, url }, at) => ({ method, url, body: bodies[at] })),
      });
      await server.close();
      project.remove();
    }
    expect(seen[1]).toEqual(seen[0]);
    return seen[1] as { code: number; wire: { url: string }[] };
  };

  test('they change the request, and hand values on', async () => {
    const { code, wire } = await both([
      {
        name: 'one',
        path: 'one',
        method: 'POST',
        body: { mode: 'raw', raw: '{"n":{{n}}}', options: { raw: { language: 'json' } } },
        prerequest: 'pm.environment.set("n", 7); pm.request.url.addQueryParams("a=b c");',
        test: 'pm.test("json", () => pm.response.to.have.status(200)); pm.variables.set("later", pm.response.code); tests["old"] = responseCode.code === 200;',
      },
      { name: 'two', path: 'two', prerequest: 'pm.request.url.addQueryParams("from={{later}}");' },
    ]);
    expect(code).toBe(0);
    expect(wire.map(({ url }) => url)).toEqual(['/one?a=b%20c', '/two?from=200']);
  });

  test('they send requests of their own', async () => {
    const { code } = await both([
      {
        name: 'one',
        path: 'one',
        test: 'pm.sendRequest({ url: pm.request.url.toString().replace("one", "aside"), method: "POST", header: { "X-A": "1" }, body: { mode: "raw", raw: "hi" } }, (error, response) => { pm.test("answered", () => pm.expect(response.code).to.eql(200)); });',
      },
    ]);
    expect(code).toBe(0);
  });
});

test.each(['newman', 'typed'])(
  'a request that cannot be sent as it is written is skipped by %s, and the others are sent all the same',
  async (runner) => {
    server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
    project = makeCollection(server.origin, [
      { name: 'one', path: 'one', auth: { type: 'basic', basic: [] } },
      { name: 'two', path: 'two' },
    ]);
    writeFileSync(join(project.directory, '.env.test'), '');
    const { code, stdout, stderr } = await run(runner);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^driftgate: basic auth is declared but has no credential, one, give/),
    });
    expect(stdout).toMatch(/^- \w+ +--- +one$/m);
    expect(stdout).toMatch(/^✓ \w+ +200 .*two$/m);
  },
);

test.each(['newman', 'typed'])('test scripts that assert nothing are told of by %s', async (runner) => {
  server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
  project = makeCollection(server.origin, [
    { name: 'one', path: 'one', test: 'pm.environment.set("seen", 1);' },
    { name: 'two', path: 'two', test: 'pm.test("asserts", () => {});' },
    { name: 'three', path: 'three' },
  ]);
  writeFileSync(join(project.directory, '.env.test'), '');
  const { code, stdout, report } = await run(runner);
  expect({ code, silent: report?.requests.map(({ silent }) => silent ?? false) }).toEqual({
    code: 0,
    silent: [true, false, false],
  });
  expect(stdout).toContain('1 request whose test scripts asserted nothing');
});

test('--runner both tells a difference between the runners as a fault of ours, and not as drift', async () => {
  server = await startServer((request, response) => {
    const isNewman = request.headers['user-agent']?.startsWith('PostmanRuntime') === true;
    response.writeHead(isNewman ? 200 : 201, json).end('{}');
  });
  project = makeCollection(server.origin, [{ name: 'one', path: 'one' }]);
  writeFileSync(join(project.directory, '.env.test'), '');
  const { code, stderr } = await run('both');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^driftgate: the runners differ: one status: newman 200, typed 201, runner both, /,
    ),
  });
});
