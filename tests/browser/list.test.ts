import type { Page } from 'playwright-core';
import { report, row, drifted as small } from '../unit/report/reports';
import { useBrowser } from './support/browser';
import { drifted } from './support/example-reports';

const { open } = useBrowser();

interface Box {
  readonly top: number;
  readonly right: number;
}

/** The keys of the requests that are on the screen or near it, in order. */
async function keysOf(page: Page): Promise<string[]> {
  const names = await page.locator('.line .name').allInnerTexts();
  return names.map((name) => name.replace(/\s+/g, ' ').split(' ')[1] ?? '');
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    '(document.activeElement.querySelector(".name") ?? document.activeElement).textContent.trim()',
  );
}

const THOUSANDS = report(
  'drifted',
  Array.from({ length: 5_000 }, (_, at) =>
    row(
      `folder-${Math.floor(at / 50)}/request-${at}`,
      at === 4_321 ? { outcome: 'failed', reason: 'odd' } : {},
    ),
  ),
);

test('requests with findings come first, by folder, each once for both runners', async () => {
  const { page } = await open(small);
  expect(await page.getByRole('status').innerText()).toBe('8 requests, 16 rows');
  expect(await keysOf(page)).toEqual([
    'customers/get-customer',
    'customers/search-customers',
    'customers/create-customer',
    'offers/purchase-offer',
    'offers/list-offers',
    'offers/refund-offer',
    'authentication/request-token',
    'offers/archive/void-offer',
  ]);
});

test('a line says its outcome or severity in words, and why', async () => {
  const { page } = await open(small);
  const lines = (await page.locator('.line').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  expect(lines[0]).toBe(
    '✗ breaking GET customers/get-customer property-missing /user/addresses/*/postal_code and 1 more 200 84 ms',
  );
  expect(lines[1]).toContain('✗ failed GET customers/search-customers finds the customer by email');
  expect(lines[5]).toBe(
    '– skipped POST offers/refund-offer needs purchase_id, which offers/purchase-offer did not yield',
  );
  expect(lines[6]).toContain('prerequisite');
});

test('search, outcome, severity and runner narrow the list, and all of it comes back', async () => {
  const { page } = await open(drifted);
  const status = page.getByRole('status');
  await page.getByRole('searchbox').fill('search-customer-by-e-mail');
  expect(await keysOf(page)).toEqual(['customers/search-customer-by-e-mail']);
  expect(await status.innerText()).toBe('1 of 71 requests');
  await page.getByRole('searchbox').fill('no such thing');
  expect(await page.locator('.empty').innerText()).toBe('No request is like that.');
  await page.getByRole('button', { name: 'Show all' }).click();
  expect(await status.innerText()).toBe('71 requests, 142 rows');
  const failed = page.getByRole('button', { name: 'Failed', exact: true });
  await failed.click();
  expect(await failed.getAttribute('aria-pressed')).toBe('true');
  expect(await status.innerText()).toBe('3 of 71 requests');
  await page.getByLabel('Severity').selectOption('breaking');
  expect(await status.innerText()).toBe('2 of 71 requests');
  await page.getByLabel('Runner').selectOption('newman');
  expect(await status.innerText()).toBe('2 of 71 requests');
  await failed.click();
  await page.getByLabel('Severity').selectOption('additive');
  expect(await keysOf(page)).toEqual(['customers/search-customer-by-e-mail']);
});

test('the keyboard alone is enough', async () => {
  const { page } = await open(drifted);
  await page.keyboard.press('/');
  await page.keyboard.type('customers');
  expect(await page.getByRole('searchbox').inputValue()).toBe('customers');
  await page.keyboard.press('ArrowDown');
  await page.locator('.line:focus').waitFor();
  expect(await focused(page)).toBe('GET customers/search-customer-by-e-mail');
  await page.keyboard.press('j');
  await page.locator('.line:focus', { hasText: 'create-customer' }).waitFor();
  await page.keyboard.press('k');
  await page.locator('.line:focus', { hasText: 'e-mail' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.detail').waitFor();
  expect(await focused(page)).toBe('Search customer by e-mail');
  await page.keyboard.press('j');
  await page.locator('.detail h2', { hasText: 'Create customer' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.detail').count()).toBe(0);
  await page.locator('.line:focus', { hasText: 'create-customer' }).waitFor();
});

test('a request has an address, and the way back closes it', async () => {
  const { page } = await open(drifted, { viewport: { width: 400, height: 800 } });
  await page.locator('.cause').first().click();
  await page.locator('.detail').waitFor();
  expect(await page.locator('header .facts').isVisible()).toBe(false);
  const address = page.url();
  expect(address).toMatch(/#r\d+$/);
  await page.goBack();
  await page.locator('.detail').waitFor({ state: 'detached' });
  expect(await page.locator('header .facts').isVisible()).toBe(true);
  const { page: other } = await open(drifted, { hash: address.replace(/^[^#]*/, '') });
  expect(await other.locator('.detail h2').innerText()).toBe('Search customer by e-mail');
});

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

describe('with 5,000 requests', () => {
  test('only the lines near the screen are in the document, wherever it is scrolled to', async () => {
    const { page } = await open(THOUSANDS);
    const nodes = () => page.evaluate<number>('document.querySelectorAll("*").length');
    expect(await page.getByRole('status').innerText()).toBe('5000 requests');
    expect(await nodes()).toBeLessThan(800);
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    expect(height).toBeGreaterThan(5_000 * 60);
    for (const share of [0.3, 0.7, 1]) {
      // Two frames later the lines of the new place are there: nobody sees the gap for longer.
      const inSight = await page.evaluate<number>(`new Promise((done) => {
        window.scrollTo(0, ${share * height});
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(
          [...document.querySelectorAll(".line")].filter((line) => {
            const box = line.getBoundingClientRect();
            return box.top > 0 && box.bottom < innerHeight;
          }).length))));
      })`);
      expect(inSight).toBeGreaterThan(5);
      expect(await nodes()).toBeLessThan(800);
    }
    expect((await keysOf(page)).at(-1)).toBe('folder-99/request-4999');
  });

  test('the one that failed is first, and any is found', async () => {
    const { page } = await open(THOUSANDS);
    expect((await keysOf(page))[0]).toBe('folder-86/request-4321');
    await page.getByRole('searchbox').fill('request-2718');
    expect(await keysOf(page)).toEqual(['folder-54/request-2718']);
  });

  test('5,000 iterations of one request are one line, and not 5,000 rows at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => row('a/b', { iteration: at + 1 }));
    const { page } = await open(report('healthy', rows));
    expect(await page.getByRole('status').innerText()).toBe('1 request, 5000 rows');
    await page.locator('.line').click();
    expect(await page.locator('.rows tbody tr').count()).toBe(20);
    await page.getByRole('button', { name: 'Show 980 more' }).click();
    expect(await page.locator('.rows tbody tr').count()).toBe(1_000);
    expect(await page.locator('.rows tbody tr').nth(1).innerText()).toContain('iteration 2');
  });
});
