import { finding } from '../../../src/findings/finding';
import { FINDING_KINDS } from '../../../src/findings/kinds';
import { cutMiddle } from '../../../src/report/columns';
import { visible } from '../../../src/report/escape';
import { groupFindings } from '../../../src/report/group';
import type { Report } from '../../../src/report/report';
import { toTerminal } from '../../../src/report/terminal';
import { down, drifted, HOSTILE, healthy, hostileReport, REPORTS, report, row } from './reports';

const paths = ['reports/report.html', 'reports/report.json'];
const plain = (of: Report, width = 80): string => toTerminal(of, { color: false, width, reports: paths });
const WIDE = /[\p{Script=Han}\p{Emoji_Presentation}]/u;
const columns = (line: string): number =>
  Array.from(line).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);

/** What is to be copied is never cut: a terminal wraps it. */
const isCommand = (line: string) => line.includes(': npx driftgate ');

test('a healthy run is the table and the reports', () => {
  expect(plain(healthy)).toMatchInlineSnapshot(`
"┌──────────┬──────────────────────────────────────────────┐
│ verdict  │ ✓ healthy  staging  https://api.example.test │
│ typed    │ 6 requests  6 passed  0 failed  0 skipped    │
│ findings │ 0 breaking  0 down  0 degraded  0 additive   │
└──────────┴──────────────────────────────────────────────┘
reports/report.html
reports/report.json"
`);
});

test('a drifted run tells findings, failed tests and skips before the table', () => {
  expect(plain(drifted)).toMatchInlineSnapshot(`
"✗ breaking property-missing  customers/get-customer
  /user/addresses/*/postal_code · 3 places · …/get-customer.200.json
  expected string, received absent · newman, typed
  if it is known: npx driftgate accept 949cf03c --until DATE --reason TEXT
✗ breaking status-changed  offers/purchase-offer
  expected 200, received 404 · newman, typed
  is what it asks for still there in this environment?
  if it is known: npx driftgate accept 6f3f3ba8 --until DATE --reason TEXT
! degraded latency-budget-exceeded  offers/list-offers
  expected at most 800 ms, received 1433 ms (newma…12 ms (typed) · newman, typed
  look at the load; the budget is "latencyBudgetMs" in driftgate.config.json
+ additive property-undeclared  customers/get-customer
  /user/loyalty_tier · schemas/starter-pack/customers/get-customer.200.json
  expected no such property, received string · newman, typed
  if it is meant: npx driftgate run --update --only customers/get-customer

✗ failed  customers/search-customers
  finds the customer by email
  expected [] to have a length of 1 but got 0
  newman, typed

– skipped 4: needs purchase_id, which offers/purchase-offer did not yield

┌──────────┬───────────────────────────────────────────────┐
│ verdict  │ ≠ drifted  staging  https://api.example.test  │
│ newman   │  7 requests   2 passed   3 failed   2 skipped │
│ typed    │  7 requests   2 passed   3 failed   2 skipped │
│ both     │ 14 requests   4 passed   6 failed   4 skipped │
│ findings │ 2 breaking  0 down  1 degraded  1 additive    │
│ scripts  │ 1 failed assertion                            │
│ besides  │ 2 prerequisites, not counted                  │
└──────────┴───────────────────────────────────────────────┘
reports/report.html
reports/report.json"
`);
});

test('a host that is down is one line, and what depended on it another', () => {
  expect(plain(down)).toMatchInlineSnapshot(`
"▼ down unreachable  authentication/request-token
  expected an answer, received ECONNREFUSED · typed
  The connection was refused; this is the environment’s trouble, not drift.
  nothing listens there: is it up, and is the target right?

– skipped 5: api.example.test is down

┌──────────┬────────────────────────────────────────────┐
│ verdict  │ ▼ down  staging  https://api.example.test  │
│ typed    │ 6 requests  0 passed  1 failed  5 skipped  │
│ findings │ 0 breaking  1 down  0 degraded  0 additive │
└──────────┴────────────────────────────────────────────┘
reports/report.html
reports/report.json"
`);
});

test('what was shown as failed, and then has one cause with the others, is counted with that cause', () => {
  const unanswered = 'it was sent, and the run was interrupted before an answer came';
  const reason = 'the host is not working: every request was answered 500 by http://a.test';
  const folded = { outcome: 'skipped', status: 500, attempts: 1, reason } as const;
  const one = report('down', [
    row('a', folded),
    row('b', folded),
    row('c', { ...folded, status: null, attempts: 0 }),
    row('d', { outcome: 'skipped', status: null, attempts: 1, reason: unanswered }),
  ]);
  const [folding, stopped] = toTerminal(one, { color: false, width: 120, reports: [] }).split('\n');
  expect(folding).toBe(`– skipped 3 (2 failed by it): ${reason}`);
  expect(stopped).toBe(`– skipped 1: ${unanswered}`);
});

