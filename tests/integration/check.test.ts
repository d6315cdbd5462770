import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from 'driftgate';
import { main } from 'driftgate/cli';
import { readReport } from './support/project';

jest.setTimeout(60_000);

const ESCAPE = String.fromCharCode(27);
const folder = mkdtempSync(join(tmpdir(), 'driftgate-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const saved = (name: string, code: number, body: string, type = 'application/json') => ({
  name,
  code,
  header: [{ key: 'Content-Type', value: type }],
  body,
});
const SHOP = {
  info: {
    name: 'Shop',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  item: [
    {
      name: 'Get order',
      request: { method: 'GET', url: '{{base}}/orders/:id' },
      response: [
        saved('Found', 200, '{"status":"ok","order":{"id":7,"note":"x"}}'),
        saved('Failed', 200, '{"status":"error","message":"gone","code":4}'),
        saved('Gone', 404, '{"error":"gone"}'),
      ],
    },
    {
      name: 'Latest order',
      request: { method: 'GET', url: '{{base}}/orders/latest' },
      response: [saved('Latest', 200, '{"id":1}')],
    },
    {
      name: 'Terms',
      request: { method: 'GET', url: '{{base}}/terms' },
      response: [saved('Terms', 200, '<p>terms</p>', 'text/html')],
    },
  ],
};

interface Extra {
  readonly type?: string;
  readonly content?: object;
  readonly sent?: readonly object[];
  readonly own?: object;
}

const entry = (url: string, status: number, body: unknown, extra: Extra = {}) => ({
  request: { method: 'GET', url, headers: extra.sent ?? [] },
  response: {
    status,
    headers: [{ name: 'content-type', value: extra.type ?? 'application/json' }],
    content: extra.content ?? { text: typeof body === 'string' ? body : JSON.stringify(body) },
  },
  time: 12,
  ...(extra.own !== undefined && { _driftgate: extra.own }),
});

const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const FOUND = { status: 'ok', order: { id: 1, note: 'y' } };
const ORDER = entry('https://a.test/v1/orders/8', 200, FOUND);
const FOREIGN = entry('https://cdn.test/a/b.png?token=hush-hush', 200, '');

async function cli(directory: string, argv: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text), columns: 100 },
    stderr: { write: (text) => (stderr += text), columns: 10_000 },
    env: {},
    directory,
    interrupted: new Promise<void>(() => {}),
  });
  return { code, stdout, stderr };
}

let count = 0;
async function suite() {
  count += 1;
  const directory = join(folder, `suite-${count}`);
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(SHOP));
  await cli(folder, ['init', 'shop.json', '--dir', directory]);
  return {
    directory,
    check: async (text: string, ...argv: string[]) => {
      writeFileSync(join(directory, 'run.har'), text);
      const result = await cli(directory, ['check', 'run.har', ...argv]);
      return { ...result, report: readReport(join(directory, 'reports')) };
    },
  };
}

const rowsOf = (report: Report | null) =>
  report?.requests.map(({ key, status, outcome, findings }) => [
    key,
    status,
    outcome,
    findings.map(({ kind, place, pointer }) => `${kind} ${place ?? pointer}`).join(),
  ]);

