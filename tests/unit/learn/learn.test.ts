import { placeholderOf, withoutPlaceholders } from '../../../src/collection/placeholder';
import { learnSchema, samplesOf } from '../../../src/learn/samples';
import { Shape } from '../../../src/learn/shape';
import { item, load } from '../collections';

const learned = (...samples: unknown[]) => {
  const shape = new Shape();
  for (const sample of samples) shape.add(sample);
  return shape.schema();
};

test.each<[string, unknown[], object]>([
  ['a text', ['x'], { type: 'string' }],
  ['a whole number', [1, 2], { type: 'integer' }],
  ['whole and broken numbers', [1, 2.5], { type: 'number' }],
  ['different types', [1, 'x'], { type: ['integer', 'string'] }],
  ['null beside a value', ['x', null], { type: ['string', 'null'] }],
  ['null alone says nothing', [null], {}],
  ['an empty list', [[]], { type: 'array' }],
  ['items of all lists', [[1], [2.5, 3]], { type: 'array', items: { type: 'number' } }],
  ['an empty object', [{}], { type: 'object', properties: {} }],
  ['an object of which nothing is known', ['<object>'], { type: 'object' }],
  ['an empty object beside one of which nothing is known', [{}, '<object>'], { type: 'object' }],
  [
    'a property that one sample lacks',
    [{ a: 1, b: 'x' }, { a: 2 }],
    { type: 'object', required: ['a'], properties: { a: { type: 'integer' }, b: { type: 'string' } } },
  ],
  ['a format that all have', ['2026-01-05', '2025-12-31'], { type: 'string', format: 'date' }],
  ['a format that one has', ['2026-01-05', 'never'], { type: 'string' }],
  ['a uuid', ['6f1d2c9e-10aa-41f1-9d55-0b5a2f7c4e10'], { type: 'string', format: 'uuid' }],
  ['a time with its offset', ['2026-01-05T10:00:00Z'], { type: 'string', format: 'date-time' }],
  ['a time without one', ['2026-01-05 10:00:00'], { type: 'string' }],
  ['an address', ['https://a.test/x'], { type: 'string', format: 'uri' }],
  ['a word before a colon', ['note:x'], { type: 'string' }],
  ['a time of day with its offset', ['10:00:00+02:00'], { type: 'string', format: 'time' }],
  ['an empty text beside a date', ['2026-01-05', ''], { type: 'string' }],
  ['a number that is too large for any', [Number.POSITIVE_INFINITY], {}],
  [
    'texts by language',
    [{ en: 'a', de: 'b' }],
    { type: 'object', patternProperties: { '^[a-z]{2}$': { type: 'string' } } },
  ],
  [
    'texts by language and country',
    [{ en: 'a', 'pt-BR': 1 }],
    {
      type: 'object',
      patternProperties: {
        '^[a-z]{2}$': { type: ['integer', 'string'] },
        '^[a-z]{2}[-_][A-Z]{2}$': { type: ['integer', 'string'] },
      },
    },
  ],
  [
    'names that are also languages',
    [{ id: 1, no: 2 }],
    {
      type: 'object',
      required: ['id', 'no'],
      properties: { id: { type: 'integer' }, no: { type: 'integer' } },
    },
  ],
  [
    'keys that are data',
    [{ '101': { n: 1 }, '102': { n: 2, m: 'x' } }],
    {
      type: 'object',
      patternProperties: {
        '^\\d+$': {
          type: 'object',
          required: ['n'],
          properties: { n: { type: 'integer' }, m: { type: 'string' } },
        },
      },
    },
  ],
  ['a placeholder', ['<integer>'], { type: 'integer' }],
  ['two words of a placeholder', ['<string,null>'], { type: ['string', 'null'] }],
  ['a placeholder with a format', ['<dateTime>'], { type: 'string', format: 'date-time' }],
  ['an unknown word', ['<Error: too deep>'], {}],
  ['a list of placeholders', [['<long>', '<long>']], { type: 'array', items: { type: 'integer' } }],
])('%s', (_case, samples, schema) => {
  expect(learned(...samples)).toEqual(schema);
});

test('samples of one shape merge, those of another are a titled variant', () => {
  const schema = learnSchema('Get', [
    { name: 'Found', body: { status: 'ok', user: { id: 1 } } },
    { name: 'Refused', body: { status: 'error', errors: { code: 'x' } } },
    { name: 'Found too', body: { status: 'ok', user: { id: 2, name: 'x' } } },
    { name: 'Refused', body: [1] },
  ]);
  expect(schema).toMatchObject({
    title: 'Get',
    anyOf: [
      { title: 'Found', 'x-samples': 2, required: ['status', 'user'] },
      { title: 'Refused', 'x-samples': 1, required: ['status', 'errors'] },
      { title: 'Refused 2', type: 'array' },
    ],
  });
});

test('objects under a media type of text are learned from, unless there is other text too', () => {
  const saved = (body: string, value = 'text/html') => ({
    name: body,
    code: 200,
    header: [{ key: 'Content-Type', value }],
    body,
  });
  const samplesIn = (...response: object[]) =>
    load([{ ...item('get'), response }]).requests.flatMap((request) => samplesOf(request).get(200) ?? []);
  expect(samplesIn(saved('{"a": 1}'), saved('[2]'))).toHaveLength(2);
  expect(samplesIn(saved('{"a": 1}'), saved('<p>no</p>'))).toEqual([]);
  expect(samplesIn(saved('{"a": 1}'), saved('a,b', 'text/csv'))).toHaveLength(1);
});

test('a whole number that is written with a fraction is a number, wherever it stands', () => {
  const bodyOf = (body: string) => {
    const { requests } = load([{ ...item('get'), response: [{ name: 'a', code: 200, header: [], body }] }]);
    const [sample] = requests.flatMap((request) => samplesOf(request).get(200) ?? []);
    return learnSchema('t', sample === undefined ? [] : [sample]);
  };
  expect(bodyOf('{"price": 10.00, "a/b": [1.0, 2], "n": 3, "rate": 1e3, "text": "1.0"}')).toMatchObject({
    properties: {
      price: { type: 'number' },
      'a/b': { items: { type: 'number' } },
      n: { type: 'integer' },
      rate: { type: 'number' },
      text: { type: 'string' },
    },
  });
  expect(bodyOf('{ // so far\n "price": 10.00, "n": 3 }')).toMatchObject({
    properties: { price: { type: 'number' }, n: { type: 'integer' } },
  });
  expect(bodyOf('5.0')).toMatchObject({ type: 'number' });
});

test('placeholders are filled in with values that hold their types', () => {
  const body = { id: '<uuid>', n: ['<integer>', '<integer>'], s: '<string,null>', free: 'x', odd: '<what>' };
  const filled = withoutPlaceholders(body) as Record<string, unknown>;
  expect(filled).toMatchObject({ n: [1, 1], s: 'text', free: 'x', odd: 'text' });
  expect(placeholderOf('a < b > c')).toBeNull();
});
