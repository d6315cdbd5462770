import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { Report } from '../../src/report/report';
import { unfold, useBrowser } from './support/browser';
import { drifted, EXAMPLES, historyOf } from './support/example-reports';

const { open } = useBrowser();

/** What axe finds against WCAG 2.2 A and AA and its best practices, each with the first place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map(({ html }) => html.slice(0, 200)).slice(0, 3).join(' | ')))`,
  );
}

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [400, 1400].map((width) => ({ colorScheme, width })),
);

describe.each(LOOKS)('$colorScheme, $width pixels wide', ({ colorScheme, width }) => {
  const viewport = { width, height: 900 };

  test.each(Object.entries(EXAMPLES))('%s', async (_, report: Report) => {
    const { page } = await open(report, { colorScheme, viewport, extras: { history: historyOf(report) } });
    expect(await violations(page)).toEqual([]);
  });

  test('an opened request, with everything unfolded', async () => {
    const { page } = await open(drifted, { colorScheme, viewport, extras: { history: historyOf(drifted) } });
    await page.locator('.cause').first().click();
    await page.locator('.detail').waitFor();
    await unfold(page);
    expect(await violations(page)).toEqual([]);
  });

  test('a list that is narrowed to nothing', async () => {
    const { page } = await open(drifted, { colorScheme, viewport });
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
