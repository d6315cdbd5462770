import { trendsOf } from '../../../src/history/trend';
import { KEY, type Night, reportOf, runOf } from './runs';

const SETTINGS = { runs: 9, samples: 5, deviations: 6, floorMs: 50 };
const nightly = (durations: readonly number[], more: Partial<Night> = {}) =>
  durations.map((durationMs, at) => runOf({ day: at + 1, durationMs, ...more }));
const trendOf = (runs: ReturnType<typeof nightly>) =>
  trendsOf(reportOf({ day: 31 }), runs, SETTINGS).get(KEY);

test.each([
  ['the floor, where a request is even', [80, 80, 80, 80, 80], { medianMs: 80, limitMs: 130, samples: 5 }],
  [
    'its own spread, where that is wider',
    [60, 80, 100, 120, 140],
    { medianMs: 100, limitMs: 220, samples: 5 },
  ],
  ['the mean of the middle two', [80, 80, 90, 110, 110, 120], { medianMs: 100, limitMs: 190, samples: 6 }],
])('the limit is %s', (_name, durations, trend) => {
  expect(trendOf(nightly(durations))).toEqual(trend);
});

test('fewer samples than needed are no history', () => {
  expect(trendOf(nightly([80, 80, 80, 80]))).toBeUndefined();
});

test('the latest runs count, and not the whole past', () => {
  const runs = nightly([900, 900, 900, 900, 900, 80, 80, 80, 80, 80, 80, 80, 80, 80]);
  expect(trendOf(runs)).toEqual({ medianMs: 80, limitMs: 130, samples: 9 });
});

test('what failed, was slow, or went by another runner is no sample', () => {
  const slow = { key: KEY, status: 200, kind: 'latency-budget-exceeded', pointer: '' } as const;
  const runs = [
    ...nightly([80, 80, 80, 80]),
    runOf({ day: 10, durationMs: 900, drifts: true }),
    runOf({ day: 11, durationMs: 900 }, { findings: [slow] }),
    runOf({ day: 12, durationMs: 900, runner: 'newman' }),
  ];
  expect(trendOf(runs)).toBeUndefined();
  expect(trendOf([...runs, runOf({ day: 13, durationMs: 80 })])?.medianMs).toBe(80);
});
