import { loadCollection } from '../../../src/collection/load';
import type { Config } from '../../../src/config/config';
import { checkExchange, holdExchange } from '../../../src/contract/check';
import { xmlFault } from '../../../src/contract/text-body';
import type { Header } from '../../../src/exchange/exchange';
import { describeRequests } from '../../../src/plan/plan';
import { brief, exchangeWith, plannedWith, storeOf } from './support';

const typed = (type: string): { headers: Header[] } => ({
  headers: type === '' ? [] : [['Content-Type', type]],
});
const any = { type: 'object' };

// What the example documents, what is received, and whether that is another media type.
test.each([
  ['application/json', 'application/json', true],
  ['application/json', 'Application/JSON; Charset=UTF-8', true],
  ['application/json; charset=utf-8', 'application/json;charset="us-ascii"', true],
  ['application/json', 'application/problem+json', false],
  ['application/problem+json', 'application/problem+json', true],
  ['application/vnd.acme.v2+json', 'application/vnd.acme.v2+json; ext=1', true],
  ['application/vnd.acme.v2+json', 'application/vnd.acme.v1+json', false],
  ['application/json', 'text/json', false],
  ['application/json', '', false],
  ['application/json', 'text/html', false],
  // The example says nothing: any JSON will do, a page will not.
  ['', 'application/json', true],
  ['', 'application/hal+json', true],
  ['', '', true],
  ['', 'text/html', false],
  ['*/*', 'application/json', true],
  ['{{type}}', 'application/json', true],
])('where %s is documented, %s is the same: %s', (documented, received, isSame) => {
  const planned = plannedWith([{ type: documented }]);
  const store = storeOf({ 'get.200.json': any });
  expect(brief(checkExchange(planned, exchangeWith({}, typed(received)), store))).toEqual(
    isSame ? [] : ['media-type-changed '],
  );
});

describe('a body that is no JSON', () => {
  const held = (documented: string, body: string, received = documented) =>
    checkExchange(
      plannedWith([{ body: '<a/>', type: documented }]),
      exchangeWith(body, typed(received)),
      storeOf({}),
    ).map(({ kind, expected, actual }) => `${kind}: ${expected}, not ${actual}`);

  test.each([
    ['application/xml', '<a b="1"><c/>x &amp; y</a>', []],
    ['text/xml', '<!DOCTYPE a [<!ENTITY me "x">]><a>&me;</a>', []],
    ['application/atom+xml', '<?xml version="1.0"?>\n<!-- c --><a xmlns:b="u"><b:c/></a>\n', []],
    [
      'application/xml',
      '<a>\n<b></a>',
      ['constraint-violated: well-formed XML, not line 2: unexpected close tag.'],
    ],
    [
      'application/xml',
      '<a>&none;</a>',
      ['constraint-violated: well-formed XML, not line 1: undefined entity.'],
    ],
    [
      'application/xml',
      '<a/><b/>',
      ['constraint-violated: well-formed XML, not line 1: documents may contain only one root.'],
    ],
    ['application/xml', ' \n', ['constraint-violated: a body that is not empty, not an empty body']],
    ['text/html', '<p>never closed', []],
    ['text/html', '', ['constraint-violated: a body that is not empty, not an empty body']],
    ['image/png', '\u0000\u0001', []],
  ])('as %s: %j', (media, body, expected) => {
    expect(held(media, body)).toEqual(expected);
  });

  test('is held to its media type first', () => {
    expect(held('application/xml', '<p>', 'text/html')).toEqual([
      'media-type-changed: application/xml, not text/html',
    ]);
  });
});

test('XML is read however deep it is, and never throws', () => {
  const deep = 20_000;
  expect(xmlFault('<a>'.repeat(deep) + '</a>'.repeat(deep))).toBeNull();
  for (const text of [
    '',
    '\u0000',
    '<',
    '<!DOCTYPE',
    '<!DOCTYPE a [<!ENTITY __proto__ "x">]><a/>',
    '&',
    '<a b="',
  ])
    expect(() => xmlFault(text)).not.toThrow();
});

// What may have no body is held to status and headers, even where a schema stands for it.
test.each([
  [204, '', []],
  [205, '', []],
  [304, '', []],
  [200, '', ['not-json ']],
  [200, '  ', ['not-json ']],
])('%i with body %j', (status, body, expected) => {
  const planned = plannedWith([{ code: status }]);
  const store = storeOf({ [`get.${status}.json`]: any });
  const all = checkExchange(planned, exchangeWith(body, { status }), store);
  expect(brief(all)).toEqual(expected);
});

test('an answer to HEAD has no body', () => {
  const planned = plannedWith([{}]);
  const head = { ...planned, request: { ...planned.request, method: 'HEAD' } };
  const checked = holdExchange(head, exchangeWith(''), storeOf({ 'get.200.json': any }));
  expect(checked).toEqual({ findings: [], body: 'none' });
});

// By what a body is held, and by what it is not.
test.each([
  ['a schema', [{}], { 'get.200.json': any }, {}, 200, 'application/json', 'schema'],
  ['a schema, broken', [{}], { 'get.200.json': any }, [], 200, 'application/json', 'schema'],
  ['its media type', [{ body: 'x', type: 'text/plain' }], {}, 'x', 200, 'text/plain', 'mediaType'],
  ['nothing, where none is documented', [{ body: '' }], {}, '', 200, '', 'none'],
  [
    'nothing, where the status is another',
    [{}],
    { 'get.200.json': any },
    {},
    500,
    'application/json',
    'none',
  ],
] as const)('a body is held by %s', (_name, examples, files, body, status, type, expected) => {
  const exchange = exchangeWith(body, { status, ...typed(type) });
  expect(holdExchange(plannedWith(examples), exchange, storeOf(files)).body).toBe(expected);
});

