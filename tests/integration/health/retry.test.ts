import { makeCollection } from '../support/fixture';
import { runCli, type TestProject } from '../support/project';
import { startServer } from '../support/server';
import { clockAt } from './support';

jest.setTimeout(30_000);

const NIGHT = '2045-03-01T02:00:00Z';
let project: TestProject | null = null;
afterEach(() => project?.remove());

type Answer = readonly [status: number, headers?: Readonly<Record<string, string>>];

/** Checks requests against a server that answers each path in turn, and with 200 when nothing is left. */
async function check(
  items: Parameters<typeof makeCollection>[1],
  answers: Readonly<Record<string, readonly Answer[]>>,
  { argv = [], config = {} }: { argv?: string[]; config?: Record<string, unknown> } = {},
) {
  const left = Object.fromEntries(Object.entries(answers).map(([path, list]) => [path, [...list]]));
  const server = await startServer((request, response) => {
    const [status, headers] = left[(request.url ?? '').slice(1)]?.shift() ?? [200];
    if (status === 0) request.socket.resetAndDestroy();
    else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}');
  });
  project = makeCollection(server.origin, items, config);
  const clock = clockAt(NIGHT);
  try {
    const result = await runCli(project.directory, ['health', '--target', server.origin, ...argv], { clock });
    const sent = server.received.map(({ method, url }) => `${method} ${url}`);
    const rows = (result.report?.requests ?? []).map(({ key, outcome, attempts, flaky = false }) => ({
      key,
      outcome,
      attempts,
      flaky,
    }));
    return { code: result.code, verdict: result.report?.verdict, sent, rows, waits: clock.waits };
  } finally {
    await server.close();
  }
}

const read = { name: 'read', path: 'read' };
const scripted = { ...read, test: 'pm.test("is 200", () => pm.response.to.have.status(200));' };

describe.each([
  ['a plain request', read],
  ['one with scripts, which see the last answer alone', scripted],
])('%s', (_name, item) => {
  test('that passes after a retry is flaky, and healthy', async () => {
    // The connection is reset first: a fresh one, so that it is not the client's own affair.
    const answers: Answer[] = [[0], [503, { 'Retry-After': '7' }]];
    expect(await check([item], { read: answers })).toEqual({
      code: 0,
      verdict: 'healthy',
      sent: ['GET /read', 'GET /read', 'GET /read'],
      rows: [{ key: 'read', outcome: 'passed', attempts: 3, flaky: true }],
      waits: [1000, 7000],
    });
  });

  test('that fails to the end is not flaky, and counts its attempts', async () => {
    const { code, rows } = await check([item], { read: [[502], [502], [502]] });
    expect(rows).toEqual([{ key: 'read', outcome: 'failed', attempts: 3, flaky: false }]);
    expect(code).toBe(3);
  });
});

test.each([404, 500])('a finding (%i) is never retried away', async (status) => {
  expect(await check([read], { read: [[status]] })).toMatchObject({
    code: 1,
    sent: ['GET /read'],
    rows: [{ attempts: 1, flaky: false }],
    waits: [],
  });
});

test('--retries and health.retries say how often', async () => {
  const answers = { read: [[503], [503]] } as const;
  expect(await check([read], answers, { argv: ['--retries', '0'] })).toMatchObject({ code: 3, waits: [] });
  expect(await check([read], answers, { config: { health: { retries: 1 } } })).toMatchObject({
    code: 3,
    waits: [1000],
  });
});

test('what changes something is sent only where it is allowed, and never twice', async () => {
  const items = [
    read,
    { name: 'write', path: 'write', method: 'POST' },
    { name: 'other', path: 'other', method: 'POST' },
  ];
  const { sent, rows } = await check(items, { write: [[503]] }, { config: { health: { allow: ['write'] } } });
  expect([...sent].sort()).toEqual(['GET /read', 'POST /write']);
  expect(rows).toEqual([
    { key: 'read', outcome: 'passed', attempts: 1, flaky: false },
    { key: 'write', outcome: 'failed', attempts: 1, flaky: false },
  ]);
});
