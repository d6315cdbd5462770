import { lint } from '../../../src/lint/lint';
import { describeRequests } from '../../../src/plan/plan';
import { configOf, item, load } from '../collections';
import { storeOf } from '../contract/support';

type Json = Record<string, unknown>;
const saved = (code: number | null, body: string, more: Json = {}) => ({
  name: 'e',
  code,
  header: [{ key: 'Content-Type', value: 'application/json' }],
  body,
  ...more,
});
const found = (items: Json[], files: Json = {}, more: Json = {}, documented: string[] = []) => {
  const collection = load(items, more);
  const config = configOf();
  const weak = lint(
    collection,
    describeRequests(collection, config),
    storeOf(files),
    config,
    new Set(documented),
  );
  return weak.map(({ rule, key, text }) => `${rule} ${key}: ${text}`);
};
const ok = { 'get.200.json': { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] } };

test.each<[string, Json[], Json, RegExp[]]>([
  ['a request without an example', [item('get')], {}, [/^no-example get/]],
  [
    'an example without a status',
    [{ ...item('get'), response: [saved(null, '{}')] }],
    {},
    [/^no-status get/],
  ],
  [
    'an example without a schema',
    [{ ...item('get'), response: [saved(200, '{}')] }],
    {},
    [/^no-schema get: .* 200$/],
  ],
  [
    'comments',
    [{ ...item('get'), response: [saved(200, '{"a":1 // no\n}')] }],
    ok,
    [/^not-json get: .*comments$/],
  ],
  [
    'a trailing comma',
    [{ ...item('get'), response: [saved(200, '{"a":1,}')] }],
    ok,
    [/^not-json get: .*trailing comma$/],
  ],
  [
    'an example with comments is held to its schema all the same',
    [{ ...item('get'), response: [saved(200, '{"a":"x", ... }')] }],
    ok,
    [/^not-json get: .*it has an ellipsis$/, /^breaks-schema get: .* at \/a$/],
  ],
  [
    'what is cut off',
    [{ ...item('get'), response: [saved(200, '{"a":"x"')] }],
    ok,
    [/^not-json get: .*does not parse: /],
  ],
  [
    'a placeholder of the right type',
    [{ ...item('get'), response: [saved(200, '{"a":"<integer>"}')] }],
    ok,
    [],
  ],
  [
    'an example that breaks its schema',
    [{ ...item('get'), response: [saved(200, '{"a":"x"}')] }],
    ok,
    [/^breaks-schema get: example "e" is type-changed at \/a$/],
  ],
  ['one that holds it', [{ ...item('get'), response: [saved(200, '{"a":1}')] }], ok, []],
  [
    'an example of another request',
    [
      {
        ...item('get'),
        response: [saved(200, '{"a":1}', { originalRequest: { method: 'POST', url: 'https://a.test/b/c' } })],
      },
    ],
    ok,
    [/^foreign-example get: .*POST b\/c$/],
  ],
  [
    'a request without a URL',
    [item('get', '')],
    {},
    [/^document-odd : \/item\/0\/request\/url/, /^no-url get/, /^no-example/],
  ],
])('%s', (_case, items, files, want) => {
  const weak = found(items, files);
  expect(weak).toHaveLength(want.length);
  for (const [index, pattern] of want.entries()) expect(weak[index]).toMatch(pattern);
});

test('a variable that only an environment can give is named once, unless that is documented', () => {
  const items = [item('get', '{{base}}/x'), item('list', '{{base}}/{{id}}')];
  expect(found(items).filter((one) => one.startsWith('unknown'))).toEqual([
    'unknown-variable : only an environment can give {{base}}, {{id}}',
  ]);
  expect(found(items, {}, {}, ['base', 'id']).filter((one) => one.startsWith('unknown'))).toEqual([]);
});

test('credentials in the collection are named, never shown, and inherited ones once', () => {
  const auth = { type: 'bearer', bearer: [{ key: 'token', value: 'S3CR3T-TOKEN' }] };
  const variable = [{ key: 'api_secret', value: 'S3CR3T-VARIABLE' }];
  const header = [{ key: 'X-Api-Key', value: 'S3CR3T-HEADER' }];
  const weak = found(
    [item('a'), item('b', 'https://a.test/?token={{t}}', { header })],
    {},
    { auth, variable },
  );
  expect(weak.filter((one) => one.startsWith('credential'))).toEqual([
    expect.stringContaining('credential : the variable api_secret'),
    expect.stringContaining('credential a: auth bearer token'),
    expect.stringContaining('credential b: X-Api-Key'),
  ]);
  expect(weak.join()).not.toContain('S3CR3T');
});

test('a capture that an example speaks for is a hint, with what to write, and its variable is not unknown', () => {
  const items = [
    {
      ...item('make order', 'https://a.test/orders', { method: 'POST' }),
      response: [saved(201, '{"id":"S3CR3T"}')],
    },
    item('get order', 'https://a.test/orders/{{order_id}}/{{other}}'),
  ];
  const collection = load(items);
  const config = configOf();
  const weak = lint(collection, describeRequests(collection, config), storeOf({}), config);
  expect(weak.filter(({ rule }) => rule === 'no-capture')).toEqual([
    {
      rule: 'no-capture',
      level: 'hint',
      key: 'make-order',
      text: 'yields {{order_id}}: its 201 example has it; add {"order_id":{"pointer":"/id"}} to its "captures"',
      captures: { 'make-order': { order_id: { pointer: '/id' } } },
    },
  ]);
  expect(found(items).filter((one) => one.startsWith('unknown'))).toEqual([
    'unknown-variable : only an environment can give {{other}}',
  ]);
  expect(JSON.stringify(weak)).not.toContain('S3CR3T');
});

test('the secrets that an OAuth 2 token is got with are credentials, its address is none', () => {
  const oauth2 = {
    grant_type: 'password_credentials',
    accessTokenUrl: 'https://login.example.test/token',
    clientId: 'me',
    clientSecret: 'S3CR3T-CLIENT',
    username: 'ann',
    password: '{{password}}',
    refreshToken: 'S3CR3T-REFRESH',
    privateKey: 'S3CR3T-KEY',
    secret: 'S3CR3T-SHARED',
    tokenRequestParams: [
      { key: 'api_key', value: 'S3CR3T-EXTRA' },
      { key: 'client_assertion', value: 'S3CR3T-ASSERTION' },
      { key: 'requested_token_type', value: 'urn:x' },
      { key: 'tenant', value: 'acme' },
    ],
  };
  const weak = found([item('a', 'https://a.test', { auth: { type: 'oauth2', oauth2 } })]);
  const places = weak
    .filter((one) => one.startsWith('credential'))
    .map((one) => / auth oauth2 (\w+) /.exec(one)?.[1]);
  expect(places.sort()).toEqual(
    ['api_key', 'clientSecret', 'client_assertion', 'privateKey', 'refreshToken', 'secret'].sort(),
  );
  expect(weak.join()).not.toContain('S3CR3T');
});
