import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { readLeniently } from '../../../src/collection/example';
import { loadCollection } from '../../../src/collection/load';
import { withoutPlaceholders } from '../../../src/collection/placeholder';
import { canonicalJson } from '../../../src/json';
import { Learner } from '../../../src/learn/learner';
import { learnSchema, samplesOf } from '../../../src/learn/samples';
import { documentOf, item } from '../collections';

/** The same cases in every run, so that a change is what a failure comes from; `FC_SEED` looks for others. */
const SEED = Number(process.env.FC_SEED ?? 7);

const CORPUS = join(__dirname, '../../../../shared/corpus');

function validator(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    ownProperties: true,
  });
  addFormats(ajv);
  ajv.addKeyword('x-samples');
  return ajv.compile(schema);
}

function learned(bodies: readonly unknown[]) {
  const learner = new Learner({ placeholders: false });
  for (const [index, body] of bodies.entries()) learner.add(`s${index}`, body);
  return learner;
}

/** Names that meet, so that bodies are alike, beside those that are data. */
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('id', 'name', 'status', 'items', '__proto__', 'toString') },
  fc.constantFrom('1', '22', '2026-01-05', 'en-US', 'de', 'en', 'a@b.test'),
  fc.uuid(),
);
const text = fc.constantFrom(
  'ok',
  'failed',
  '2026-01-05',
  '',
  '<string>',
  'https://a.test/',
  '10:00:00Z',
  'EUR',
);
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(text, fc.constantFrom<unknown>(1, 2.5, Number.POSITIVE_INFINITY, true, null)),
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(name, tie('body'), { maxKeys: 5 }),
  ),
}));
const bodies = fc.array(fc.oneof({ weight: 3, arbitrary: body }, fc.jsonValue()), {
  minLength: 1,
  maxLength: 8,
});

test('whatever the bodies are, each holds what was learned from them', () => {
  fc.assert(
    fc.property(bodies, (all) => {
      const validate = validator(learned(all).schema('t'));
      for (const one of all) expect({ one, ok: validate(one) }).toEqual({ one, ok: true });
    }),
    { numRuns: 60, seed: SEED },
  );
});

test('bodies in another order give the same schema', () => {
  const inTwoOrders = bodies.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
  );
  fc.assert(
    fc.property(inTwoOrders, ([all, order]) => {
      const named = (index: number) => ({ name: `s${index}`, body: all[index] });
      const one = learnSchema('t', [...all.keys()].map(named));
      const other = learnSchema('t', order.map(named));
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
    }),
    { numRuns: 150, seed: SEED },
  );
});

test('names that are data, more than anybody would document, are a map in any order', () => {
  const ids = Array.from({ length: 60 }, (_, index) => String(1000 + index));
  const objects = ids.map((id, index) => ({ total: 1, [id]: index % 2 === 0 ? index : 'x' }));
  const schema = learned(objects).schema('t');
  expect(schema).toMatchObject({
    required: ['total'],
    properties: { total: { type: 'integer' } },
    patternProperties: { '^\\d+$': { type: ['integer', 'string'] } },
  });
  expect(learned([...objects].reverse()).schema('t')).toEqual(schema);
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`user${index}x`, 1]));
  expect(learned([{ users: many }]).schema('t')).toMatchObject({
    properties: { users: { additionalProperties: { type: 'integer' } } },
  });
});

test('a set of values is an enum only where many bodies that differ carry it', () => {
  const objects = (count: number) =>
    Array.from({ length: count }, (_, id) => ({
      id,
      state: id % 3 === 0 ? 'open' : 'in_progress',
      name: `n${id}`,
    }));
  const stateOf = (all: readonly unknown[]) =>
    (learned(all).schema('t').properties as Record<string, unknown>).state;
  expect(stateOf(objects(40))).toEqual({ type: 'string', enum: ['in_progress', 'open'] });
  expect(stateOf(objects(10))).toEqual({ type: 'string' });
  expect(stateOf(Array(60).fill(objects(3)[1]))).toEqual({ type: 'string' });
  // One body with many items is one body.
  expect(canonicalJson(learned([objects(60)]).schema('t'))).not.toContain('enum');
});

const documents = existsSync(CORPUS)
  ? readdirSync(CORPUS)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file): [string, unknown][] => {
        const json = readLeniently(readFileSync(join(CORPUS, file), 'utf8'));
        return json === null ? [] : [[file, json.value]];
      })
  : [];

/** Real collections of others, which are not ours to copy. */
describe.each(documents.length > 0 ? documents : [['no corpus', documentOf([item('Get')])] as const])(
  '%s',
  (file, json) => {
    test('every JSON example holds the schema that is learned from it', () => {
      for (const request of loadCollection(json, file, 'c').requests) {
        for (const [status, samples] of samplesOf(request)) {
          const schema = learnSchema('t', samples);
          const validate = validator(schema);
          for (const sample of samples) {
            const ok = validate(withoutPlaceholders(sample.body));
            expect({ key: request.key, status, name: sample.name, ok }).toMatchObject({ ok: true });
          }
          expect(learnSchema('t', [...samples].reverse())).toEqual(schema);
        }
      }
    });
  },
);
