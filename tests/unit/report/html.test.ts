import { createHash } from 'node:crypto';
import { adviserOf } from '../../../src/report/advice';
import { embeddedJson } from '../../../src/report/embed';
import { escapeHtml, visible } from '../../../src/report/escape';
import { htmlParts, toHtml } from '../../../src/report/html';
import type { Report } from '../../../src/report/report';
import { drifted, HOSTILE, healthy, hostileReport, REPORTS } from './reports';

// What the page shows once its script runs is held in tests/browser; here is what the file itself is.

interface Embedded {
  readonly history: unknown;
  readonly head: Omit<Report, 'requests'>;
  readonly requests: Report['requests'];
}

/** The scripts and styles of a page by the rules of HTML: each ends at the first end tag of its name. */
function elements(page: string): { tag: string; text: string }[] {
  return [...page.matchAll(/<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/gi)].map(
    ([, name = '', rest = '', text = '']) => ({ tag: `${name}${rest}`, text }),
  );
}

function dataOf(page: string): Embedded {
  const data = elements(page).find(({ tag }) => tag.includes('application/json'));
  return JSON.parse(data?.text ?? '') as Embedded;
}

/** The report in a page, without the advice that its findings have there. */
function reportIn(page: string): object {
  const { head, requests } = dataOf(page);
  const rows = requests.map((row) => ({
    ...row,
    findings: row.findings.map((one) => ({ ...one, hint: undefined, commands: undefined })),
  }));
  return { ...head, requests: rows };
}

/** Names of elements and attributes, each once and sorted, outside scripts and styles. */
function skeleton(page: string): string[] {
  const outside = page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, '$1$3');
  const tags = outside.match(/<[^>]*>/g) ?? [];
  return [
    ...new Set(
      tags.flatMap((tag) => [
        /^<\/?!?([\w-]*)/.exec(tag)?.[1] ?? '',
        ...Array.from(tag.matchAll(/ ([\w-]+)(?:="[^"]*")?/g), (match) => `@${match[1]}`),
      ]),
    ),
  ].sort();
}

function noscriptOf(page: string): string {
  return /<noscript>([\s\S]*?)<\/noscript>/.exec(page)?.[1] ?? '';
}

describe.each(Object.entries(REPORTS))('%s', (_, report) => {
  const page = toHtml(report);

  test('holds the whole report as data', () => {
    expect(reportIn(page)).toEqual(report);
  });

  test('says verdict, counts, when and where without its script', () => {
    const { summary, verdict, run, collection } = report;
    const text = noscriptOf(page);
    for (const words of [
      verdict,
      `${summary.requests} requests: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`,
      `${summary.breaking} breaking, ${summary.down} down, ${summary.degraded} degraded, ${summary.additive} additive`,
      run.startedAt,
      run.environment,
      run.target,
      collection.name,
    ]) {
      expect(text).toContain(words);
    }
  });

  test('loads nothing, and allows only its own script and style, by hash', () => {
    const [style, data, script, ...rest] = elements(page);
    expect([style?.tag, data?.tag, script?.tag, rest]).toEqual([
      'style',
      'script type="application/json" id="data"',
      'script',
      [],
    ]);
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(page).toContain(
      escapeHtml(
        `default-src 'none'; script-src ${hash(script?.text)}; style-src ${hash(style?.text)}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
      ),
    );
    expect(style?.text).not.toMatch(/url\(|@import/);
    expect(skeleton(page)).not.toEqual(expect.arrayContaining(['link']));
    expect(skeleton(page)).not.toEqual(expect.arrayContaining(['@src']));
  });

  test('comes in parts that are the same file', () => {
    const parts = [...htmlParts(report)];
    expect(parts).toHaveLength(report.requests.length + 2);
    expect(parts.join('')).toBe(page);
  });
});

test('is small: what is not data fits in 150 kB', () => {
  expect(toHtml({ ...healthy, requests: [] }).length).toBeLessThan(150_000);
});

test('no page gives text to the browser as markup', () => {
  const [, , script] = elements(toHtml(healthy));
  expect(script?.text).not.toMatch(/<!--|<\/?script/i);
});

test('history is there where it is given, and each finding has the advice that the terminal has', () => {
  const history = [
    { startedAt: '2026-02-28T02:00:00.000Z', verdict: 'healthy' as const, requests: { a: 12 } },
  ];
  const data = dataOf(toHtml(drifted, { history }));
  expect(data.history).toEqual(history);
  const advise = adviserOf(drifted);
  const found = data.requests.flatMap(({ key, status, findings }) =>
    findings.map((one) => ({ ...one, key, status })),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toMatchObject(advise(one));
  expect(dataOf(toHtml(drifted)).history).toBeNull();
});

describe.each(HOSTILE.map((evil) => [visible(evil).slice(0, 40), evil]))('with %s', (_, evil) => {
  const page = toHtml(hostileReport(evil));

  test('no element or attribute is added, and nothing in it is unseen', () => {
    expect(skeleton(page)).toEqual(skeleton(toHtml(drifted)));
    const [style, , script] = elements(page);
    const ours = page.replace(style?.text ?? '', '').replace(script?.text ?? '', '');
    for (const line of ours.split('\n')) expect(line).toBe(visible(line));
  });

  test('the data is still the report', () => {
    expect(reportIn(page)).toEqual(hostileReport(evil));
  });
});

test.each([
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]>',
  '&lt;/script&gt;',
  '\u2028\u2029',
  '\u202e\u0000\ud800',
  '日本語 😀',
])('embedded JSON of %j is plain ASCII without markup, and parses to it', (text) => {
  const json = embeddedJson({ [text]: [text] });
  expect(json).toMatch(/^[\x20-\x7e]*$/);
  expect(json).not.toMatch(/[<>&]/);
  expect(JSON.parse(json)).toEqual({ [text]: [text] });
});