// A status is documented by a schema, or by an example that needs none.
test.each([
  ['a schema', [{}, { code: 404 }], { 'get.404.json': any }, 404, 'status-changed '],
  ['an example of a text', [{}, { code: 404, body: 'gone', type: 'text/plain' }], {}, 404, 'status-changed '],
  ['an example without body', [{}, { code: 204, body: '' }], {}, 204, 'status-changed '],
  ['an example of JSON that has no schema', [{}, { code: 404 }], {}, 404, 'undocumented-status '],
  ['nothing', [{}], {}, 404, 'undocumented-status '],
  ['nothing, though it has no body', [{}], {}, 204, 'undocumented-status '],
] as const)(
  'another status than the expected one, documented by %s',
  (_name, examples, files, status, expected) => {
    const store = storeOf({ 'get.200.json': any, ...files });
    expect(brief(checkExchange(plannedWith(examples), exchangeWith({}, { status }), store))).toEqual([
      expected,
    ]);
  },
);

// Required headers and a budget may be said for all requests, for a folder, or for one; the nearest word counts.
test.each([
  [
    { '*': { headers: ['X-All'], latencyBudgetMs: 10 } },
    ['header-missing /headers/X-All', 'latency-budget-exceeded '],
  ],
  [
    { '*': { headers: ['X-All'], latencyBudgetMs: 10 }, 'shop/*': { headers: ['X-Folder'] } },
    ['header-missing /headers/X-Folder', 'latency-budget-exceeded '],
  ],
  [
    {
      'shop/*': { headers: ['X-Folder'], latencyBudgetMs: 10 },
      'shop/get': { headers: [], latencyBudgetMs: 90 },
    },
    [],
  ],
  [{ 'shop/get': { headers: ['content-type', 'X-Own'] } }, ['header-missing /headers/X-Own']],
])('headers and budgets of %j', (requests, expected) => {
  const item = {
    name: 'get',
    request: { method: 'GET', url: 'http://127.0.0.1/x' },
    response: [{ name: 'saved', code: 200, header: [], body: '{}' }],
  };
  const document = { info: { name: 'C' }, item: [{ name: 'Shop', item: [item] }] };
  const config = { captures: {}, requests, variables: {} } as unknown as Config;
  const [planned] = describeRequests(loadCollection(document, 'c.json', 'c'), config);
  if (planned === undefined) throw new Error('no request');
  const store = storeOf({ 'shop/get.200.json': any });
  expect(brief(checkExchange(planned, exchangeWith({}, { durationMs: 50 }), store))).toEqual(expected);
});

describe('a status whose examples have several kinds of body', () => {
  const json = { body: { a: 1 } };
  const csv = { body: 'a;b', type: 'text/csv' };
  const schema = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
  const hold = (
    examples: Parameters<typeof plannedWith>[0],
    type: string,
    body: unknown,
    anyAnswer: boolean,
  ) =>
    brief(
      holdExchange(
        plannedWith(examples),
        exchangeWith(body, typed(type)),
        storeOf({ 'get.200.json': schema }),
        {
          anyAnswer,
        },
      ).findings,
    );

  test.each([
    ['text/csv', 'c;d', []],
    ['text/csv', '', ['constraint-violated ']],
    ['application/json', { a: 2 }, []],
    ['application/json', { a: 'x' }, ['type-changed /a']],
    ['application/hal+json', { a: 2 }, []],
    ['application/hal+json', { a: 'x' }, ['type-changed /a']],
    ['text/html', '<p>', ['media-type-changed ']],
    ['application/problem+json', { a: 2 }, ['media-type-changed ']],
  ])('may have any of them in a recording: %s %j', (type, body, expected) => {
    const hal = { ...json, type: 'application/hal+json' };
    expect(hold([json, csv, hal], type, body, true)).toEqual(expected);
    expect(hold([csv, hal, json], type, body, true)).toEqual(expected);
  });

  test('has that of the first example in a run', () => {
    expect(hold([csv, json], 'text/csv', 'c;d', false)).toEqual([]);
    expect(hold([csv, json], 'application/json', { a: 2 }, false)).toEqual(['media-type-changed ']);
    expect(hold([json, csv], 'text/csv', 'c;d', false)).toEqual(['media-type-changed ']);
    expect(hold([json, csv], 'application/json', { a: 2 }, false)).toEqual([]);
  });

  test('is held to a schema that somebody wrote where none of them is JSON', () => {
    expect(hold([csv], 'text/csv', { a: 2 }, false)).toEqual([]);
    expect(hold([csv, csv], 'text/csv', { a: 'x' }, true)).toEqual(['type-changed /a']);
  });

  test('may have none where an example has none', () => {
    const none = { body: '' };
    expect(hold([json, none], 'application/json', '', true)).toEqual([]);
    expect(hold([none, json], 'application/json', { a: 'x' }, true)).toEqual(['type-changed /a']);
    expect(hold([none, json], 'application/json', '', false)).toEqual([]);
    expect(hold([none, json], 'application/json', { a: 'x' }, false)).toEqual(['type-changed /a']);
    expect(hold([json, none], 'application/json', '', false)).toEqual(['not-json ']);
    expect(hold([json], 'application/json', '', true)).toEqual(['not-json ']);
  });
});
