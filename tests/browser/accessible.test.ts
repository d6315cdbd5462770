import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { Report } from '../../src/report/report';
import { unfold, useBrowser } from './support/browser';
import { drifted, EXAMPLES, historyOf } from './support/example-reports';

const { open } = useBrowser();

/** What axe finds against these of its rules, each with the first places. */
async function found(page: Page, options: object): Promise<string[]> {
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...options })}).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map(({ html }) => html.slice(0, 200)).slice(0, 3).join(' | ')))`,
  );
}

/** The rules that read colours; dark or light, the page has the same elements in the same places. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const SHAPE =
  '[...document.querySelectorAll("body *")].map((one) => one.tagName + JSON.stringify(one.getBoundingClientRect())).join()';

/** What axe finds against WCAG 2.2 A and AA and its best practices in light colours, and of what reads colours in dark ones. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const light = await found(page, {});
  const shape = await page.evaluate<string>(SHAPE);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate<string>(SHAPE)).toBe(shape);
  const dark = await found(page, { runOnly: { type: 'rule', values: COLOURS } });
  return [...light, ...dark.map((one) => `dark: ${one}`)];
}

describe.each([400, 1400])('%i pixels wide, in light colours and in dark ones', (width) => {
  const viewport = { width, height: 900 };

  test.each(Object.entries(EXAMPLES))('%s', async (_, report: Report) => {
    const { page } = await open(report, { viewport, extras: { history: historyOf(report) } });
    expect(await violations(page)).toEqual([]);
  });

  test('an opened request, with everything unfolded', async () => {
    const { page } = await open(drifted, { viewport, extras: { history: historyOf(drifted) } });
    await page.locator('.cause').first().click();
    await page.locator('.detail').waitFor();
    await unfold(page);
    expect(await violations(page)).toEqual([]);
  });

  test('a list that is narrowed to nothing', async () => {
    const { page } = await open(drifted, { viewport });
    await page.getByRole('button', { name: 'Failed', exact: true }).click();
    await page.getByRole('searchbox').fill('no such thing');
    expect(await violations(page)).toEqual([]);
  });
});

test('without scripts as well', async () => {
  const { page } = await open(drifted, { javaScriptEnabled: false });
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.locator('main').count()).toBe(1);
});
