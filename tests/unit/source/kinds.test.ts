import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeDocument } from '../../../src/source/bytes';
import { fetchDocument } from '../../../src/source/fetch';
import { type ReadOptions, readSource } from '../../../src/source/read';

const SHOP = { info: { name: 'Café' }, item: [{ name: 'get', request: 'https://shop.test/x' }] };
const TEXT = JSON.stringify(SHOP);

let folder: string;
let near: ReadOptions;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[] = [];
let server: Server;
let origin: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftgate-sources-'));
  near = { directory: folder, fetch: { backoffMs: 1, timeoutMs: 2_000 } };
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function write(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
const utf16 = Buffer.from(TEXT, 'utf16le');

test.each<[string, Uint8Array, string]>([
  ['UTF-8', Buffer.from(TEXT), 'utf-8'],
  ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
  ['UTF-16 with a byte-order mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 without one', utf16, 'utf-16le'],
  ['UTF-16 big-endian', swapped(Buffer.from(`\uFEFF${TEXT}`, 'utf16le')), 'utf-16be'],
  ['UTF-16 big-endian without a mark', swapped(utf16), 'utf-16be'],
  ['Latin-1', Buffer.from(TEXT, 'latin1'), 'windows-1252'],
])('%s is read', async (name, bytes, encoding) => {
  expect(decodeDocument(bytes).encoding).toBe(encoding);
  const { json, notes } = await readSource(write(`${name}.json`, bytes), near);
  expect(json).toEqual(SHOP);
  expect(notes.join()).toMatch(encoding === 'utf-8' ? /^$/ : encoding);
});

test('standard input is read', async () => {
  async function* stdin() {
    yield Buffer.from(TEXT.slice(0, 10));
    yield Buffer.from(TEXT.slice(10));
  }
  expect((await readSource('-', { ...near, stdin: stdin() })).json).toEqual(SHOP);
});

describe('a data dump', () => {
  const dump = { version: 1, collections: [SHOP, { name: 'Old', requests: [], order: [] }] };
  test('has its collections chosen by name', async () => {
    const file = write('dump.json', JSON.stringify(dump));
    expect((await readSource(`${file}#Café`, near)).json).toEqual(SHOP);
    await expect(readSource(file, near)).rejects.toThrow('2 collections');
    await expect(readSource(`${file}#New`, near)).rejects.toThrow('choose one as');
  });
  test('with one collection needs no choice; a name with # is a file name first', async () => {
    const file = write('a#b.json', JSON.stringify({ collections: [SHOP] }));
    expect((await readSource(file, near)).json).toEqual(SHOP);
    await expect(readSource(`${write('plain.json', TEXT)}#Café`, near)).rejects.toThrow('no data dump');
  });
});

test('a committed merge conflict is called by its name and line', async () => {
  const conflict = ['{', '<<<<<<< HEAD', '"a": 1', '=======', '"a": 2', '>>>>>>> main', '}'].join('\n');
  await expect(readSource(write('conflict.json', conflict), near)).rejects.toMatchObject({
    what: 'not JSON: a merge conflict was committed',
    where: expect.stringMatching(/conflict\.json:2:1$/),
  });
});

describe('a page of published documentation', () => {
  const metas = '<meta content="1234567" name="ownerId"><META NAME=publishedId CONTENT=AbCdEf12>';
  const serve = (page: string) => {
    answer = ({ url = '' }, response) => {
      if (url.startsWith('/api/collections/1234567/AbCdEf12')) response.end(TEXT);
      else response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
    };
  };
  test.each([
    [
      'its link',
      `<link rel="prefetch" href="/api/collections/1234567/AbCdEf12?segregateAuth&#x3D;true&amp;versionTag=v2">`,
    ],
    ['its meta tags', metas],
  ])('on any domain is found by %s', async (_way, head) => {
    serve(`<!DOCTYPE html><html><head>${head}</head><body></body></html>`);
    expect(await readSource(`${origin}/docs/`, near)).toMatchObject({
      json: SHOP,
      source: `${origin}/docs/`,
    });
    expect(asked[1]?.url).toContain('segregateAuth=true&versionTag=');
  });
  test('that is another page is refused', async () => {
    serve('<html><body>Welcome</body></html>');
    await expect(readSource(origin, near)).rejects.toThrow('HTML instead of JSON');
  });
});

describe('fetching', () => {
  const fetched = (more: object = {}) =>
    fetchDocument(`${origin}/shop.json`, { todo: 'later', backoffMs: 1, ...more }).then(
      (bytes) => bytes.length,
    );

  test.each([429, 502, 503, 504])('%i is tried again', async (status) => {
    answer = (_request, response) => response.writeHead(asked.length < 3 ? status : 200).end(TEXT);
    expect(await fetched()).toBe(Buffer.byteLength(TEXT));
    expect(asked).toHaveLength(3);
  });
  test('a dropped connection is tried again, three times in all', async () => {
    answer = (request) => request.socket.destroy();
    await expect(fetched()).rejects.toThrow('cannot fetch the collection');
    expect(asked).toHaveLength(3);
  });
  test('a port that nobody may ask is said in words', async () => {
    await expect(fetchDocument('http://127.0.0.1:9/', { todo: 'later', backoffMs: 1 })).rejects.toThrow(
      'cannot fetch the collection (bad port)',
    );
  });
  test.each([
    [401, 'access is refused (401)'],
    [404, 'nothing is published there (404)'],
    [500, 'the server answered 500'],
  ])('%i is said in words, once', async (status, words) => {
    answer = (_request, response) => response.writeHead(status).end();
    await expect(fetched()).rejects.toThrow(words);
    expect(asked).toHaveLength(1);
  });
  test('a server that asks to wait for long ends it', async () => {
    answer = (_request, response) => response.writeHead(503, { 'Retry-After': '3600' }).end();
    await expect(fetched()).rejects.toThrow('503');
    expect(asked).toHaveLength(1);
  });
  test('what is too large is cut off', async () => {
    answer = (_request, response) => response.end(TEXT);
    await expect(fetched({ maxBytes: 10 })).rejects.toThrow('more than 10 bytes');
  });
  test('redirects are followed, but never with an API key', async () => {
    answer = ({ url }, response) =>
      url === '/shop.json' ? response.writeHead(302, { Location: '/there' }).end() : response.end(TEXT);
    expect(await fetched()).toBe(Buffer.byteLength(TEXT));
    asked = [];
    await expect(fetched({ headers: { 'x-api-key': 'k' } })).rejects.toThrow('cannot fetch');
    expect(asked.every(({ url }) => url === '/shop.json')).toBe(true);
  });
  test('a proxy of the environment is used', async () => {
    answer = (_request, response) => response.end(TEXT);
    const proxied: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      proxied.push(url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      const options = { todo: 'later', backoffMs: 1 };
      await expect(fetchDocument('http://shop.invalid/c.json', options)).rejects.toThrow('cannot fetch');
      expect(proxied).toContain('shop.invalid:80');
    } finally {
      delete process.env.http_proxy;
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});

test('the Postman API needs its key, before anything is sent', async () => {
  const uid = '1234567-0b6f0000-0000-4000-8000-000000000001';
  await expect(readSource(uid, near)).rejects.toThrow('the Postman API needs a key');
});

test('a folder of format 3 is a collection', async () => {
  const files = {
    '.resources/definition.yaml': [
      '$kind: collection',
      'name: Books',
      'variables:',
      '  - key: base',
      '    value: https://books.test',
      'auth:',
      '  type: bearer',
      '  credentials:',
      '    - key: token',
      "      value: '{{token}}'",
      'scripts:',
      "  - type: 'http:beforeRequest'",
      '    code: before();',
    ],
    'List.request.yaml': ['$kind: http-request', 'method: GET', "url: '{{base}}/books'", 'order: 2000'],
    'admin/.resources/definition.yaml': [
      '$kind: collection',
      'name: Admin',
      'order: 1000',
      'auth: {type: noauth}',
    ],
    'admin/Add.request.yaml': [
      '$kind: http-request',
      'name: Add a book',
      'method: POST',
      "url: '{{base}}/books/:shelf'",
      'headers:',
      '  X-Run: a',
      'queryParams:',
      '  - {key: dry, value: "true", disabled: true}',
      'pathVariables:',
      '  - {key: shelf, value: s1}',
      'body:',
      '  type: json',
      '  content: \'{"title": "x"}\'',
      'scripts:',
      '  - type: afterResponse',
      '    code: |-',
      '      one();',
      '      two();',
    ],
    'admin/.resources/Add.resources/examples/Created.example.yaml': [
      '$kind: http-example',
      'response:',
      '  statusCode: 201',
      '  statusText: Created',
      '  headers: [{key: Content-Type, value: application/json}]',
      '  body: {type: json, content: "{}"}',
    ],
  };
  for (const [name, lines] of Object.entries(files)) write(`books/${name}`, lines.join('\n'));
  const { json } = await readSource('books', near);
  expect(json).toMatchObject({
    info: { name: 'Books' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
    event: [{ listen: 'prerequest', script: { exec: ['before();'] } }],
    variable: [{ key: 'base', value: 'https://books.test' }],
    item: [
      {
        name: 'Admin',
        auth: { type: 'noauth' },
        item: [
          {
            name: 'Add a book',
            request: {
              method: 'POST',
              header: [{ key: 'X-Run', value: 'a' }],
              url: '{{base}}/books/:shelf',
              urlObject: {
                query: [{ key: 'dry', disabled: true }],
                variable: [{ key: 'shelf', value: 's1' }],
              },
              body: { mode: 'raw', raw: '{"title": "x"}' },
            },
            event: [{ listen: 'test', script: { exec: ['one();', 'two();'] } }],
            response: [{ name: 'Created', code: 201, body: '{}' }],
          },
        ],
      },
      { name: 'List', request: { method: 'GET', url: '{{base}}/books' } },
    ],
  });
});

test('a folder with broken YAML names the file, the line and the column', async () => {
  write('broken/A.request.yaml', '$kind: http-request\nurl: [1');
  await expect(readSource('broken', near)).rejects.toThrow(/A\.request\.yaml:2:\d+/);
  mkdirSync(join(folder, 'empty'));
  await expect(readSource('empty', near)).rejects.toThrow('no collection in this folder');
});
