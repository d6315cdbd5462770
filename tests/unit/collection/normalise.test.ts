import { normalise } from '../../../src/collection/normalise';
import { CollectionFormatError } from '../../../src/errors';
import { documentOf, folder, item } from '../collections';

type Json = Record<string, unknown>;

const API_KEY = [
  { key: 'key', value: 'X-Shop-Key', type: 'string' },
  { key: 'value', value: '{{shopKey}}', type: 'string' },
];
const BASIC_CONFIG = { basicConfig: API_KEY.map(({ key, value }) => ({ key, value })) };
const copied = (apikey: unknown) => ({
  type: 'apikey',
  apikey,
  isInherited: true,
  source: { type: 'collection' },
});

/** The normalised first item of a collection. */
function first(given: unknown, more: Json = {}): Json {
  const [only] = normalise(documentOf([given], more), 'shop.json').item as Json[];
  return only ?? {};
}
const request = (given: unknown, more: Json = {}): Json => first(given, more).request as Json;
const example = (response: Json): unknown =>
  (first({ ...item('r'), response: [response] }).response as Json[])[0];

describe('the document', () => {
  test('keeps what means something and drops what only shows', () => {
    const info = {
      name: 'Shop',
      _postman_id: 'p',
      schema: 'v2.0.0',
      publishedId: 'x',
      customColor: {},
      toc: [],
    };
    expect(normalise({ info, item: [], variable: [{ id: 'a', value: null, type: 'any' }] }, 'f')).toEqual({
      info: { _postman_id: 'p', name: 'Shop', schema: expect.stringContaining('/v2.1.0/') },
      item: [],
      variable: [{ key: 'a', value: null }],
    });
  });

  test('is unwrapped once from an API envelope', () => {
    const document = documentOf([item('r')]);
    expect(normalise({ collection: document }, 'f')).toEqual(normalise(document, 'f'));
  });

  test('keeps disabled variables as disabled', () => {
    const variable = [{ key: 'a', value: '1', disabled: true }];
    expect(normalise(documentOf([], { variable }), 'f').variable).toEqual(variable);
  });

  test.each<[given: string, json: unknown, what: RegExp]>([
    ['a list', [], /^not a collection$/],
    ['neither info nor item', {}, /\/info: expected an object.*; \/item: expected a list/],
    ['a misspelt item', { info: {}, items: [] }, /: \/item: expected a list/],
    ['an item twice wrapped', { collection: { collection: documentOf([]) } }, /\/info: .*\/item: /],
    [
      'odd items',
      documentOf([item('a'), 7, folder('f', {}, null as never)]),
      /: \/item\/1: .*; \/item\/2\/item\/0: .*; \/item\/2\/item\/1: /,
    ],
  ])('is refused where it is %s', (_case, json, what) => {
    const refused = () => normalise(json, 'shop.json');
    expect(refused).toThrow(CollectionFormatError);
    expect(refused).toThrow(
      expect.objectContaining({ what: expect.stringMatching(what), where: 'shop.json' }),
    );
  });
});

describe('auth', () => {
  test.each<[given: string, auth: unknown, want: unknown]>([
    ['v2.1: a list', { type: 'apikey', apikey: API_KEY }, { type: 'apikey', apikey: API_KEY }],
    [
      'v2.0: an object',
      { type: 'apikey', apikey: { key: 'X-Shop-Key', value: '{{shopKey}}' } },
      { type: 'apikey', apikey: API_KEY },
    ],
    [
      'the dialect: a list in basicConfig',
      { type: 'apikey', apikey: BASIC_CONFIG },
      { type: 'apikey', apikey: API_KEY },
    ],
    [
      'several lists in …Config',
      {
        type: 'oauth2',
        oauth2: { basicConfig: [{ key: 'a', value: '1' }], advancedConfig: [{ key: 'b', value: true }] },
      },
      {
        type: 'oauth2',
        oauth2: [
          { key: 'a', value: '1', type: 'string' },
          { key: 'b', value: true, type: 'any' },
        ],
      },
    ],
    ['noauth', { type: 'noauth', isInherited: false }, { type: 'noauth' }],
    ['no attributes', { type: 'bearer' }, { type: 'bearer', bearer: [] }],
    ['null', null, undefined],
    ['no type', { apikey: API_KEY }, undefined],
  ])('%s', (_case, auth, want) => {
    expect(request(item('r', 'https://a.test', { auth })).auth).toEqual(want);
  });

  test('a copy of what is inherited anyway goes, on folders and requests', () => {
    const inside = item('r', 'https://a.test', { auth: copied(BASIC_CONFIG) });
    const given = { ...folder('f', inside), auth: copied(BASIC_CONFIG) };
    const kept = first(given, { auth: { type: 'apikey', apikey: { ...BASIC_CONFIG } } });
    expect(kept).not.toHaveProperty('auth');
    expect((kept.item as Json[])[0]?.request).not.toHaveProperty('auth');
  });

  test.each<[given: string, auth: Json]>([
    ['a copy of something else', copied({ basicConfig: [{ key: 'value', value: 'other' }] })],
    ['the same set here', { type: 'apikey', apikey: BASIC_CONFIG, isInherited: false }],
    ['an explicit none', { type: 'noauth', isInherited: false }],
  ])('%s stays', (_case, auth) => {
    const root = { auth: { type: 'apikey', apikey: API_KEY } };
    expect(request(item('r', 'https://a.test', { auth }), root).auth).toMatchObject({ type: auth.type });
  });

  test('a copy is held to the folder around it, not to the collection', () => {
    const inside = item('r', 'https://a.test', { auth: copied(API_KEY) });
    const given = { ...folder('f', inside), auth: { type: 'noauth' } };
    const [kept] = first(given, { auth: { type: 'apikey', apikey: API_KEY } }).item as Json[];
    expect(kept?.request).toHaveProperty('auth.apikey', API_KEY);
  });
});

