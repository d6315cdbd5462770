import { changesOf, streakOf } from '../../../src/history/changes';
import { type HistoryRun, isSameEnvironment, runsForPage } from '../../../src/history/run';
import { trendsOf } from '../../../src/history/trend';
import { dueOf, notifiedAfter } from '../../../src/notify/due';
import { noticeOf } from '../../../src/notify/notice';
import { DRIFT, dateOf, KEY, type Night, reportOf, runOf } from './runs';

const A = 'http://a.test';
const B = 'http://b.test';

test.each<[string, string, string, boolean]>([
  ['the same origin', A, A, true],
  ['another origin', A, B, false],
  ['another port of it', `${A}:8080`, A, false],
  ['another scheme of it', 'https://a.test', A, false],
  ['what is embedded', 'embedded sandbox', A, false],
  ['the hosts of the collection in another order', 'a.test b.test', 'b.test a.test', true],
  ['one host more, which a pull has brought', 'a.test b.test', 'a.test b.test c.test', true],
  ['one host fewer', 'a.test b.test', 'a.test', true],
  ['another base URL beside a host that both use', 'a.test login.test', 'b.test login.test', false],
])('%s: %s and %s', (_name, one, other, isSame) => {
  const run = runOf({ day: 1, target: one });
  expect(isSameEnvironment(run, reportOf({ day: 2, target: other }))).toBe(isSame);
});

test('another name, and another collection, are another environment wherever they are', () => {
  const report = reportOf({ day: 2, target: A });
  expect(isSameEnvironment(runOf({ day: 1, target: A, environment: 'other' }), report)).toBe(false);
  const run = runOf({ day: 1, target: A }, { collection: { name: 'Other', sha256: '' } });
  expect(isSameEnvironment(run, report)).toBe(false);
});

test('a line that does not say where it went is known by its name', () => {
  const { target: _, ...line } = runOf({ day: 1, target: B });
  expect(isSameEnvironment(line as HistoryRun, reportOf({ day: 2, target: A }))).toBe(true);
});

describe('the runs of another target', () => {
  const drifts = true;
  const now = (night: Partial<Night>) => reportOf({ day: 20, target: A, ...night });
  const elsewhere = (days: number, night: Partial<Night>) =>
    Array.from({ length: days }, (_, at) => runOf({ day: at + 1, target: B, ...night }));

  test('neither date a finding nor lengthen a streak', () => {
    const runs = elsewhere(3, { drifts, verdict: 'drifted' });
    expect(changesOf(now({ drifts }), runs)).toMatchObject([{ state: 'new', firstSeen: dateOf(20) }]);
    expect(streakOf(now({ verdict: 'drifted' }), runs, 'health')).toMatchObject({ runs: 1 });
  });

  test('recover nothing, and make nothing flap', () => {
    const runs = [1, 2, 3, 4].map((day) => runOf({ day, target: B, drifts: day % 2 === 0 }));
    expect(changesOf(now({}), runs)).toEqual([]);
    expect(changesOf(now({ drifts }), runs)).toMatchObject([{ ...DRIFT, flapping: false }]);
  });

  test('are not on the page, and are no samples of its speed', () => {
    const runs = [...elsewhere(9, { durationMs: 10 }), runOf({ day: 10, target: A })];
    expect(runsForPage(runs, now({})).map(({ startedAt }) => startedAt)).toEqual([dateOf(10)]);
    const settings = { runs: 9, samples: 5, deviations: 6, floorMs: 50 };
    expect(trendsOf(now({}), runs, settings).get(KEY)).toBeUndefined();
  });

  test('tell a notifier nothing, and say nothing of what it was told', () => {
    const notifier = {
      name: 'json-1',
      url: 'https://a.test/',
      format: 'json',
      after: 1,
      reminder: null,
    } as const;
    const notified = { 'json-1': { verdict: 'drifted', at: dateOf(3) } } as const;
    const runs = [runOf({ day: 3, target: B, drifts, verdict: 'drifted' }, { notified })];
    expect(dueOf(notifier, now({}), runs)).toBeNull();
    expect(notifiedAfter(now({}), runs, [])).toEqual({});
    const due = dueOf(notifier, now({ drifts, verdict: 'drifted' }), runs);
    expect(due).toEqual({ event: 'changed', previous: 'healthy' });
    const notice = noticeOf(now({ drifts, verdict: 'drifted' }), runs, {
      event: 'changed',
      previous: 'healthy',
    });
    expect(notice).toMatchObject({ runs: 1, since: dateOf(20), findings: [{ state: 'new' }], recovered: [] });
  });
});
