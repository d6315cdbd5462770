import { loadCollection } from '../../src/collection/load';
import { lockOf } from '../../src/collection/pin';
import { openProject } from '../../src/engine/project';
import { type RequestKey, Session } from '../../src/engine/session';
import { leaksIn, makeProject, type TestProject } from './support/project';
import { closedOrigin, startServer, type TestServer } from './support/server';
import { startTokenServer, type TokenServer } from './support/token-server';

// OAuth 2 without a browser, from the collection's auth block to the report.
jest.setTimeout(30_000);

const ENV = { client_id: 'canary-client', client_secret: 'canary secret/+&=', scope: 'read write' };
const TOKEN = 'canary-token';
const SECRETS = [ENV.client_secret, TOKEN, 'canary-refresh'];
const GRANT = {
  grant_type: 'client_credentials',
  clientId: '{{client_id}}',
  clientSecret: '{{client_secret}}',
};

let api: TestServer;
let login: TokenServer;
let project: TestProject;
afterEach(async () => {
  await api?.close();
  await login?.close();
  project?.remove();
});

interface Item {
  readonly name: string;
  readonly test?: string;
  readonly path?: string;
  readonly noauth?: true;
}

interface Made {
  readonly auth?: Record<string, unknown>;
  readonly tokenOrigin?: string;
  readonly config?: Record<string, unknown>;
  /** The hosts of the lock, where they are others than those of the collection. */
  readonly hosts?: readonly string[];
  readonly environment?: string;
}

/** A project whose requests inherit one OAuth 2 block, and that runs against the server in `api`. */
function make(
  items: readonly Item[],
  { auth = GRANT, tokenOrigin, config = {}, hosts, environment }: Made = {},
) {
  const document = {
    info: { name: 'Fixture', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'oauth2', oauth2: { accessTokenUrl: `${tokenOrigin ?? login.origin}/token`, ...auth } },
    item: items.map(({ name, test, path = name, noauth }) => ({
      name,
      event: test === undefined ? [] : [{ listen: 'test', script: { exec: [test] } }],
      request: {
        method: 'GET',
        url: `${api.origin}/${path}`,
        ...(noauth === true && { auth: { type: 'noauth' } }),
      },
      response: [
        { name: 'ok', code: 200, header: [{ key: 'Content-Type', value: 'application/json' }], body: '{}' },
      ],
    })),
  };
  const lock = lockOf(loadCollection(document, 'fixture', 'fixture'), { source: 'a test', name: 'Fixture' });
  project = makeProject({
    env: Object.entries(ENV)
      .map(([name, value]) => `${name}="${value}"`)
      .join('\n'),
    files: {
      '.env.test': '',
      'collections/fixture.postman_collection.json': JSON.stringify(document),
      'collections/fixture.lock.json': JSON.stringify({ ...lock, hosts: hosts ?? lock.hosts }),
      ...Object.fromEntries(
        items.map(({ name }) => [`schemas/fixture/${name}.200.json`, '{"type":"object"}']),
      ),
    },
    config: (own) => {
      for (const name of Object.keys(own)) delete own[name];
      Object.assign(own, { collection: 'collections/fixture.postman_collection.json', ...config });
    },
  });
  return (runner: string, ...argv: string[]) =>
    project.run('run', '--env', environment ?? 'test', '--runner', runner, ...argv);
}