describe('headers', () => {
  test.each<[given: string, header: unknown, want: unknown]>([
    ['null', null, []],
    ['missing', undefined, []],
    [
      'text',
      'A: b\r\nC:d:e\n\n: no name\nno colon',
      [
        { key: 'A', value: 'b' },
        { key: 'C', value: 'd:e' },
      ],
    ],
    ['a null value', [{ key: 'A', value: null, type: 'text' }], [{ key: 'A', value: '' }]],
    ['disabled', [{ key: 'A', value: 'b', disabled: true }], [{ key: 'A', value: 'b', disabled: true }]],
    ['not disabled', [{ key: 'A', value: 'b', disabled: false }], [{ key: 'A', value: 'b' }]],
  ])('%s', (_case, header, want) => {
    expect(request(item('r', 'https://a.test', { header })).header).toEqual(want);
  });
});

test.each<[given: string, more: Json, want: unknown]>([
  ['an enabled body', { body: { mode: 'raw', raw: 'a' } }, { mode: 'raw', raw: 'a' }],
  ['JSON under a mode that nobody knows', { body: { mode: '', raw: ['a'] } }, { mode: 'raw', raw: '["a"]' }],
  ['a disabled body', { body: { mode: 'raw', raw: 'a', disabled: true } }, undefined],
  ['a null body', { body: null }, undefined],
])('%s', (_case, more, want) => {
  expect(request(item('r', 'https://a.test', more)).body).toEqual(want);
});

test('a request that is only its URL is a GET', () => {
  expect(request({ name: 'r', request: 'https://a.test/x' })).toMatchObject({
    method: 'GET',
    header: [],
    url: { protocol: 'https', host: ['a', 'test'], path: ['x'] },
  });
});

describe('scripts', () => {
  const event = (exec: unknown, more: Json = {}) =>
    first({ ...item('r'), event: [{ listen: 'test', script: { exec }, ...more }] }).event;

  test.each<[given: string, exec: unknown, want: string[]]>([
    ['lines', ['a();', 'b();'], ['a();', 'b();']],
    ['text', 'a();\nb();', ['a();', 'b();']],
  ])('of %s are kept as lines', (_case, exec, want) => {
    expect(event(exec)).toEqual([{ listen: 'test', script: { type: 'text/javascript', exec: want } }]);
  });

  test.each<[given: string, exec: unknown]>([
    ['no line', []],
    ['an empty line', ['']],
    ['blanks', [' ', '\t']],
    ['nothing', undefined],
  ])('of %s go', (_case, exec) => {
    expect(event(exec)).toBeUndefined();
  });

  test('that are disabled go', () => {
    expect(event(['a();'], { disabled: true })).toBeUndefined();
  });
});

describe('examples', () => {
  test.each<[given: unknown, want: number | null]>([
    [201, 201],
    ['404', 404],
    [null, null],
    [undefined, null],
    ['OK', null],
    [200.5, null],
  ])('code %j is %j', (code, want) => {
    expect(example({ name: 'e', code })).toMatchObject({ code: want });
  });

  test('have a body and headers even where the document has none', () => {
    expect(
      example({ name: 'e', code: 204, header: null, body: null, cookie: [{}], responseTime: null }),
    ).toEqual({
      name: 'e',
      code: 204,
      header: [],
      cookie: [],
      body: '',
    });
  });
});
