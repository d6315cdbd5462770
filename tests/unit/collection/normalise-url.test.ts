import { normaliseUrl } from '../../../src/collection/normalise-url';

const EMPTY = { raw: '', host: [], path: [], query: [], variable: [] };
const SHOP = { protocol: 'https', host: ['api', 'shop', 'test'] };

test.each<[given: string, url: unknown, want: object]>([
  ['nothing', undefined, EMPTY],
  ['an empty text', '', EMPTY],
  ['null', null, EMPTY],
  [
    'text',
    'https://api.shop.test:8443/v2/orders?a=1&n&e=#top',
    {
      ...SHOP,
      port: '8443',
      path: ['v2', 'orders'],
      query: [
        { key: 'a', value: '1' },
        { key: 'n', value: null },
        { key: 'e', value: '' },
      ],
      hash: 'top',
    },
  ],
  [
    'text with variables',
    '{{base}}/orders/:id',
    { host: ['{{base}}'], path: ['orders', ':id'], variable: [{ key: 'id', value: '' }] },
  ],
  ['only raw', { raw: 'https://api.shop.test/a' }, { ...SHOP, path: ['a'] }],
  [
    'lists',
    { ...SHOP, port: 81, path: ['a', { type: 'string', value: 'b' }, 'c'] },
    { ...SHOP, port: '81', path: ['a', 'b', 'c'], raw: 'https://api.shop.test:81/a/b/c' },
  ],
  [
    'host and path as text',
    { protocol: 'https', host: 'api.shop.test', path: '/a/b' },
    { ...SHOP, path: ['a', 'b'] },
  ],
  ['a trailing slash', { ...SHOP, path: ['a', ''] }, { path: ['a', ''] }],
  [
    'one host with scheme and base path',
    { host: ['https://api.shop.test/v2'], path: ['a'] },
    { ...SHOP, path: ['v2', 'a'] },
  ],
  [
    'the same as text',
    { host: 'https://api.shop.test/v2', path: 'a', query: [{ key: 'x', value: 'y' }] },
    { ...SHOP, path: ['v2', 'a'], query: [{ key: 'x', value: 'y' }], raw: 'https://api.shop.test/v2/a?x=y' },
  ],
  [
    'the same with scheme beside it',
    { protocol: 'https', host: ['https://api.shop.test/'], path: ['a'] },
    { ...SHOP, path: ['a'] },
  ],
  [
    'a disabled parameter without raw',
    {
      ...SHOP,
      query: [
        { key: 'a', value: '1', disabled: true },
        { key: 'b', value: null },
      ],
    },
    {
      raw: 'https://api.shop.test?b',
      query: [
        { key: 'a', value: '1', disabled: true },
        { key: 'b', value: null },
      ],
    },
  ],
  [
    'odd parameters',
    { ...SHOP, query: [{ key: null, value: 1 }, { key: 'b' }, 'c'], variable: [{ id: 'i', value: true }] },
    {
      query: [
        { key: '', value: '1' },
        { key: 'b', value: '' },
      ],
      variable: [{ key: 'i', value: 'true' }],
    },
  ],
])('%s', (_case, url, want) => {
  expect(normaliseUrl(url)).toMatchObject(want);
});

describe('the dialect: a text beside urlObject', () => {
  const url = 'https://api.shop.test/v2/orders/:orderId?expand=lines';

  test('takes parameters from the object, which knows the disabled ones and the path variables', () => {
    const query = [
      { key: 'expand', value: 'lines' },
      { key: 'page', value: null, disabled: true },
    ];
    const variable = [{ key: 'orderId', value: '42', type: 'any', description: { content: 'No.' } }];
    const urlObject = { host: ['https://api.shop.test/v2'], path: ['orders', ':orderId'], query, variable };
    expect(normaliseUrl(url, urlObject)).toEqual({
      raw: url,
      ...SHOP,
      path: ['v2', 'orders', ':orderId'],
      query,
      variable: [{ key: 'orderId', value: '42', description: { content: 'No.' } }],
    });
  });

  test.each<[given: string, urlObject: unknown]>([
    ['host and path', { query: [], variable: [] }],
    ['everything', {}],
    ['itself', undefined],
  ])('parses the text where the object lacks %s', (_case, urlObject) => {
    expect(normaliseUrl(url, urlObject)).toMatchObject({ ...SHOP, path: ['v2', 'orders', ':orderId'] });
  });

  test('keeps the hole that an empty variable left', () => {
    expect(normaliseUrl('https://api.shop.test/orders//lines')).toMatchObject({
      path: ['orders', '', 'lines'],
    });
  });

  test('is no URL where both are empty', () => {
    expect(normaliseUrl('', {})).toEqual(EMPTY);
  });
});