test('each entry is a row, in order, held to any documented answer of the request that it fits best', async () => {
  const { check } = await suite();
  const { code, stdout, stderr, report } = await check(
    har(
      entry('https://a.test/terms', 200, '<p>other</p>', { type: 'text/html; charset=utf-8' }),
      ORDER,
      // Another variant, another documented status, and the more literal of two templates.
      entry('https://a.test/orders/9', 200, { status: 'error', message: 'no', code: 1 }),
      entry('https://a.test/orders/10', 404, { error: 'no' }),
      entry('https://a.test/orders/latest', 200, { id: 5 }),
      entry('https://a.test/anything', 200, { id: 'x' }, { own: { key: 'latest-order' } }),
      entry('https://a.test/orders/11', 500, { error: 'no' }),
      entry('https://a.test/orders/12', 304, ''),
      entry('https://a.test/orders/13', 0, ''),
      ORDER,
    ),
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(rowsOf(report)).toEqual([
    ['terms', 200, 'passed', ''],
    ['get-order', 200, 'passed', ''],
    ['get-order', 200, 'passed', ''],
    ['get-order', 404, 'passed', ''],
    ['latest-order', 200, 'passed', ''],
    ['latest-order', 200, 'failed', 'type-changed /id'],
    ['get-order', 500, 'failed', 'undocumented-status '],
    ['get-order', null, 'skipped', ''],
    ['get-order', null, 'skipped', ''],
    ['get-order', 200, 'passed', ''],
  ]);
  expect(report?.run).toMatchObject({ environment: 'recording', target: 'run.har', runner: 'har' });
  expect(report?.requests.slice(7, 9).map(({ reason }) => reason)).toEqual([
    'the answer was that nothing had changed (304)',
    'no answer was recorded',
  ]);
  expect(stdout).toContain('npx driftgate accept');
});

test('what belongs to no request is listed, and is an error where it must not be', async () => {
  const { check } = await suite();
  const lost = entry('https://a.test/x', 200, {}, { own: { key: `odd${ESCAPE}[2J` } });
  const entries = har(FOREIGN, ORDER, FOREIGN, lost);
  const lax = await check(entries);
  expect(lax).toMatchObject({ code: 0, stderr: '' });
  expect(lax.stdout).toContain('? GET https://cdn.test/a/b.png (2 times)\n? odd\\x1b[2J\n');
  expect(rowsOf(lax.report)).toEqual([
    ['GET https://cdn.test/a/b.png', null, 'skipped', ''],
    ['get-order', 200, 'passed', ''],
    ['GET https://cdn.test/a/b.png', null, 'skipped', ''],
    [`odd${ESCAPE}[2J`, null, 'skipped', ''],
  ]);
  expect(JSON.stringify(lax)).not.toContain('hush-hush');
  const strict = await check(entries, '--strict');
  expect(strict.code).toBe(2);
  expect(strict.stderr).toMatch(
    /^driftgate: not tested: GET https:\/\/cdn\.test\/a\/b\.png and 2 more, no request/,
  );
  expect((await check(har(ORDER), '--strict')).code).toBe(0);
});

test.each<[string, string[], RegExp]>([
  [har(), [], /no entry in the recording, run\.har/],
  [har(ORDER), ['--only', 'terms'], /no entry of the selected requests, run\.har/],
  [har(ORDER), ['--only', 'nothing'], /no such request: nothing, Shop/],
  ['{"log":{"version":"1.2","entries":[', [], /cut off after 0 entries/],
  ['{}', [], /no HTTP archive/],
])('%s %j could not be tested', async (text, argv, message) => {
  const { check } = await suite();
  const { code, stderr, report } = await check(text, ...argv);
  expect({ code, report }).toEqual({ code: 2, report: null });
  expect(stderr).toMatch(message);
});

test.each<[string, string[], RegExp, string]>([
  [
    har(FOREIGN, FOREIGN),
    [],
    /no entry belongs to a request of the collection, run\.har/,
    'no request of the collection has this method and address',
  ],
  [
    har(ORDER, FOREIGN),
    ['--only', 'terms'],
    /no entry of the selected requests, run\.har/,
    'no request of the collection has this method and address',
  ],
  [
    har(entry('https://a.test/terms', 0, '')),
    [],
    /could not be tested: no answer was recorded, terms/,
    'no answer was recorded',
  ],
])('%s %j leaves a report that says why nothing was held', async (text, argv, message, reason) => {
  const { check } = await suite();
  const { code, stdout, stderr, report } = await check(text, ...argv);
  expect({ code, verdict: report?.verdict }).toEqual({ code: 2, verdict: 'incomplete' });
  expect(stderr).toMatch(message);
  expect(report?.run.untested).toMatch(message);
  expect(new Set(report?.requests.map((row) => row.reason))).toEqual(new Set([reason]));
  expect(report?.summary).toMatchObject({ passed: 0, skipped: report?.requests.length });
  if (text.includes('cdn.test')) expect(stdout).toContain('? GET https://cdn.test/a/b.png');
  expect(stdout).toContain('? incomplete');
});

test('a body that was not recorded is held to nothing, and the report says so', async () => {
  const { check } = await suite();
  const without = { content: { size: 12, mimeType: 'application/json' } };
  const { code, stdout, report } = await check(
    har(
      entry('https://a.test/orders/1', 200, '', without),
      entry('https://a.test/orders/2', 200, '', { ...without, type: 'text/html' }),
      entry('https://a.test/orders/3', 500, '', without),
    ),
  );
  expect(code).toBe(1);
  expect(rowsOf(report)).toEqual([
    ['get-order', 200, 'passed', ''],
    ['get-order', 200, 'failed', 'media-type-changed '],
    ['get-order', 500, 'failed', 'undocumented-status '],
  ]);
  expect(report?.requests.map(({ unrecorded }) => unrecorded)).toEqual([true, true, true]);
  expect(report?.summary.bodies).toEqual({ schema: 0, mediaType: 2, none: 1 });
  expect(stdout).toContain('3 answers without a body, held to status and headers alone');
});

test('what an entry was sent with is shown nowhere', async () => {
  const { check, directory } = await suite();
  const sent = [
    { name: 'Authorization', value: 'Bearer canary-bearer-1' },
    { name: 'Cookie', value: 'sid=canary-cookie-1' },
  ];
  const echo = { ...FOUND, 'canary-bearer-1': 'canary-cookie-1 canary-query-1' };
  const { code, stdout } = await check(
    har(entry('https://a.test/orders/1?api_key=canary-query-1', 200, echo, { sent })),
    '--strict',
  );
  expect(code).toBe(1);
  const html = readFileSync(join(directory, 'reports/index.html'), 'utf8');
  const json = readFileSync(join(directory, 'reports/report.json'), 'utf8');
  expect(json).toContain('property-undeclared');
  expect(stdout + html + json).not.toContain('canary');
});

test('another collection than the configured one is checked as well', async () => {
  const { directory } = await suite();
  writeFileSync(join(directory, 'other.har'), har(ORDER));
  writeFileSync(join(directory, 'other.json'), JSON.stringify({ ...SHOP, item: SHOP.item.slice(1) }));
  const { code, stderr } = await cli(directory, ['check', 'other.har', '--collection', 'other.json']);
  expect(code).toBe(2);
  expect(stderr).toContain('no entry belongs to a request');
});

test('the report says what of the collection was covered, and --min-coverage asks for enough of it', async () => {
  const { check } = await suite();
  const terms = entry('https://a.test/terms', 200, '<p>other</p>', { type: 'text/html' });
  const some = { status: 'ok', order: { id: 1 } };
  const { code, stdout, report } = await check(
    har(entry('https://a.test/orders/1', 200, { ...some, order: { ...some.order, note: 'x' } }), terms),
  );
  expect(code).toBe(0);
  expect(stdout).toContain('33 % of requests  50 % of statuses');
  expect(report?.coverage).toMatchObject({
    requests: { all: 3, covered: 1, ratio: 0.3333 },
    withoutExample: [],
    withoutSchema: ['terms'],
    withoutBody: [],
  });
  expect(report?.coverage?.gaps).toEqual([
    { key: 'get-order', statuses: [404], properties: ['200 /message', '200 /code'], missing: 2 },
    { key: 'latest-order', statuses: [200], properties: [], missing: 0 },
  ]);

  const few = await check(har(ORDER, terms), '--min-coverage', '34');
  expect(few.code).toBe(2);
  expect(few.stderr).toMatch(
    /^driftgate: only 1 of 3 requests were held by a schema, less than 34 %, --min-coverage/,
  );
  expect(few.report?.verdict).toBe('healthy');
  expect((await check(har(ORDER, terms), '--min-coverage', '33.3')).code).toBe(0);
  expect((await check(har(ORDER), '--only', 'get-order', '--min-coverage', '100')).code).toBe(0);
  // What drifted is certain, however little was covered.
  expect((await check(har(entry('https://a.test/orders/1', 500, {})), '--min-coverage', '100')).code).toBe(1);
  expect((await check(har(ORDER), '--min-coverage', '101')).stderr).toContain('Give a number from 0 to 100.');
});
