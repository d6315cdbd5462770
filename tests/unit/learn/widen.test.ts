import { collectionWith, learnInto, recorded } from './support';

jest.setTimeout(60_000);

type Json = Record<string, unknown>;
const object = (properties: Json, more: Json = {}): Json => ({ type: 'object', properties, ...more });
/** A branch by its keyword: an object that has one by itself looks like a promise. */
const THEN = (schema: Json): Json => Object.fromEntries([['then', schema]]);
const parsed = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, JSON.parse(text)]));

test.each<[string, Json, unknown[], string[], Json]>([
  [
    'null',
    object({ phone: { $comment: 'by hand', type: 'string', description: 'd' } }),
    [{ phone: null }],
    ['/phone: string -> string or null'],
    object({ phone: { $comment: 'by hand', type: ['string', 'null'], description: 'd' } }),
  ],
  [
    'a fraction',
    object({ n: { type: 'integer', minimum: 1 } }),
    [{ n: 1.5 }],
    ['/n: integer -> number'],
    object({ n: { type: 'number', minimum: 1 } }),
  ],
  [
    'another type',
    object({ n: { type: ['string', 'null'] } }),
    [{ n: 1 }, { n: true }],
    ['/n: string or null -> string or null or boolean or integer'],
    object({ n: { type: ['string', 'null', 'boolean', 'integer'] } }),
  ],
  [
    'an object in place of a text',
    object({ n: { type: 'string' } }),
    [{ n: { a: 1, b: 2 } }, { n: { a: 'x' } }],
    ['/n: string -> string or object'],
    object({
      n: {
        type: ['string', 'object'],
        required: ['a'],
        properties: { a: { type: ['integer', 'string'] }, b: { type: 'integer' } },
      },
    }),
  ],
  [
    'a property that is missing',
    object({ a: {}, b: {} }, { required: ['a', 'b'] }),
    [{ a: 1 }],
    ['/b: required -> optional'],
    object({ a: {}, b: {} }, { required: ['a'] }),
  ],
  [
    'all required properties',
    object({ a: {}, b: {} }, { required: ['a'] }),
    [{ b: 1 }],
    ['/a: required -> optional'],
    object({ a: {}, b: {} }),
  ],
  [
    'a property that nobody knew',
    object({ a: {} }),
    [{ a: 1, b: '2026-01-05' }, { a: 1 }, { b: '2026-01-06' }],
    ['/b: undeclared -> string (date), optional'],
    object({ a: {}, b: { type: 'string', format: 'date', 'x-samples': 2 } }),
  ],
  [
    'a property that is forbidden',
    object({}, { additionalProperties: false }),
    [{ b: 1 }],
    ['/b: undeclared -> integer, optional'],
    object({ b: { type: 'integer', 'x-samples': 1 } }, { additionalProperties: false }),
  ],
  [
    'a value that is not in the set',
    object({ s: { enum: ['a', 'b'] }, t: { const: 1 }, u: { type: ['string', 'null'], enum: ['a', null] } }),
    [
      { s: 'd', t: 2, u: 'b' },
      { s: 'c', t: 1, u: null },
    ],
    [
      '/s: "a" or "b" -> "a" or "b" or "c" or "d"',
      '/t: 1 -> 1 or 2',
      '/u: "a" or null -> "a" or null or "b"',
    ],
    object({
      s: { enum: ['a', 'b', 'c', 'd'] },
      t: { enum: [1, 2] },
      u: { type: ['string', 'null'], enum: ['a', null, 'b'] },
    }),
  ],
  [
    'a format and a pattern that do not hold',
    object({ d: { type: 'string', format: 'date', pattern: '^2', description: 'x' } }),
    [{ d: '1/1' }],
    ['/d: format date -> no format', '/d: pattern ^2 -> no pattern'],
    object({ d: { type: 'string', description: 'x' } }),
  ],
  [
    'limits',
    object({
      n: { type: 'number', minimum: 0, maximum: 10 },
      s: { type: 'string', minLength: 2, maxLength: 3 },
      l: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2, uniqueItems: true },
      x: { type: 'number', exclusiveMinimum: 0 },
    }),
    [
      { n: -5, s: '𝒳', l: [], x: 0 },
      { n: 12, s: 'abcd', l: [1, 1, 2], x: 1 },
      { n: -1, s: 'ab', l: [1], x: 1 },
    ],
    [
      '/l: maxItems 2 -> maxItems 3',
      '/l: minItems 1 -> minItems 0',
      '/l: uniqueItems -> no uniqueItems',
      '/n: maximum 10 -> maximum 12',
      '/n: minimum 0 -> minimum -5',
      '/s: maxLength 3 -> maxLength 4',
      '/s: minLength 2 -> minLength 1',
      '/x: exclusiveMinimum 0 -> no exclusiveMinimum',
    ],
    object({
      n: { type: 'number', minimum: -5, maximum: 12 },
      s: { type: 'string', minLength: 1, maxLength: 4 },
      l: { type: 'array', items: { type: 'integer' }, minItems: 0, maxItems: 3 },
      x: { type: 'number' },
    }),
  ],
  [
    'every item of a list, told once',
    object({ l: { type: 'array', items: object({ a: { type: 'integer' } }, { required: ['a'] }) } }),
    [{ l: [{ a: 1 }, { a: 'x', b: 1 }, { b: 2 }] }],
    [
      '/l/*/a: required -> optional',
      '/l/*/b: undeclared -> integer, optional',
      '/l/*/a: integer -> integer or string',
    ],
    object({
      l: {
        type: 'array',
        items: object({ a: { type: ['integer', 'string'] }, b: { type: 'integer', 'x-samples': 2 } }),
      },
    }),
  ],
  [
    'what the values of a map are',
    { type: 'object', additionalProperties: { type: 'integer' } },
    [{ a: 1, b: null }],
    ['/b: integer -> integer or null'],
    { type: 'object', additionalProperties: { type: ['integer', 'null'] } },
  ],
  [
    'a tuple, an item after it, and what is forbidden outright',
    {
      type: 'object',
      properties: { t: { type: 'array', prefixItems: [{ type: 'integer' }], items: false }, f: false },
    },
    [{ t: ['x', 1], f: 'y' }],
    ['/f: nothing -> string', '/t: items -> no items', '/t/*: integer -> integer or string'],
    {
      type: 'object',
      properties: {
        t: { type: 'array', prefixItems: [{ type: ['integer', 'string'] }] },
        f: { type: 'string' },
      },
    },
  ],
  [
    'a condition',
    object(
      { kind: { type: 'string' }, n: { type: 'integer' } },
      {
        if: { properties: { kind: { const: 'a' } }, type: 'object' },
        ...THEN({ required: ['n'] }),
        else: { required: ['kind'] },
      },
    ),
    [{ kind: 'a' }],
    ['/n: required -> optional'],
    object(
      { kind: { type: 'string' }, n: { type: 'integer' } },
      {
        if: { properties: { kind: { const: 'a' } }, type: 'object' },
        ...THEN({}),
        else: { required: ['kind'] },
      },
    ),
  ],
  [
    'what must not be, and what depends on another',
    object({ a: {}, b: {} }, { not: { required: ['b'] }, dependentRequired: { a: ['c'], b: ['a'] } }),
    [{ a: 1, b: 1 }],
    [': dependentRequired -> no dependentRequired', ': not -> no not'],
    object({ a: {}, b: {} }, { dependentRequired: { b: ['a'] } }),
  ],
  [
    'parts that all apply',
    { type: 'object', allOf: [object({ a: { type: 'integer' } }), object({ b: { type: 'string' } })] },
    [{ a: 'x', b: 'y', c: 1 }],
    ['/c: undeclared -> integer, optional', '/a: integer -> integer or string'],
    {
      type: 'object',
      allOf: [
        object({ a: { type: ['integer', 'string'] }, c: { type: 'integer', 'x-samples': 1 } }),
        object({ b: { type: 'string' } }),
      ],
    },
  ],
  [
    'a choice without null',
    object({ v: { anyOf: [{ type: 'string' }, object({ a: {} })] } }),
    [{ v: null }, { v: 1 }],
    ['/v: another shape -> a variant of integer', '/v: anyOf -> anyOf or null'],
    object({
      v: {
        anyOf: [{ type: 'string' }, object({ a: {} }), { type: 'integer', 'x-samples': 1 }, { type: 'null' }],
      },
    }),
  ],
  [
    'the nearest variant of a choice, which may be fitted by others then',
    object({
      v: {
        oneOf: [object({ a: {}, b: {} }, { required: ['a', 'b'] }), object({ c: {} }, { required: ['c'] })],
      },
    }),
    [{ v: { a: 1 } }],
    ['/v/b: required -> optional', '/v: oneOf -> anyOf'],
    object({
      v: { anyOf: [object({ a: {}, b: {} }, { required: ['a'] }), object({ c: {} }, { required: ['c'] })] },
    }),
  ],
  [
    'a variant by its constant',
    {
      anyOf: [
        object(
          { status: { enum: ['ok'] }, id: { type: 'integer' } },
          { title: 'good', required: ['status', 'id'] },
        ),
        object(
          { status: { enum: ['error'] }, id: { type: 'integer' } },
          { title: 'bad', required: ['status', 'id'] },
        ),
      ],
    },
    [{ status: 'error', id: 'x' }],
    ['/id: integer -> integer or string'],
    {
      anyOf: [
        object(
          { status: { enum: ['ok'] }, id: { type: 'integer' } },
          { title: 'good', required: ['status', 'id'] },
        ),
        object(
          { status: { enum: ['error'] }, id: { type: ['integer', 'string'] } },
          { title: 'bad', required: ['status', 'id'] },
        ),
      ],
    },
  ],
  [
    'a shape that is none of the variants, with the evidence of those that are',
    {
      anyOf: [
        object({ user: {} }, { title: 'found', required: ['user'], 'x-samples': 3 }),
        object({ error: {} }, { title: 'recorded', required: ['error'] }),
      ],
    },
    [
      { total: 1, page: 2 },
      { user: 1, more: 2 },
      { user: 1, more: 3 },
    ],
    [': another shape -> the variant "recorded 2"', '/more: undeclared -> integer, optional'],
    {
      anyOf: [
        object(
          { user: {}, more: { type: 'integer', 'x-samples': 2 } },
          { title: 'found', required: ['user'], 'x-samples': 5 },
        ),
        object({ error: {} }, { title: 'recorded', required: ['error'] }),
        {
          title: 'recorded 2',
          type: 'object',
          required: ['total', 'page'],
          properties: { total: { type: 'integer' }, page: { type: 'integer' } },
          'x-samples': 1,
        },
      ],
    },
  ],
  [
    'a shape unlike the only one',
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Get',
      ...object({ user: {} }, { required: ['user'], 'x-samples': 1 }),
    },
    [{ error: 'x' }, [1]],
    [': one shape -> that or the variant "recorded" or the variant "recorded 2"'],
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Get',
      anyOf: [
        { title: 'documented', ...object({ user: {} }, { required: ['user'], 'x-samples': 1 }) },
        {
          title: 'recorded',
          type: 'object',
          required: ['error'],
          properties: { error: { type: 'string' } },
          'x-samples': 1,
        },
        { title: 'recorded 2', type: 'array', items: { type: 'integer' }, 'x-samples': 1 },
      ],
    },
  ],
  [
    'draft 04 in its own words',
    {
      $schema: 'http://json-schema.org/draft-04/schema#',
      ...object({ n: { type: 'number', minimum: 0, exclusiveMinimum: true }, m: {} }, { required: ['n'] }),
    },
    [{ n: 0 }, { m: 1 }],
    ['/n: required -> optional', '/n: minimum 0 -> no minimum'],
    { $schema: 'http://json-schema.org/draft-04/schema#', ...object({ n: { type: 'number' }, m: {} }) },
  ],
])('%s is taken in, and nothing else changes', async (_name, schema, bodies, lines, expected) => {
  const once = await learnInto({ 'get.200.json': schema }, recorded(bodies));
  expect(once.lines.map((line) => line.replace(/^get 200 ?/, ''))).toEqual(lines);
  expect(once.texts['get.200.json']).toBe(JSON.stringify(expected, null, 2));
  const twice = await learnInto(once.texts, recorded([...bodies].reverse()));
  expect({ lines: twice.lines, changed: twice.changed }).toEqual({ lines: [], changed: {} });
  const reversed = await learnInto({ 'get.200.json': schema }, recorded([...bodies].reverse()));
  expect(reversed.texts).toEqual(once.texts);
});