/** Answers with an object where the request has one of these tokens, else 401. */
const startApi = async (isAllowed: (authorization: string, count: number) => boolean, body = '{}') => {
  let count = 0;
  api = await startServer((request, response) => {
    count += 1;
    const status = isAllowed(request.headers.authorization ?? '', count) ? 200 : 401;
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
};
const sent = () => api.received.map(({ url, headers }) => [url, headers.authorization]);
const gives = (token: (count: number) => object) => startTokenServer((_call, count) => [200, token(count)]);

const SCRIPT = "pm.test('answers', () => pm.response.to.have.status(200));";

describe.each(['typed', 'newman'])('%s', (runner) => {
  test('gets one token for all requests, and nothing of it is shown anywhere', async () => {
    login = await gives(() => ({ access_token: TOKEN, refresh_token: 'canary-refresh', expires_in: 3600 }));
    await startApi((authorization) => authorization === `Bearer ${TOKEN}`, JSON.stringify({ said: TOKEN }));
    const items = [{ name: 'a' }, { name: 'b', test: SCRIPT }, { name: 'c' }];
    const run = make(items, { auth: { ...GRANT, scope: '{{scope}}' } });
    const { code, report, everything } = await run(runner);
    expect({ code, outcomes: report?.requests.map(({ outcome }) => outcome) }).toEqual({
      code: 0,
      outcomes: ['passed', 'passed', 'passed'],
    });
    expect(sent().sort()).toEqual(['/a', '/b', '/c'].map((path) => [path, `Bearer ${TOKEN}`]));
    expect(login.calls).toHaveLength(1);
    expect(login.calls[0]?.fields).toEqual({ grant_type: 'client_credentials', scope: 'read write' });
    expect(leaksIn(everything, SECRETS)).toEqual([]);
  });

  test('what the API says back of it is masked', async () => {
    login = await gives(() => ({ access_token: TOKEN, refresh_token: 'canary-refresh' }));
    await startApi(() => true, `no JSON: ${TOKEN} canary-refresh`);
    const { code, report, everything } = await make([{ name: 'a' }])(runner);
    expect(code).toBe(1);
    expect(report?.requests[0]?.findings).toMatchObject([
      { kind: 'not-json', actual: '"no JSON: {{access_token}} {{refresh_token}}"' },
    ]);
    expect(leaksIn(everything, SECRETS)).toEqual([]);
  });

  test('puts it into the query where the collection says so', async () => {
    login = await gives(() => ({ access_token: 'canary&token' }));
    await startApi(() => true);
    const run = make([{ name: 'a' }, { name: 'b', test: SCRIPT }], {
      auth: { ...GRANT, addTokenTo: 'queryParams' },
    });
    const { code, everything } = await run(runner);
    expect(code).toBe(0);
    expect(sent()).toEqual(['/a', '/b'].map((path) => [`${path}?access_token=canary%26token`, undefined]));
    expect(everything).not.toMatch(/canary(&|%26)token/);
  });

  test('a given token wins, and is not replaced', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => false);
    const run = make([{ name: 'a' }], { auth: { ...GRANT, accessToken: '{{scope}}', headerPrefix: '' } });
    const { code, report } = await run(runner);
    expect(code).toBe(1);
    expect(report?.requests).toMatchObject([{ status: 401, attempts: 1 }]);
    expect(sent()).toEqual([['/a', 'read write']]);
    expect(login.calls).toEqual([]);
  });

  test('nothing listens where tokens come from: the environment is down, and that is said once', async () => {
    const tokenOrigin = await closedOrigin();
    await startApi(() => true);
    const run = make([{ name: 'a' }, { name: 'b', test: SCRIPT }, { name: 'd', noauth: true }], {
      tokenOrigin,
    });
    const { code, report, everything } = await run(runner);
    expect({ code, verdict: report?.verdict }).toEqual({ code: 3, verdict: 'down' });
    expect(report?.requests).toMatchObject([
      { outcome: 'failed', findings: [{ kind: 'unreachable', actual: 'ECONNREFUSED' }] },
      { outcome: 'skipped', reason: `${tokenOrigin} gives no OAuth 2 token (ECONNREFUSED)` },
      { outcome: 'passed' },
    ]);
    expect(report?.requests[0]?.findings[0]?.message).toContain('no OAuth 2 token: connect ECONNREFUSED');
    expect(sent()).toEqual([['/d', undefined]]);
    expect(leaksIn(everything, SECRETS)).toEqual([]);
  });

  test('refused credentials are told with the code of OAuth, and what the server said of them is masked', async () => {
    login = await startTokenServer(() => [
      401,
      { error: 'invalid_client', error_description: `${ENV.client_secret} is not the secret` },
    ]);
    await startApi(() => true);
    const { code, stderr, report, everything } = await make([{ name: 'a' }, { name: 'b' }])(runner);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `driftgate: no OAuth 2 token: ${new URL(login.origin).host} answered 401 (invalid_client: {{client_secret}} is not the secret), a, correct the credentials in the environment, or the grant in its auth\n`,
    );
    expect(api.received).toEqual([]);
    expect(leaksIn(everything, SECRETS)).toEqual([]);
    // Newman gets its tokens before it begins; without them there is no run that a report could be of.
    const told = report && [report.verdict, `driftgate: ${report.run.untested}\n`, report.summary.skipped];
    expect(told).toEqual(runner === 'newman' ? null : ['incomplete', stderr, 2]);
  });

  test('a host that the lock has not got gets no secret', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true);
    const run = make([{ name: 'a' }], { hosts: [new URL(api.origin).host] });
    const { code, stderr } = await run(runner);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'where its OAuth 2 token comes from, is not one of the allowed hosts, a, add it to "hosts"',
    );
    expect([...login.calls, ...api.received]).toEqual([]);
    const { host } = new URL(login.origin);
    project.remove();
    const allowed = make([{ name: 'a' }], { hosts: [new URL(api.origin).host], config: { hosts: [host] } });
    expect((await allowed(runner)).code).toBe(0);
  });

  test('a secret that stands in the collection is not used', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true);
    const run = make([{ name: 'a' }], { auth: { ...GRANT, clientSecret: 'canary-written' } });
    const { code, stderr, everything } = await run(runner);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'the clientSecret of OAuth 2 is written in the collection, a, make clientSecret a variable',
    );
    expect(everything).not.toContain('canary-written');
    expect([...login.calls, ...api.received]).toEqual([]);
    expect((await project.run('lint')).stdout).toContain('auth oauth2 clientSecret has a value');
  });

  test('a grant that needs a browser needs a token', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true);
    const { code, stderr } = await make([{ name: 'a' }], { auth: { grant_type: 'implicit' } })(runner);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'driftgate: the OAuth 2 grant implicit needs a browser, and no token is given, a, make accessToken a variable and put a token into the environment\n',
    });
    expect(api.received).toEqual([]);
  });

  test('an embedded server is asked for no token', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true);
    const run = make([{ name: 'a' }, { name: 'b', test: SCRIPT }], { environment: 'mock' });
    expect((await run(runner)).code).toBe(0);
    expect([...login.calls, ...api.received]).toEqual([]);
  });
});

