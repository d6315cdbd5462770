import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from 'driftgate/sandbox';
import { makeCollection } from '../support/fixture';
import { CANARIES, type CliResult, leaksIn, makeProject, runCli, type TestProject } from '../support/project';
import { closedOrigin, startServer } from '../support/server';
import { certificateUntil, startTlsFront } from '../support/tls';
import { clockAt } from './support';

jest.setTimeout(30_000);

const projects: TestProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** Six weeks before the certificates here run out, and long before they do by the clock of this machine. */
const NIGHT = '2045-03-01T02:00:00Z';
/** An environment without a server of its own: requests go where the collection says. */
const OWN_HOSTS = ['-e', 'hosts.postman_environment.json'];
function withOwnHosts(project: TestProject): TestProject {
  projects.push(project);
  const file = join(project.directory, 'hosts.postman_environment.json');
  writeFileSync(file, JSON.stringify({ name: 'hosts', values: [] }));
  return project;
}
const json = { 'content-type': 'application/json' };
const bearer = (token: string) => ({ type: 'bearer', bearer: [{ key: 'token', value: token }] });

function found({ report }: CliResult): string[] {
  return (report?.requests ?? []).flatMap(({ key, findings }) =>
    findings.map(({ kind, message }) => `${key} ${kind}: ${message}`),
  );
}

function outcomes({ report }: CliResult): Record<string, string> {
  return Object.fromEntries(
    (report?.requests ?? []).map(({ key, outcome, reason }) => [key, reason ?? outcome]),
  );
}

test('an origin that can be connected to and answers nothing is one finding, and is not waited for throughout', async () => {
  // With credentials and without: the probe of a credential waits as well.
  const server = await startServer(() => {});
  const items = Array.from({ length: 60 }, (_, at) => ({
    name: `item-${at}`,
    path: `${at}`,
    ...(at % 2 === 0 && { auth: bearer('T0KEN-OF-TEST') }),
  }));
  const project = withOwnHosts(makeCollection(server.origin, items));
  try {
    const argv = ['health', ...OWN_HOSTS, '--timeout-request', '200', '--retries', '0'];
    const result = await runCli(project.directory, argv, { clock: clockAt(NIGHT) });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 3, stderr: '' });
    expect(found(result)).toEqual([expect.stringContaining('timeout: no complete answer within 200 ms')]);
    expect(result.report?.summary).toMatchObject({ requests: 60, failed: 1, skipped: 59, down: 1 });
    expect(server.received.length).toBeLessThan(25);
  } finally {
    await server.close();
  }
});

test('an origin that is down is one finding after three attempts, and nothing is sent', async () => {
  const project = makeProject();
  projects.push(project);
  const origin = await closedOrigin();
  const clock = clockAt(NIGHT);
  const result = await runCli(project.directory, ['health', '--target', origin], { clock });
  expect({ code: result.code, verdict: result.report?.verdict, waits: clock.waits }).toEqual({
    code: 3,
    verdict: 'down',
    waits: [1000, 2000],
  });
  expect(found(result)).toEqual([
    expect.stringMatching(
      /^setup-and-authentication\/check-core-credentials unreachable: connect ECONNREFUSED/,
    ),
  ]);
  expect(result.report?.summary).toMatchObject({ requests: 26, failed: 1, skipped: 25, down: 1 });
  expect(result.report?.requests[0]?.attempts).toBe(3);
  expect(new Set(Object.values(outcomes(result)))).toEqual(
    new Set(['failed', `${origin} is down (ECONNREFUSED)`]),
  );
  expect(result.report?.origins).toEqual([{ origin, failure: 'ECONNREFUSED' }]);
  expect(result.stdout).toContain(`✗ ${origin}  ECONNREFUSED`);
});

