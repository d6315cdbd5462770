import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import { explain } from '../../../src/contract/explain';
import { strayFiles } from '../../../src/contract/schema-files';
import { SchemaStore } from '../../../src/contract/store';
import { SchemaCompileError } from '../../../src/errors';
import { item, requestOf } from '../collections';
import { check, storeOf } from './support';

const draft = (name: string) => `http://json-schema.org/${name}/schema#`;
const newer = (name: string) => `https://json-schema.org/draft/${name}/schema`;

// Each dialect with a keyword that only it, or not every other, knows.
test.each([
  [
    '2020-12',
    {
      $schema: newer('2020-12'),
      type: 'array',
      prefixItems: [{ type: 'integer' }],
      minItems: 1,
      items: false,
    },
    [1],
    ['x'],
  ],
  [
    '2019-09',
    { $schema: newer('2019-09'), type: 'object', dependentRequired: { a: ['b'] } },
    { a: 1, b: 1 },
    { a: 1 },
  ],
  [
    'draft-07',
    {
      $schema: draft('draft-07'),
      type: 'array',
      items: [{ type: 'integer' }],
      minItems: 1,
      additionalItems: false,
    },
    [1],
    ['x'],
  ],
  ['draft-06', { $schema: draft('draft-06'), type: 'number', exclusiveMinimum: 0, examples: [1] }, 1, 0],
  ['draft-04', { $schema: draft('draft-04'), type: 'number', minimum: 0, exclusiveMinimum: true }, 1, 0],
  ['2020-12 by default', { type: 'object', dependentRequired: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
])('%s is read as what it is', (_name, schema, holds, differs) => {
  const store = storeOf({ 'get.200.json': schema });
  const place = { file: 'get.200.json', pointer: '' };
  expect([store.accepts(place, holds), store.accepts(place, differs)]).toEqual([true, false]);
});

test.each([
  ['an unknown keyword', { type: 'object', propertees: {} }],
  ['a keyword of another dialect', { $schema: draft('draft-07'), type: 'array', prefixItems: [] }],
  ['an unknown format', { type: 'string', format: 'colour' }],
  ['a type that does not exist', { type: 'strnig' }],
  ['properties of no type', { properties: { a: { type: 'string' } } }],
  ['a reference to nothing', { $ref: 'shared/none.json' }],
  ['a remote reference', { $ref: 'https://example.com/schema.json' }],
  ['a dialect that only looks like one', { $schema: 'https://example.com/2020-12/own', type: 'object' }],
  ['an unknown dialect', { $schema: draft('draft-03'), type: 'object' }],
  ['a schema that is a text', '"object"'],
])('%s does not compile, and the file is named', (_name, schema) => {
  expect(() => storeOf({ 'folder/get.200.json': schema })).toThrow(SchemaCompileError);
  expect(() => storeOf({ 'folder/get.200.json': schema })).toThrow(/folder\/get\.200\.json/);
});

describe('a schema that does not compile is told with its place, what stands there and one reason', () => {
  const TYPES = 'array, boolean, integer, null, number, object, string';
  const inside = (a: unknown) => ({ type: 'object', properties: { ok: { type: 'string' }, a } });
  const placeOfFault = (files: Readonly<Record<string, object>>) => {
    const texts = Object.entries(files).map(([file, one]) => [file, JSON.stringify(one, null, 1)] as const);
    try {
      SchemaStore.of(new Map(texts), '/schemas');
    } catch (error) {
      const { what, where } = error as SchemaCompileError;
      return { what: what.replace('the schema does not compile: ', ''), where };
    }
    return null;
  };

  test.each<[what: string, line: number, schema: object]>([
    [`/type must be one of ${TYPES}, and is "strnig"`, 2, { type: 'strnig' }],
    [`/properties/a/type must be one of ${TYPES}, and is "strnig"`, 8, inside({ type: 'strnig' })],
    [`/type/1 must be one of ${TYPES}, and is "strnig"`, 4, { type: ['string', 'strnig'] }],
    [
      `/items/0/type must be one of ${TYPES}, and is "strnig"`,
      6,
      { $schema: draft('draft-07'), type: 'array', items: [{ type: 'strnig' }] },
    ],
    ['/properties/a must be object or boolean, and is 1', 7, inside(1)],
    ['/required must be array, and is "id"', 3, { type: 'object', required: 'id' }],
    ['/properties/a/propertees is an unknown keyword', 9, inside({ type: 'object', propertees: {} })],
    [
      '/properties/a/format must be a known format, and is "colour"',
      9,
      inside({ type: 'string', format: 'colour' }),
    ],
    [
      '/properties/a/pattern must be a regular expression (Unterminated group), and is "("',
      9,
      inside({ type: 'string', pattern: '(' }),
    ],
    [
      '/properties/a/$ref must lead to a schema of the folder, and is "none.json"',
      8,
      inside({ $ref: 'none.json' }),
    ],
    ['/properties/a: missing type "object" for keyword "required"', 7, inside({ required: ['b'] })],
  ])('%s', (what, line, schema) => {
    expect(placeOfFault({ 'a/get.200.json': schema })).toEqual({
      what,
      where: `/schemas/a/get.200.json:${line}`,
    });
  });

  test('in the file that it is in, whoever refers to it', () => {
    const files = {
      'get.200.json': { $ref: 'shared/b.json' },
      'shared/b.json': inside({ type: 'object', propertees: {} }),
    };
    expect(placeOfFault(files)?.where).toBe('/schemas/shared/b.json:9');
  });

  test('and a property is no keyword', () => {
    const schema = {
      type: 'object',
      properties: { x: { type: 'string' } },
      allOf: [{ type: 'object', x: 1 }],
    };
    expect(placeOfFault({ 'get.200.json': schema })?.what).toBe('/allOf/0/x is an unknown keyword');
  });
});

test('x- annotations are allowed, wherever they stand', () => {
  const schema = {
    type: 'object',
    'x-source': 'documented',
    properties: { a: { type: 'string', 'x-unit': 'ms' } },
  };
  expect(() => storeOf({ 'get.200.json': schema })).not.toThrow();
});

test('names that look like annotations or keywords are only names', () => {
  const schema = {
    type: 'object',
    properties: { 'x-a.b': { type: 'string' }, properties: { type: 'object', 'x-unit': 'ms' } },
    dependentRequired: { 'x-a.b': ['properties'] },
    default: { 'x-c.d': 1 },
    'x-source': { 'x-e.f': 1 },
  };
  expect(() => storeOf({ 'get.200.json': schema })).not.toThrow();
});

test('statuses of a key are its own, not those of a key that begins alike', () => {
  const any = { type: 'object' };
  const store = storeOf({
    'a/get.200.json': any,
    'a/get.404.json': any,
    'a/get.more.200.json': any,
    'a/get~2.200.json': any,
  });
  expect(store.statusesOf('a/get')).toEqual([200, 404]);
});

test('a schema that belongs to no request is named; shared ones belong to all', () => {
  const collection = loadCollection(
    { info: { name: 'C' }, item: [{ name: 'get', request: 'http://127.0.0.1/' }] },
    'c.json',
    'c',
  );
  const any = { type: 'object' };
  const store = storeOf({ 'get.200.json': any, 'shared/x.json': any, 'old.200.json': any, 'get.json': any });
  expect(strayFiles(store.files, collection)).toEqual(['get.json', 'old.200.json']);
});

test('a folder that is not there has no schemas', () => {
  const { SchemaStore } = jest.requireActual<typeof import('../../../src/contract/store')>(
    '../../../src/contract/store',
  );
  expect(SchemaStore.load('/nowhere/at/all').statusesOf('a')).toEqual([]);
});

describe('files with the same text', () => {
  const schema = {
    anyOf: [
      { title: 'one', type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      { title: 'other', type: 'object', required: ['b'], properties: { b: { type: 'integer' } } },
    ],
  };
  const at = (file: string) => ({ file: `${file}.200.json`, pointer: '/anyOf/0' });

  test('share what takes a value, and what is broken is told of its own file', () => {
    const store = storeOf({ 'a.200.json': schema, 'b.200.json': schema, 'c.200.json': schema });
    for (const file of ['b', 'a', 'c', 'b']) {
      expect(explain(store, at(file), { a: 'x' })).toEqual([]);
      const [found] = explain(store, at(file), { a: 1 });
      expect(found).toMatchObject({
        kind: 'type-changed',
        schema: expect.stringMatching(new RegExp(`/${file}\\.200\\.json#/anyOf/0/properties/a/type$`)),
      });
      const [nearest] = explain(store, { ...at(file), pointer: '' }, { b: 'x' });
      expect(nearest?.schema).toMatch(new RegExp(`/${file}\\.200\\.json#/anyOf/`));
    }
  });

  test('are read once for all requests, and each answer is told of its own file', () => {
    const plain = { type: 'object', properties: { a: { type: 'string' } } };
    // The first of the two is the one that is read.
    for (const text of [plain, schema]) {
      const found = check(text, { a: 1, c: { d: 1 } }, { 'a.200.json': text });
      expect(found.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['type-changed', 'property-undeclared']),
      );
      for (const one of found)
        expect(one).toMatchObject({ schema: expect.stringMatching(/\/get\.200\.json#/) });
    }
  });

  test('are each compiled where a reference means another thing in each', () => {
    const store = storeOf({
      'x/get.200.json': { $ref: 'part.json' },
      'x/part.json': { type: 'string' },
      'y/get.200.json': { $ref: 'part.json' },
      'y/part.json': { type: 'integer' },
    });
    expect(store.accepts({ file: 'x/get.200.json', pointer: '' }, 'text')).toBe(true);
    expect(store.accepts({ file: 'y/get.200.json', pointer: '' }, 'text')).toBe(false);
    expect(store.accepts({ file: 'y/get.200.json', pointer: '' }, 1)).toBe(true);
  });
});

test('what OpenAPI only describes with is no unknown keyword, and data in it is no schema', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string', example: 'x', xml: { name: 'b' }, externalDocs: {} } },
    example: { type: 'strnig', 'x-a.b': 1 },
  };
  expect(() => storeOf({ 'get.200.json': schema })).not.toThrow();
});

test('a reference into another dialect is named as that', () => {
  const files = { 'get.200.json': { $ref: 'shared/a.json' } };
  const other = { $schema: draft('draft-07'), type: 'object' };
  expect(() => storeOf({ ...files, 'shared/a.json': other })).toThrow(
    /refers to shared\/a\.json, which has another \$schema/,
  );
  expect(() => storeOf({ ...files, 'shared/a.json': { type: 'object' } })).not.toThrow();
});

describe('a reference means the place', () => {
  const store = storeOf({
    'get.200.json': {
      $id: 'https://example.com/get',
      type: 'object',
      properties: { a: { $ref: 'shared/b.json' }, b: { $ref: '/shared/b.json#/$defs/c' } },
      $defs: { inner: { $id: 'deep/inner', $anchor: 'here', type: 'string' } },
    },
    'b.json': {
      $id: 'https://example.com/shared/b.json',
      type: 'object',
      $defs: { c: { $anchor: 'c', type: 'string' } },
    },
    'shared/c d.json': { type: 'string' },
  });
  const place = (file: string, pointer = '') => ({ file, pointer });

  test.each([
    ['shared/b.json', 'get.200.json', 'b.json', ''],
    ['/shared/b.json#/$defs/c', 'get.200.json', 'b.json', '/$defs/c'],
    ['/shared/b.json#c', 'get.200.json', 'b.json', '/$defs/c'],
    ['deep/inner', 'get.200.json', 'get.200.json', '/$defs/inner'],
    ['deep/inner#here', 'get.200.json', 'get.200.json', '/$defs/inner'],
    ['../get', 'b.json', 'get.200.json', ''],
    ['#', 'b.json', 'b.json', ''],
    ['a.json', 'shared/c d.json', null, null],
    ['c%20d.json', 'shared/c d.json', 'shared/c d.json', ''],
    ['https://example.com/none', 'b.json', null, null],
    ['#none', 'b.json', null, null],
    ['http://', 'b.json', null, null],
  ])('%s in %s', (ref, from, file, pointer) => {
    const found = store.resolve(ref, place(from));
    expect([found?.file ?? null, found?.pointer ?? null]).toEqual([file, pointer]);
  });
});

test('lines are those of the file, at whatever pointer', () => {
  const store = storeOf({
    'get.200.json':
      '{\n  "type": "object",\n  "properties": {\n    "a/b": { "type": "string",\n      "enum": ["x",\n "y"] }\n  }\n}',
  });
  const lineOf = (pointer: string) => store.lineOf({ file: 'get.200.json', pointer });
  expect(['', '/type', '/properties/a~1b/enum', '/properties/a~1b/enum/1', '/none'].map(lineOf)).toEqual([
    1,
    2,
    5,
    6,
    undefined,
  ]);
});

test('a schema rests on the samples that are said nearest around it', () => {
  const store = storeOf({
    'get.200.json': {
      'x-samples': 3,
      type: 'object',
      properties: { a: { type: 'object', 'x-samples': 1, properties: { b: { type: 'string' } } } },
    },
    'put.200.json': { type: 'object' },
  });
  const samples = (pointer: string, file = 'get.200.json') => store.samplesAt({ file, pointer });
  expect([samples(''), samples('/properties/a/properties/b'), samples('/properties')]).toEqual([3, 1, 3]);
  expect(samples('', 'put.200.json')).toBeUndefined();
});

test('values are compared as JSON, whatever they call their properties', () => {
  const store = storeOf({
    'a.200.json': { const: { toString: 1, n: 0 } },
    'b.200.json': { enum: [[{ valueOf: 1 }], 'x'] },
    'c.200.json': { type: 'array', uniqueItems: true, items: {} },
  });
  const takes = (file: string, value: unknown) => store.accepts({ file, pointer: '' }, value);
  expect(takes('a.200.json', { n: -0, toString: 1 })).toBe(true);
  expect(takes('a.200.json', { toString: 'x' })).toBe(false);
  expect(takes('b.200.json', [{ valueOf: 1 }])).toBe(true);
  expect(takes('b.200.json', [{ valueOf: 2 }])).toBe(false);
  expect(takes('c.200.json', [{ toString: 1 }, {}])).toBe(true);
  expect(takes('c.200.json', [{ toString: 1 }, { toString: 1 }])).toBe(false);
});

test('the variant of an example with placeholders, or with comments, is that of what it means', () => {
  const variant = (title: string, id: object) => ({
    title,
    type: 'object',
    required: ['id'],
    properties: { id },
  });
  const store = storeOf({
    'get.200.json': {
      anyOf: [variant('texts', { type: 'string' }), variant('numbers', { type: 'integer' })],
    },
  });
  const expected = (body: string) =>
    store.contractOf(
      requestOf({ ...item('get'), response: [{ name: 'e', code: 200, header: [], body }] }),
      200,
    )?.variant;
  expect(expected('{"id": "<integer>"}')).toBe('numbers');
  expect(expected('{"id": 7, // a number\n}')).toBe('numbers');
  expect(expected('{"id": "x"}')).toBe('texts');
  expect(expected('{"id": ')).toBeNull();
});

test('schemas behind a linked folder are read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftgate-schemas-'));
  try {
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared/thing.json'), '{"type":"object"}');
    symlinkSync(join(folder, 'shared'), join(folder, 'linked'), 'dir');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    // These lead back to where they stand, and to themselves.
    symlinkSync(folder, join(folder, 'shared/up'), 'dir');
    symlinkSync(join(folder, 'self'), join(folder, 'self'));
    expect(SchemaStore.load(folder).files).toEqual(['linked/thing.json', 'shared/thing.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
