import { checkExchange } from '../../../src/contract/check';
import { brief, check, exchangeWith, plannedWith, storeOf } from './support';

const object = (properties: object, extra: object = {}) => ({ type: 'object', properties, ...extra });

// Each schema with a body that holds, and a twin that differs in one place.
test.each([
  ['required', object({ a: { type: 'string' } }, { required: ['a'] }), { a: 'x' }, {}, 'property-missing /a'],
  [
    'own properties',
    object({ toString: true }, { required: ['toString'] }),
    { toString: 1 },
    {},
    'property-missing /toString',
  ],
  ['type', object({ a: { type: 'string' } }), { a: 'x' }, { a: 1 }, 'type-changed /a'],
  ['root type', { type: 'array', items: { type: 'integer' } }, [1], { a: 1 }, 'type-changed '],
  ['integer', object({ a: { type: 'integer' } }), { a: 1 }, { a: 1.5 }, 'type-changed /a'],
  ['null', object({ a: { type: 'string' } }), { a: 'x' }, { a: null }, 'null-unexpected /a'],
  ['null in an enum', object({ a: { enum: ['x'] } }), { a: 'x' }, { a: null }, 'null-unexpected /a'],
  [
    'enum',
    object({ a: { type: 'string', enum: ['x', 'y'] } }),
    { a: 'y' },
    { a: 'z' },
    'enum-value-unknown /a',
  ],
  ['const', object({ a: { const: 1 } }), { a: 1 }, { a: 2 }, 'enum-value-unknown /a'],
  [
    'format',
    object({ a: { type: 'string', format: 'date' } }),
    { a: '2026-01-05' },
    { a: '5.1.26' },
    'format-violated /a',
  ],
  ['bound', object({ a: { type: 'number', minimum: 0 } }), { a: 0 }, { a: -1 }, 'constraint-violated /a'],
  [
    'pattern',
    object({ a: { type: 'string', pattern: '^x' } }),
    { a: 'x1' },
    { a: 'y' },
    'constraint-violated /a',
  ],
  ['not', object({ a: { not: { type: 'null' } } }), { a: 1 }, { a: null }, 'constraint-violated /a'],
  [
    'name to escape',
    object({ 'a/b~c': { type: 'string' } }),
    { 'a/b~c': '' },
    { 'a/b~c': 1 },
    'type-changed /a~1b~0c',
  ],
  ['unknown name', object({ a: { type: 'string' } }), { a: '' }, { a: '', b: 1 }, 'property-undeclared /b'],
  [
    'closed object',
    object({ a: true }, { additionalProperties: false }),
    { a: 1 },
    { a: 1, b: 1 },
    'property-undeclared /b',
  ],
])('%s', (_name, schema, holds, differs, expected) => {
  expect(brief(check(schema, holds))).toEqual([]);
  expect(brief(check(schema, differs))).toEqual([expected]);
});

test('the same difference in many array items is one finding with a count', () => {
  const schema = { type: 'array', items: object({ id: { type: 'string' } }, { required: ['id'] }) };
  const body = [{ id: 1 }, { id: 'x', extra: 1 }, { id: 2 }, { extra: 2 }];
  expect(brief(check(schema, body))).toEqual([
    'type-changed /0/id x2',
    'property-missing /3/id',
    'property-undeclared /1/extra x2',
  ]);
});

test('a property with a number for a name is no array item', () => {
  const years = object({ '2024': true, '2025': true }, { required: ['2024', '2025'] });
  expect(brief(check({ type: 'array', items: years }, [{}, {}]))).toEqual([
    'property-missing /0/2024 x2',
    'property-missing /0/2025 x2',
  ]);
});