test('what stands on a request of an origin that is down is skipped with that reason', async () => {
  const [server, dead] = [
    await startServer((_request, response) => response.writeHead(200, json).end('{}')),
    await closedOrigin(),
  ];
  const { host } = new URL(dead);
  const project = withOwnHosts(
    makeCollection(
      server.origin,
      [
        { name: 'token', path: 'token', host },
        { name: 'use', path: 'use/{{token}}' },
        { name: 'other', path: 'other' },
      ],
      { captures: { token: { token: { pointer: '/token' } } } },
    ),
  );
  try {
    const result = await runCli(project.directory, ['health', ...OWN_HOSTS], { clock: clockAt(NIGHT) });
    expect(outcomes(result)).toEqual({
      token: 'failed',
      use: `${dead} is down (ECONNREFUSED)`,
      other: 'passed',
    });
    expect(result.code).toBe(3);
    expect(server.received.map(({ url }) => url)).toEqual(['/other']);
  } finally {
    await server.close();
  }
});

describe('a certificate', () => {
  test.each([
    [20, 'degraded', ['the certificate of ORIGIN runs out on 2045-03-21']],
    [21, 'healthy', []],
  ] as const)('with %i days left is %s', async (days, verdict, messages) => {
    const certificate = await certificateUntil(new Date(Date.parse(NIGHT) + days * 86_400_000));
    const project = makeProject();
    projects.push(project);
    writeFileSync(join(project.directory, 'ca.pem'), certificate.cert);
    const sandbox = await startSandbox({ variables: CANARIES });
    const front = await startTlsFront(certificate, sandbox.origin);
    try {
      const argv = [
        'health',
        '--target',
        front.origin,
        '--ssl-extra-ca-certs',
        join(project.directory, 'ca.pem'),
      ];
      const result = await runCli(project.directory, argv, { clock: clockAt(NIGHT) });
      expect({ verdict: result.report?.verdict, code: result.code }).toEqual({ verdict, code: 0 });
      expect(found(result)).toEqual(
        messages.map(
          (message) =>
            `setup-and-authentication/check-core-credentials certificate-expiring: ${message.replace('ORIGIN', front.origin)}`,
        ),
      );
      const validTo = new Date(Date.parse(NIGHT) + days * 86_400_000).toISOString();
      expect(result.report?.origins).toMatchObject([{ certificate: { daysLeft: days, validTo } }]);
      const isExpiring = result.report?.origins?.[0]?.certificate?.expiring === true;
      expect(isExpiring).toBe(verdict === 'degraded');
      expect(leaksIn(result.everything)).toEqual([]);
    } finally {
      await front.close();
      await sandbox.close();
    }
  });

  test.each([
    ['before the first answer', 0],
    ['after some answers', 3],
  ])('that runs out is told by a check that was interrupted %s', async (_when, answers) => {
    const certificate = await certificateUntil(new Date(Date.parse(NIGHT) + 20 * 86_400_000));
    const project = makeProject();
    projects.push(project);
    writeFileSync(join(project.directory, 'ca.pem'), certificate.cert);
    const sandbox = await startSandbox({ variables: CANARIES });
    let interrupt = () => {};
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    let asked = 0;
    const front = await startTlsFront(certificate, sandbox.origin, () => {
      asked += 1;
      if (asked <= answers) return false;
      interrupt();
      return true;
    });
    try {
      const trust = ['--ssl-extra-ca-certs', join(project.directory, 'ca.pem')];
      const argv = ['health', '--target', front.origin, '--concurrency', '1', ...trust];
      const { report } = await runCli(project.directory, argv, { clock: clockAt(NIGHT), interrupted });
      expect(report).toMatchObject({ run: { interrupted: true }, verdict: 'incomplete' });
      const told = (report?.requests ?? []).flatMap(({ key, findings }) =>
        findings.map(({ kind }) => [key, kind]),
      );
      expect(told).toEqual([['setup-and-authentication/check-core-credentials', 'certificate-expiring']]);
    } finally {
      await front.close();
      await sandbox.close();
    }
  });

  test('that cannot be trusted is down at once: it gets no better by waiting', async () => {
    const certificate = await certificateUntil(new Date(Date.parse(NIGHT)));
    const project = makeProject();
    projects.push(project);
    const front = await startTlsFront(certificate, 'http://127.0.0.1:9');
    const clock = clockAt(NIGHT);
    try {
      const result = await runCli(project.directory, ['health', '--target', front.origin], { clock });
      expect({ code: result.code, down: result.report?.summary.down, waits: clock.waits }).toEqual({
        code: 3,
        down: 1,
        waits: [],
      });
      expect(found(result)).toEqual([expect.stringContaining(' tls-invalid: ')]);
    } finally {
      await front.close();
    }
  });
});

