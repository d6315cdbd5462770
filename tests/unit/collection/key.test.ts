import fc from 'fast-check';
import { keyMaker, slug } from '../../../src/collection/key';

test.each<[name: string, want: string]>([
  ['Create Customer', 'create-customer'],
  ['  GET /v1/items/:id  ', 'get-v1-items-id'],
  ['Tags -- (beta)!', 'tags-beta'],
  ['snake_case', 'snake-case'],
  ['Kunden löschen', 'kunden-löschen'],
  ['顧客 2', '顧客-2'],
  ['ＦＵＬＬ', 'full'],
  ['Re\u0301sume\u0301', 'résumé'],
  ['हिन्दी', 'हिन्दी'],
  ['', 'unnamed'],
  ['../..', 'unnamed'],
  ['🚀', 'unnamed'],
])('slug of %j is %j', (name, want) => {
  expect(slug(name)).toBe(want);
});

test('duplicates are numbered in collection order, for each folder of its own', () => {
  const keyOf = keyMaker();
  const given: [folder: string[], name: string][] = [
    [[], 'List'],
    [['Customers'], 'List'],
    [['customers'], 'LIST'],
    [['Customers', 'Tags'], 'List'],
    [['Customers'], 'list!'],
    [[], 'List 2'],
    [[], 'list'],
  ];
  expect(given.map(([folder, name]) => keyOf(folder, name))).toEqual([
    'list',
    'customers/list',
    'customers/list~2',
    'customers/tags/list',
    'customers/list~3',
    'list-2',
    'list~2',
  ]);
});

test('another collection counts anew', () => {
  expect([keyMaker()([], 'a'), keyMaker()([], 'a')]).toEqual(['a', 'a']);
});

test('keys are unique and good file names, whatever the names', () => {
  const names = fc.array(
    fc.tuple(fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }), fc.string({ maxLength: 3 })),
  );
  fc.assert(
    fc.property(names, (given) => {
      const keyOf = keyMaker();
      const keys = given.map(([folder, name]) => keyOf(folder, name));
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^[\p{L}\p{N}\p{M}-]+(\/[\p{L}\p{N}\p{M}-]+)*(~\d+)?$/u);
    }),
  );
});