describe('variants', () => {
  const cat = object({ kind: { const: 'cat' }, lives: { type: 'integer' } }, { required: ['kind', 'lives'] });
  const dog = object({ kind: { const: 'dog' }, name: { type: 'string' } }, { required: ['kind', 'name'] });
  const pet = object({ pet: { anyOf: [cat, dog] } });

  test.each([
    [{ pet: { kind: 'cat', lives: 9 } }, []],
    [{ pet: { kind: 'dog', name: 'Rex' } }, []],
    [{ pet: { kind: 'dog', name: 7 } }, ['type-changed /pet/name']],
    [{ pet: { kind: 'cat', lives: '9' } }, ['type-changed /pet/lives']],
    [{ pet: null }, ['null-unexpected /pet']],
    [{ pet: { kind: 'cat', lives: 9, name: 'Tom' } }, ['property-undeclared /pet/name']],
  ])('%j is explained by its nearest variant', (body, expected) => {
    expect(brief(check(pet, body))).toEqual(expected);
  });

  test('what stands beside a failing variant is not taken for a part of it', () => {
    const named = object({ name: { type: 'string' } });
    const schema = {
      $defs: { named },
      ...object({
        a: { anyOf: [{ $ref: '#/$defs/named' }, { type: 'null' }] },
        ab: { $ref: '#/$defs/named' },
      }),
    };
    expect(brief(check(schema, { a: { name: 1 }, ab: { name: 2 } }))).toEqual([
      'type-changed /a/name',
      'type-changed /ab/name',
    ]);
  });

  test('choices of a schema that contains itself do not explain each other away', () => {
    const child = { anyOf: [{ type: 'number' }, { $ref: '#/$defs/operation' }] };
    const of = (name: string) => object({ [name]: { $ref: '#' } }, { required: [name] });
    const schema = { $defs: { operation: { oneOf: [of('not'), of('minus')] } }, ...child };
    expect(brief(check(schema, { not: 1 }))).toEqual([]);
    expect(brief(check(schema, {}))).toEqual(['property-missing /not']);
    expect(brief(check(schema, { not: {} }))).toEqual(['property-missing /not/not']);
  });

  const closed = (name: string, extra = {}) => ({
    ...object({ [name]: true }, { additionalProperties: false }),
    ...extra,
  });
  test.each([
    ['oneOf', { oneOf: [closed('a'), closed('b')] }],
    ['anyOf', { anyOf: [closed('a'), closed('b')] }],
    ['titled', { anyOf: [closed('a', { title: 'A' }), closed('b', { title: 'B' })] }],
  ])('a body that no closed variant takes is breaking: %s', (_keyword, schema) => {
    const store = storeOf({ 'get.200.json': schema });
    const heldTo = (body: unknown) =>
      checkExchange(plannedWith([{ body: { a: 1 } }]), exchangeWith(body), store);
    expect(brief(heldTo({ a: 1 }))).toEqual([]);
    expect(brief(heldTo({ a: 1, b: 1 }))).toEqual(['constraint-violated ', 'property-undeclared /b']);
  });

  test('nullable by a variant stays precise', () => {
    const schema = object({
      a: { anyOf: [{ type: 'null' }, object({ id: { type: 'integer' } }, { required: ['id'] })] },
    });
    expect(brief(check(schema, { a: null }))).toEqual([]);
    expect(brief(check(schema, { a: {} }))).toEqual(['property-missing /a/id']);
    expect(brief(check(schema, { a: 'x' }))).toEqual(['type-changed /a']);
  });

  test('one of several that fit is a constraint', () => {
    const schema = object({ a: { oneOf: [{ type: 'integer' }, { type: 'number' }] } });
    expect(brief(check(schema, { a: 1.5 }))).toEqual([]);
    expect(brief(check(schema, { a: 1 }))).toEqual(['constraint-violated /a']);
  });

  const answers = {
    anyOf: [
      {
        title: 'success',
        ...object({ status: { enum: ['ok'] }, user: { type: 'string' } }, { required: ['status', 'user'] }),
      },
      {
        title: 'error',
        ...object(
          { status: { enum: ['error'] }, code: { type: 'string' } },
          { required: ['status', 'code'] },
        ),
      },
    ],
  };
  const heldTo = (body: unknown) =>
    checkExchange(
      plannedWith([{ body: { status: 'ok', user: 'u' } }]),
      exchangeWith(body),
      storeOf({ 'get.200.json': answers }),
    );

  test('a run holds the response to the variant of the first example', () => {
    expect(brief(heldTo({ status: 'ok', user: 'v' }))).toEqual([]);
    const broken = heldTo({ status: 'error', code: 'validation' });
    expect(brief(broken)).toEqual(['enum-value-unknown /status']);
    expect(broken[0]?.message).toBe('the body is the documented variant "error" instead of "success"');
    expect(brief(heldTo({ status: 'ok', user: 1 }))).toEqual(['type-changed /user']);
  });

  test.each([
    [{ id: 1, ok: true }, []],
    [{ ok: true }, ['property-missing /id']],
    [{ id: 'x', ok: true }, ['type-changed /id']],
    [{ id: 'x', ok: 1 }, ['type-changed /ok', 'type-changed /id']],
    [{ id: 'x', err: 1 }, ['property-missing /ok', 'type-changed /id']],
    [{ id: 1, ok: true, err: 1 }, ['property-undeclared /err']],
  ])('what stands beside titled variants holds as well: %j', (body, expected) => {
    const schema = {
      ...object({ id: { type: 'integer' } }, { required: ['id'] }),
      anyOf: [
        { title: 'A', ...object({ ok: { type: 'boolean' } }, { required: ['ok'] }) },
        { title: 'B', ...object({ err: true }, { required: ['err'] }) },
      ],
    };
    const planned = plannedWith([{ body: { id: 1, ok: true } }]);
    const store = storeOf({ 'get.200.json': schema });
    expect(brief(checkExchange(planned, exchangeWith(body), store))).toEqual(expected);
  });
});