test('what stands in a shared file is widened there, and the file is named', async () => {
  const files = {
    'get.200.json':
      '{ "type": "object", "properties": { "user": { "$ref": "shared/user.json#/$defs/user" } } }\n',
    'shared/user.json':
      '{\n\t"$defs": {\n\t\t"user": { "type": "object", "$comment": "ours",\n\t\t\t"properties": { "phone": {"type":"string"} } }\n\t}\n}\n',
  };
  const { lines, changed } = await learnInto(files, recorded([{ user: { phone: null, nick: 'x' } }]));
  expect(lines).toEqual([
    'get 200 /user/nick: undeclared -> string, optional (in shared/user.json)',
    'get 200 /user/phone: string -> string or null (in shared/user.json)',
  ]);
  expect(changed).toEqual({
    'shared/user.json': files['shared/user.json'].replace(
      '"phone": {"type":"string"}',
      '"phone": {"type":["string", "null"]}, "nick": { "type": "string", "x-samples": 1 }',
    ),
  });
});

test('a word in place of a value contradicts by its type alone', async () => {
  const schema = object({
    s: { type: 'string', enum: ['a'], format: 'date' },
    n: { type: 'integer', minimum: 5 },
    t: { type: 'string' },
    any: { type: 'string' },
  });
  const body = { s: '<string>', n: '<integer>', t: '<integer,null>', any: '<what>' };
  const { lines } = await learnInto({ 'get.200.json': schema }, recorded([body], true));
  expect(lines).toEqual(['get 200 /t: string -> string or integer or null']);
});

