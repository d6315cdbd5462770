import type { Page } from 'playwright-core';
import { visible } from '../../src/report/escape';
import type { HtmlExtras } from '../../src/report/page-data';
import type { Report } from '../../src/report/report';
import { HOSTILE, hostileReport } from '../unit/report/reports';
import { unfold, useBrowser } from './support/browser';
import { COVERAGE } from './support/example-notes';

const { open } = useBrowser();

/** Elements that only a text which became markup can have made, and attributes that would run. */
const FOREIGN =
  '[...document.querySelectorAll("img,iframe,object,embed,link,base,form,a[href]:not(.skip),script:not(:last-of-type)")].map((one) => one.outerHTML.slice(0, 100))' +
  '.concat([...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name }) => /^on/.test(name)).map(({ name }) => name)))';

/** As long as an answer may be; over and over in one report it would fill the memory of the test. */
const LARGE = [
  `${'<img src=x onerror=alert(1)>'.repeat(100)}${'x'.repeat(1_000_000)}`,
  `</script><script>alert(1)</script>${'\u202e\u0000\ud800'.repeat(300)}${'宽'.repeat(1_000)}${'y'.repeat(1_000_000)}`,
];

/** The hostile report with every text that is optional as well. */
function everywhere(evil: string): { report: Report; extras: HtmlExtras } {
  const base = hostileReport(evil);
  const message = {
    headers: [
      { name: evil, value: evil },
      { name: 'x-evil', value: evil },
    ],
    body: { text: evil, sizeBytes: evil.length },
  };
  const json = { ...message, body: { text: JSON.stringify({ [evil]: evil, list: [evil] }), sizeBytes: 1 } };
  const requests = base.requests.map((row, at) => ({
    ...row,
    detail: {
      request: { method: at % 2 === 0 ? 'POST' : evil, url: evil, ...message },
      response: { status: 200, statusText: evil, ...(at % 2 === 0 ? json : message) },
    },
    findings: row.findings.map((finding) => ({
      ...finding,
      firstSeen: evil,
      keyword: evil,
    })),
  }));
  const history = [{ startedAt: evil, verdict: 'drifted' as const, requests: { [evil]: 5 } }];
  const origins = [
    { origin: evil, address: evil, certificate: { validTo: evil, daysLeft: 1 } },
    { origin: evil, failure: evil, credentials: [{ variables: [evil], key: evil, status: 401 }] },
  ];
  const unused = { key: evil, kind: 'type-changed' as const, pointer: evil, until: evil, reason: evil };
  const gap = { key: evil, statuses: [404], properties: [evil], missing: 2 };
  const besides = {
    origins,
    warnings: [evil],
    unusedAcceptances: [unused],
    coverage: { ...COVERAGE, gaps: [gap] },
  };
  const flaky = requests.map((row) => ({ ...row, attempts: 2, flaky: true as const }));
  return { report: { ...base, ...besides, requests: flaky }, extras: { history } };
}

/** Looks at everything that the page shows of a report. */
async function lookAt(page: Page, search: string, languages = Number.POSITIVE_INFINITY): Promise<string> {
  const looked: string[] = [];
  const look = async (part = 'body'): Promise<void> => {
    const [foreign, text] = await page.evaluate<[string[], string]>(
      `[${FOREIGN}, document.querySelector("${part}")?.innerText ?? ""]`,
    );
    expect(foreign).toEqual([]);
    looked.push(text);
  };
  await look();
  await page.locator('.line').first().click();
  await page.locator('.detail').waitFor();
  await unfold(page);
  await look();
  const select = page.getByLabel('Language');
  const count = Math.min(await select.locator('option').count(), languages);
  for (let index = 1; index < count; index += 1) {
    await select.selectOption({ index });
    // Of the text nothing else is another one.
    await look('.reproduce + *');
  }
  await page.getByRole('searchbox').fill(search);
  await look();
  return looked.join('\n');
}

test.each(HOSTILE.map((evil) => [visible(evil).slice(0, 40), evil]))(
  '%s is text, in every place',
  async (_, evil) => {
    const { report, extras } = everywhere(evil);
    const { page } = await open(report, { extras });
    const text = await lookAt(page, evil);
    // Nothing that acts or hides is shown; line feeds and tabs are the page's own.
    for (const line of text.split(/[\n\t]/)) expect(line).toBe(visible(line));
    expect(text.replace(/\s+/g, ' ')).toContain(visible(evil).slice(0, 20).replace(/\s+/g, ' ').trim());
  },
);

test.each(LARGE.map((evil) => [visible(evil.slice(0, 40)), evil]))(
  '%s, a megabyte long, is cut and is text',
  async (_, evil) => {
    const { report } = everywhere(evil);
    const { page } = await open({ ...report, requests: report.requests.slice(0, 1) });
    const text = await lookAt(page, evil.slice(0, 1_000), 3);
    expect(text).toContain('more characters');
    expect(text.length).toBeLessThan(20_000_000);
  },
);
