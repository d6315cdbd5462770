import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeOf } from '../../../src/exchange/har';
import { type HarEntry, readHar } from '../../../src/source/har';

const folder = mkdtempSync(join(tmpdir(), 'driftgate-har-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<HarEntry[]> {
  const file = join(folder, 'a.har');
  writeFileSync(file, content);
  const entries: HarEntry[] = [];
  for await (const entry of readHar(file)) entries.push(entry);
  return entries;
}

const har = (...entries: unknown[]) =>
  JSON.stringify({
    log: { version: '1.2', creator: { name: 'x', version: '1' }, pages: [{ id: 'p' }], entries },
  });
const entry = (content: object, more: object = {}) => ({
  startedDateTime: '2026-01-05T10:00:00.000Z',
  time: 12.5,
  request: {
    method: 'POST',
    url: 'https://a.test/x',
    headers: [{ name: 'A', value: '1' }],
    postData: { text: '{}' },
  },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content,
  },
  ...more,
});

test('an entry is read with all that an exchange is made of', async () => {
  const [only] = await read(har(entry({ size: 3, text: '[é]' }, { _driftgate: { key: 'a/b' } })));
  expect(only).toEqual({
    index: 0,
    key: 'a/b',
    own: {},
    method: 'POST',
    url: 'https://a.test/x',
    requestHeaders: [['A', '1']],
    requestBody: '{}',
    response: { status: 200, statusText: 'OK', headers: [['Content-Type', 'application/json']], body: '[é]' },
    error: 'OK',
    startedAt: Date.parse('2026-01-05T10:00:00Z'),
    durationMs: 12.5,
  });
  expect(exchangeOf(only as HarEntry, 'k')).toMatchObject({
    hasBody: true,
    exchange: {
      key: 'k',
      runner: 'har',
      response: { status: 200, body: '[é]', sizeBytes: 4 },
      failure: null,
    },
  });
});

test('a body may be bytes, empty, or left out', async () => {
  const latin = { name: 'content-type', value: 'text/plain; charset=iso-8859-1' };
  const entries = await read(
    har(
      entry(
        { text: Buffer.from('é', 'latin1').toString('base64'), encoding: 'base64' },
        { response: { status: 200, headers: [latin], content: { text: '6Q==', encoding: 'base64' } } },
      ),
      entry({ size: 0 }),
      entry({ size: 17 }),
    ),
  );
  const bodies = entries.map((one) => {
    const { exchange, hasBody } = exchangeOf(one, 'k');
    return [exchange.response?.body, hasBody];
  });
  expect(bodies).toEqual([
    ['é', true],
    ['', true],
    ['', false],
  ]);
});

test('a media type that is kept with the content alone is a header all the same', async () => {
  const content = { text: '{}', mimeType: 'application/json' };
  const bare = { status: 200, headers: [], content };
  const unknown = { ...bare, content: { text: '', mimeType: 'x-unknown' } };
  const entries = await read(
    har(entry({}, { response: bare }), entry({}, { response: unknown }), entry(content)),
  );
  expect(entries.map(({ response }) => response?.headers)).toEqual([
    [['Content-Type', 'application/json']],
    [],
    [['Content-Type', 'application/json']],
  ]);
});

test('what did not answer is a failure and no response', async () => {
  const failed = (_error: string) =>
    entry({}, { response: { status: 0, statusText: '', content: {} }, _error });
  const entries = await read(
    har(failed('net::ERR_CONNECTION_TIMED_OUT'), failed('net::ERR_CERT_AUTHORITY_INVALID'), failed('')),
  );
  expect(entries.map((one) => exchangeOf(one, 'k').exchange)).toMatchObject([
    { response: null, failure: { kind: 'timeout' } },
    { response: null, failure: { kind: 'tls-invalid' } },
    { response: null, failure: { kind: 'unreachable', message: 'no response was recorded' } },
  ]);
});

test('entries of any shape are read as what they are', async () => {
  const entries = await read(
    har(null, 7, {}, { request: [], response: 'x', time: -1 }, { request: { url: { a: 1 } } }),
  );
  expect(entries).toHaveLength(5);
  expect(entries.every(({ response, durationMs }) => response === null && durationMs === 0)).toBe(true);
});

test('a byte order mark, spaces and an empty recording are no fault', async () => {
  expect(await read(`\uFEFF${har()}\n\n`)).toEqual([]);
  expect(await read('{"log": {"entries": [{}]} }')).toHaveLength(1);
});

test.each([
  ['{"log": {"version": "1.2", "entries": [{}, {"a": 1', /cut off after 1 entries/],
  ['{"log": {"version": "1.2", "entries": [{}, oops]}}', /no JSON after 1 entries/],
  ['{"info": {"name": "x"}, "item": []}', /no HTTP archive/],
  ['[]', /no HTTP archive/],
  ['', /cut off after 0 entries/],
])('%s is refused', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('a file that is not there is refused', async () => {
  const entries = readHar(join(folder, 'none.har'));
  await expect(entries.next()).rejects.toThrow(/cannot read the recording \(ENOENT\).*none\.har/);
});

test('whoever stops reading leaves nothing open, and what was read before a fault has been given', async () => {
  const file = join(folder, 'b.har');
  writeFileSync(file, har(entry({ text: '1' }), entry({ text: '2' })).slice(0, -20));
  const seen: number[] = [];
  for await (const { index } of readHar(file)) {
    seen.push(index);
    break;
  }
  expect(seen).toEqual([0]);
});