describe.each(Object.entries(REPORTS))('%s', (_, one) => {
  test.each([40, 60, 80, 120])('no line is wider than %i columns, and no command is cut', (width) => {
    const [lines, wide] = [width, 1000].map((at) => plain(one, at).split('\n'));
    const narrow = lines?.filter((line) => !isCommand(line)) ?? [];
    for (const line of narrow) expect(columns(line)).toBeLessThanOrEqual(width);
    expect(lines?.filter(isCommand)).toEqual(wide?.filter(isCommand));
  });

  test('shows the numbers of the report', () => {
    const { summary, verdict } = one;
    const text = plain(one).replace(/ +/g, ' ');
    expect(text).toContain(`verdict │ `);
    expect(text).toContain(` ${verdict} `);
    expect(text).toContain(
      `${summary.requests} requests ${summary.passed} passed ${summary.failed} failed ${summary.skipped} skipped`,
    );
    expect(text).toContain(
      `${summary.breaking} breaking ${summary.down} down ${summary.degraded} degraded ${summary.additive} additive`,
    );
  });

  test('colour changes nothing but colour, and is off when it is off', () => {
    const colored = toTerminal(one, { color: true, width: 80, reports: paths });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this takes out what picocolors put in
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain(one));
    expect(colored).toContain('\u001b[');
    expect(plain(one)).not.toContain('\u001b');
  });
});

test.each(HOSTILE.map((evil) => [visible(evil).slice(0, 40), evil]))('is clean of %s', (_, evil) => {
  for (const width of [40, 80]) {
    const text = plain(hostileReport(evil), width);
    for (const line of text.split('\n')) {
      expect(line).toBe(visible(line));
      expect(columns(line)).toBeLessThanOrEqual(isCommand(line) ? 1000 : width);
    }
  }
});

test('the reason of a skip goes on below where it is too long, and loses no word', () => {
  const reason =
    'needs {{book_id}}, which only a-folder/of-that-name/create-a-new-book yields, and that is not read-only';
  const skipped = report('healthy', [row('a', { outcome: 'skipped', status: null, reason })]);
  expect(plain(skipped).split('\n').slice(0, 2)).toEqual([
    '– skipped 1: needs {{book_id}}, which only',
    '  a-folder/of-that-name/create-a-new-book yields, and that is not read-only',
  ]);
  // What an API or a collection can make as long as it likes is cut all the same.
  const endless = report('healthy', [row('a', { outcome: 'skipped', reason: 'word '.repeat(9000) })]);
  expect(plain(endless).split('\n\n')[0]?.split('\n').length).toBeLessThanOrEqual(5);
});

describe('of several iterations', () => {
  const wrong = finding('status-changed', '', { expected: '200', actual: '404', message: '' });
  const failed = { outcome: 'failed', assertions: [{ name: 'is there', passed: false }] } as const;
  /** A run of so many iterations by both runners, which went wrong in some of them. */
  const runOf = (count: number, bad: readonly number[]) =>
    report(
      'drifted',
      Array.from({ length: count }, (_, at) => at + 1).flatMap((iteration) =>
        ['newman', 'typed'].map((runner) =>
          row('a', { runner, iteration, ...(bad.includes(iteration) && { ...failed, findings: [wrong] }) }),
        ),
      ),
    );

  test.each([
    [3, [2], 'newman, typed · iteration 2'],
    [3, [1, 3], 'newman, typed · iterations 1, 3'],
    [9, [2, 4, 5, 6, 8], 'newman, typed · iterations 2, 4, 5 +2'],
    [3, [1, 2, 3], 'newman, typed'],
  ])('of %i, what went wrong in %j says in which', (count, bad, seen) => {
    const lines = plain(runOf(count, bad), 120).split('\n');
    const places = bad.length === 1 ? '' : `${bad.length} places · `;
    expect(lines).toContain(`  expected 200, received 404 · ${places}${seen}`);
    expect(lines).toContain(`  ${seen}`);
  });

  test('and says so in a terminal of 80 columns', () => {
    expect(plain(runOf(3, [2]))).toContain('  expected 200, received 404 · newman, typed · iteration 2\n');
  });
});

