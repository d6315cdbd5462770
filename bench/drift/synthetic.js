// Collections whose bodies have the shapes that contracts are hard on: nobody's API, and something of everybody's.

/** An example: a status, a body (a text as it stands, anything else as JSON) and its media type. */
const answer = (code, body, media = 'application/json') => ({
  name: `answer ${code}`,
  code,
  header: media === null ? [] : [{ key: 'Content-Type', value: media }],
  body: typeof body === 'string' ? body : JSON.stringify(body, null, 2),
});
const ok = (...bodies) => bodies.map((body) => answer(200, body));
const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));

const nested = (level) =>
  level === 0 ? { leaf: 1, none: null } : { level, inner: [nested(level - 1)], side: {} };
const ID = '3b241101-e2bb-4255-8caf-4136c566a962';

/** Requests by collection: each its examples. */
const BODIES = {
  'deep nesting': { deep: ok(nested(12)), 'two depths': ok(nested(3), nested(5)) },
  'arrays of arrays': {
    matrix: ok([[1, 2], [3, 4.5], []]),
    cube: ok({ cube: [[[{ x: 1 }], []], [[{ x: 2, y: 'z' }]]] }),
    tuple: ok({
      pairs: [
        ['name', 1],
        ['other', 2],
      ],
      mixed: [1, 'a', null, { b: true }, [false]],
    }),
    root: ok([{ id: 1 }, { id: 2, tag: 'x' }]),
    'empty root': ok([]),
    'list of empty': ok({ rows: [[], []], cells: [{}, {}] }),
  },
  unions: {
    field: ok({ id: 1, owner: 'me' }, { id: '2', owner: { name: 'you', age: 1 } }, { id: 3, owner: ['x'] }),
    events: ok({
      events: [
        { type: 'created', at: '2026-01-05T10:00:00Z', payload: { name: 'a' } },
        { type: 'deleted', at: '2026-01-06T10:00:00+01:00', reason: 'b' },
        { type: 'renamed', at: '2026-01-07T10:00:00.5Z', payload: { from: 'a', to: 'b' } },
      ],
    }),
    variants: ok(
      { status: 'ok', user: { id: 1, name: 'a' }, more: 1 },
      { error: { code: 'x', details: [{ field: 'name' }] } },
      [1, 2],
      { status: 'ok', user: { id: 2, name: 'b' } },
    ),
    'success or error': ok({ data: { id: 1 }, meta: {} }, { errors: [{ title: 'no' }], trace: 'abc' }),
    'empty or not': ok({}, { id: 1, name: 'x', list: [] }),
    'close variants': ok(
      { status: 'ok', data: { id: 1 } },
      { status: 'error', error: 'x' },
      { status: 'wait' },
    ),
    'one in another': ok(
      { id: 1, name: 'x' },
      {
        id: 1,
        name: 'x',
        address: { city: 'c' },
        phones: ['1'],
        born: '2026-01-05',
        active: true,
        score: 1.5,
      },
    ),
    'lists of variants': ok(
      [{ id: 1 }],
      { items: [{ id: 1 }], total: 1 },
      { total: 2, error: { code: 1 }, at: 'x' },
    ),
    scalars: [answer(200, 'true'), answer(201, '"done"'), answer(202, '12'), answer(203, '1.5')],
  },
  maps: {
    ids: ok({ users: { 101: { name: 'a' }, 102: { name: 'b', age: 3 } } }),
    uuids: ok({ [ID]: { total: 1 }, '6f1d2c9e-10aa-41f1-9d55-0b5a2f7c4e10': { total: 2.5 } }),
    dates: ok({ rates: { '2026-01-05': { EUR: 1.1 }, '2026-01-06': { EUR: 1.2 } }, base: 'USD' }),
    locales: ok({
      title: { en: 'a', de: 'b' },
      text: { 'en-US': { short: 'x' }, 'pt-BR': { short: 'y', long: 'z' } },
    }),
    mixed: ok({ names: { en: 'a', 'de-AT': 'b' }, 'x@example.com': 1, total: 2 }),
    inner: ok({ byDay: { '2026-01-05': { byUser: { 1: [1, 2], 2: [] } } } }),
    mails: ok({ 'a@example.com': true, 'b@example.org': false }),
    'one entry': ok({ prices: { 7: { amount: 5, currency: 'EUR' } } }),
    hashes: ok({ blobs: { '0123456789abcdef0123': { size: 1 }, '99999999999999999999': { size: 2 } } }),
    'many data names': ok(Object.fromEntries([['total', 1], ...times(30, (at) => [`${1000 + at}`, { at }])])),
  },
  'empty and null': {
    objects: ok({ a: {}, b: [], c: null, d: [{}], e: [[]], f: '' }),
    'empty root': ok({}),
    nulls: ok({ a: null, b: 1 }, { a: 'x', b: null }, { a: null, b: 2 }),
    'null items': ok({ list: [null, 1, null], other: [null] }),
    optional: ok(
      { id: 1, note: 'x', child: { a: 1, b: 2 } },
      { id: 2, child: { a: 3 } },
      { id: 3, note: null },
    ),
    'null root': ok('null', { a: 1 }),
  },
  sets: {
    statuses: ok(
      ...times(24, (at) => ({
        id: at,
        state: ['active', 'on_hold', 'closed'][at % 3],
        level: ['LOW', 'HIGH'][at % 2],
        maybe: [null, 'first', 'second'][at % 3],
        currency: ['EUR', 'USD', 'GBP'][at % 3],
        name: `name ${at}`,
        word: `word${'abcdefghijklmnopqrstuvwx'[at]}`,
      })),
    ),
    items: ok({ list: times(60, (at) => ({ state: ['open', 'done'][at % 2], number: at })) }),
  },
  'numbers and texts': {
    numeric: ok({
      id: '12345',
      zip: '00420',
      price: '10.50',
      phone: '+1 555',
      version: '1.2.3.4',
      flag: 'true',
    }),
    written: ok('{"price": 10.00, "rate": 1e3, "count": 3, "total": -0.0, "list": [1.0, 2.0]}'),
    large: ok('{"id": 9007199254740993, "max": 18446744073709551615, "small": 1e-400}'),
    long: ok({
      text: 'word '.repeat(2000),
      base64: Buffer.alloc(600, 7).toString('base64'),
      html: '<p>a &amp; b</p>',
    }),
    formats: ok({
      id: ID,
      at: '2026-01-05T10:00:00Z',
      on: '2026-01-05',
      time: '10:00:00Z',
      mail: 'a@example.com',
      site: 'https://example.com/a?b=c',
      ip: '192.0.2.1',
      ip6: '2001:db8::1',
      urn: 'urn:isbn:0451450523',
      local: '2026-01-05 10:00:00',
      us: '01/05/2026',
      empty: '',
      host: 'example.com',
    }),
    'formats of some': ok(
      { when: '2026-01-05', ref: ID },
      { when: 'never', ref: 'none' },
      { when: '', ref: ID },
    ),
  },
  placeholders: {
    words: ok({
      id: '<integer>',
      name: '<string>',
      ok: '<boolean>',
      when: '<dateTime>',
      day: '<date>',
      ref: '<uuid>',
      ratio: '<number>',
      maybe: '<string,null>',
      any: '<any>',
      list: ['<string>', '<string>'],
      free: '<object>',
      link: '<uri>',
      mail: '<email>',
      amount: '<float>',
      long: '<long>',
    }),
    items: ok([
      { id: '<string>', tags: ['<string>', '<string>'], owner: { id: '<integer>' } },
      { id: '<string>', tags: ['<string>', '<string>'], owner: { id: '<integer>' } },
    ]),
    map: ok({
      values: { key_0: '<string>', key_1: '<string>' },
      error: '<Error: Too many levels of nesting>',
    }),
    partly: ok(
      { id: '<integer>', name: 'Ann', at: '2026-01-05T10:00:00Z' },
      { id: 3, name: '<string>', at: '<dateTime>' },
    ),
    choice: ok({ value: '<string|integer>', other: '<integer, null>' }),
  },
  standards: {
    graphql: ok(
      {
        data: {
          user: {
            id: '1',
            friends: {
              edges: [{ node: { id: '2' }, cursor: 'x' }],
              pageInfo: { hasNextPage: true, endCursor: null },
            },
          },
        },
      },
      {
        data: null,
        errors: [
          {
            message: 'no',
            locations: [{ line: 1, column: 2 }],
            path: ['user', 0, 'name'],
            extensions: { code: 'X' },
          },
        ],
      },
    ),
    'json api': [
      answer(
        200,
        {
          data: [
            {
              type: 'articles',
              id: '1',
              attributes: { title: 'a' },
              relationships: {
                author: { data: { type: 'people', id: '9' }, links: { self: 'https://example.com/1' } },
              },
            },
          ],
          included: [{ type: 'people', id: '9', attributes: { name: 'b' } }],
          links: { self: 'https://example.com/', next: null },
          jsonapi: { version: '1.0' },
        },
        'application/vnd.api+json',
      ),
      answer(404, { errors: [{ status: '404', source: { pointer: '/data' } }] }, 'application/vnd.api+json'),
    ],
    hal: [
      answer(
        200,
        {
          _links: {
            self: { href: '/a' },
            'ea:find': { href: '/a{?id}', templated: true },
            curies: [{ name: 'ea' }],
          },
          _embedded: { 'ea:order': [{ total: 3.5, _links: { self: { href: '/b' } } }] },
        },
        'application/hal+json; charset=utf-8',
      ),
    ],
    odata: ok({
      '@odata.context': 'https://example.com/$metadata#People',
      '@odata.count': 2,
      value: [{ 'Name@odata.type': '#String', Name: 'a', 'a/b~c': 1 }],
    }),
    geojson: ok({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [102.0, 0.5] },
          properties: { prop0: 'value0' },
        },
        {
          type: 'Feature',
          geometry: {
            type: 'LineString',
            coordinates: [
              [102.5, 0.25],
              [103.5, 1.5],
            ],
          },
          properties: { prop0: 'v', prop1: 0.5 },
        },
        { type: 'Feature', geometry: null, properties: {} },
      ],
    }),
    paging: ok(
      { items: [{ id: 1 }], page: 1, total: 20, next: 'https://example.com/?page=2' },
      { items: [], page: 9, total: 20, next: null },
    ),
    problem: [
      answer(
        400,
        { type: 'about:blank', title: 'Bad', status: 400, 'invalid-params': [{ name: 'age', reason: 'x' }] },
        'application/problem+json',
      ),
      answer(200, { done: true }),
    ],
  },
  'odd names': {
    names: ok({
      '': 1,
      ' ': 2,
      'a/b': { '~': [{ '*': 1 }] },
      'a.b': 3,
      '0x': 4,
      constructor: 'c',
      toString: 'd',
      $ref: '#/x',
      é: true,
    }),
    inherited: ok('{"isPrototypeOf": {"a": 1}, "hasOwnProperty": "x", "valueOf": null}'),
    'numbers beside': ok({ id: 1, 2026: { sum: 1 }, name: 'x' }),
    'like indexes': ok({ list: { 0: 'a', 1: 'b', length: 2 } }),
  },
  'other bodies': {
    commented: ok('{\n  // the id\n  "id": 1,\n  "list": [1, 2, ...],\n}'),
    spaced: ok(`\uFEFF\n\t{"a" : [ 1 , 2 ]}\r\n`),
    'no media type': [answer(200, { a: 1 }, null)],
    'json as a page': [answer(200, { a: 1, list: [{ b: 'x' }] }, 'text/html; charset=utf-8')],
    'json as plain text': [answer(200, [{ a: 1 }], 'text/plain')],
    'json as text': [answer(200, '{"a": 1}', 'text/json')],
    repeated: ok('{"a": 1, "a": 1, "b": 2}'),
  },
  'many samples': {
    drifting: ok(
      ...times(12, (at) => ({
        id: at % 2 ? at : `${at}`,
        ...(at % 3 && { tag: 'x' }),
        price: at / 4,
        address: at % 4 === 0 ? null : { street: 's', ...(at % 2 && { zip: at }) },
        lines: times(at % 3, (line) => ({ sku: `s${line}`, ...(line && { note: null }) })),
      })),
    ),
    'several statuses': [
      answer(200, { id: 1 }),
      answer(201, { id: 2, made: true }),
      answer(400, { message: 'a' }),
      answer(400, { message: 'b', fields: ['x'] }),
      answer(500, { message: 'c' }),
    ],
  },
};

const documentOf = (name, requests) => ({
  info: { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: Object.entries(requests).map(([title, response]) => ({
    name: title,
    request: { method: 'GET', url: `https://api.example.com/${encodeURIComponent(title)}` },
    response,
  })),
});

/** Collections by name. */
const SYNTHETIC = Object.fromEntries(
  Object.entries(BODIES).map(([name, requests]) => [name, documentOf(name, requests)]),
);

module.exports = { SYNTHETIC, documentOf };