test('both runners of one run share their token', async () => {
  login = await gives(() => ({ access_token: TOKEN }));
  await startApi((authorization) => authorization === `Bearer ${TOKEN}`);
  expect((await make([{ name: 'a' }])('both')).code).toBe(0);
  expect([sent().length, login.calls.length]).toEqual([2, 1]);
});

describe('a token that the API refuses', () => {
  test.each<[name: string, item: Item]>([
    ['a plain request', { name: 'a' }],
    ['one with a script, which runs once', { name: 'a', test: SCRIPT }],
  ])('is renewed, and %s is sent again', async (_name, item) => {
    login = await gives((count) => ({ access_token: `${TOKEN}-${count}`, refresh_token: 'canary-refresh' }));
    await startApi((authorization) => authorization === `Bearer ${TOKEN}-2`);
    const { code, report, everything } = await make([item, { name: 'b' }])('typed', '--concurrency', '1');
    expect(code).toBe(0);
    expect(report?.requests).toMatchObject([
      { attempts: 2, status: 200, assertions: item.test === undefined ? [] : [{ passed: true }] },
      { attempts: 1, status: 200 },
    ]);
    expect(sent()).toEqual([
      ['/a', `Bearer ${TOKEN}-1`],
      ['/a', `Bearer ${TOKEN}-2`],
      ['/b', `Bearer ${TOKEN}-2`],
    ]);
    expect(login.calls.map(({ fields }) => fields)).toEqual([
      { grant_type: 'client_credentials' },
      { grant_type: 'refresh_token', refresh_token: 'canary-refresh' },
    ]);
    expect(leaksIn(everything, [...SECRETS, `${TOKEN}-1`, `${TOKEN}-2`])).toEqual([]);
  });

  test('twice is an answer like any other, and no reason to ask for more', async () => {
    login = await gives((count) => ({ access_token: `${TOKEN}-${count}` }));
    await startApi((_authorization, count) => count > 3);
    const { code, report } = await make([{ name: 'a', test: '' }, { name: 'b' }, { name: 'c' }])(
      'typed',
      '--concurrency',
      '1',
    );
    expect(code).toBe(1);
    expect(report?.requests).toMatchObject([
      { status: 401, attempts: 2, findings: [{ kind: 'undocumented-status', actual: '401' }] },
      { status: 401, attempts: 1 },
      { status: 200, attempts: 1 },
    ]);
    expect(login.calls).toHaveLength(2);
  });

  test('by Newman stays refused', async () => {
    login = await gives((count) => ({ access_token: `${TOKEN}-${count}` }));
    await startApi(() => false);
    const { code, report } = await make([{ name: 'a' }])('newman');
    expect(code).toBe(1);
    expect(report?.requests).toMatchObject([{ status: 401, attempts: 1 }]);
    expect([sent().length, login.calls.length]).toEqual([1, 1]);
  });
});