test('a status without a schema gets one', async () => {
  const { lines, changed, stuck } = await learnInto({}, recorded([{ a: 1 }, { a: null, b: 'x' }]));
  expect(lines).toEqual(['get 200: no schema -> learned from 2 samples']);
  expect(parsed(changed)).toEqual({
    'get.200.json': {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'get: 200',
      type: 'object',
      required: ['a'],
      properties: { a: { type: ['integer', 'null'] }, b: { type: 'string' } },
      'x-samples': 2,
    },
  });
  expect(stuck).toEqual([]);
});

test('of twins with the same text only the one that is asked for changes', async () => {
  const files = {
    'get.200.json': object({ a: { type: 'string' } }),
    'aaa.200.json': object({ a: { type: 'string' } }),
  };
  const { changed } = await learnInto(files, recorded([{ a: 1 }]));
  expect(parsed(changed)).toEqual({ 'get.200.json': object({ a: { type: ['string', 'integer'] } }) });
});

test('a variant that no example of a run is held to takes no part in the choice', async () => {
  const schema = object({ user: {} }, { required: ['user'] });
  // The first example is of a shape that the schema never took: with titles, a run would expect that one alone.
  const { changed } = await learnInto(
    { 'get.200.json': schema },
    recorded([{ error: 1 }]),
    collectionWith({ error: 1 }),
  );
  expect(parsed(changed)['get.200.json'].anyOf).toMatchObject([
    { required: ['user'] },
    { required: ['error'] },
  ]);
  expect(changed['get.200.json']).not.toContain('"title"');
});

