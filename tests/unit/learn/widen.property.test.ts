import fc from 'fast-check';
import { checkExchange } from '../../../src/contract/check';
import { SchemaStore } from '../../../src/contract/store';
import { undeclared } from '../../../src/contract/undeclared';
import { describeRequests } from '../../../src/plan/plan';
import { configOf, exchangeOf, responseOf } from '../collections';
import { collectionWith, learnInto, recorded } from './support';

jest.setTimeout(600_000);

type Json = Record<string, unknown>;

const name = fc.constantFrom('a', 'b', 'c', '12', 'en-US', 'toString');
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<unknown>('ok', 'x', '2026-01-05', 0, 1, 7, 2.5, true, null),
    fc.array(tie('body'), { maxLength: 3 }),
    { weight: 3, arbitrary: fc.dictionary(name, tie('body'), { maxKeys: 4 }) },
  ),
}));
const plain = fc.constantFrom<Json>(
  {},
  { type: 'string' },
  { type: 'string', format: 'date' },
  { type: 'string', enum: ['ok', 'no'] },
  { type: 'string', minLength: 2, pattern: '^o' },
  { type: ['string', 'null'] },
  { type: 'integer', minimum: 1, maximum: 5 },
  { type: 'number', exclusiveMinimum: 0, multipleOf: 2 },
  { const: 1 },
  { type: 'boolean' },
  { $ref: 'shared/part.json' },
  { $ref: 'shared/part.json', description: 'beside' },
);
const members = (schema: fc.Arbitrary<unknown>) =>
  fc.record(
    {
      required: fc.uniqueArray(name, { maxLength: 2 }),
      properties: fc.dictionary(name, schema, { maxKeys: 3 }),
      additionalProperties: fc.oneof(fc.constant(false), schema),
      minProperties: fc.nat(2),
      dependentRequired: fc.constant({ a: ['b'] }),
      propertyNames: fc.constant({ type: 'string', maxLength: 2 }),
      not: fc.constant({ type: 'object', required: ['c'] }),
      'x-samples': fc.constant(1),
      $comment: fc.constant('by hand'),
    },
    { requiredKeys: [] },
  );
const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    plain,
    { weight: 3, arbitrary: members(tie('schema')).map((more) => ({ type: 'object', ...more })) },
    fc
      .record({ items: tie('schema'), minItems: fc.nat(1), uniqueItems: fc.boolean() }, { requiredKeys: [] })
      .map((more) => ({ type: 'array', ...more })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    fc
      .array(tie('schema'), { minLength: 2, maxLength: 3 })
      .map((all) => ({ anyOf: all.map((one, index) => ({ title: `variant ${index}`, ...one })) })),
  ),
}));
const files = fc
  .record({ root: schema, part: schema.filter((one) => !JSON.stringify(one).includes('$ref')) })
  .map(({ root, part }) => ({ 'get.200.json': root, 'shared/part.json': part }))
  .filter((texts) => compiles(texts));

function storeOf(texts: Readonly<Record<string, unknown>>): SchemaStore {
  const written = Object.entries(texts).map(([file, text]): [string, string] => [
    file,
    typeof text === 'string' ? text : JSON.stringify(text),
  ]);
  return SchemaStore.of(new Map(written), '/schemas');
}

/** A random schema may say a keyword without the type that it is for. */
function compiles(texts: Readonly<Record<string, unknown>>): boolean {
  try {
    storeOf(texts);
    return true;
  } catch {
    return false;
  }
}

/** The same cases in every run, so that a change is what a failure comes from; `FC_SEED` looks for others. */
const SEED = Number(process.env.FC_SEED ?? 7);
/** Each compiles the schemas several times. `FC_RUNS` asks for more. */
const RUNS = Number(process.env.FC_RUNS ?? 15);
const bodies = fc.array(body, { minLength: 1, maxLength: 4 });
const root = { file: 'get.200.json', pointer: '' };

test('every body holds afterwards, and learning again, or in another order, changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(files, bodies, async (before, samples) => {
      const once = await learnInto(before, recorded(samples));
      const store = storeOf(once.texts);
      for (const one of samples) {
        expect({ one, holds: store.accepts(root, one) }).toEqual({ one, holds: true });
        expect({ one, unknown: undeclared(store, [root], one).map(({ pointer }) => pointer) }).toEqual({
          one,
          unknown: [],
        });
      }
      expect(once.stuck).toEqual([]);
      const again = await learnInto(once.texts, recorded([...samples].reverse()));
      expect({ lines: again.lines, changed: again.changed }).toEqual({ lines: [], changed: {} });
      const other = await learnInto(before, recorded([...samples].reverse()));
      expect(other.texts).toEqual(once.texts);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('what passed before passes afterwards, whatever the first example is', async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      bodies,
      fc.array(body, { maxLength: 12 }),
      body,
      async (before, samples, others, example) => {
        const collection = collectionWith(example);
        const [planned] = describeRequests(collection, configOf());
        if (planned === undefined) throw new Error('no request');
        const passes = (texts: Readonly<Record<string, unknown>>) => {
          const store = storeOf(texts);
          const answered = (value: unknown) =>
            exchangeOf({
              response: responseOf(JSON.stringify(value), {
                headers: [['Content-Type', 'application/json']],
              }),
            });
          return [...samples, ...others, example].filter(
            (value) => checkExchange(planned, answered(value), store).length === 0,
          );
        };
        const passed = passes(before);
        const { texts } = await learnInto(before, recorded(samples), collection);
        expect(passes(texts)).toEqual(expect.arrayContaining(passed));
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
});

test('what was learned anew is widened to what all of it would have been held to', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, bodies, async (first, more) => {
      const learned = await learnInto({}, recorded(first));
      const widened = await learnInto(learned.texts, recorded(more));
      const store = storeOf(widened.texts);
      for (const one of [...first, ...more])
        expect({ one, holds: store.accepts(root, one) }).toEqual({ one, holds: true });
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
