import type { Finding } from '../../../src/findings/finding';
import { finding } from '../../../src/findings/finding';
import type { FindingKind } from '../../../src/findings/kinds';
import { buildReport, exitCodeOf, type ResultRow } from '../../../src/report/build';
import type { ReportRequest } from '../../../src/report/report';

const head = {
  run: {
    id: 'r',
    startedAt: '2026-01-05T10:00:00.000Z',
    durationMs: 1,
    environment: 'sandbox',
    runner: 'typed',
    target: 'http://127.0.0.1:1',
  },
  collection: { name: 'C', sha256: 'a'.repeat(64) },
};

const found = (kind: FindingKind): Finding =>
  finding(kind, '', { expected: 'an answer', actual: 'ECONNREFUSED', message: kind });

function row(key: string, order: number, extra: Partial<ReportRequest> = {}): ResultRow {
  const base: ReportRequest = {
    key,
    name: key,
    folder: [],
    method: 'GET',
    url: '/',
    runner: 'typed',
    status: 200,
    durationMs: 1,
    attempts: 1,
    outcome: 'passed',
    assertions: [],
    findings: [],
  };
  return { row: { ...base, ...extra }, order };
}

const failed = (key: string, order: number, kind: FindingKind, extra: Partial<ReportRequest> = {}) =>
  row(key, order, { outcome: 'failed', findings: [found(kind)], ...extra });

describe('verdict', () => {
  test.each([
    ['all passed', [row('a', 0)], 'healthy', 0],
    ['additive', [row('a', 0, { findings: [found('property-undeclared')] })], 'healthy', 0],
    ['degraded', [row('a', 0, { findings: [found('latency-budget-exceeded')] })], 'degraded', 0],
    ['breaking', [failed('a', 0, 'type-changed'), row('b', 1)], 'drifted', 1],
    [
      'additive that fails under --strict',
      [failed('a', 0, 'property-undeclared'), row('b', 1)],
      'drifted',
      1,
    ],
    ['a failed assertion', [row('a', 0, { outcome: 'failed' }), row('b', 1)], 'drifted', 1],
    ['one timeout', [failed('a', 0, 'timeout', { status: null }), row('b', 1)], 'down', 3],
    [
      'breaking and down',
      [failed('a', 0, 'timeout', { status: null }), failed('b', 1, 'not-json')],
      'drifted',
      1,
    ],
    [
      'one 500 among answers',
      [failed('a', 0, 'undocumented-status', { status: 500 }), row('b', 1)],
      'drifted',
      1,
    ],
  ] as const)('%s', (_name, rows, verdict, code) => {
    const report = buildReport(head, rows);
    expect({ verdict: report.verdict, code: exitCodeOf(report.verdict) }).toEqual({ verdict, code });
    const { requests, passed, failed: red, skipped } = report.summary;
    expect(requests).toBe(passed + red + skipped);
  });
});

