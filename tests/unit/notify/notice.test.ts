import Ajv2020 from 'ajv/dist/2020';
import { finding } from '../../../src/findings/finding';
import { type HistoryRun, historyRunOf } from '../../../src/history/run';
import { type Notice, noticeOf } from '../../../src/notify/notice';
import schema from '../../../src/notify/notice.schema.json';
import { toSlack } from '../../../src/notify/slack';
import { toTeams } from '../../../src/notify/teams';
import type { Report } from '../../../src/report/report';
import { dateOf, KEY, reportOf, runOf } from '../history/runs';
import { report as makeReport, row } from '../report/reports';

const isNotice = new Ajv2020({ strict: true, strictRequired: false }).compile<Notice>(schema);
const changed = { event: 'changed', previous: 'healthy' } as const;

function notice(report: Report, runs: readonly HistoryRun[] = []): Notice {
  const made = noticeOf(report, runs, changed);
  // As it goes over the wire.
  const sent: unknown = JSON.parse(JSON.stringify(made));
  expect({ valid: isNotice(sent), errors: isNotice.errors }).toEqual({ valid: true, errors: null });
  return made;
}

test('a notice says what is new, what stands since when, and what has recovered', () => {
  const other = { key: KEY, status: 200, kind: 'type-changed', pointer: '/age' } as const;
  const runs = [runOf({ day: 1, drifts: true, verdict: 'drifted' })];
  const [first] = runs;
  const before = [{ ...first, findings: [...(first?.findings ?? []), other] } as HistoryRun];
  expect(notice(reportOf({ day: 2, drifts: true, verdict: 'drifted' }), before)).toMatchObject({
    version: 1,
    event: 'changed',
    verdict: 'drifted',
    previous: 'healthy',
    since: dateOf(1),
    runs: 2,
    text: 'API Starter Pack on staging is drifted, and was healthy',
    findings: [{ key: KEY, kind: 'null-unexpected', state: 'standing', firstSeen: dateOf(1) }],
    more: 0,
    recovered: [{ key: KEY, kind: 'type-changed', pointer: '/age', firstSeen: dateOf(1) }],
  });
});

test('a reminder says since when', () => {
  const runs = [runOf({ day: 1, verdict: 'down' })];
  const made = noticeOf(reportOf({ day: 2, verdict: 'down' }), runs, { event: 'reminder', previous: 'down' });
  expect(made.text).toBe('API Starter Pack on staging is still down, since 2026-03-01');
});

test('what is accepted is in no notice, and what stands of it has not recovered', () => {
  const known = finding('null-unexpected', '/id', { expected: 'string', actual: 'null', message: '' });
  const accepted = { ...known, accepted: { reason: 'release 12', until: '2026-12-31' } };
  const [before, now] = [known, accepted].map((one) => ({
    ...reportOf({ day: 1, verdict: 'drifted' }),
    requests: [row('a', { findings: [one] })],
  }));
  const runs = [historyRunOf(before as Report, { command: 'health', isPartial: false })];
  expect(notice(now as Report, runs)).toMatchObject({ findings: [], more: 0, recovered: [] });
});

const HOSTILE = '<!channel> <https://evil.test|pay> [x](https://evil.test) **b** & \u001b[31m \u202e :smile:';
const hostile = makeReport(
  'drifted',
  Array.from({ length: 12 }, (_, at) =>
    row(`customers/r${at}`, {
      outcome: 'failed',
      findings: [
        finding(at === 11 ? 'unreachable' : 'property-undeclared', `/${HOSTILE}${'x'.repeat(400)}`, {
          expected: HOSTILE,
          actual: HOSTILE,
          message: HOSTILE,
        }),
      ],
    }),
  ),
  { collection: { name: HOSTILE } },
);

test('the worst come first, ten at most, and nothing invisible is in them', () => {
  const { findings, more, text } = notice(hostile);
  expect({ first: findings[0]?.kind, length: findings.length, more }).toEqual({
    first: 'unreachable',
    length: 10,
    more: 2,
  });
  const all = `${text}${JSON.stringify(findings)}`;
  expect(['\u001b', '\u202e'].filter((character) => all.includes(character))).toEqual([]);
});

/** Every value under a name, anywhere in a JSON value. */
function under(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === name ? [inner] : []),
    ...under(inner, name),
  ]);
}

test('Slack gets plain text within its limits, and its own markup escaped', () => {
  const message = toSlack(notice(hostile)) as { text: string; blocks: { type: string }[] };
  expect(message.text).toContain('&lt;!channel&gt; &lt;https://evil.test|pay&gt;');
  expect(message.text).not.toMatch(/[<>]/);
  expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context']);
  const texts = [...under(message.blocks, 'text'), ...under(message.blocks, 'elements').flat()].filter(
    (text): text is { type: string; text: string; emoji: boolean } => typeof text === 'object',
  );
  expect(texts).toHaveLength(3);
  for (const text of texts) expect(text).toMatchObject({ type: 'plain_text', emoji: false });
  expect(texts.map(({ text }) => text.length <= 3000)).toEqual([true, true, true]);
  expect(texts[0]?.text.length).toBeLessThanOrEqual(150);
});

test('Slack needs no section where there is nothing to list', () => {
  expect(JSON.stringify(toSlack(notice(reportOf({ day: 1 }))))).not.toContain('section');
});

test('Teams gets an Adaptive Card of text runs, which know no Markdown', () => {
  const message = toTeams(notice(hostile)) as {
    type: string;
    attachments: { content: { body: object[] } }[];
  };
  expect(message).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.4' },
      },
    ],
  });
  const body = message.attachments[0]?.content.body ?? [];
  expect(new Set(body.map((block) => Reflect.get(block, 'type')))).toEqual(new Set(['RichTextBlock']));
  expect(body).toHaveLength(1 + 10 + 1 + 1);
  expect(JSON.stringify(message).length).toBeLessThan(28_000);
});

test('a reminder of findings that stand longer than the verdict of health says since when', () => {
  const night = (day: number) => ({ day, verdict: 'drifted' as const, drifts: true });
  const runs = [runOf(night(1), { command: 'run' }), runOf(night(2))];
  const { text, since } = noticeOf(reportOf(night(3)), runs, { event: 'reminder', previous: 'drifted' });
  expect(since).toBe(dateOf(2));
  expect(text).toBe(
    'API Starter Pack on staging is still drifted, since 2026-03-02; its oldest finding stands since 2026-03-01',
  );
});