describe('references', () => {
  const files = {
    'shared/user.json': object({ id: { type: 'string' }, boss: { $ref: 'user.json' } }, { required: ['id'] }),
  };
  const schema = object({
    user: { $ref: './shared/user.json' },
    all: { allOf: [{ $ref: 'shared/user.json' }, object({ x: true })] },
  });

  test.each([
    [{ user: { id: 'a', boss: { id: 'b' } }, all: { id: 'c', x: 1 } }, []],
    [{ user: { id: 'a', boss: {} } }, ['property-missing /user/boss/id']],
    [{ user: { id: 'a', boss: { id: 'b', extra: 1 } } }, ['property-undeclared /user/boss/extra']],
    [{ all: { id: 'c', y: 1 } }, ['property-undeclared /all/y']],
  ])('%j is checked through files', (body, expected) => {
    expect(brief(check(schema, body, files))).toEqual(expected);
  });

  test('an anchor is followed', () => {
    const node = object({ name: { type: 'string' } });
    const schema = { $defs: { node: { $anchor: 'node', ...node } }, ...object({ a: { $ref: '#node' } }) };
    expect(brief(check(schema, { a: { name: 'x' } }))).toEqual([]);
    expect(brief(check(schema, { a: { name: 1, more: 1 } }))).toEqual([
      'type-changed /a/name',
      'property-undeclared /a/more',
    ]);
  });

  test('a finding names the schema file and keyword that it broke', () => {
    const [found] = check(schema, { user: { id: 1 } }, files);
    expect(found?.schema).toBe('schemas/shared/user.json#/properties/id/type');
  });
});

const THEN = 'then';