test('past twenty findings it says how many more there are', () => {
  const many = report(
    'drifted',
    Array.from({ length: 27 }, (_, index) =>
      row(`folder/request-${index}`, {
        outcome: 'failed',
        findings: [finding('not-json', '', { expected: 'JSON', actual: 'HTML', message: 'Not JSON.' })],
      }),
    ),
  );
  const lines = plain(many).split('\n');
  expect(groupFindings(many)).toHaveLength(27);
  expect(lines.filter((line) => line.includes('not-json'))).toHaveLength(20);
  expect(lines).toContain('and 7 more findings in report.json');
  expect(lines.indexOf('and 7 more findings in report.json')).toBe(20 * 4);
});

test('an unknown width counts as 80', () => {
  expect(toTerminal(drifted, { color: false, reports: paths })).toBe(plain(drifted));
  expect(plain(drifted, 0)).toBe(plain(drifted));
});

test.each([
  ['fits', 10, 'fits'],
  ['0123456789abcdef', 9, '0123…cdef'],
  ['0123456789abcdef', 8, '0123…def'],
  ['宽宽宽宽宽', 6, '宽…宽'],
  ['👩‍👩‍👧 e\u0301', 80, '👩\\u200d👩\\u200d👧 e\u0301'],
  ['', 5, ''],
])('cuts %j at %i columns', (given, width, want) => {
  expect(cutMiddle(given, width)).toBe(want);
});

test('bodies that only a media type held are said, in one row', () => {
  const of = (bodies: { schema: number; mediaType: number; none: number }) =>
    plain({ ...healthy, summary: { ...healthy.summary, bodies } });
  expect(of({ schema: 3, mediaType: 2, none: 1 })).toContain(
    '│ bodies   │ 3 by schema, 2 by media type only, 1 not at all',
  );
  expect(of({ schema: 6, mediaType: 0, none: 0 })).not.toContain('bodies');
});

test('the command under a finding is the same however wide the terminal is', () => {
  const key = `${'long-folder-name/'.repeat(3)}get`;
  const found = {
    ...finding('type-changed', '/abcdef', { expected: 'string', actual: 'integer 1', message: '' }),
    schema: `schemas/${key}.200.json#/type`,
    schemaLine: 7,
    samples: 1,
  };
  const shown = report('drifted', [row(key, { outcome: 'failed', findings: [found] })]);
  const lines = plain(shown).split('\n');
  expect(lines[1]).toBe('  /abcdef · …/get.200.json:7');
  expect(lines[2]).toBe('  expected string (1 sample), received integer 1 · typed');
  expect(lines[3]).toBe(`  if it is meant: npx driftgate run --update --only ${key}`);
  for (const width of [40, 60, 120]) expect(plain(shown, width).split('\n')[3]).toBe(lines[3]);
});

describe.each([40, 80, 200])('%i columns wide', (width) => {
  test.each(FINDING_KINDS)('$kind is at most four lines, whatever is said of it', ({ kind, severity }) => {
    const terms = { until: '2026-02-01', reason: 'fixed with release 12 '.repeat(5) };
    for (const pointer of ['', '/user/id', `/${'deep/'.repeat(40)}`]) {
      for (const schema of [undefined, 'schemas/a/get.200.json#/type']) {
        // What is down cannot be accepted.
        for (const expired of severity === 'down' ? [undefined] : [undefined, terms]) {
          const found = {
            ...finding(kind, pointer, {
              expected: 'a '.repeat(80),
              actual: '503 throughout',
              message: 'm '.repeat(90),
            }),
            ...(schema !== undefined && { schema, schemaLine: 7, samples: 1 }),
            ...(expired !== undefined && { expired }),
          };
          const shown = report('drifted', [row('users/read', { findings: [found] })]);
          const [block = ''] = toTerminal(shown, { color: false, width, reports: [] }).split('\n\n');
          const lines = block.split('\n');
          expect(lines.length).toBeGreaterThan(1);
          expect(lines.length).toBeLessThanOrEqual(4);
          expect(lines.filter((line) => columns(line) > width && !isCommand(line))).toEqual([]);
          if (expired !== undefined) expect(block).toMatch(/its acceptance.*\(accept [0-9a-f]{8}\)$/m);
        }
      }
    }
  });
});

test('a request whose test scripts assert nothing is counted once, whoever sent it and how often', () => {
  const silent = { silent: true } as const;
  const text = plain(
    report('healthy', [row('a', silent), row('a', { ...silent, runner: 'newman', iteration: 2 }), row('b')]),
  );
  expect(text).toContain('1 request whose test scripts asserted nothing');
});
