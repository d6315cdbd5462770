import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { isPlainSchema } from '../../../src/contract/plain-schema';
import { storeOf } from './support';

// Meta-schemas are the oracle: what is called plain must hold each of them.
const ORACLES = [Ajv, Ajv2019, Ajv2020].map((Class) => {
  const ajv = new Class({ strict: false, logger: false });
  addFormats(ajv);
  return ajv;
});

const WORDS = [
  'string',
  'object',
  'array',
  'null',
  'strnig',
  '',
  'a',
  '(',
  '[0-9]+',
  '#/$defs/a',
  'x y',
  '%zz',
];
const KEYWORDS = [
  ...['$schema', '$comment', 'title', 'description', 'format', 'pattern', '$ref', 'type', 'required', 'enum'],
  ...['const', 'default', 'examples', 'deprecated', 'readOnly', 'uniqueItems', 'minimum', 'exclusiveMaximum'],
  ...['multipleOf', 'minLength', 'maxItems', 'minProperties', 'items', 'additionalProperties', 'not'],
  ...['properties', '$defs', 'patternProperties', 'allOf', 'anyOf', 'x-samples', 'prefixItems', 'if', '$id'],
];
const { schema } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(...WORDS),
    fc.constantFrom(-1, 0, 0.5, 3, 2 ** 60, true, false, null),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    tie('schema'),
    fc.array(tie('schema'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('schema'), { maxKeys: 2, noNullPrototype: true }),
  ),
  schema: fc.dictionary(fc.constantFrom(...KEYWORDS), tie('value'), { maxKeys: 3, noNullPrototype: true }),
}));

test('what is plainly a schema is one to every meta-schema', () => {
  let plain = 0;
  fc.assert(
    fc.property(schema, (one) => {
      if (!isPlainSchema(one)) return;
      plain += 1;
      const { $schema: _, ...own } = one as Record<string, unknown>;
      for (const ajv of ORACLES) if (ajv.validateSchema(own) !== true) throw new Error(ajv.errorsText());
    }),
    { numRuns: 4_000 },
  );
  expect(plain).toBeGreaterThan(300);
});

test.each<[string, object]>([
  ['a type that there is not', { type: 'strnig' }],
  ['a negative length', { minLength: -1 }],
  ['properties that are a list', { properties: [] }],
  ['a property that is no schema', { properties: { a: 1 } }],
  ['a pattern that is none', { type: 'string', pattern: '(' }],
  ['no variants', { anyOf: [] }],
  ['a required number', { required: [1] }],
])('%s still does not compile', (_case, broken) => {
  expect(isPlainSchema(broken)).toBe(false);
  expect(() => storeOf({ 'get.200.json': broken })).toThrow(/the schema does not compile/);
});