test('a file keeps its byte order mark', async () => {
  const text = '\uFEFF{ "type": "object", "properties": { "a": { "type": "string" } } }';
  const { changed } = await learnInto({ 'get.200.json': text }, recorded([{ a: 1 }]));
  expect(changed).toEqual({ 'get.200.json': text.replace('"string"', '["string", "integer"]') });
});

test('what nothing can be widened for is named, and everything else is learned', async () => {
  const schema = object({ n: { type: 'number' }, a: { type: 'string' } });
  const { lines, stuck } = await learnInto(
    { 'get.200.json': schema },
    recorded([
      { n: Number.POSITIVE_INFINITY, a: 'x' },
      { n: 1, a: null },
    ]),
  );
  expect(lines).toEqual(['get 200 /a: string -> string or null']);
  expect(stuck).toContainEqual({ key: 'get', status: 200, pointer: '/n' });
});

test('a credential is never written into a set of values', async () => {
  const schema = object({ api_key: { type: 'string', enum: ['none'] } });
  const { lines, texts } = await learnInto({ 'get.200.json': schema }, recorded([{ api_key: 'hush' }]));
  expect(lines).toEqual(['get 200 /api_key: "none" -> any value']);
  expect(texts['get.200.json']).not.toContain('hush');
});

test('a variant never gets so wide that a run would expect another one than before', async () => {
  const schema = {
    anyOf: [
      object({ a: {}, c: {} }, { title: 'one', required: ['a', 'c'] }),
      object({ a: {}, b: {} }, { title: 'two', required: ['a', 'b'] }),
    ],
  };
  // Without its required c the first would take the first example, which is of the second.
  const { lines, changed } = await learnInto(
    { 'get.200.json': schema },
    recorded([{ a: 1, d: 2 }]),
    collectionWith({ a: 1, b: 2 }),
  );
  expect(lines).toEqual(['get 200: another shape -> the variant "recorded"']);
  expect(parsed(changed)['get.200.json'].anyOf.slice(0, 2)).toEqual(schema.anyOf);
});
