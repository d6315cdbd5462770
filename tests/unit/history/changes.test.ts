import { historyLines } from '../../../src/cli/health-lines';
import { finding } from '../../../src/findings/finding';
import type { FindingKind } from '../../../src/findings/kinds';
import { changesOf, streakOf, withFirstSeen } from '../../../src/history/changes';
import { historyRunOf, historySeries } from '../../../src/history/run';
import { toMarkdown } from '../../../src/report/markdown';
import { DRIFT, dateOf, KEY, type Night, reportOf, runOf } from './runs';

const drifts = true;

test.each<[string, Night[], Night, object[]]>([
  [
    'a finding that nobody saw before is new',
    [{ day: 1 }],
    { day: 2, drifts },
    [{ state: 'new', firstSeen: dateOf(2) }],
  ],
  ['without history everything is new', [], { day: 2, drifts }, [{ state: 'new', firstSeen: dateOf(2) }]],
  [
    'one that was there the night before stands since then',
    [{ day: 1 }, { day: 2, drifts }, { day: 3, drifts }],
    { day: 4, drifts },
    [{ state: 'standing', firstSeen: dateOf(2) }],
  ],
  [
    'a streak begins anew where it was broken',
    [{ day: 1, drifts }, { day: 2 }, { day: 3, drifts }],
    { day: 4, drifts },
    [{ state: 'standing', firstSeen: dateOf(3) }],
  ],
  [
    'one that is gone has recovered, with the begin of its streak',
    [{ day: 1 }, { day: 2, drifts }, { day: 3, drifts }],
    { day: 4 },
    [{ state: 'recovered', firstSeen: dateOf(2), flapping: false }],
  ],
  ['one that was gone already is told no more', [{ day: 1, drifts }, { day: 2 }], { day: 3 }, []],
  [
    'a night in which the request was not sent says nothing',
    [
      { day: 1, drifts },
      { day: 2, isSkipped: true },
    ],
    { day: 3, drifts },
    [{ state: 'standing', firstSeen: dateOf(1) }],
  ],
  [
    'a night in which nothing answered says nothing',
    [
      { day: 1, drifts },
      { day: 2, status: null },
    ],
    { day: 3, drifts },
    [{ state: 'standing', firstSeen: dateOf(1) }],
  ],
  [
    'a night in which the request was refused says nothing',
    [
      { day: 1, drifts },
      { day: 2, status: 503 },
    ],
    { day: 3, drifts },
    [{ state: 'standing', firstSeen: dateOf(1) }],
  ],
  ['one is not recovered while nobody can look', [{ day: 1, drifts }], { day: 2, status: 502 }, []],
  [
    'another environment has a history of its own',
    [{ day: 1, drifts, environment: 'other' }],
    { day: 2, drifts },
    [{ state: 'new', firstSeen: dateOf(2) }],
  ],
  [
    'the order of the lines does not matter: caches are put together',
    [{ day: 3, drifts }, { day: 1 }, { day: 2, drifts }],
    { day: 4, drifts },
    [{ state: 'standing', firstSeen: dateOf(2) }],
  ],
])('%s', (_name, nights, tonight, expected) => {
  const runs = nights.map((night) => runOf(night));
  const changes = changesOf(reportOf(tonight), runs);
  expect(changes).toHaveLength(expected.length);
  expect(changes).toMatchObject(expected.map((change) => ({ ...DRIFT, ...change })));
});

test('what comes and goes three times in ten runs is flapping, there or not', () => {
  const runs = [1, 2, 3, 4].map((day) => runOf({ day, drifts: day % 2 === 0 }));
  expect(changesOf(reportOf({ day: 5 }), runs)).toMatchObject([{ state: 'recovered', flapping: true }]);
  expect(changesOf(reportOf({ day: 5, drifts }), runs)).toMatchObject([
    { state: 'standing', flapping: true, firstSeen: dateOf(4) },
  ]);
});

test('a change that is more than ten runs ago is forgotten', () => {
  const days = Array.from({ length: 14 }, (_, at) => at + 1);
  const runs = days.map((day) => runOf({ day, drifts: day === 2 || day === 4 || day > 5 }));
  expect(changesOf(reportOf({ day: 15, drifts }), runs)).toMatchObject([
    { state: 'standing', flapping: false, firstSeen: dateOf(6) },
  ]);
});