describe('a credential', () => {
  const items = [
    { name: 'a1', path: 'a1', auth: bearer('{{a_token}}') },
    { name: 'b1', path: 'b1', auth: bearer('{{b_token}}') },
    { name: 'a2', path: 'a2', auth: bearer('{{a_token}}') },
    { name: 'a3', path: 'a3', auth: bearer('{{a_token}}') },
    { name: 'b2', path: 'b2', auth: bearer('{{b_token}}') },
    { name: 'open', path: 'open' },
  ];
  const tokens = ['--env-var', 'a_token=canary-token-a', '--env-var', 'b_token=canary-token-b'];

  /** Runs the collection against a server that refuses what `refuses` says. */
  async function check(refuses: (url: string, token: string) => number | null, asked = items) {
    const server = await startServer((request, response) => {
      const status = refuses(request.url ?? '', request.headers.authorization ?? '') ?? 200;
      response.writeHead(status, json).end('{}');
    });
    const project = withOwnHosts(makeCollection(server.origin, asked));
    try {
      const result = await runCli(project.directory, ['health', ...OWN_HOSTS, ...tokens], {
        clock: clockAt(NIGHT),
      });
      expect(leaksIn(result.everything, ['canary-token-a', 'canary-token-b'])).toEqual([]);
      const { host } = new URL(server.origin);
      const said = found(result).map((text) => text.replace(host, 'HOST'));
      return { result, said, sent: server.received.map(({ url }) => url) };
    } finally {
      await server.close();
    }
  }

  test('that is refused twice is one root cause, and only what needs it is skipped', async () => {
    const { result, said, sent } = await check((_url, token) => (token.endsWith('-a') ? 401 : null));
    const cause = 'the credentials of {{a_token}} are refused by http://HOST (401)';
    expect(result.report?.origins).toMatchObject([
      {
        credentials: [
          { variables: ['a_token'], key: 'a2', status: 401, refused: true },
          { variables: ['b_token'], key: 'b1', status: 200 },
        ],
      },
    ]);
    expect(said).toEqual([`a1 unreachable: ${cause}`]);
    expect({ code: result.code, verdict: result.report?.verdict }).toEqual({ code: 3, verdict: 'down' });
    expect(outcomes(result)).toMatchObject({ a1: 'failed', b1: 'passed', b2: 'passed', open: 'passed' });
    expect(outcomes(result).a3).toMatch(/^the credentials of \{\{a_token\}\} are refused by/);
    expect(sent.sort()).toEqual(['/a1', '/a2', '/b1', '/b1', '/b2', '/open']);
  });

  test('of which one request alone is refused has drifted there, and all is tested', async () => {
    const { result, said, sent } = await check((url) => (url === '/a1' ? 403 : null));
    expect(said).toEqual(['a1 undocumented-status: the status has no schema']);
    expect({ code: result.code, passed: result.report?.summary.passed }).toEqual({ code: 1, passed: 5 });
    // Each credential is probed once, and a refused one twice.
    expect(sent.sort()).toEqual(['/a1', '/a1', '/a2', '/a2', '/a3', '/b1', '/b1', '/b2', '/open']);
  });

  test('of the only request that an origin can be asked is refused by one 401; a 403 may be of that request alone', async () => {
    const one = [
      { name: 'a1', path: 'a1', auth: bearer('{{a_token}}') },
      { name: 'a2', path: 'a2/{{later}}', auth: bearer('{{a_token}}') },
    ];
    const later = 'pm.environment.set("later", pm.response.json().id)';
    const asked = [{ ...one[0], test: later }, one[1]] as typeof items;
    for (const alone of [items.slice(0, 1), asked]) {
      const { result, said } = await check(() => 401, alone);
      expect(said).toEqual([
        'a1 unreachable: the credentials of {{a_token}} are refused by http://HOST (401)',
      ]);
      expect({ code: result.code, verdict: result.report?.verdict }).toEqual({ code: 3, verdict: 'down' });
    }
    expect((await check(() => 403, items.slice(0, 1))).result.code).toBe(1);
    // Another request of the host can be asked: that it works says that the key is not all that is wrong.
    const beside = [...items.slice(0, 1), ...items.slice(5)];
    expect((await check((_url, token) => (token === '' ? null : 401), beside)).result.code).toBe(1);
  });

  test('whose probe is under way when the check is interrupted is told, with those that were answered', async () => {
    let interrupt = () => {};
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const server = await startServer((request, response) => {
      if (request.url === '/a1') response.writeHead(200, json).end('{}');
      else if (request.url === '/b1') response.writeHead(401, json).end('{}');
      else interrupt();
    });
    const project = withOwnHosts(makeCollection(server.origin, items));
    try {
      const argv = ['health', ...OWN_HOSTS, ...tokens];
      const result = await runCli(project.directory, argv, { clock: clockAt(NIGHT), interrupted });
      expect(server.received.map(({ url }) => url)).toEqual(['/a1', '/b1', '/b2']);
      expect(result.report).toMatchObject({ run: { interrupted: true }, verdict: 'incomplete' });
      expect(result.report?.origins?.flatMap(({ credentials }) => credentials)).toEqual([
        { variables: ['a_token'], key: 'a1', status: 200 },
        { variables: ['b_token'], key: 'b2', status: null },
      ]);
    } finally {
      await server.close();
    }
  });

  test('that is taken is probed once', async () => {
    const { result, sent } = await check(() => null);
    expect(result.code).toBe(0);
    const credentials = result.report?.origins?.flatMap((origin) => origin.credentials ?? []);
    expect(credentials).toEqual([
      { variables: ['a_token'], key: 'a1', status: 200 },
      { variables: ['b_token'], key: 'b1', status: 200 },
    ]);
    expect(sent.sort()).toEqual(['/a1', '/a1', '/a2', '/a3', '/b1', '/b1', '/b2', '/open']);
  });
});

