import { finding } from '../../src/findings/finding';
import type { Report } from '../../src/report/report';
import { built } from '../unit/report/formats';
import { REPORTS, row } from '../unit/report/reports';
import { useBrowser } from './support/browser';
import { drifted, EXAMPLES, healthy, historyOf } from './support/example-reports';

const { open } = useBrowser();

describe.each(Object.entries({ ...REPORTS, ...EXAMPLES }))('%s', (_, report: Report) => {
  test('says verdict, sign, counts, when, where and which collection', async () => {
    const { page } = await open(report);
    const header = page.locator('header');
    expect((await header.locator('h1').innerText()).toLowerCase()).toBe(report.verdict);
    const signs = { healthy: '✓', degraded: '!', drifted: '≠', down: '▼', incomplete: '?' };
    expect(await header.locator('.seal').innerText()).toBe(signs[report.verdict]);
    const text = (await header.innerText()).replace(/\s+/g, ' ');
    const { summary } = report;
    for (const words of [
      `${summary.requests} request${summary.requests === 1 ? '' : 's'}: ✓ ${summary.passed} passed ✗ ${summary.failed} failed – ${summary.skipped} skipped`,
      `Findings: ✗ ${summary.breaking} breaking ▼ ${summary.down} down ! ${summary.degraded} degraded + ${summary.additive} additive`,
      '2026-03-01 02:00:00 UTC',
      'staging',
      report.run.target,
      'API Starter Pack',
      'version latest, published 2026-02-11, id 2s93RTQrJ8',
      '9f86d081884c',
    ]) {
      expect(text).toContain(words);
    }
    expect(text.includes('reconstruction')).toBe(report.collection.reconstruction === true);
  });

  test('verdict, when, where, collection and the first cause need no scrolling, on a telephone neither', async () => {
    const { page } = await open(report);
    for (const width of [1280, 400]) {
      const viewport = { width, height: 800 };
      await page.setViewportSize(viewport);
      for (const part of ['h1', '.facts', '.causes li:first-child, .quiet']) {
        const box = await page.locator(`header ${part}`).first().boundingBox();
        expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(viewport.height);
      }
    }
  });
});

test('what is accepted is not breaking: counted beside the findings, with its terms in the detail', async () => {
  const known = {
    ...finding('null-unexpected', '/user/id', { expected: 'string', actual: 'null', message: '' }),
    accepted: { reason: 'fixed with release 12', until: '2026-12-31' },
  };
  const { page } = await open(built([row('a/known', { findings: [known] })]));
  expect(await page.locator('.causes').count()).toBe(0);
  const header = (await page.locator('header').innerText()).replace(/\s+/g, ' ');
  expect(header).toContain('~ 1 accepted');
  expect(header).toContain('All 1 request did what is published, but for what is accepted.');
  const line = page.locator('.line').first();
  expect((await line.innerText()).replace(/\s+/g, ' ')).toMatch(
    /^✓ passed GET a\/known accepted null-unexpected \/user\/id/,
  );
  await line.click();
  const detail = (await page.locator('.detail').innerText()).replace(/\s+/g, ' ');
  expect(detail).toContain('accepted until 2026-12-31: fixed with release 12');
  expect(detail).not.toContain('The answer holds to its contract');
  expect(detail).not.toContain('Breaking');
});

test('what is breaking comes first, with since when, and opens', async () => {
  const { page } = await open(drifted);
  expect(await page.locator('.causes h2').first().innerText()).toBe('What is breaking');
  const causes = (await page.locator('.cause').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  expect(causes.slice(0, 2)).toEqual([
    expect.stringMatching(
      /^✗ breaking customers\/search-customer-by-e-mail null-unexpected \/user\/id expected string, received null since 2026-02-26 02:00 UTC$/,
    ),
    expect.stringContaining('2 places expected string, received absent new in this run'),
  ]);
  await page.locator('.cause').first().click();
  expect(await page.locator('.detail h2').innerText()).toBe('Search customer by e-mail');
});

test('verdicts of earlier runs are there where history is given, and only then', async () => {
  const { page } = await open(drifted, { extras: { history: historyOf(drifted) } });
  expect(await page.locator('.strip p').innerText()).toBe(
    'Last 31 runs drifted since 2026-02-26 02:00 UTC, 4 runs',
  );
  expect(await page.locator('.strip li').count()).toBe(31);
  const { page: without } = await open(drifted);
  expect(await without.locator('.strip').count()).toBe(0);
});

test('without scripts the verdict and the counts are there', async () => {
  const { page } = await open(drifted, { javaScriptEnabled: false });
  const text = await page.locator('body').innerText();
  expect(text).toContain('≠ drifted');
  expect(text).toContain('142 requests: 134 passed, 6 failed, 2 skipped');
});

test('the colours follow the system, and can be chosen', async () => {
  const { page } = await open(healthy, { colorScheme: 'dark' });
  const back = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const dark = await back();
  const button = page.getByRole('button', { name: /^Colours/ });
  await button.click();
  expect(await button.getAttribute('aria-label')).toBe('Colours: light');
  const light = await back();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await back()).toBe(light);
  await button.click();
  expect(await back()).toBe(dark);
});

test.each([320, 400, 640, 1024, 1400, 2560])('nothing is wider than a window of %i pixels', async (width) => {
  const { page } = await open(drifted, {
    viewport: { width, height: 800 },
    extras: { history: historyOf(drifted) },
  });
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate<number>(overflow)).toBe(0);
  await page.locator('.cause').first().click();
  await page.locator('.detail').waitFor();
  expect(await page.evaluate<number>(overflow)).toBe(0);
});
