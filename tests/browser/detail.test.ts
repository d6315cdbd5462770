import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { useBrowser } from './support/browser';
import { drifted, historyOf } from './support/example-reports';

const { open } = useBrowser();

async function opened(key: string): Promise<Page> {
  const { page } = await open(drifted, { extras: { history: historyOf(drifted) } });
  await page.getByRole('searchbox').fill(key);
  await page.locator('.line').first().click();
  await page.locator('.detail').waitFor();
  return page;
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

test('a finding has its place, its difference, its line of the schema, its evidence and its commands', async () => {
  const page = await opened('by-e-mail');
  const finding = page.locator('.finding').first();
  const text = flat(await finding.innerText());
  for (const words of [
    '✗ Breaking: null-unexpected',
    '/user/id, status 200, seen by newman, typed, since 2026-02-26 02:00 UTC',
    'null where string is documented',
    'schemas/starter-pack/customers/search-customer-by-e-mail.200.json:42 #/properties/user/properties/id/type',
    'Rests on 3 samples',
    'If it is known npx driftgate accept 2c7594fa --until DATE --reason TEXT',
    'If it is meant npx driftgate learn --from report --only 2c7594fa',
  ]) {
    expect(text).toContain(words);
  }
  expect(flat(await finding.locator('.diff .minus').innerText())).toMatch(/- "id": string expected$/);
  expect(flat(await finding.locator('.diff .plus').innerText())).toMatch(/\+ "id": null received$/);
  expect(flat(await finding.locator('.diff').innerText())).toContain('"external_id": "loyal-1815"');
});

test('what a finding does not say leaves no gap', async () => {
  const page = await opened('offers-wallet/issue-offer');
  const finding = page.locator('.finding').first();
  expect(flat(await finding.innerText())).not.toMatch(/undefined|null|Schema|Rests on|since|If it is meant/);
  expect(flat(await finding.locator('.diff').innerText())).toMatch(/- 200 expected .*\+ 404 received$/);
});

test('request and response are there, with headers, and the finding is marked in the body', async () => {
  const page = await opened('by-e-mail');
  const exchange = page.locator('.exchange');
  expect(await exchange.locator('.tree .marked').first().innerText()).toMatch(/^id:\s+null\s*finding$/);
  await exchange.locator('summary', { hasText: 'Headers' }).first().click();
  expect(flat(await exchange.locator('.headers').first().innerText())).toContain(
    'content-type application/json; charset=utf-8',
  );
  expect(await exchange.locator('select').first().locator('option').allInnerTexts()).toEqual([
    'newman: 200',
    'typed: 200',
  ]);
  expect(flat(await exchange.innerText())).toContain(
    'POST https://api.staging.example.test/priv/v1/apps/{{api_key}}/',
  );
});

test('a part of the body opens and closes', async () => {
  const page = await opened('by-e-mail');
  const item = page.locator('.tree summary', { hasText: '1:' });
  expect(await page.locator('.tree', { hasText: 'Marylebone' }).count()).toBe(0);
  await item.click();
  await page.locator('.tree', { hasText: 'Marylebone' }).waitFor();
});

test('the request can be written in every language, with its placeholders', async () => {
  const page = await opened('by-e-mail');
  const select = page.getByLabel('Language');
  const languages = await select.locator('option').allInnerTexts();
  expect(languages.length).toBeGreaterThan(15);
  expect(languages[0]).toBe('cURL');
  for (const label of languages) {
    await select.selectOption({ label });
    const code = await page.locator('.snippet').innerText();
    for (const part of [
      'api.staging.example.test',
      '/apps/{{api_key}}/users/search',
      '{{Authorization}}',
      '{{retailer_id}}',
    ])
      expect(`${label}: ${code}`).toContain(part);
    expect(`${label}: ${code.toUpperCase()}`).toContain('POST');
    expect(code).not.toMatch(/qzx\d|\[hidden\]|%7B|\\x0a/);
  }
});

test('a failed test says what it says, a skipped request says why', async () => {
  const page = await opened('customers/create-customer');
  expect(flat(await page.locator('.finding.failed').innerText())).toContain(
    'finds the customer a test of the collection, or the reason given; seen by newman, typed expected [] to have a length of 1 but got 0',
  );
  const other = await opened('needs offer_id');
  expect(flat(await other.locator('.rows').innerText())).toContain('– skipped needs offer_id, which');
});

test('durations over time are a chart and a table, where history is given', async () => {
  const page = await opened('by-e-mail');
  const chart = page.locator('.chart');
  expect(await chart.locator('circle').count()).toBe(31);
  expect(await chart.locator('svg').getAttribute('aria-label')).toMatch(
    /^From \d+ ms on 2026-01-30 02:00 UTC to 233 ms/,
  );
  await chart.locator('summary').click();
  expect(await chart.locator('tbody tr').count()).toBe(31);
  const { page: without } = await open(drifted);
  await without.locator('.cause').first().click();
  await without.locator('.detail').waitFor();
  expect(await without.locator('.chart').count()).toBe(0);
});

test.each([
  ['seconds', 5_000],
  ['minutes', 4 * 60_000],
  ['hours', 3 * 3_600_000],
  ['days', 86_400_000],
  ['months', 31 * 86_400_000],
])("the times of a chart whose runs are %s apart differ, and stand in nobody's way", async (_, apart) => {
  const now = Date.parse(drifted.run.startedAt);
  const history = historyOf(drifted)
    .slice(0, 3)
    .map((run, at) => ({ ...run, startedAt: new Date(now - (3 - at) * apart).toISOString() }));
  const { page } = await open(drifted, { extras: { history } });
  await page.getByRole('searchbox').fill('by-e-mail');
  await page.locator('.line').first().click();
  const times = page.locator('.chart text[text-anchor=middle]');
  await times.first().waitFor();
  const texts = await times.allTextContents();
  expect(texts.length).toBeGreaterThan(1);
  expect(new Set(texts).size).toBe(texts.length);
  const around = await page.locator('.chart svg').boundingBox();
  const boxes = await Promise.all((await times.all()).map((one) => one.boundingBox()));
  for (const [at, box] of boxes.entries()) {
    const right = (box?.x ?? 0) + (box?.width ?? 0);
    const limit = boxes[at + 1]?.x ?? (around?.x ?? 0) + (around?.width ?? 0);
    expect(right).toBeLessThan(limit);
  }
});

test('a request that holds says so', async () => {
  const page = await opened('customers/get-customer');
  expect(await page.locator('.detail').innerText()).toContain('The answer holds to its contract.');
  expect(await page.locator('.exchange').count()).toBe(0);
});

test('no language reads code in what was sent', async () => {
  const evil = `it's "q" $HOME #{id} \`id\``;
  const text = JSON.stringify({ evil, key: '{{api_key}}' });
  const requests = drifted.requests.slice(0, 1).map((row) => ({
    ...row,
    detail: {
      request: {
        method: 'POST',
        url: `https://api.example.test/${evil}`,
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        body: { text, sizeBytes: text.length },
      },
    },
  }));
  const { page } = await open({ ...drifted, requests });
  await page.locator('.line').first().click();
  const write = async (id: string): Promise<string> => {
    await page.getByLabel('Language').selectOption(id);
    return page.locator('.snippet').innerText();
  };
  const kotlin = await write('kotlin');
  expect(kotlin).not.toMatch(/[^\\]\$/);
  const ruby = await write('ruby');
  expect(ruby).not.toMatch(/[^\\]#\{/);
  for (const code of [kotlin, ruby]) expect(code).toContain('{{api_key}}');
  for (const [id, command] of [
    ['curl', 'curl'],
    ['wget', 'wget'],
  ] as const) {
    const script = `${command}() { printf '%s\\0' "$@"; }\n${await write(id)}`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
    expect(words).toContain(text);
  }
});
