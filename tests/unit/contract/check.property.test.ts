import * as fc from 'fast-check';
import { holdExchange } from '../../../src/contract/check';
import { explain } from '../../../src/contract/explain';
import { readJson } from '../../../src/contract/reading';
import type { SchemaStore } from '../../../src/contract/store';
import { SchemaCompileError } from '../../../src/errors';
import { exchangeWith, plannedWith, storeOf } from './support';

const NAMES = ['a', 'b', 'toString', '__proto__', 'x/y', '~', '', '0'];
const name = fc.constantFrom(...NAMES);
const value = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', 'x', '2026-01-01', [], {}),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(name, tie('json')), { maxLength: 4 })
      .map((entries) =>
        JSON.parse(
          `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join()}}`,
        ),
      ),
  ),
})).json;

type Node = Record<string, unknown>;
// Named so that no linter takes it for a promise.
const THEN = 'then';

type Build = (a: Node, b: Node) => Node;
const BUILDS: Build[] = [
  (a, b) => ({ type: 'object', properties: { a, toString: b }, required: ['a'] }),
  (a, b) => ({ type: 'object', properties: { b: a }, additionalProperties: b }),
  (a, b) => ({
    type: 'object',
    patternProperties: { '^x': a, '^.$': b },
    additionalProperties: false,
  }),
  (a, b) => ({ type: 'array', items: a, contains: b }),
  (a, b) => ({ type: 'array', prefixItems: [a], minItems: 1, items: b }),
  (a, b) => ({ anyOf: [a, b] }),
  (a, b) => ({ oneOf: [a, b] }),
  (a, b) => ({ allOf: [a, b] }),
  (a, b) => ({ not: a, if: a, [THEN]: b, else: a }),
  (a, b) => ({ type: 'object', dependentSchemas: { a }, unevaluatedProperties: b }),
];

/** Any schema that compiles, with every keyword that leads into another one. */
const schema = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Node>(
      { type: 'string' },
      { type: 'integer', minimum: 0 },
      { type: ['number', 'null'] },
      { type: 'string', format: 'date' },
      { const: 'x' },
      { enum: [1, 'x', null, {}] },
      { type: 'object' },
      { $ref: '#' },
      { $dynamicRef: '#node' },
      {},
    ),
    fc.tuple(fc.constantFrom(...BUILDS), tie('node'), tie('node')).map(([build, a, b]) => build(a, b)),
  ),
})).node;
/** Whether a schema refers to itself without anything between, which no validator survives. */
const isEndless = (node: unknown): boolean => {
  if (typeof node !== 'object' || node === null) return false;
  if ('$ref' in node || '$dynamicRef' in node) return true;
  return ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'then', 'else', 'dependentSchemas'].some((keyword) => {
    const inner: unknown = Reflect.get(node, keyword);
    return typeof inner === 'object' && inner !== null && [inner, ...Object.values(inner)].some(isEndless);
  });
};

function compiled(root: Node): SchemaStore | null {
  try {
    return storeOf({ 'get.200.json': root });
  } catch (error) {
    if (error instanceof SchemaCompileError) return null;
    throw error;
  }
}

test('checking never throws, and says something exactly where the validator refuses', () => {
  const planned = plannedWith([{}]);
  fc.assert(
    fc.property(
      schema.filter((node) => !isEndless(node)),
      fc.array(value, { minLength: 1, maxLength: 5 }),
      (node, values) => {
        const store = compiled({ $dynamicAnchor: 'node', ...node });
        // Strict about types, the validator refuses some of what was made up here.
        fc.pre(store !== null);
        const place = { file: 'get.200.json', pointer: '' };
        for (const one of values) {
          const { findings } = holdExchange(planned, exchangeWith(JSON.stringify(one)), store);
          const refusing = findings.filter(({ kind, keyword }) => kind !== 'property-undeclared' || keyword);
          expect(refusing.length > 0).toBe(!store.accepts(place, one));
          expect(explain(store, place, one).length > 0).toBe(!store.accepts(place, one));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a text is read as JSON reads it, whatever is in it, and its numbers and names are told once', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        value.map((one) => JSON.stringify(one)),
      ),
      (text) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(readJson(text)).toBeNull();
          return;
        }
        const reading = readJson(text);
        expect(reading?.repeated).toEqual([]);
        if (!text.includes('-0')) expect(reading?.value).toEqual(parsed);
      },
    ),
  );
});
