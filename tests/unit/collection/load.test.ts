import { loadCollection } from '../../../src/collection/load';
import { CollectionFormatError } from '../../../src/errors';
import { documentOf, folder, item, load, requestOf, script } from '../collections';

const bearer = (token: string) => ({ type: 'bearer', bearer: [{ key: 'token', value: token }] });

describe('the collection', () => {
  test('has its name, its variables and its requests in order, with keys and places', () => {
    const collection = load(
      [item('Login'), folder('Customers', item(' Get '), folder('Tags', item('Get')), item('get'))],
      {
        variable: [
          { key: 'a', value: 1 },
          { key: 'b', value: 'x', disabled: true },
        ],
      },
    );
    expect(collection).toMatchObject({ id: 'shop', name: 'Shop' });
    expect(collection.variables).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: 'x', disabled: true },
    ]);
    expect(
      collection.requests.map(({ key, name, folder: path, pointer }) => [key, name, path, pointer]),
    ).toEqual([
      ['login', 'Login', [], '/item/0'],
      ['customers/get', 'Get', ['Customers'], '/item/1/item/0'],
      ['customers/tags/get', 'Get', ['Customers', 'Tags'], '/item/1/item/1/item/0'],
      ['customers/get~2', 'get', ['Customers'], '/item/1/item/2'],
    ]);
  });

  test('has the same hash for the same meaning, and another for another', () => {
    const hash = (...items: unknown[]) => load(items).sha256;
    const { name, request } = item('a');
    expect(hash({ request, name })).toBe(hash(item('a')));
    expect(hash({ ...item('a'), event: [script('test', '')] })).toBe(hash(item('a')));
    expect(hash(item('a', 'https://api.example.test/y'))).not.toBe(hash(item('a')));
    expect(hash({ ...item('a'), event: [script('test', 'x')] })).not.toBe(hash(item('a')));
    expect(hash(item('a'), item('b'))).not.toBe(hash(item('b'), item('a')));
  });

  test('is called unnamed, and its requests too, where nothing names them', () => {
    const { name, requests } = loadCollection({ info: {}, item: [{ request: 'https://a.test' }] }, 'f', 'id');
    expect([name, requests.map(({ key }) => key)]).toEqual(['unnamed', ['unnamed']]);
  });

  test.each<[given: string, items: unknown[], what: string]>([
    ['nothing', [], 'the collection has no requests'],
    ['only empty folders', [folder('a', folder('b'))], 'the collection has no requests'],
    [
      'several faults',
      ['x', folder('f', { name: 'neither', itm: [] })],
      'not a collection: /item/0: expected a request or a folder, found string; /item/1/item/0: expected "request" or "item"',
    ],
  ])('is refused where it holds %s', (_case, items, what) => {
    const refused = () => loadCollection(documentOf(items), 'shop.json', 'shop');
    expect(refused).toThrow(CollectionFormatError);
    expect(refused).toThrow(expect.objectContaining({ what, where: 'shop.json' }));
  });
});

describe('a request inherits', () => {
  test('the nearest auth; noauth ends it', () => {
    const { requests } = load(
      [
        item('root'),
        { ...folder('f', item('folder'), item('own', '', { auth: bearer('own') })), auth: bearer('folder') },
        { ...folder('n', item('none'), folder('deep', item('none'))), auth: { type: 'noauth' } },
      ],
      { auth: bearer('root') },
    );
    expect(requests.map(({ key, auth }) => [key, auth?.type, auth?.parameters.token])).toEqual([
      ['root', 'bearer', 'root'],
      ['f/folder', 'bearer', 'folder'],
      ['f/own', 'bearer', 'own'],
      ['n/none', 'noauth', undefined],
      ['n/deep/none', 'noauth', undefined],
    ]);
    expect(requestOf(item('r')).auth).toBeNull();
  });

  test("every script around it, the collection's first, with the place it stands at", () => {
    const { requests } = load(
      [
        {
          ...folder('f', { ...item('a'), event: [script('prerequest', 'own', 'lines')] }),
          event: [script('test', ''), script('test', 'folder')],
        },
        item('b'),
      ],
      { event: [script('test', 'root'), { ...script('test', 'x'), listen: 'other' }] },
    );
    const [inside, outside] = requests;
    expect(inside?.scripts).toEqual([
      { listen: 'test', pointer: '/event/0', source: 'root' },
      { listen: 'test', pointer: '/item/0/event/0', source: 'folder' },
      { listen: 'prerequest', pointer: '/item/0/item/0/event/0', source: 'own\nlines' },
    ]);
    expect(outside?.scripts).toEqual([{ listen: 'test', pointer: '/event/0', source: 'root' }]);
  });

  test('protocol behaviour, each name from the nearest place that has it', () => {
    const behavior = (followRedirects: boolean, more = {}) => ({
      protocolProfileBehavior: { followRedirects, ...more },
    });
    const { requests } = load(
      [{ ...folder('f', { ...item('a'), ...behavior(true) }, item('b')), ...behavior(false) }],
      behavior(true, { strictSSL: true }),
    );
    expect(requests.map((request) => request.behavior)).toEqual([
      { followRedirects: true, strictSSL: true },
      { followRedirects: false, strictSSL: true },
    ]);
  });
});

test.each<[given: string, body: unknown, want: unknown]>([
  [
    'raw',
    { mode: 'raw', raw: '{}', options: { raw: { language: 'json', headerFamily: 'json' } } },
    { mode: 'raw', raw: '{}', language: 'json' },
  ],
  ['raw of no language', { mode: 'raw', raw: 'a' }, { mode: 'raw', raw: 'a' }],
  ['raw that is empty', { mode: 'raw', raw: '' }, null],
  [
    'urlencoded',
    {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'a', value: null },
        { key: 'b', value: '1', disabled: true },
      ],
    },
    {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'a', value: '' },
        { key: 'b', value: '1', disabled: true },
      ],
    },
  ],
  [
    'graphql',
    { mode: 'graphql', graphql: { query: '{a}', variables: '{"v":1}', operationName: 'A' } },
    { mode: 'graphql', query: '{a}', variables: '{"v":1}', operationName: 'A' },
  ],
  [
    'graphql with variables as an object',
    { mode: 'graphql', graphql: { query: '{a}', variables: { v: 1 } } },
    { mode: 'graphql', query: '{a}', variables: '{"v":1}' },
  ],
  ['formdata', { mode: 'formdata', formdata: [] }, { mode: 'formdata', formdata: [] }],
  ['an unknown mode', { mode: 'smoke' }, null],
  ['none', undefined, null],
])('body: %s', (_case, body, want) => {
  expect(requestOf(item('r', '', { method: 'POST', body })).body).toEqual(want);
});

test('a method is upper case, and examples have a code or none', () => {
  const response = [
    { name: 'found', code: '200', header: [{ key: 'Content-Type', value: 'application/json' }], body: '{}' },
    { status: 'OK' },
  ];
  expect(requestOf({ ...item('r', '', { method: 'post' }), response })).toMatchObject({
    method: 'POST',
    examples: [
      { name: 'found', code: 200, headers: [{ key: 'Content-Type', value: 'application/json' }], body: '{}' },
      { name: 'unnamed', code: null, headers: [], body: '' },
    ],
  });
});
