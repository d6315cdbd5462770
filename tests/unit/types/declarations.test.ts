import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCollection } from '../../../src/collection/load';
import { defaultConfig } from '../../../src/config/config';
import { SchemaStore } from '../../../src/contract/store';
import { describeRequests } from '../../../src/plan/plan';
import { toDeclarations } from '../../../src/types/declarations';
import { typeOf } from '../../../src/types/schema-type';

const folder = mkdtempSync(join(tmpdir(), 'driftgate-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

function storeOf(files: Readonly<Record<string, object>>): SchemaStore {
  const root = mkdtempSync(join(folder, 'schemas-'));
  for (const [name, schema] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), JSON.stringify(schema));
  }
  return SchemaStore.load(root);
}

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: ['integer', 'null'] }, 'number | null'],
  [{ const: 'ok' }, '"ok"'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
  [{ type: 'array', items: { type: ['string', 'null'] } }, 'readonly (string | null)[]'],
  [{ type: 'array' }, 'readonly unknown[]'],
  [{ type: 'object' }, '{ readonly [name: string]: unknown }'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{ readonly [name: string]: number }'],
  [
    { type: 'object', patternProperties: { '^x': { type: 'number' } } },
    '{ readonly [name: string]: number }',
  ],
  [
    { type: 'object', required: ['a'], properties: { a: { type: 'boolean' }, 'b-c': { type: 'null' } } },
    '{\n  readonly a: boolean;\n  readonly "b-c"?: null;\n}',
  ],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string | number'],
  [
    { allOf: [{ anyOf: [{ $ref: 'shared/b.json' }, { type: 'null' }] }, { $ref: 'shared/b.json' }] },
    '(SharedB | null) & SharedB',
  ],
  [
    { allOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { $ref: 'shared/b.json' }] },
    '{\n  readonly a?: string;\n} & SharedB',
  ],
  [{}, 'unknown'],
])('%j is %s', (schema, type) => {
  const store = storeOf({ 'x.200.json': schema, 'shared/b.json': { type: 'object' } });
  expect(typeOf(store, { file: 'x.200.json', pointer: '' }, { nameOf: () => 'SharedB' })).toBe(type);
});

test('a request has its variables, its bodies, and the body that a run expects', () => {
  const collection = loadCollection(
    {
      info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          name: 'Read */ order',
          request: { method: 'GET', url: 'https://{{host}}/orders/{{order_id}}' },
          response: [{ name: 'Found', code: 200, body: '{"id":{}}' }],
        },
      ],
    },
    'shop.json',
    'shop',
  );
  const requests = describeRequests(collection, defaultConfig('shop.json', folder));
  const store = storeOf({
    'read-order.200.json': {
      anyOf: [
        {
          title: 'success',
          type: 'object',
          required: ['id'],
          properties: { id: { $ref: 'shared/node.json' } },
        },
        { title: 'error', type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
      ],
    },
    'shared/node.json': {
      description: 'Ends */ here.',
      type: 'object',
      properties: { child: { $ref: 'node.json' } },
    },
  });
  const text = toDeclarations(collection, requests, store);
  expect(text).toContain('/** GET Read *\\/ order */');
  expect(text).toContain('variables: "host" | "order_id";');
  expect(text).toMatch(/success: \{\s+readonly id: Node;\s+\};/);
  expect(text).toContain('readonly child?: Node;');
  expect(text).toContain('/** Ends *\\/ here. */');
});
