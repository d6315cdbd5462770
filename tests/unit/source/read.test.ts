import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CollectionFormatError, SourceError } from '../../../src/errors';
import { type ReadOptions, readSource } from '../../../src/source/read';

const SHOP = { info: { name: 'Shop' }, item: [] };
const INFO = { name: 'Shop', owner: '1234567', publishedId: 'AbCdEf12' };

/** What the server answers by path, and what it was asked. */
const answers = new Map<string, { status?: number; body: string }>();
const asked: string[] = [];
let server: Server;
let origin: string;
let directory: string;
let near: ReadOptions;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-read-'));
  near = { directory, fetch: { backoffMs: 1 } };
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, body } = answers.get((request.url ?? '').split('?')[0] ?? '') ?? {
      status: 404,
      body: '{}',
    };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = originOf(server);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answers.clear();
  asked.length = 0;
});

describe('an address', () => {
  test('is read as JSON, with or without a byte-order mark', async () => {
    answers.set('/shop.json', { body: `\uFEFF${JSON.stringify(SHOP)}` });
    const document = await readSource(`${origin}/shop.json`, near);
    expect(document).toEqual({ json: SHOP, source: `${origin}/shop.json`, published: null, notes: [] });
  });

  test('of a page leads to the JSON of the page, and stays the source', async () => {
    answers.set('/api/collections/1234567/AbCdEf12', { body: JSON.stringify(SHOP) });
    const document = await readSource(`${origin}/view/1234567/AbCdEf12?version=v2`, near);
    expect(document).toMatchObject({ json: SHOP, source: `${origin}/view/1234567/AbCdEf12?version=v2` });
    expect(asked).toEqual(['/api/collections/1234567/AbCdEf12?segregateAuth=true&versionTag=v2']);
  });

  test.each<[given: string, status: number, body: string, kind: new (...args: never) => Error, what: string]>(
    [
      ['HTML', 200, '\n<!DOCTYPE html><p>Hello', CollectionFormatError, 'HTML instead of JSON'],
      ['other text', 200, 'hello', CollectionFormatError, 'not JSON: invalid symbol'],
      [
        'a 404, though it is JSON',
        404,
        JSON.stringify(SHOP),
        SourceError,
        'nothing is published there (404)',
      ],
      ['a 500 page', 500, '<p>Oops', SourceError, 'the server answered 500'],
    ],
  )('that answers %s is refused', async (_case, status, body, kind, what) => {
    answers.set('/shop.json', { status, body });
    const fault = await faultOf(readSource(`${origin}/shop.json`, near));
    expect(fault).toBeInstanceOf(kind);
    expect(fault).toMatchObject({ what, where: expect.stringContaining(`${origin}/shop.json`) });
  });

  test('where nothing listens is a SourceError with the code and what to do', async () => {
    const address = `${await closedOrigin()}/shop.json`;
    const fault = await faultOf(readSource(address, { ...near, todo: 'plug it in' }));
    expect(fault).toBeInstanceOf(SourceError);
    expect(fault).toMatchObject({
      what: 'cannot fetch the collection (ECONNREFUSED)',
      where: address,
      todo: 'plug it in',
    });
  });
});

describe('a metadata document', () => {
  const saved = (more: object = {}): string => {
    const file = join(directory, 'metadata.json');
    writeFileSync(file, JSON.stringify({ canonicalUrl: origin, collection: { info: INFO }, ...more }));
    return file;
  };

  test('in a file leads to the collection at its canonical address', async () => {
    answers.set('/api/collections/1234567/AbCdEf12', { body: JSON.stringify(SHOP) });
    expect(await readSource(saved({ activeVersionTag: 'v7' }), near)).toEqual({
      json: SHOP,
      source: 'https://documenter.getpostman.com/view/1234567/AbCdEf12',
      published: { ...INFO, versionTag: 'v7' },
      notes: [],
    });
    expect(asked).toEqual(['/api/collections/1234567/AbCdEf12?segregateAuth=true&versionTag=v7']);
  });

  test('at an address leads to the collection at the same origin', async () => {
    answers.set('/view/metadata/AbCdEf12', { body: JSON.stringify({ collection: { info: INFO } }) });
    answers.set('/api/collections/1234567/AbCdEf12', { body: JSON.stringify(SHOP) });
    const document = await readSource(`${origin}/view/metadata/AbCdEf12`, near);
    expect(document).toMatchObject({ json: SHOP, published: INFO });
    expect(asked).toHaveLength(2);
  });

  test('is named where its collection cannot be had', async () => {
    const file = saved();
    const gone = await faultOf(readSource(file, near));
    expect(gone).toMatchObject({ what: 'nothing is published there (404)' });
    const closed = await closedOrigin();
    const offline = await faultOf(readSource(saved({ canonicalUrl: closed }), near));
    expect(offline).toBeInstanceOf(SourceError);
    expect(offline).toMatchObject({
      what: 'cannot fetch the collection (ECONNREFUSED)',
      where: expect.stringContaining(closed),
      todo: expect.stringContaining(`${file} is only the metadata of "Shop", the pin is kept`),
    });
  });
});

describe('a file', () => {
  test('is read, and is its own source', async () => {
    const file = join(directory, 'shop.json');
    writeFileSync(file, JSON.stringify(SHOP));
    expect(await readSource(file, { ...near, directory: '/elsewhere' })).toEqual({
      json: SHOP,
      source: file,
      published: null,
      notes: [],
    });
  });

  test('is looked for from the given folder, and its source stays as it was written', async () => {
    writeFileSync(join(directory, 'near.json'), JSON.stringify(SHOP));
    expect(await readSource('near.json', near)).toMatchObject({ json: SHOP, source: 'near.json' });
  });

  test('that was saved from published documentation keeps its facts', async () => {
    const file = join(directory, 'published.json');
    writeFileSync(file, JSON.stringify({ ...SHOP, info: { ...INFO, publishDate: '2024-05-01' } }));
    const { published, source } = await readSource(file, near);
    expect([source, published]).toEqual([file, { ...INFO, publishDate: '2024-05-01' }]);
    expect(asked).toEqual([]);
  });

  test('that is not there, or is a folder, is a SourceError', async () => {
    const missing = join(directory, 'missing.json');
    const fault = await faultOf(readSource('missing.json', near));
    expect(fault).toBeInstanceOf(SourceError);
    expect(fault).toMatchObject({ what: 'no such file', where: missing });
    expect(await faultOf(readSource(directory, near))).toMatchObject({
      what: 'no collection in this folder',
    });
  });

  test('that is not JSON says its line', async () => {
    const file = join(directory, 'broken.json');
    writeFileSync(file, '{\n  "info": }\n');
    const fault = await faultOf(readSource(file, near));
    expect(fault).toBeInstanceOf(CollectionFormatError);
    expect(fault).toMatchObject({ where: `${file}:2:11` });
  });
});

function originOf(listening: Server): string {
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function closedOrigin(): Promise<string> {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const origin = originOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  return origin;
}

async function faultOf(step: Promise<unknown>): Promise<unknown> {
  return step.then(
    (value) => ({ unexpected: value }),
    (error: unknown) => error,
  );
}
