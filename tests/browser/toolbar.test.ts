import { useBrowser } from './support/browser';
import { drifted } from './support/example-reports';

const { open } = useBrowser();

interface Box {
  readonly top: number;
  readonly right: number;
}

const FILTERS = '[...document.querySelectorAll(".toolbar .choices, .toolbar select")]';

test.each([800, 1100, 1440])('at %i pixels all filters stand on one line', async (width) => {
  const { page } = await open(drifted, { viewport: { width, height: 900 } });
  const tops = await page.evaluate<number[]>(
    `${FILTERS}.map((one) => Math.round(one.getBoundingClientRect().top))`,
  );
  expect(tops).toHaveLength(3);
  expect(new Set(tops).size).toBe(1);
});

test.each([360, 800, 1100, 1440])('at %i pixels nothing is wider than the screen', async (width) => {
  const { page } = await open(drifted, { viewport: { width, height: 900 } });
  const boxes = await page.evaluate<Box[]>(
    '[...document.querySelectorAll("header *, .toolbar *")].map((one) => one.getBoundingClientRect().toJSON())',
  );
  expect(boxes.filter(({ right }) => right > width)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
});