test('a report says of a finding that it comes and goes', () => {
  const runs = [1, 2, 3, 4].map((day) => runOf({ day, drifts: day % 2 === 0 }));
  const [one] = withFirstSeen(reportOf({ day: 5, drifts }), runs).requests;
  expect(one?.findings).toMatchObject([{ firstSeen: dateOf(4), flapping: true }]);
  expect(toMarkdown(withFirstSeen(reportOf({ day: 5, drifts }), runs))).toContain(
    `, since \`${dateOf(4)}\`, flapping`,
  );
  expect(toMarkdown(withFirstSeen(reportOf({ day: 3, drifts }), runs.slice(0, 2)))).not.toContain('flapping');
});

test('a report gets the dates of its findings, and nothing else of it changes', () => {
  const before = reportOf({ day: 3, drifts });
  const after = withFirstSeen(before, [runOf({ day: 2, drifts })]);
  expect(after.requests[0]?.findings[0]).toEqual({
    ...before.requests[0]?.findings[0],
    firstSeen: dateOf(2),
  });
  expect({ ...after, requests: [] }).toEqual({ ...before, requests: [] });
});

test('a streak of verdicts counts whole runs of one command', () => {
  const verdict = 'drifted';
  const runs = [
    runOf({ day: 1 }),
    runOf({ day: 2, verdict }),
    runOf({ day: 3, verdict: 'healthy' }, { partial: true }),
    runOf({ day: 4, verdict: 'healthy' }, { command: 'run' }),
  ];
  expect(streakOf(reportOf({ day: 5, verdict }), runs, 'health')).toEqual({
    verdict,
    runs: 2,
    since: dateOf(2),
  });
});

test('the series for charts ends with the report itself', () => {
  const runs = [runOf({ day: 2, durationMs: 20 }), runOf({ day: 1, environment: 'other' })];
  expect(historySeries(runs, reportOf({ day: 3, verdict: 'down', isSkipped: true }))).toEqual([
    { startedAt: dateOf(2), verdict: 'healthy', requests: { [KEY]: 20 } },
    { startedAt: dateOf(3), verdict: 'down', requests: {} },
  ]);
});

test('a clean-up is not remembered as its request', () => {
  const report = reportOf({ day: 1, durationMs: 20 });
  const cleaned = report.requests.map((row) => ({ ...row, durationMs: 900, cleanup: true as const }));
  const requests = [...report.requests, ...cleaned];
  expect(historyRunOf({ ...report, requests }, { command: 'run', isPartial: false }).requests).toEqual({
    [KEY]: { durationMs: 20, status: 200, outcome: 'passed' },
  });
});

test('a certificate is one finding whatever its request is answered, and nobody sees it where nothing answers', () => {
  const expiring = finding('certificate-expiring', '', { expected: '21', actual: '9', message: 'soon' });
  const night = (day: number, status: number | null) => {
    const report = reportOf({ day, status });
    const rows = report.requests.map((row) => ({ ...row, findings: status === null ? [] : [expiring] }));
    return { ...report, requests: rows };
  };
  const runs = [night(1, 200), night(2, 401), night(3, null)].map((report) =>
    historyRunOf(report, { command: 'health', isPartial: false }),
  );
  expect(changesOf(night(4, 200), runs)).toMatchObject([{ state: 'standing', firstSeen: dateOf(1) }]);
});

/** A night of which one request has such findings and such an answer; `null` is none, `skipped` was not sent. */
type Seen = readonly [status: number | null | 'skipped', ...kinds: FindingKind[]];

function nightOf(day: number, [status, ...kinds]: Seen) {
  const report = reportOf({
    day,
    status: status === 'skipped' ? null : status,
    isSkipped: status === 'skipped',
  });
  const findings = kinds.map((kind) => finding(kind, '', { expected: '', actual: '', message: kind }));
  return { ...report, requests: report.requests.map((row) => ({ ...row, findings })) };
}