describe('undeclared properties', () => {
  test.each([
    ['a free-form object', { type: 'object' }, { any: 1 }, []],
    ['a map', object({}, { additionalProperties: { type: 'integer' } }), { any: 1 }, []],
    [
      'pattern properties',
      object({}, { patternProperties: { '^x-': true } }),
      { 'x-a': 1, b: 1 },
      ['property-undeclared /b'],
    ],
    [
      'if and then',
      {
        ...object({ a: true }),
        if: { required: ['a'] },
        // Named so that no linter takes the case for a promise.
        [THEN]: object({ b: true }),
        else: object({ c: true }),
      },
      { a: 1, b: 1, c: 1 },
      ['property-undeclared /c'],
    ],
    [
      'dependent schemas',
      { ...object({ a: true }), dependentSchemas: { a: object({ b: true }), z: object({ c: true }) } },
      { a: 1, b: 1, c: 1 },
      ['property-undeclared /c'],
    ],
    [
      'a tuple',
      { type: 'array', prefixItems: [object({ a: true })], minItems: 1, items: object({ b: true }) },
      [
        { a: 1, b: 1 },
        { a: 1, b: 1 },
      ],
      ['property-undeclared /0/b', 'property-undeclared /1/a'],
    ],
  ])('%s', (_name, schema, body, expected) => {
    const all = check(schema, body);
    expect(all.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual(expected);
  });
});

describe('before the body', () => {
  const store = () => storeOf({ 'get.200.json': { type: 'object' }, 'get.404.json': { type: 'object' } });
  const planned = plannedWith([{ code: 200 }, { code: 404 }], { headers: ['X-Id'], latencyBudgetMs: 100 });
  const headers: [string, string][] = [
    ['content-type', 'application/json; charset=utf-8'],
    ['x-id', '1'],
  ];

  test.each([
    ['all is well', {}, {}, []],
    ['another documented status', { status: 404 }, {}, ['status-changed ']],
    ['an undocumented status', { status: 500 }, {}, ['undocumented-status ']],
    [
      'a missing header',
      { headers: [['Content-Type', 'application/json']] as [string, string][] },
      {},
      ['header-missing /headers/X-Id'],
    ],
    ['slow', { durationMs: 101 }, {}, ['latency-budget-exceeded ']],
    [
      'another media type',
      {
        headers: [
          ['Content-Type', 'text/json'],
          ['X-Id', '1'],
        ] as [string, string][],
      },
      {},
      ['media-type-changed '],
    ],
    [
      'a page',
      {
        headers: [
          ['Content-Type', 'text/html'],
          ['X-Id', '1'],
        ] as [string, string][],
      },
      '<p>',
      ['media-type-changed '],
    ],
    ['no JSON', {}, '{"a":', ['not-json ']],
    ['nothing', {}, '', ['not-json ']],
  ])('%s', (_name, answer, body, expected) => {
    expect(brief(checkExchange(planned, exchangeWith(body, { headers, ...answer }), store()))).toEqual(
      expected,
    );
  });

  test.each(['unreachable', 'timeout', 'tls-invalid'] as const)('%s is a finding of its own', (kind) => {
    const failure = { kind, code: 'ECODE', message: 'it failed' };
    const exchange = { ...exchangeWith({}), response: null, failure };
    expect(checkExchange(planned, exchange, store())).toMatchObject([
      { kind, severity: 'down', actual: 'ECODE' },
    ]);
  });
});

test.each([
  ['the lowest success with a schema', ['500', '201', '200'], 200, []],
  ['no other success', ['201', '200'], 201, ['status-changed ']],
  ['no documented error', ['200', '500'], 500, ['status-changed ']],
  ['no documented error, though there is no success', ['500'], 500, ['status-changed ']],
  ['no success without a schema', ['500'], 200, ['undocumented-status ']],
])('a request without example expects %s', (_name, schemas, status, expected) => {
  const store = storeOf(Object.fromEntries(schemas.map((code) => [`get.${code}.json`, { type: 'object' }])));
  expect(brief(checkExchange(plannedWith([]), exchangeWith({}, { status }), store))).toEqual(expected);
});

test('values of credentials are not shown', () => {
  const schema = object({ access_token: { type: 'integer' } });
  const [token] = check(schema, { access_token: 'abc' });
  expect(token?.actual).toBe('string [hidden]');
});

test.each([
  ['an example is contract enough for a status without body', 204, 204, []],
  ['a status that has a body needs a schema', 202, 202, ['undocumented-status ']],
  ['another status without body is another status', 200, 204, ['undocumented-status ']],
])('%s', (_name, documented, status, expected) => {
  const store = storeOf({ 'get.200.json': { type: 'object' } });
  expect(
    brief(checkExchange(plannedWith([{ code: documented }]), exchangeWith('', { status }), store)),
  ).toEqual(expected);
});

describe('without a schema, where the example', () => {
  const text = (body: string, type = 'text/plain') =>
    exchangeWith(body, { headers: type === '' ? [] : [['Content-Type', `${type}; charset=utf-8`]] });
  const held = (example: { body?: unknown; type?: string }, exchange: ReturnType<typeof text>) =>
    brief(checkExchange(plannedWith([example]), exchange, storeOf({})));

  test('is no JSON, the media type is the contract, and that something came', () => {
    const example = { body: 'pong', type: 'text/plain; charset=us-ascii' };
    expect(held(example, text('pong'))).toEqual([]);
    expect(held(example, text('pong', 'text/html'))).toEqual(['media-type-changed ']);
    expect(held(example, text(''))).toEqual(['constraint-violated ']);
  });

  test('has no body, the status is the contract', () => {
    expect(held({ body: '', type: '' }, text('', ''))).toEqual([]);
  });

  test('is JSON, the schema is missed', () => {
    expect(held({ body: {} }, exchangeWith({}))).toEqual(['undocumented-status ']);
  });
});

test('a body that is nested to break its reader is not JSON to us', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const store = storeOf({ 'get.200.json': { type: 'array' } });
  expect(brief(checkExchange(plannedWith([{ body: [] }]), exchangeWith(deep), store))).toEqual(['not-json ']);
});

test('a clean-up that finds nothing left has nothing wrong, and how that is said is held to its schema', () => {
  const store = storeOf({ 'get.200.json': {}, 'get.404.json': { type: 'object', required: ['errors'] } });
  const cleanup = { ...plannedWith([{ code: 200 }, { code: 404 }]), cleanup: true };
  const answer = (body: unknown, status: number) =>
    brief(checkExchange(cleanup, exchangeWith(body, { status }), store));
  expect(answer({ errors: {} }, 404)).toEqual([]);
  expect(answer({}, 404)).toEqual(['property-missing /errors']);
  expect(answer({}, 410)).toEqual([]);
  expect(answer({}, 500)).toEqual(['undocumented-status ']);
});
