import * as fc from 'fast-check';
import { documentedOf, ReturnedProperties } from '../../../src/contract/coverage';
import { checkJson } from '../../../src/contract/json-body';
import type { SchemaStore } from '../../../src/contract/store';
import { plannedWith, storeOf } from './support';

const { request } = plannedWith([{ body: {} }, { code: 404, body: {} }]);

/** What is documented of status 200, and what of it these bodies had, both as places in the response. */
function coverage(store: SchemaStore, ...bodies: unknown[]): { documented: string[]; returned: string[] } {
  const properties = new Map(documentedOf(store, request, [200]).properties);
  const heard = new ReturnedProperties();
  const contract = store.contractOf(request, 200);
  if (contract === null) throw new Error('no contract');
  const ids = bodies.flatMap((body) => {
    const response = { status: 200, statusText: '', headers: [], body: JSON.stringify(body), sizeBytes: 0 };
    checkJson(contract, undefined, response, store, heard.listenerFor('get'));
    return heard.take();
  });
  expect(ids).toEqual([...new Set(ids)]);
  return {
    documented: [...properties.values()].sort(),
    returned: ids.map((id) => properties.get(id) ?? `unknown ${id}`).sort(),
  };
}

const leaf = { type: 'string' };
const address = { type: 'object', properties: { street: leaf, zip: leaf } };
const FILES = {
  'get.200.json': {
    type: 'object',
    properties: {
      id: leaf,
      home: { $ref: 'shared/address.json' },
      tags: { type: 'array', items: { type: 'object', properties: { name: leaf, color: leaf } } },
      byDay: { type: 'object', additionalProperties: { type: 'object', properties: { open: leaf } } },
      never: false,
    },
    allOf: [{ properties: { 'a/b~c': leaf } }],
    anyOf: [
      { type: 'object', required: ['card'], properties: { card: leaf } },
      { type: 'object', required: ['iban'], properties: { iban: leaf } },
    ],
  },
  'get.404.json': { type: 'object', properties: { error: leaf } },
  'shared/address.json': address,
};
const ALL = [
  '200 /a~1b~0c',
  '200 /byDay',
  '200 /byDay/*/open',
  '200 /card',
  '200 /home',
  '200 /home/street',
  '200 /home/zip',
  '200 /iban',
  '200 /id',
  '200 /tags',
  '200 /tags/*/color',
  '200 /tags/*/name',
];

test('properties are found through references, lists, maps and variants, on either side', () => {
  const store = storeOf(FILES);
  expect(coverage(store).documented).toEqual(ALL);
  expect(coverage(store, { card: 'x', tags: [{}, { name: 'n' }], other: 1 }).returned).toEqual([
    '200 /card',
    '200 /tags',
    '200 /tags/*/name',
  ]);
  const full = {
    id: 'a',
    'a/b~c': 'b',
    home: { street: 's', zip: 'z' },
    byDay: { mon: { open: '9' } },
    tags: [{ name: 'n' }, { color: 'c' }],
  };
  expect(coverage(store, { ...full, card: 'x' }, { ...full, iban: 'y' }).returned).toEqual(ALL);
});

test('what does not hold to its schema was returned all the same', () => {
  expect(coverage(storeOf(FILES), { id: 7, iban: 'x', home: { zip: null } }).returned).toEqual([
    '200 /home',
    '200 /home/zip',
    '200 /iban',
    '200 /id',
  ]);
});

test('a schema that refers to itself is walked once', () => {
  const tree = {
    type: 'object',
    properties: { name: leaf, children: { type: 'array', items: { $ref: '#' } } },
  };
  const { documented, returned } = coverage(storeOf({ 'get.200.json': tree }), {
    children: [{ children: [{ name: 'x' }] }],
  });
  expect(documented).toEqual(['200 /children', '200 /name']);
  expect(returned).toEqual(documented);
});

test('statuses are those of examples and schemas', () => {
  const { statuses, hasExample, hasSchema } = documentedOf(
    storeOf({ ...FILES, 'get.201.json': {} }),
    request,
    [],
  );
  expect({ statuses, hasExample, hasSchema }).toEqual({
    statuses: [200, 201, 404],
    hasExample: true,
    hasSchema: true,
  });
});

test('only what is documented is returned, whatever came', () => {
  const store = storeOf(FILES);
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (bodies) => {
      const { documented, returned } = coverage(store, ...bodies);
      expect(documented).toEqual(expect.arrayContaining(returned));
    }),
  );
});
