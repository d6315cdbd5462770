import { brief, check as checkText } from './support';

/** A body that is a text is a JSON text here. */
const check = (schema: unknown, body: unknown, files = {}) => checkText(schema, JSON.stringify(body), files);

const object = (properties: object, extra: object = {}) => ({ type: 'object', properties, ...extra });

/** What is expected and received at each finding, in a reader's words. */
const words = (schema: unknown, body: unknown) =>
  check(schema, body).map(
    ({ kind, pointer, expected, actual }) => `${kind} ${pointer}: ${expected}, not ${actual}`,
  );

describe('the nearest variant', () => {
  const variant = (kind: string, more: object = {}, required: string[] = []) =>
    object({ kind: { const: kind }, ...more }, { required: ['kind', ...required] });
  const text = { type: 'string' };

  test('is the one that its constant names, however much is wrong in it', () => {
    const schema = {
      anyOf: [variant('b'), variant('a', { x: text, y: text, z: text }, ['x', 'y', 'z'])],
    };
    expect(brief(check(schema, { kind: 'a' }))).toEqual([
      'property-missing /x',
      'property-missing /y',
      'property-missing /z',
    ]);
  });

  test('is the one that its constant names through references', () => {
    const schema = {
      oneOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }],
      $defs: { a: variant('a', { q: { type: 'integer' } }), b: variant('b', { q: text }) },
    };
    expect(words(schema, { kind: 'b', q: 1 })).toEqual(['type-changed /q: string, not integer 1']);
  });

  test('is none where no constant fits: all that are documented are said', () => {
    const schema = { anyOf: [variant('a', { x: text }, ['x']), variant('b')] };
    expect(words(schema, { kind: 'c' })).toEqual(['enum-value-unknown /kind: "a" or "b", not "c"']);
  });

  test('is none where no type fits: all types are said', () => {
    const schema = object({ a: { anyOf: [{ type: 'string' }, { type: 'integer' }] } });
    expect(words(schema, { a: true })).toEqual(['type-changed /a: string or integer, not boolean true']);
    expect(words(schema, { a: null })).toEqual(['null-unexpected /a: string or integer, not null']);
  });

  test('is found in a choice in a choice', () => {
    const of = (kind: string, type: string) => variant(kind, { n: { type } });
    const schema = { anyOf: [{ type: 'null' }, { anyOf: [of('a', 'string'), of('b', 'integer')] }] };
    expect(words(schema, { kind: 'b', n: 'x' })).toEqual(['type-changed /n: integer, not string "x"']);
  });

  test('is the one that knows more of the names, where as much is wrong in each', () => {
    const schema = {
      anyOf: [
        object({ a: text }, { required: ['a'] }),
        object({ b: text, c: text }, { required: ['b', 'c'] }),
      ],
    };
    expect(brief(check(schema, { b: 'x' }))).toEqual(['property-missing /c']);
  });

  test('is the one whose difference is deeper, where as much is wrong in each', () => {
    const deep = object({ a: object({ b: object({ c: text }) }) });
    const schema = { anyOf: [object({ x: text }, { required: ['x'] }), deep] };
    expect(brief(check(schema, { a: { b: { c: 1 } } }))).toEqual(['type-changed /a/b/c']);
  });
});

// Named so that no linter takes the case for a promise.
const THEN = 'then';

// What a tried schema says is no difference by itself.
test.each([
  [
    'contains',
    { type: 'array', contains: object({ a: { const: 1 } }, { required: ['a'] }) },
    [{ a: 2 }, { b: 1 }],
    ['constraint-violated '],
  ],
  [
    'several variants of oneOf',
    { oneOf: [{ type: 'integer' }, { type: 'number' }, { type: 'string' }] },
    1,
    ['constraint-violated '],
  ],
  ['not', { not: object({ a: { type: 'string' } }) }, { a: 'x' }, ['constraint-violated ']],
  [
    'if',
    { type: 'object', if: { required: ['a'] }, [THEN]: { required: ['b'] } },
    { a: 1 },
    ['property-missing /b'],
  ],
  [
    'names',
    { type: 'object', propertyNames: { type: 'string', format: 'date' } },
    { x: 1, y: 2 },
    ['constraint-violated '],
  ],
  ['type before enum', { type: 'string', enum: ['x'] }, 1, ['type-changed ']],
  ['null before enum', { type: 'string', enum: ['x'] }, null, ['null-unexpected ']],
  [
    'enum before format',
    { type: 'string', format: 'date', enum: ['2026-01-01'] },
    'x',
    ['enum-value-unknown '],
  ],
])('%s is one difference', (_name, schema, body, expected) => {
  expect(brief(check(schema, body))).toEqual(expected);
});

