import { finding } from '../../src/findings/finding';
import type { Report } from '../../src/report/report';
import { built } from '../unit/report/formats';
import { row } from '../unit/report/reports';
import { useBrowser } from './support/browser';
import { COVERAGE, ORIGIN } from './support/example-notes';
import { degraded, down } from './support/example-reports';

const { open } = useBrowser();

const textOf = async (report: Report, part: string): Promise<string[]> => {
  const { page } = await open(report);
  return (await page.locator(part).allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
};

test('what passed only after a retry is counted, named, found and opened', async () => {
  const report = built([row('a/plain'), row('a/flaky', { attempts: 3, flaky: true })]);
  const { page } = await open(report);
  const counts = await page.getByRole('list', { name: 'Requests', exact: true }).innerText();
  expect(counts.replace(/\s+/g, ' ')).toContain('✓ 2 passed ✗ 0 failed – 0 skipped ↻ 1 flaky');
  const noted = page.getByRole('region', { name: 'Also noted' });
  expect((await noted.innerText()).replace(/\s+/g, ' ')).toContain(
    '↻ flaky a/flaky passed only at attempt 3',
  );
  await page.getByRole('searchbox').fill('flaky attempt');
  expect(await page.locator('.line').count()).toBe(0);
  await page.getByRole('searchbox').fill('flaky');
  expect(await page.locator('.line').allInnerTexts()).toEqual([expect.stringMatching(/a\/flaky\s+flaky/)]);
  await noted.getByRole('button', { name: 'a/flaky' }).click();
  expect(await page.locator('.detail').innerText()).toContain('flaky: only at attempt 3');
});

test('warnings, and acceptances that nothing needs, are noted; without any there is no such part', async () => {
  const unused = {
    key: 'a/old',
    kind: 'type-changed' as const,
    pointer: '/id',
    until: '2026-12-31',
    reason: 'release 12',
  };
  const warnings = ['the first', 'the second'];
  expect(await textOf({ ...built([row('a')]), warnings, unusedAcceptances: [unused] }, '.noted li')).toEqual([
    '! warning the first',
    '! warning the second',
    '~ accepted for nothing, remove it: type-changed a/old /id (release 12)',
  ]);
  expect(await textOf(built([row('a')]), '.noted, .origins')).toEqual([]);
});

test('of many notes the first are shown, and how many more there are', async () => {
  const rows = Array.from({ length: 8 }, (_, at) => row(`a/${at}`, { attempts: 2, flaky: true }));
  const report = { ...built(rows), warnings: Array.from({ length: 7 }, (_, at) => `warning ${at}`) };
  expect(await textOf(report, '.noted li')).toHaveLength(10);
  expect(await textOf(report, '.noted > p')).toEqual(['5 more notes in report.json.']);
});

test.each<[string, NonNullable<Report['origins']>[number], string]>([
  [
    'that is fine',
    {
      ...ORIGIN,
      certificate: { validTo: '2026-09-01T00:00:00.000Z', daysLeft: 183 },
      credentials: [{ variables: ['token'], key: 'a', status: 200 }],
    },
    '✓ https://api.staging.example.test connected to 192.0.2.17 in 38 ms · certificate for 183 days, until 2026-09-01 · {{token}} answered 200',
  ],
  [
    'whose certificate runs out',
    { ...ORIGIN, certificate: { validTo: '2026-03-02T09:00:00.000Z', daysLeft: 1, expiring: true } },
    '! https://api.staging.example.test connected to 192.0.2.17 in 38 ms · certificate for 1 day, until 2026-03-02',
  ],
  [
    'whose certificate ran out',
    { ...ORIGIN, certificate: { validTo: '2026-02-27T09:00:00.000Z', daysLeft: -2, expiring: true } },
    '! https://api.staging.example.test connected to 192.0.2.17 in 38 ms · certificate ran out on 2026-02-27',
  ],
  [
    'that cannot be used',
    { origin: ORIGIN.origin, failure: 'ENOTFOUND' },
    '▼ https://api.staging.example.test cannot be used: ENOTFOUND',
  ],
  [
    'that refuses',
    { ...ORIGIN, credentials: [{ variables: [], key: 'a', status: 401, refused: true }] },
    '▼ https://api.staging.example.test connected to 192.0.2.17 in 38 ms · credentials refused (401)',
  ],
  ['behind a proxy', { origin: ORIGIN.origin }, '✓ https://api.staging.example.test through a proxy'],
])('an origin %s says so', async (_name, origin, text) => {
  expect(await textOf({ ...built([row('a')]), origins: [origin] }, '.origins li')).toEqual([text]);
});

test('of many origins those in trouble come first, and the rest is counted', async () => {
  const origins = Array.from({ length: 8 }, (_, at) => ({ ...ORIGIN, origin: `https://${at}.example.test` }));
  const report = {
    ...down,
    origins: [...origins, { origin: 'https://gone.example.test', failure: 'ENOTFOUND' }],
  };
  const lines = await textOf(report, '.origins li');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe('▼ https://gone.example.test cannot be used: ENOTFOUND');
  expect(await textOf(report, '.origins > p')).toEqual(['4 more origins in report.json.']);
});

test('what was seen before the first request needs no scrolling', async () => {
  for (const report of [degraded, down]) {
    const { page } = await open(report);
    const box = await page.getByRole('region', { name: 'Before the first request' }).boundingBox();
    expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(800);
  }
});

test('coverage is told, rounded down, and what of a request was not tested is in its detail', async () => {
  const [key = ''] = COVERAGE.gaps.map((gap) => gap.key);
  const { page } = await open({
    ...built([row(key)]),
    coverage: { ...COVERAGE, properties: { all: 0, covered: 0, ratio: null } },
  });
  const counts = await page.getByRole('list', { name: 'Coverage' }).innerText();
  expect(counts.replace(/\s+/g, ' ')).toBe('Tested: 100 % of requests 37 % of statuses no properties');
  await page.locator('.line').first().click();
  const gap = page.locator('.detail details', { hasText: 'Not tested' });
  await gap.locator('summary').click();
  expect((await gap.innerText()).replace(/\s+/g, ' ')).toBe(
    'Not tested: 2 statuses, 23 properties Statuses that were not answered: 401, 404 200 /user/phone 200 /user/addresses/*/street2 and 21 more',
  );
});

test('a run that was interrupted says that it is partial, also where it drifted', async () => {
  const missing = finding('property-missing', '/id', { expected: 'string', actual: 'absent', message: '' });
  const report = built([row('a', { outcome: 'failed', findings: [missing] })], { interrupted: true });
  expect(report.verdict).toBe('drifted');
  expect(await textOf(report, '.note')).toEqual([
    expect.stringMatching(/^This report is partial: the run was/),
  ]);
});

test.each([
  ['latency alone', 'latency-budget-exceeded', 'latency-budget-exceeded', 'What is slow'],
  ['certificates alone', 'certificate-expiring', 'certificate-expiring', 'What runs out soon'],
  ['both', 'latency-budget-exceeded', 'certificate-expiring', 'What is degraded'],
] as const)('the causes of %s are called by what they are', async (_name, one, other, title) => {
  const of = (kind: typeof one | typeof other) =>
    finding(kind, '', { expected: 'more', actual: 'less', message: '' });
  const report = built([row('a', { findings: [of(one)] }), row('b', { findings: [of(other)] })]);
  expect(await textOf(report, '.causes h2')).toEqual([title]);
});

test('what breaks, what is slow and what was added stand under their own headings', async () => {
  const of = (kind: Parameters<typeof finding>[0]) =>
    finding(kind, '', { expected: 'more', actual: 'less', message: '' });
  const failed = { outcome: 'failed' as const, assertions: [{ name: 'is fast', passed: false }] };
  const slow = row('b', { findings: [of('property-undeclared'), of('latency-budget-exceeded')] });
  const drift = row('c', { outcome: 'failed', findings: [of('type-changed')] });
  const whole = built([row('a', failed), slow, drift]);
  expect(await textOf(whole, '.causes h2')).toEqual(['What is breaking', 'What is slow', 'What was added']);
  expect((await textOf(whole, '.causes:first-of-type .word')).sort()).toEqual(['breaking', 'failed']);
  expect(await textOf(built([row('a', failed), slow]), '.causes h2')).toEqual([
    'What failed',
    'What is slow',
    'What was added',
  ]);
});

test('what failed without a finding is what the verdict is explained by', async () => {
  const assertions = [{ name: 'is fast', passed: false }];
  const report = built([row('a', { outcome: 'failed', assertions })]);
  expect(await textOf(report, '.verdict p')).toEqual([
    'The API does not do what is published: 1 failed assertion.',
  ]);
  expect((await textOf(report, '[aria-label=Findings]')).join().replace(/\s+/g, ' ')).toContain(
    '✗ 1 failed assertion',
  );
});

test('a date of publication is a day, and what is none stays as it is', async () => {
  const published = async (publishDate: string): Promise<string> => {
    const report = built([row('a')]);
    const facts = await textOf({ ...report, collection: { ...report.collection, publishDate } }, '.facts');
    return /published (.*?), id/.exec(facts.join())?.[1] ?? '';
  };
  expect(await published('2025-04-15T18:07:15.000Z')).toBe('2025-04-15');
  expect(await published('some day in spring')).toBe('some day in spring');
});

test('a run of which a part could not be tested says why', async () => {
  const run = { untested: 'could not be tested: <b>needs</b> {{user_id}}' };
  const { page } = await open(built([row('a')], run));
  expect(await page.locator('h1').first().innerText()).toBe('Incomplete');
  expect(await page.locator('header .note').innerText()).toBe(
    'This report is partial: could not be tested: <b>needs</b> {{user_id}}.',
  );
});
