import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Edit } from '../../../src/learn/changes';
import { learnContracts } from '../../../src/learn/learn';
import { readContracts, updateFrom, updateOf, writeUpdate } from '../../../src/learn/update';
import { exchangeOf, responseOf } from '../collections';
import { collectionWith, recorded } from './support';

const folder = mkdtempSync(join(tmpdir(), 'driftgate-update-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCHEMA = JSON.stringify(
  { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
  null,
  2,
);
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
beforeEach(() => writeFileSync(join(folder, 'get.200.json'), SCHEMA));

test('what a run was answered becomes files and lines, and is written when somebody says so', async () => {
  const json = { headers: [['Content-Type', 'application/json; charset=utf-8']] as const };
  const answers = [
    exchangeOf({ key: 'get', response: responseOf('{"a": null}', json) }),
    exchangeOf({ key: 'get', response: responseOf('{"error": 1}', { ...json, status: 404 }) }),
    exchangeOf({ key: 'get', response: responseOf('<a>', { headers: [['Content-Type', 'text/html']] }) }),
    exchangeOf({ key: 'get', response: responseOf('', json) }),
    exchangeOf({ key: 'get', response: responseOf('{"a"', json) }),
    exchangeOf({ key: 'get', response: null, failure: { kind: 'timeout', code: 'X', message: 'x' } }),
    exchangeOf({ key: 'unknown', response: responseOf('{}', json) }),
  ];
  const contracts = readContracts(folder, 'schemas');
  const update = await updateFrom(collectionWith(), contracts, answers);
  expect(update.lines).toEqual([
    'get 404: no schema -> learned from 1 sample',
    'get 200 /a: string -> string or null',
  ]);
  expect(readFileSync(join(folder, 'get.200.json'), 'utf8')).toBe(SCHEMA);
  writeUpdate(contracts, update);
  expect(read('get.200.json').properties.a.type).toEqual(['string', 'null']);
  expect(read('get.404.json').required).toEqual(['error']);
  expect((await updateFrom(collectionWith(), readContracts(folder, 'schemas'), answers)).lines).toEqual([]);
  rmSync(join(folder, 'get.404.json'));
});

test('of changes that are not all wanted, those that stand on others are not told', () => {
  const contracts = readContracts(folder, 'schemas');
  const edit = (was: string, now: string): Edit => ({
    file: 'get.200.json',
    change: { key: 'get', status: 200, pointer: '/a', file: 'get.200.json', was, now },
    apply: (text) => text?.replace(`"${was}"`, `"${now}"`) ?? null,
  });
  const edits = [edit('string', 'integer'), edit('integer', 'number')];
  const told = (...wanted: readonly string[]) =>
    updateOf(contracts, edits, ({ now }) => wanted.includes(now));
  expect(told('integer', 'number').lines).toHaveLength(2);
  expect(told('integer').lines).toEqual(['get 200 /a: string -> integer']);
  expect(told('number')).toEqual({ files: new Map(), changes: [], lines: [] });
});

test('how many samples there were is kept where anything else changes, and only there', async () => {
  writeFileSync(
    join(folder, 'get.200.json'),
    SCHEMA.replace('"type": "object"', '"type": "object",\n  "x-samples": 2'),
  );
  const contracts = readContracts(folder, 'schemas');
  const { edits } = await learnContracts(collectionWith(), contracts, () =>
    recorded([{ a: 1 }, { a: null }]),
  );
  const texts = (isWanted: boolean) => updateOf(contracts, edits, () => isWanted).files.get('get.200.json');
  expect(texts(true)).toContain('"x-samples": 4');
  expect(texts(false)).toBeUndefined();
});

test('a folder that cannot be written to is named', () => {
  const contracts = { folder: join(folder, 'get.200.json'), label: 'schemas', texts: new Map() };
  const files = new Map([['a.200.json', '{}']]);
  expect(() => writeUpdate(contracts, { files })).toThrow(/cannot write the schema, .*a\.200\.json/);
});