describe('one root cause is one finding', () => {
  const down = (key: string, order: number, runner: string): ResultRow => ({
    ...failed(key, order, 'unreachable', { status: null, runner }),
    downOrigin: 'http://127.0.0.1:1',
  });
  const waiting = (key: string, order: number): ResultRow => ({
    ...row(key, order, { outcome: 'skipped', status: null, reason: 'http://127.0.0.1:1 is down' }),
    skip: { cause: 'origin-down', text: 'http://127.0.0.1:1 is down' },
  });

  test('an origin that many test files met as down', () => {
    const report = buildReport(head, [down('b', 1, 'typed'), waiting('c', 2), down('a', 0, 'newman')]);
    expect(report.requests.map(({ key, outcome, findings }) => [key, outcome, findings.length])).toEqual([
      ['a', 'failed', 1],
      ['b', 'skipped', 0],
      ['c', 'skipped', 0],
    ]);
    expect(report.summary).toMatchObject({ requests: 3, failed: 1, skipped: 2, down: 1 });
  });

  test.each<[string, number, ResultRow[], string[]]>([
    ['three requests that wait in vain', 3, [], ['failed', 'skipped', 'skipped']],
    ['two', 2, [], ['failed', 'failed']],
    [
      'three, where a fourth is answered',
      3,
      [{ ...row('d', 9), origin: 'http://127.0.0.1:1' }],
      ['failed', 'failed', 'failed', 'passed'],
    ],
    [
      'three, where another origin answers',
      3,
      [{ ...row('d', 9), origin: 'http://127.0.0.1:2' }],
      ['failed', 'skipped', 'skipped', 'passed'],
    ],
  ])('an origin that hangs: %s', (_name, count, others, outcomes) => {
    const hanging = ['a', 'b', 'c'].slice(0, count).map((key, order) => ({
      ...failed(key, order, 'timeout', { status: null }),
      origin: 'http://127.0.0.1:1',
    }));
    const report = buildReport(head, [...hanging, ...others]);
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(exitCodeOf(report.verdict)).toBe(3);
  });

  test('two runners that wait for one request wait once', () => {
    const hanging = ['newman', 'typed'].flatMap((runner) =>
      ['a', 'b'].map((key, order) => ({
        ...failed(key, order, 'timeout', { status: null, runner }),
        origin: 'http://127.0.0.1:1',
      })),
    );
    expect(buildReport(head, hanging).summary).toMatchObject({ failed: 4, skipped: 0 });
  });

  test('what was sent in vain is kept for the one that is told', () => {
    const detail = { request: { method: 'GET', url: 'http://127.0.0.1:1/', headers: [] } };
    const withDetail = (one: ResultRow): ResultRow => ({ ...one, row: { ...one.row, detail } });
    const { requests } = buildReport(head, [down('a', 0, 'typed'), down('b', 1, 'typed')].map(withDetail));
    expect(requests.map((one) => one.detail)).toEqual([detail, undefined]);
  });

  test.each([[401], [403], [500], [503]])('%d on every request is the environment', (status) => {
    const refused = (key: string, order: number) => failed(key, order, 'status-changed', { status });
    const report = buildReport(head, [refused('a', 0), refused('b', 1)]);
    expect(report.verdict).toBe('down');
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
    expect(report.requests[0]?.findings).toMatchObject([
      { kind: 'unreachable', actual: `${status} throughout` },
    ]);
  });

  test('one host that refuses everything is down beside one that works; a single refusal is drift', () => {
    const core = (key: string, order: number) =>
      failed(key, order, 'status-changed', { status: 401, url: 'https://{{core}}/x' });
    const rows = [core('a', 0), row('b', 1, { url: 'https://{{connect}}/x' }), core('c', 2)];
    const report = buildReport(head, rows);
    expect(report.verdict).toBe('down');
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(['failed', 'passed', 'skipped']);
    expect(report.requests[0]?.findings[0]?.message).toBe(
      'the credentials are refused: every request was answered 401 by https://{{core}}',
    );
    expect(buildReport(head, rows.slice(0, 2)).verdict).toBe('drifted');
  });

  test('a refusal is told with the address that refused, where something was sent', () => {
    const refused = (key: string, order: number): ResultRow => ({
      ...failed(key, order, 'status-changed', { status: 401, url: '{{base}}/x' }),
      origin: 'https://api.example.test',
    });
    const { requests } = buildReport(head, [refused('a', 0), refused('b', 1)]);
    const said = 'the credentials are refused: every request was answered 401 by https://api.example.test';
    expect(requests[0]?.findings[0]?.message).toBe(said);
    expect(requests[1]?.reason).toBe(said);
  });

  test.each([
    [502, 'down'],
    [503, 'down'],
    [504, 'down'],
    [500, 'drifted'],
    [401, 'drifted'],
  ])('%d of the only request that a host was asked is %s', (status, verdict) => {
    const lone = failed('a', 0, 'undocumented-status', { status });
    const left = row('b', 1, { outcome: 'skipped', status: null, reason: 'it changes something' });
    const report = buildReport(head, [lone, { ...left, skip: { cause: 'selection', text: '' } }]);
    expect(report.verdict).toBe(verdict);
    expect(report.requests.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
    // Beside an answer it is that request's own.
    expect(buildReport(head, [lone, row('c', 2)]).verdict).toBe('drifted');
  });

  test('one refusal beside others that got no answer hides nothing of theirs', () => {
    const lone = failed('a', 0, 'undocumented-status', { status: 503 });
    const dropped = failed('b', 1, 'timeout', { status: null });
    const report = buildReport(head, [lone, dropped]);
    expect(report.requests.map(({ findings }) => findings.map(({ kind }) => kind))).toEqual([
      ['undocumented-status'],
      ['timeout'],
    ]);
  });

  test('the only request that was asked is not called every one', () => {
    const { requests } = buildReport(head, [failed('a', 0, 'undocumented-status', { status: 503 })]);
    expect(requests[0]?.findings[0]?.message).toMatch(
      /^the host is not working: one request, answered 503 by /,
    );
  });

  test('one refusal that both runners met is a single one', () => {
    const refused = (runner: string) => failed('a', 0, 'status-changed', { status: 500, runner });
    expect(buildReport(head, [refused('newman'), refused('typed')]).verdict).toBe('drifted');
  });

  test('404 on every request is drift', () => {
    const lost = (key: string, order: number) => failed(key, order, 'status-changed', { status: 404 });
    expect(buildReport(head, [lost('a', 0), lost('b', 1)]).verdict).toBe('drifted');
  });
});

describe('prerequisites', () => {
  const prerequisite = { prerequisite: true } as const;

  test('one that is tested elsewhere is dropped, whichever came first', () => {
    const rows = [row('a', 0, prerequisite), row('b', 1), row('a', 0)];
    for (const order of [rows, [...rows].reverse()]) {
      expect(buildReport(head, order).requests.map(({ key, prerequisite: mark }) => [key, mark])).toEqual([
        ['a', undefined],
        ['b', undefined],
      ]);
    }
  });

  test('one that fails where the test of it elsewhere passed is the row that counts, as a test', () => {
    const rows = [row('a', 0), failed('a', 0, 'timeout', { ...prerequisite, status: null }), row('b', 1)];
    for (const order of [rows, [...rows].reverse()]) {
      const report = buildReport(head, order);
      expect(report.verdict).toBe('down');
      expect(report.summary).toMatchObject({ requests: 2, passed: 1, failed: 1, down: 1 });
    }
  });

  test('its drift counts, though it is no test', () => {
    const report = buildReport(head, [failed('a', 0, 'type-changed', prerequisite), row('b', 1)]);
    expect(report.verdict).toBe('drifted');
    expect(report.summary).toMatchObject({ requests: 1, passed: 1, breaking: 1 });
  });

  test('what does not fail it is shown and does not count', () => {
    const slow = { ...prerequisite, findings: [found('latency-budget-exceeded')] };
    const report = buildReport(head, [row('a', 0, slow), row('b', 1)]);
    expect(report.verdict).toBe('healthy');
    expect(report.requests[0]?.findings).toHaveLength(1);
    expect(report.summary).toMatchObject({ requests: 1, passed: 1, degraded: 0 });
  });

  test('its drift fails what it kept from being tested', () => {
    const blocked: ResultRow = {
      ...row('b', 1, { outcome: 'skipped', reason: 'needs {{id}}' }),
      skip: { cause: 'prerequisite', text: 'needs {{id}}' },
    };
    const report = buildReport(head, [failed('a', 0, 'type-changed', prerequisite), blocked]);
    expect(report.verdict).toBe('drifted');
    expect(report.summary).toMatchObject({ requests: 1, skipped: 1, breaking: 1 });
  });
});

test('each clean-up is a row of its own, also beside a test of the same request', () => {
  const removed = { cleanup: true } as const;
  const rows = [row('a', 0, removed), row('a', 0), row('a', 0, removed), failed('a', 0, 'timeout', removed)];
  const report = buildReport(head, rows);
  expect(report.requests.map(({ cleanup, repeat, outcome }) => [cleanup, repeat, outcome])).toEqual([
    [undefined, undefined, 'passed'],
    [true, undefined, 'passed'],
    [true, 2, 'passed'],
    [true, 3, 'failed'],
  ]);
  expect(report.summary).toMatchObject({ requests: 1, passed: 1, down: 1 });
});

test('bodies are counted by what held them, once for each request that was not skipped', () => {
  const rows: ResultRow[] = [
    { ...row('a', 0), body: 'schema' },
    { ...row('b', 1), body: 'mediaType' },
    { ...failed('c', 2, 'timeout', { status: null }), body: 'none' },
    row('d', 3, { outcome: 'skipped', reason: 'r' }),
    { ...row('e', 4, { prerequisite: true }), body: 'schema' },
  ];
  const { summary } = buildReport(head, rows);
  expect(summary.bodies).toEqual({ schema: 1, mediaType: 1, none: 1 });
});
