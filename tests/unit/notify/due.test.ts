import type { HistoryRun } from '../../../src/history/run';
import { dueOf, notifiedAfter } from '../../../src/notify/due';
import { type Notifier, notifiersOf } from '../../../src/notify/notifier';
import type { Verdict } from '../../../src/report/report';
import { dateOf, reportOf, runOf } from '../history/runs';

const LETTERS: Readonly<Record<string, Verdict>> = { H: 'healthy', D: 'drifted', X: 'down' };
const notifierOf = (more: Partial<Notifier> = {}): Notifier => ({
  name: 'json-1',
  url: 'https://hooks.example.test/',
  format: 'json',
  after: 1,
  reminder: null,
  ...more,
});

/** Nights by their verdicts; gives those on which somebody is told, and of what. `fails` are nights on which posting fails. */
function told(nights: string, notifier: Notifier, fails: readonly number[] = []): string[] {
  const runs: HistoryRun[] = [];
  return [...nights].flatMap((letter, at) => {
    const day = at + 1;
    const report = reportOf({ day, verdict: LETTERS[letter] ?? 'healthy' });
    const due = dueOf(notifier, report, runs);
    const names = due === null || fails.includes(day) ? [] : [notifier.name];
    runs.push(runOf({ day, verdict: report.verdict }, { notified: notifiedAfter(report, runs, names) }));
    return due === null ? [] : [`${day} ${due.event} ${due.previous}`];
  });
}

test.each<[string, string, Partial<Notifier>, string[]]>([
  ['health from the start is no news', 'HHH', {}, []],
  ['a change is told once, and so is the way back', 'HDDDHH', {}, ['2 changed healthy', '5 changed drifted']],
  ['from bad to worse is a change', 'DX', {}, ['1 changed healthy', '2 changed drifted']],
  [
    'a change counts after two nights in a row',
    'HDHDDHDHH',
    { after: 2 },
    ['5 changed healthy', '9 changed drifted'],
  ],
  ['a night of something else begins the count anew', 'DXDXX', { after: 2 }, ['5 changed healthy']],
  [
    'a reminder comes after so many nights, and again',
    'DDDDDDD',
    { reminder: { runs: 3 } },
    ['1 changed healthy', '4 reminder drifted', '7 reminder drifted'],
  ],
  [
    'of health nobody is reminded',
    'DHHHHH',
    { reminder: { runs: 2 } },
    ['1 changed healthy', '2 changed drifted'],
  ],
  [
    'a reminder after hours',
    'DDDDD',
    { reminder: { hours: 48 } },
    ['1 changed healthy', '3 reminder drifted', '5 reminder drifted'],
  ],
  [
    'a night that was too short a time ago reminds nobody',
    'DDD',
    { reminder: { hours: 49 } },
    ['1 changed healthy'],
  ],
])('%s', (_name, nights, more, want) => {
  expect(told(nights, notifierOf(more))).toEqual(want);
});

test('who could not be told is told after the next run', () => {
  expect(told('HDDD', notifierOf(), [2])).toEqual(['2 changed healthy', '3 changed healthy']);
  expect(told('HDH', notifierOf(), [2])).toEqual(['2 changed healthy']);
});

test('a run of a part, or of another command, is no night', () => {
  const report = reportOf({ day: 3, verdict: 'drifted' });
  const runs = [
    runOf({ day: 1, verdict: 'drifted' }, { partial: true }),
    runOf({ day: 2, verdict: 'drifted' }, { command: 'run' }),
  ];
  expect(dueOf(notifierOf({ after: 2 }), report, runs)).toBeNull();
});

test('what each notifier knows is kept beside what others learn', () => {
  const known = { 'slack-1': { verdict: 'down', at: dateOf(1) } } as const;
  const runs = [runOf({ day: 1, verdict: 'down' }, { notified: known })];
  expect(notifiedAfter(reportOf({ day: 2, verdict: 'drifted' }), runs, ['json-1'])).toEqual({
    ...known,
    'json-1': { verdict: 'drifted', at: dateOf(2) },
  });
});

describe('notifiers', () => {
  test('have a name by format and place, and a format by host', () => {
    const urls = [
      'https://hooks.slack.com/services/T0/B0/x',
      'https://contoso.webhook.office.com/x',
      'https://example.test/slack.com',
      'https://hooks.slack.com/services/T0/B0/y',
      'https://notslack.com/',
    ];
    expect(notifiersOf(urls.map((url) => ({ url }))).map(({ name }) => name)).toEqual([
      'slack-1',
      'teams-1',
      'json-1',
      'slack-2',
      'json-2',
    ]);
    expect(notifiersOf([{ url: urls[0] ?? '', format: 'json', after: 2, reminder: '24h' }])).toMatchObject([
      { name: 'json-1', after: 2, reminder: { hours: 24 } },
    ]);
  });

  test.each(['ftp://s3cr3t.test/', 's3cr3t', '', 'https://'])('%s is no address, and is not shown', (url) => {
    expect(() => notifiersOf([{ url }])).toThrow(/^the address is none, notifier json-1, (?!.*s3cr3t)/);
  });

  test.each(['0', '-1', '1.5', 'h', '7d', '24 h'])('%s is no reminder', (reminder) => {
    expect(() => notifiersOf([{ url: 'https://a.test/', reminder }])).toThrow(`"${reminder}" is no reminder`);
  });
});