test.each<[string, Seen[], string[]]>([
  [
    'a timeout that is unreachable now',
    [
      [null, 'timeout'],
      [null, 'unreachable'],
    ],
    ['new unreachable 2'],
  ],
  [
    'a timeout, unreachable, and a timeout again: its streak goes on',
    [
      [null, 'timeout'],
      [null, 'unreachable'],
      [null, 'timeout'],
    ],
    ['standing timeout 1'],
  ],
  ['a timeout whose request is skipped now', [[null, 'timeout'], ['skipped']], []],
  [
    'a timeout that is answered by a failure now',
    [
      [null, 'timeout'],
      [500, 'undocumented-status'],
    ],
    ['new undocumented-status 2'],
  ],
  [
    'a timeout that is refused throughout now',
    [
      [null, 'timeout'],
      [503, 'unreachable'],
    ],
    ['new unreachable 2'],
  ],
  ['a timeout that is answered now', [[null, 'timeout'], [200]], ['recovered timeout 1']],
  [
    'a timeout that is answered with drift now',
    [
      [null, 'timeout'],
      [200, 'type-changed'],
    ],
    ['new type-changed 2', 'recovered timeout 1'],
  ],
  [
    'a timeout, an outage of another kind, then an answer: both have recovered',
    [[null, 'timeout'], [null, 'unreachable'], [200]],
    ['recovered timeout 1', 'recovered unreachable 2'],
  ],
  [
    'drift that nobody sees in an outage',
    [
      [200, 'type-changed'],
      [null, 'timeout'],
    ],
    ['new timeout 2'],
  ],
  [
    'drift that nobody sees under another status',
    [
      [200, 'type-changed'],
      [404, 'undocumented-status'],
    ],
    ['new undocumented-status 2'],
  ],
  [
    'another status that is yet another one now',
    [
      [404, 'undocumented-status'],
      [410, 'undocumented-status'],
    ],
    ['new undocumented-status 2'],
  ],
  [
    'another status that is the documented one now',
    [[404, 'status-changed'], [200]],
    ['recovered status-changed 1'],
  ],
  [
    'drift of a status that stays another one',
    [
      [201, 'status-changed', 'type-changed'],
      [201, 'status-changed'],
    ],
    ['standing status-changed 1', 'recovered type-changed 1'],
  ],
])('%s', (_name, nights, expected) => {
  const reports = nights.map((seen, at) => nightOf(at + 1, seen));
  const runs = reports
    .slice(0, -1)
    .map((report) => historyRunOf(report, { command: 'health', isPartial: false }));
  const [last] = reports.slice(-1);
  if (last === undefined) throw new Error('no night');
  const told = changesOf(last, runs).map(
    ({ state, kind, firstSeen }) => `${state} ${kind} ${Number(firstSeen.slice(8, 10))}`,
  );
  expect(told).toEqual(expected);
});

test('the line of a finding has the status of its answer, which may be all that tells two apart', () => {
  const remember = (report: ReturnType<typeof nightOf>) =>
    historyRunOf(report, { command: 'health', isPartial: false });
  const nights = [nightOf(1, [404, 'undocumented-status']), nightOf(2, [409, 'undocumented-status'])];
  expect(historyLines(nightOf(3, [200]), nights.map(remember), 100).slice(1)).toEqual([
    `  recovered         undocumented-status ${KEY} (404)`,
    `  recovered         undocumented-status ${KEY} (409)`,
  ]);
  const unanswered = historyLines(nightOf(2, [null, 'timeout']), [remember(nightOf(1, [200]))], 100);
  expect(unanswered.slice(1)).toEqual([`  new               timeout ${KEY}`]);
});

test('kind and key stay readable where a line is too short for both', () => {
  const key = 'statements/get-member-statement-filtered-by-type-and-since';
  const found = finding('latency-budget-exceeded', '', { expected: '1 ms', actual: '2 ms', message: '' });
  const night = reportOf({ day: 3, verdict: 'degraded' });
  const slow = { ...night, requests: night.requests.map((one) => ({ ...one, key, findings: [found] })) };
  expect(historyLines(slow, [], 80).slice(1)).toEqual([
    '  new               latency-budget-exceeded',
    `                    ${key}`,
    '                    (200)',
  ]);
});

test('a finding that stands since the day of the verdict has no day of its own', () => {
  const report = reportOf({ day: 3, drifts, verdict: 'drifted' });
  const startedAt = dateOf(3).replace('T02', 'T00');
  const seen = runOf({ day: 3, drifts, verdict: 'drifted' }, { command: 'run', id: 'before', startedAt });
  expect(historyLines(report, [seen], 80)[0]).toBe('history: drifted since this run');
});

test('a finding that a run saw before health did stands longer than the verdict, and the line says so', () => {
  const report = reportOf({ day: 3, drifts, verdict: 'drifted' });
  const seen = runOf({ day: 2, drifts, verdict: 'drifted' }, { command: 'run' });
  expect(historyLines(report, [seen], 100)).toEqual([
    'history: drifted since this run (of health; its oldest finding stands since 2026-03-02)',
    '  since 2026-03-02  null-unexpected customers/get-customer /id (200)',
  ]);
  expect(historyLines(report, [seen], 80).slice(0, 2)).toEqual([
    'history: drifted since this run (of health; its oldest finding stands since',
    '  2026-03-02)',
  ]);
  expect(historyLines(report, [runOf({ day: 2, drifts, verdict: 'drifted' })], 100)[0]).toBe(
    'history: drifted for 2 runs, since 2026-03-02',
  );
});