test('an origin that requests may not go to is never connected to', async () => {
  const foreign = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
  let connections = 0;
  const server = await startServer((_request, response) => response.writeHead(200, json).end('{}'));
  const project = withOwnHosts(
    makeCollection(server.origin, [
      { name: 'own', path: 'own' },
      { name: 'foreign', path: 'x', host: '{{elsewhere}}' },
    ]),
  );
  try {
    const elsewhere = `elsewhere=${new URL(foreign.origin).host}`;
    const lock = join(project.directory, 'collections/fixture.lock.json');
    const parsed = JSON.parse(readFileSync(lock, 'utf8')) as { hosts: string[] };
    writeFileSync(
      lock,
      JSON.stringify({ ...parsed, hosts: parsed.hosts.filter((host) => !host.includes('{{')) }),
    );
    const result = await runCli(project.directory, ['health', ...OWN_HOSTS, '--env-var', elsewhere], {
      clock: clockAt(NIGHT),
    });
    connections = foreign.received.length;
    expect({ code: result.code, connections }).toEqual({ code: 2, connections: 0 });
    expect(result.stderr).toContain('is not one of the allowed hosts');
    expect(result.stdout).not.toContain(`✓ ${foreign.origin}`);
  } finally {
    await foreign.close();
    await server.close();
  }
});
