import { compareNumbers, isExact, isMultiple, isWhole } from '../../../src/contract/decimal';
import { readJson } from '../../../src/contract/reading';
import { brief, check } from './support';

const MAX = '9007199254740992';
const NEXT = '9007199254740993';

const held = (schema: string, value: string) =>
  check(`{"type":"object","properties":{"a":${schema}}}`, `{"a":${value}}`).map(
    ({ kind, expected, actual }) => `${kind}: ${expected}, not ${actual}`,
  );

// Each keyword with a number that a double would misjudge, one way or the other.
test.each([
  [`{"const":${NEXT}}`, NEXT, []],
  [`{"const":${MAX}}`, NEXT, [`enum-value-unknown: ${MAX}, not ${NEXT}`]],
  [`{"const":${NEXT}}`, MAX, []],
  [`{"type":"integer","enum":[1,${NEXT}]}`, NEXT, []],
  [`{"type":"integer","enum":[1,${MAX}]}`, NEXT, [`enum-value-unknown: 1 or ${MAX}, not ${NEXT}`]],
  [`{"type":"integer","maximum":${MAX}}`, NEXT, [`constraint-violated: at most ${MAX}, not ${NEXT}`]],
  [`{"type":"integer","maximum":${NEXT}}`, NEXT, []],
  [
    `{"type":"integer","minimum":-${MAX}}`,
    `-${NEXT}`,
    [`constraint-violated: at least -${MAX}, not -${NEXT}`],
  ],
  [
    `{"type":"integer","exclusiveMaximum":${NEXT}}`,
    NEXT,
    [`constraint-violated: less than ${NEXT}, not ${NEXT}`],
  ],
  [`{"type":"integer","exclusiveMinimum":${MAX}}`, NEXT, []],
  ['{"type":"integer","multipleOf":10}', '90071992547409930', []],
  ['{"type":"integer","multipleOf":10}', NEXT, [`constraint-violated: a multiple of 10, not ${NEXT}`]],
  ['{"type":"integer"}', `${NEXT}.5`, [`type-changed: integer, not number ${NEXT}.5`]],
  ['{"type":"integer"}', '1e400', []],
  ['{"type":"number","maximum":1}', '1e400', ['constraint-violated: at most 1, not 1e400']],
  ['{"type":"number"}', '-1e400', []],
  ['{"type":"string"}', NEXT, [`type-changed: string, not integer ${NEXT}`]],
  ['{"type":"integer"}', '1.0', []],
  ['{"type":"integer"}', '1e2', []],
  ['{"const":0}', '-0', []],
  ['{"type":"integer","minimum":1}', '-0', ['constraint-violated: at least 1, not -0']],
  [
    '{"anyOf":[{"type":"null"},{"type":"integer","maximum":5}]}',
    NEXT,
    [`constraint-violated: at most 5, not ${NEXT}`],
  ],
  [
    `{"allOf":[{"type":"integer"},{"type":"integer","maximum":${MAX}}]}`,
    NEXT,
    [`constraint-violated: at most ${MAX}, not ${NEXT}`],
  ],
])('%s holds to %s by its digits', (schema, value, expected) => {
  expect(held(schema, value)).toEqual(expected);
});

test('big numbers in items are one finding', () => {
  const schema = `{"type":"array","items":{"type":"integer","maximum":${MAX}}}`;
  expect(brief(check(schema, `[1,${NEXT},${NEXT}]`))).toEqual(['constraint-violated /1 x2']);
});

test('items that differ only by digits beyond doubles differ', () => {
  const schema = '{"type":"array","uniqueItems":true}';
  expect(brief(check(schema, `[[${MAX}],[${NEXT}]]`))).toEqual([]);
  expect(brief(check(schema, `[{"a":${NEXT}},{"a":${NEXT}}]`))).toEqual(['constraint-violated ']);
});

describe('a name that stands twice', () => {
  const schema = { type: 'object', properties: { a: {}, token: {}, list: { type: 'array' } } };

  test.each([
    ['{"a":1,"a":2}', ['constraint-violated /a: it 2 times: 1 and 2']],
    ['{"a":1,"\\u0061":{"b":[1]}}', ['constraint-violated /a: it 2 times: 1 and {"b":[1]}']],
    ['{"list":[{"x":1},{"x":1,"x":2,"x":3}]}', ['constraint-violated /list/1/x: it 3 times: 1 and 2 and 3']],
    ['{"token":"abc","token":"def"}', ['constraint-violated /token: it 2 times: [hidden]']],
    // Whoever reads it reads the same.
    ['{"a":1,"a":1}', []],
    // Only looks like names.
    ['{"a":"\\"b\\":1, \\"b\\": 2"}', []],
    ['{"list":[{"x":1},{"x":2}],"a":{"x":3}}', []],
  ])('%s', (body, expected) => {
    const all = check(schema, body);
    expect(all.map(({ kind, pointer, actual }) => `${kind} ${pointer}: ${actual}`)).toEqual(expected);
  });
});

test('numbers compare by their digits', () => {
  const sorted = [
    '-1e400',
    `-${NEXT}`,
    `-${MAX}`,
    '-1',
    '0',
    '1e-400',
    '0.1',
    '1',
    '10',
    MAX,
    NEXT,
    '1e400',
    '2e400',
  ];
  expect([...sorted].reverse().sort(compareNumbers)).toEqual(sorted);
  for (const [one, other] of [
    ['1.0', '1'],
    ['100', '1e2'],
    ['0.5', '5E-1'],
    ['-0', '0e9'],
    ['0.0100', '1e-2'],
  ] as const)
    expect(compareNumbers(one, other)).toBe(0);
  expect(['1', '1.5', '1.50e1', '1e-1', '0.0', '1e400', '10e-1'].map(isWhole)).toEqual([
    true,
    false,
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(
    ['0.1', '1.10', '1e21', '0.30000000000000004', NEXT, '1e400', '-0', '123456789.123456789'].map(isExact),
  ).toEqual([true, true, true, true, false, false, false, false]);
  expect([
    isMultiple('0.3', '0.1'),
    isMultiple('1e300', '3'),
    isMultiple('1e9999', '3'),
    isMultiple('0', '7'),
  ]).toEqual([true, false, null, true]);
});

test('a body that is too deep, or no JSON, is not read', () => {
  expect(readJson('['.repeat(20_000) + ']'.repeat(20_000))).toBeNull();
  expect(readJson('{"a":1,}')).toBeNull();
  expect(readJson('\uFEFF{"a":1}')?.value).toEqual({ a: 1 });
});
