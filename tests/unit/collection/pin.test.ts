import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  collectionId,
  hostTemplate,
  type Lock,
  lockFileOf,
  lockOf,
  type Provenance,
  readPin,
  writePin,
} from '../../../src/collection/pin';
import { CollectionFormatError, PinMismatchError, SourceError } from '../../../src/errors';
import { folder, item, load, requestOf, script } from '../collections';

const PROVENANCE: Provenance = { source: 'https://docs.example.test', name: 'Shop', publishedId: 'AbCdEf12' };
const SHOP = load(
  [
    {
      ...folder('f', { ...item('a', 'https://{{host}}:8443/a'), event: [script('test', 'own();')] }),
      event: [script('prerequest', 'folder();')],
    },
    item('b', 'https://api.example.test/b'),
    item('c', 'https://api.example.test/c?x=1'),
    item('d', ''),
  ],
  { event: [script('test', 'root();')] },
);

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftgate-pin-'));
  file = join(directory, 'shop.postman_collection.json');
  writePin(file, SHOP, PROVENANCE);
});
afterEach(() => rmSync(directory, { recursive: true }));

test.each([
  ['collections/shop.postman_collection.json', 'shop', 'collections/shop.lock.json'],
  ['shop.JSON', 'shop', 'shop.lock.json'],
  ['a.b.json', 'a.b', 'a.b.lock.json'],
  ['shop', 'shop', 'shop.lock.json'],
])('%s is the collection %s with the lock %s', (given, id, lock) => {
  expect(collectionId(given)).toBe(id);
  expect(lockFileOf(given).replaceAll('\\', '/')).toBe(lock);
});

test('the host template of a URL is as it was written', () => {
  const templates = ['https://{{host}}:8443/a', '{{base}}/a', '', 'http://127.0.0.1:{{port}}'].map((url) =>
    hostTemplate(requestOf(item('r', url)).url),
  );
  expect(templates).toEqual(['{{host}}:8443', '{{base}}', '', '127.0.0.1:{{port}}']);
});

test('a lock knows where the pin is from, each script once, and each host once', () => {
  const lock = lockOf(SHOP, PROVENANCE);
  expect(lock).toMatchObject({ lockVersion: 1, ...PROVENANCE, sha256: SHOP.sha256 });
  expect(lock.hosts).toEqual(['api.example.test', '{{host}}:8443']);
  expect(Object.keys(lock.scripts)).toEqual(['/event/0', '/item/0/event/0', '/item/0/item/0/event/0']);
  for (const hash of Object.values(lock.scripts)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test('what was pinned is read again as it was', () => {
  const { collection, lock } = readPin(file);
  expect(lock).toEqual(lockOf(SHOP, PROVENANCE));
  expect(collection).toEqual(SHOP);
});

test('what means the same still matches: a byte-order mark and another order of keys', () => {
  const { item: items, info } = SHOP.document;
  const { event } = SHOP.document;
  writeFileSync(file, `\uFEFF${JSON.stringify({ item: items, event, info })}`);
  expect(readPin(file).collection.sha256).toBe(SHOP.sha256);
});

describe('refused', () => {
  test.each<[given: string, from: string, to: string, what: string]>([
    ['a changed request', 'api.example.test/b', 'api.example.test/z', 'the pin does not match its lock'],
    ['a changed name', '"Shop"', '"Stop"', 'the pin does not match its lock'],
    ['a changed script', 'own();', 'own2();', 'scripts changed at /item/0/item/0/event/0'],
    ['a script that is gone', 'folder();', '', 'scripts changed at /item/0/event/0'],
  ])('%s', (_case, from, to, what) => {
    replaceIn(file, from, to);
    const refused = () => readPin(file);
    expect(refused).toThrow(PinMismatchError);
    expect(refused).toThrow(
      expect.objectContaining({ what, where: expect.stringContaining(lockFileOf(file)) }),
    );
  });

  test('an added script, though the lock was given the new hash of the collection', () => {
    const other = load([{ ...item('a'), event: [script('test', 'steal();')] }]);
    writePin(file, load([item('a')]), PROVENANCE);
    writeFileSync(file, JSON.stringify(other.document));
    editLock((lock) => ({ ...lock, sha256: other.sha256 }));
    expect(() => readPin(file)).toThrow('scripts changed at /item/0/event/0');
  });

  test.each<[given: string, change: (lock: Lock) => unknown]>([
    ['a lock of another version', (lock) => ({ ...lock, lockVersion: 2 })],
    ['a lock without a hash', ({ sha256: _, ...lock }) => lock],
    ['a lock without scripts', (lock) => ({ ...lock, scripts: null })],
    ['a lock that is a list', () => []],
  ])('%s', (_case, change) => {
    editLock(change);
    const refused = () => readPin(file);
    expect(refused).toThrow(CollectionFormatError);
    expect(refused).toThrow(expect.objectContaining({ where: lockFileOf(file) }));
  });

  test('a lock that is not JSON', () => {
    writeFileSync(lockFileOf(file), '{');
    expect(() => readPin(file)).toThrow(expect.objectContaining({ where: `${lockFileOf(file)}:1:2` }));
  });

  test('a collection that is not there', () => {
    const refused = () => readPin(join(directory, 'missing.json'));
    expect(refused).toThrow(SourceError);
    expect(refused).toThrow('no such file');
  });
});

test('a plain collection has no lock', () => {
  rmSync(lockFileOf(file));
  replaceIn(file, 'own();', 'own2();');
  expect(readPin(file)).toMatchObject({ lock: null, collection: { id: 'shop' } });
});

function replaceIn(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

function editLock(change: (lock: Lock) => unknown): void {
  const lock = JSON.parse(readFileSync(lockFileOf(file), 'utf8')) as Lock;
  writeFileSync(lockFileOf(file), JSON.stringify(change(lock)));
}

test('a lock has the hosts that give OAuth 2 tokens, unless a browser is needed for them', () => {
  const oauth2 = (name: string, parameters: Record<string, string>) =>
    item(name, 'https://api.example.test/x', { auth: { type: 'oauth2', oauth2: parameters } });
  const { hosts } = lockOf(
    load([
      oauth2('a', {
        grant_type: 'client_credentials',
        accessTokenUrl: 'https://user@login.example.test:8443/t?x',
      }),
      oauth2('b', { grant_type: 'password_credentials', accessTokenUrl: '{{scheme}}://{{login}}/t' }),
      oauth2('c', {
        grant_type: 'authorization_code',
        accessTokenUrl: '{{base}}/t',
        refreshTokenUrl: 'https://refresh.example.test/t',
        refreshToken: '{{refresh}}',
      }),
      oauth2('d', { grant_type: 'implicit', accessTokenUrl: 'https://browser.example.test/t' }),
    ]),
    PROVENANCE,
  );
  expect(hosts).toEqual([
    'api.example.test',
    'login.example.test:8443',
    'refresh.example.test',
    '{{base}}',
    '{{login}}',
  ]);
});
