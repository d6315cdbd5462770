import { finding } from '../../../src/findings/finding';
import { changesOf, streakOf, withFirstSeen } from '../../../src/history/changes';
import { historyRunOf, historySeries } from '../../../src/history/run';
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