describe('a token that depends on what the run yields', () => {
  const items = [{ name: 'tenant', noauth: true as const }, { name: 'b' }];
  const options = {
    auth: { ...GRANT, scope: '{{tenant}}' },
    config: { captures: { tenant: { tenant: { pointer: '/id' } } } },
  };

  test('is there for the typed runner', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true, '{"id":"acme"}');
    expect((await make(items, options)('typed')).code).toBe(0);
    expect(login.calls[0]?.fields.scope).toBe('acme');
    expect(sent()).toEqual([
      ['/tenant', undefined],
      ['/b', `Bearer ${TOKEN}`],
    ]);
  });

  test('cannot be had for Newman, which says so before anything is sent', async () => {
    login = await gives(() => ({ access_token: TOKEN }));
    await startApi(() => true, '{"id":"acme"}');
    const { code, stderr } = await make(items, options)('newman');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'driftgate: its OAuth 2 token depends on {{tenant}}, which tenant yields, b, use --runner typed: Newman needs its tokens before it starts\n',
    });
    expect([...api.received, ...login.calls]).toEqual([]);
  });

  test('is no matter where the run yields the token itself', async () => {
    await startApi(() => true, '{"id":"acme"}');
    login = await gives(() => ({ access_token: TOKEN }));
    const run = make(items, { ...options, auth: { ...options.auth, accessToken: '{{tenant}}' } });
    for (const runner of ['typed', 'newman']) expect((await run(runner)).code).toBe(0);
    expect(sent().map(([, authorization]) => authorization)).toEqual([
      undefined,
      'Bearer acme',
      undefined,
      'Bearer acme',
    ]);
    expect(login.calls).toEqual([]);
  });
});

test('a flow gets one token for all its requests, and no variable of its name', async () => {
  login = await gives(() => ({ access_token: TOKEN }));
  await startApi((authorization) => authorization === `Bearer ${TOKEN}`, JSON.stringify({ said: TOKEN }));
  make([{ name: 'a' }, { name: 'b' }]);
  const opened = await openProject({
    directory: project.directory,
    environment: 'test',
    processEnv: {},
    embedded: [],
  });
  const session = new Session(opened);
  try {
    expect((await session.send('a' as RequestKey)).body).toEqual({ said: '{{access_token}}' });
    expect((await session.send('b' as RequestKey)).status).toBe(200);
    expect(login.calls).toHaveLength(1);
    expect(session.variable('access_token')).toBeUndefined();
  } finally {
    await session.close();
    await opened.close();
  }
});