test.each([
  [{ type: 'string', minLength: 3 }, 'ä', 'at least 3 characters, not "ä", 1 character'],
  [{ type: 'string', maxLength: 1 }, '😀😀', 'at most 1 character, not "😀😀", 2 characters'],
  [{ type: 'array', minItems: 2 }, [1], 'at least 2 items, not 1 item'],
  [{ type: 'array', prefixItems: [true], minItems: 1, items: false }, [1, 2], 'at most 1 item, not 2 items'],
  [{ type: 'object', minProperties: 2 }, { a: 1 }, 'at least 2 properties, not 1 property'],
  [{ type: 'number', minimum: 0 }, -1, 'at least 0, not -1'],
  [{ type: 'number', exclusiveMaximum: 2 }, 2, 'less than 2, not 2'],
  [{ type: 'number', multipleOf: 2 }, 3, 'a multiple of 2, not 3'],
  [{ type: 'string', pattern: '^a' }, 'b', 'a match of ^a, not "b"'],
  [{ type: 'array', uniqueItems: true }, [1, 2, 1], 'items that differ, not items 0 and 2, which are equal'],
  [{ type: 'object', properties: { a: false } }, { a: 1 }, 'nothing, not 1'],
  [
    { type: 'object', propertyNames: { pattern: '^x' } },
    { y: 1 },
    'names that are a match of ^x, not the name "y"',
  ],
  [
    {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'number',
      minimum: 0,
      exclusiveMinimum: true,
    },
    0,
    'more than 0, not 0',
  ],
])('%j says in words what it wants', (schema, body, expected) => {
  const [found] = check(schema, body);
  expect(`${found?.expected}, not ${found?.actual}`).toBe(expected);
  expect(found?.kind).toBe('constraint-violated');
});

test('many values of an enum are not listed one by one', () => {
  const values = Array.from({ length: 300 }, (_, at) => `v${at}`);
  const [found] = check({ type: 'string', enum: values }, 'x');
  expect(found?.expected).toBe(
    `${values
      .slice(0, 8)
      .map((one) => `"${one}"`)
      .join(' or ')} or 292 others`,
  );
});

describe('the same difference is one finding with a count', () => {
  const user = object({ id: { type: 'string' } }, { required: ['id'] });

  test('over the items of arrays in arrays', () => {
    const schema = { type: 'array', items: { type: 'array', items: user } };
    const body = [[{ id: 1 }, {}], [{ id: 2 }, { id: 'x', b: 1 }], [{}]];
    const all = check(schema, body);
    expect(all.map(({ kind, place, count }) => `${kind} ${place} ${count}`)).toEqual([
      'type-changed /*/*/id 2',
      'property-missing /*/*/id 2',
      'property-undeclared /*/*/b 1',
    ]);
  });

  test.each([
    ['additionalProperties', { additionalProperties: user }],
    ['patternProperties', { patternProperties: { '^u': user } }],
    ['unevaluatedProperties', { unevaluatedProperties: user }],
    ['a reference', { additionalProperties: { $ref: '#/$defs/user' } }],
  ])('over the entries of a map by %s', (_name, map) => {
    const schema = { $defs: { user }, ...object({ users: { type: 'object', ...map } }) };
    const all = check(schema, { users: { u1: {}, u2: {}, u3: { id: 'x', extra: 1 } } });
    expect(all.map(({ kind, pointer, place, count }) => `${kind} ${pointer} ${place} ${count}`)).toEqual([
      'property-missing /users/u1/id /users/*/id 2',
      'property-undeclared /users/u3/extra /users/*/extra 1',
    ]);
  });

  test('and a name that the schema says is no key of a map', () => {
    const schema = object({ main: user }, { additionalProperties: user, required: ['spare'] });
    const all = check(schema, { main: {}, other: {} });
    expect(all.map(({ kind, place, pointer }) => `${kind} ${place ?? pointer}`)).toEqual([
      'property-missing /spare',
      'property-missing /*/id',
      'property-missing /main/id',
    ]);
  });
});

