import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { FINDING_KINDS, type FindingKind, type Report } from 'driftgate';
import { startSandbox } from 'driftgate/sandbox';
import { generate } from 'selfsigned';
import { FAULT_EXAMPLE } from '../../src/sandbox/http/faults';
import { CANARIES, type CliResult, leaksIn, makeProject, type TestProject } from './support/project';
import { keepNewman } from './support/warm-newman';

const SEARCH = 'customers/search-customer-by-e-mail';
const CREATE = 'customers/create-customer';

interface Case {
  readonly fault: string;
  readonly kind: FindingKind;
  readonly pointer: string;
  readonly verdict: Report['verdict'];
  readonly code: number;
  readonly key?: string;
}

const red = { verdict: 'drifted', code: 1 } as const;
const CASES: Case[] = [
  { fault: 'GET /users/search status 404', kind: 'status-changed', pointer: '', ...red },
  { fault: 'GET /users/search status 418', kind: 'undocumented-status', pointer: '', ...red },
  { fault: 'GET /users/search media-type text/html', kind: 'media-type-changed', pointer: '', ...red },
  { fault: 'GET /users/search body {"status":', kind: 'not-json', pointer: '', ...red },
  // What `driftgate sandbox --help` tells people to try.
  { fault: FAULT_EXAMPLE, kind: 'property-missing', pointer: '/user/id', ...red },
  { fault: 'GET /users/search set /user/id 7', kind: 'type-changed', pointer: '/user/id', ...red },
  { fault: 'GET /users/search set /user/id null', kind: 'null-unexpected', pointer: '/user/id', ...red },
  {
    fault: 'GET /users/search set /user/gender "x"',
    kind: 'enum-value-unknown',
    pointer: '/user/gender',
    ...red,
  },
  { fault: 'GET /users/search set /user/id "x-1"', kind: 'format-violated', pointer: '/user/id', ...red },
  {
    fault: 'GET /users/search set /user/unclaimed_achievement_count -1',
    kind: 'constraint-violated',
    pointer: '/user/unclaimed_achievement_count',
    ...red,
  },
  {
    fault: 'POST /users header-remove Message-Id',
    kind: 'header-missing',
    pointer: '/headers/Message-Id',
    key: CREATE,
    ...red,
  },
  {
    fault: 'GET /users/search set /user/shoe_size 43',
    kind: 'property-undeclared',
    pointer: '/user/shoe_size',
    verdict: 'healthy',
    code: 0,
  },
  {
    // Far over the budget: what the process is busy with itself, the sandbox included, is none of the API's time.
    fault: 'GET /users/search delay 1000',
    kind: 'latency-budget-exceeded',
    pointer: '',
    verdict: 'degraded',
    code: 0,
  },
  { fault: 'GET /users/search reset', kind: 'unreachable', pointer: '', verdict: 'down', code: 3 },
  { fault: 'GET /users/search hang', kind: 'timeout', pointer: '', verdict: 'down', code: 3 },
];

// The slow cases wait for their limits.
jest.setTimeout(30_000);
keepNewman();

const project: TestProject = makeProject({
  config: (config) => {
    const requests = config.requests as Record<string, object>;
    requests[SEARCH] = { latencyBudgetMs: 300, timeoutMs: 1500 };
  },
});
afterAll(() => project.remove());

function found(result: CliResult): string[] {
  return (result.report?.requests ?? []).flatMap(({ key, findings }) =>
    findings.map(({ kind, pointer }) => `${key} ${kind} ${pointer}`),
  );
}

describe.each(['newman', 'typed'])('through %s', (runner) => {
  test.each(CASES)(
    '$fault is $kind at "$pointer"',
    async ({ fault, kind, pointer, verdict, code, key = SEARCH }) => {
      const severity = FINDING_KINDS.find((row) => row.kind === kind)?.severity;
      const sandbox = await startSandbox({ variables: CANARIES, faults: [fault] });
      try {
        const result = await project.run(
          'run',
          '--target',
          sandbox.origin,
          '--runner',
          runner,
          '--only',
          key,
        );
        expect({ found: found(result), verdict: result.report?.verdict, code: result.code }).toEqual({
          found: [`${key} ${kind} ${pointer}`],
          verdict,
          code,
        });
        expect(result.report?.requests.flatMap(({ findings }) => findings)[0]?.severity).toBe(severity);
        expect(leaksIn(result.everything)).toEqual([]);
      } finally {
        await sandbox.close();
      }
    },
  );

  test('a certificate that cannot be trusted is tls-invalid, said once', async () => {
    const pems = await generate([{ name: 'commonName', value: 'driftgate.invalid' }], { keyType: 'ec' });
    const server = https.createServer({ key: pems.private, cert: pems.cert }, (_request, response) =>
      response.end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const result = await project.run('run', '--target', origin, '--runner', runner);
      expect(found(result)).toEqual(['setup-and-authentication/check-core-credentials tls-invalid ']);
      expect({ verdict: result.report?.verdict, code: result.code }).toEqual({ verdict: 'down', code: 3 });
      expect(result.report?.summary).toMatchObject({ requests: 71, failed: 1, skipped: 70 });
      expect(leaksIn(result.everything)).toEqual([]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('nothing wrong is healthy, with code 0 and without a finding', async () => {
    const result = await project.run('run', '--runner', runner);
    expect({ found: found(result), code: result.code }).toEqual({ found: [], code: 0 });
    expect(result.report?.summary).toMatchObject({ requests: 71, passed: 71, failed: 0, skipped: 0 });
    expect(leaksIn(result.everything)).toEqual([]);
  });

  test('an additive difference fails under --strict', async () => {
    const sandbox = await startSandbox({
      variables: CANARIES,
      faults: ['GET /users/search set /user/shoe_size 43'],
    });
    try {
      const argv = ['run', '--target', sandbox.origin, '--runner', runner, '--only', SEARCH];
      expect((await project.run(...argv)).code).toBe(0);
      expect((await project.run(...argv, '--strict')).code).toBe(1);
    } finally {
      await sandbox.close();
    }
  });
});

test('every finding kind has its case here', () => {
  // How long a certificate holds is looked at by `driftgate health` alone: health/preflight.test.ts.
  const shown = new Set([...CASES.map(({ kind }) => kind), 'tls-invalid', 'certificate-expiring']);
  expect(FINDING_KINDS.map(({ kind }) => kind).filter((kind) => !shown.has(kind))).toEqual([]);
});
