import { createHash } from 'node:crypto';
import { visible } from '../../../src/report/escape';
import { groupFindings } from '../../../src/report/group';
import { toHtml } from '../../../src/report/html';
import { degraded, drifted, HOSTILE, healthy, hostileReport, REPORTS } from './reports';

/** The text between tags, as a browser would show it. */
function shown(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#96;/g, '`')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** Names of elements and attributes, each once and sorted, of the page without its style. */
function skeleton(page: string): string[] {
  const tags = page.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[^>]*>/g) ?? [];
  return [
    ...new Set(
      tags.flatMap((tag) => [
        /^<\/?!?([\w-]*)/.exec(tag)?.[1] ?? '',
        ...Array.from(tag.matchAll(/ ([\w-]+)(?:="[^"]*")?/g), (match) => `@${match[1]}`),
      ]),
    ),
  ].sort();
}

describe.each(Object.entries(REPORTS))('%s', (_, report) => {
  const page = toHtml(report);
  const text = shown(page);

  test('shows the numbers of the report', () => {
    const { summary } = report;
    expect(text).toContain(
      `${summary.requests} requests: ✓ ${summary.passed} passed ✗ ${summary.failed} failed – ${summary.skipped} skipped`,
    );
    expect(text).toMatch(
      new RegExp(
        `Findings: ✗ +${summary.breaking} +breaking +▼ +${summary.down} +down +! +${summary.degraded} +degraded +. +${summary.additive} +additive`,
      ),
    );
    expect(page).toContain(
      `aria-label="${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped"`,
    );
  });

  test('says the verdict in words, and when, where and against what', () => {
    expect(page).toMatch(new RegExp(`<h1>${report.verdict}</h1>`, 'i'));
    for (const words of [
      '2026-03-01 02:00:00 UTC',
      'staging',
      'https://api.example.test',
      'API Starter Pack',
      'version latest, published 2026-02-11, id 2s93RTQrJ8',
      '9f86d081884c',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('has one line a finding, and one row a request and runner', () => {
    const items = page.match(/<li class="cause (breaking|down|degraded|additive)">/g) ?? [];
    expect(items).toHaveLength(groupFindings(report).length);
    expect(page.match(/<tr id="r\d+"/g)).toHaveLength(report.requests.length);
    for (const { key } of report.requests) expect(text).toContain(key);
  });

  test('loads nothing, runs nothing, and allows only its own style', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`style-src &#39;sha256-${hash}&#39;`);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| style=| src=| on\w+=/i);
    for (const [, target] of page.matchAll(/href="([^"]*)"/g)) {
      expect(page).toContain(`id="${(target ?? '').replace(/^#/, '')}"`);
    }
  });

  test('each opened element is closed in order', () => {
    const open: string[] = [];
    for (const [tag, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (name === undefined || /^(meta|br)$/.test(name) || tag.endsWith('/>')) continue;
      if (slash === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });
});

test('what both runners saw stands once, with both names', () => {
  expect(shown(toHtml(drifted))).toContain(
    'property-missing customers/get-customer /user/addresses/*/postal_code , 3 places newman, typed',
  );
});

test('prerequisites are shown, marked and not counted', () => {
  const text = shown(toHtml(drifted));
  expect(text).toContain('authentication/request-token prerequisite');
  expect(text).toContain('Not counted: 2 prerequisites.');
  expect(shown(toHtml(healthy))).not.toContain('Not counted');
});

test('says when the pin is a reconstruction, and only then', () => {
  expect(shown(toHtml(drifted))).toContain('This collection is a reconstruction');
  expect(shown(toHtml(healthy))).not.toContain('reconstruction');
});

test('a skipped row says why, a failed test says what', () => {
  const text = shown(toHtml(drifted));
  expect(text).toContain('– skipped needs purchase_id, which offers/purchase-offer did not yield');
  expect(text).toContain('✗ finds the customer by email: expected [] to have a length of 1 but got 0');
});

test.each(HOSTILE.map((evil) => [visible(evil).slice(0, 40), evil]))('is inert with %s', (_, evil) => {
  const page = toHtml(hostileReport(evil));
  const known = new Set([...skeleton(toHtml(drifted)), ...skeleton(toHtml(degraded))]);
  expect(skeleton(page).filter((name) => !known.has(name))).toEqual([]);
  for (const line of page.split('\n')) expect(line).toBe(visible(line));
  expect(shown(page)).toContain(visible(evil).replace(/\s+/g, ' '));
});