test('a difference says its keyword, its line and on how many samples it rests', () => {
  const text = `{
  "type": "object",
  "x-samples": 1,
  "properties": {
    "user": { "$ref": "shared/user.json" }
  }
}`;
  const shared = `{
  "type": "object",
  "x-samples": 12,
  "required": [
    "id"
  ],
  "properties": {
    "id": {
      "type": "string"
    }
  }
}`;
  const files = { 'shared/user.json': shared };
  expect(check(text, { user: { id: 1 } }, files)).toMatchObject([
    {
      keyword: 'type',
      schema: 'schemas/shared/user.json#/properties/id/type',
      schemaLine: 9,
      samples: 12,
    },
  ]);
  expect(check(text, { user: {} }, files)).toMatchObject([
    { keyword: 'required', schemaLine: 4, samples: 12 },
  ]);
  expect(check(text, { user: { id: 'x' }, more: 1 }, files)).toMatchObject([
    { schema: 'schemas/get.200.json#/properties', schemaLine: 4, samples: 1 },
  ]);
});

test('what stands in a value under the name of a credential is not shown either', () => {
  const schema = object({ user: { type: 'string' }, token: { type: 'string' } });
  const texts = JSON.stringify(
    check(schema, { user: { token: 'abc', list: [{ api_key: 5512 }] }, token: 5512 }),
  );
  expect(texts).not.toMatch(/abc|5512/);
  expect(JSON.stringify(checkText(schema, 'access_token=abc; x'))).not.toMatch(/abc/);
});

test.each([
  [{ enum: ['x', {}] }, { toString: null }, ['enum-value-unknown ']],
  [{ const: { constructor: 1, a: [-0] } }, { a: [0], constructor: 1 }, []],
  [{ const: { valueOf: 1 } }, { valueOf: 2 }, ['enum-value-unknown ']],
  [{ type: 'array', uniqueItems: true }, [{ toString: 1 }, { toString: 2 }], []],
  [
    { type: 'array', uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    ['constraint-violated '],
  ],
])('%j compares %j as JSON', (schema, body, expected) => {
  expect(brief(check(schema, body))).toEqual(expected);
});

describe('a dynamic reference', () => {
  const node = (more: object = {}) => ({
    $dynamicAnchor: 'node',
    ...object(
      { value: { type: 'string' }, next: { anyOf: [{ type: 'null' }, { $dynamicRef: '#node' }] } },
      more,
    ),
  });

  test('is followed, and one in a choice neither ends nor explains the check', () => {
    expect(brief(check(node(), { value: 'a', next: { value: 'b', next: null } }))).toEqual([]);
    expect(brief(check(node(), { next: { value: 1 } }))).toEqual(['constraint-violated /next']);
    expect(brief(check(node(), { next: { other: 1 } }))).toEqual(['property-undeclared /next/other']);
  });

  test('means the outermost anchor of the files that led to it', () => {
    const tree = {
      $dynamicAnchor: 'node',
      ...object({ value: { type: 'string' }, children: { type: 'array', items: { $dynamicRef: '#node' } } }),
    };
    const named = {
      $dynamicAnchor: 'node',
      $ref: 'shared/tree.json',
      ...object({ name: { type: 'string' } }),
    };
    const files = { 'shared/tree.json': tree };
    expect(brief(check(named, { name: 'a', children: [{ name: 'b', value: 'c' }] }, files))).toEqual([]);
    expect(brief(check(named, { children: [{ name: 1, more: 1 }] }, files))).toEqual([
      'type-changed /children/0/name',
      'property-undeclared /children/0/more',
    ]);
  });

  test('of 2019-09 is followed too', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2019-09/schema',
      $recursiveAnchor: true,
      ...object({ child: { $recursiveRef: '#' }, id: { type: 'string' } }),
    };
    expect(brief(check(schema, { child: { child: { id: 1, more: 1 } } }))).toEqual([
      'type-changed /child/child/id',
      'property-undeclared /child/child/more',
    ]);
  });
});
