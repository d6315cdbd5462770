import { capturesOf, proposeCaptures } from '../../../src/lint/propose';
import { describeRequests } from '../../../src/plan/plan';
import { configOf, folder, item, load } from '../collections';

type Json = Record<string, unknown>;

const API = 'https://api.example.test';
/** A request `METHOD /path` with a saved success of this body. */
function request(line: string, body?: unknown, more: Json = {}): Json {
  const [method = '', path = ''] = line.split(' ');
  const { code = 200, header = [], original, ...sent } = more;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = {
    name: 'ok',
    code,
    header,
    body: text,
    ...(original !== undefined && { originalRequest: original }),
  };
  return {
    ...item(line, `${API}${path}`, { method, ...sent }),
    ...(body !== undefined && { response: [response] }),
  };
}
/** One that was saved when it was sent to this path. */
const saved = (line: string, path: string) =>
  request(line, {}, { original: { method: line.split(' ')[0], url: `${API}${path}` } });

function proposals(
  items: readonly Json[],
  more: Json = {},
  config = configOf(),
  given: readonly string[] = [],
): string[] {
  const collection = load(items, more);
  return proposeCaptures(collection, describeRequests(collection, config), config, new Set(given)).map(
    ({ key, variable, source }) => `${variable} <- ${key} ${Object.entries(source).flat().join(' ')}`,
  );
}

const UUID = '6f1d2c9e-10aa-41f1-9d55-0b5a2f7c4e10';

describe('proposed is', () => {
  test.each<[what: string, items: Json[], want: string]>([
    [
      'the name itself',
      [request('GET /me', { user_id: 7 }), request('GET /users/{{user_id}}')],
      'user_id <- get-me pointer /user_id',
    ],
    [
      'the end of a path',
      [request('GET /me', { user: { id: 7 } }), request('GET /users/{{user_id}}')],
      'user_id <- get-me pointer /user/id',
    ],
    [
      'in a wrapper',
      [request('GET /me', { data: { user: { id: 7 } } }), request('GET /users/{{USER_ID}}')],
      'USER_ID <- get-me pointer /data/user/id',
    ],
    [
      'the id of what was created',
      [request('POST /users', { id: 7 }), request('GET /users/{{user_id}}')],
      'user_id <- post-users pointer /id',
    ],
    [
      'the id of the folder',
      [folder('Loyalty Tiers', request('GET /x', { data: { id: 7 } }), request('GET /y/{{loyaltyTierId}}'))],
      'loyaltyTierId <- loyalty-tiers/get-x pointer /data/id',
    ],
    [
      'a name of the thing that was created',
      [request('POST /companies', { name: 'acme' }), request('GET /companies/{{company_name}}')],
      'company_name <- post-companies pointer /name',
    ],
    [
      'a path variable with a name of its own',
      [request('POST /pets', { id: 7 }), request('GET /pets/:petId')],
      'petId <- post-pets pointer /id',
    ],
    [
      'a bare id, by what it follows',
      [request('POST /orders', { id: 7 }), request('GET /orders/:id')],
      'id <- post-orders pointer /id',
    ],
    [
      'the token of a login',
      [request('POST /login', { token: 'abc' }), request('GET /y?t={{access_token}}')],
      'access_token <- post-login pointer /token',
    ],
    [
      'another name of a token',
      [
        request('POST /oauth', { data: { accessToken: 'a/b+c=' } }),
        item('use', `${API}/x`, { header: [{ key: 'Authorization', value: 'Bearer {{token}}' }] }),
      ],
      'token <- post-oauth pointer /data/accessToken',
    ],
    [
      'a header of that name',
      [
        request('GET /x', '', { header: [{ key: 'X-Request-Id', value: 'r-1' }] }),
        request('GET /y/{{x_request_id}}'),
      ],
      'x_request_id <- get-x header X-Request-Id',
    ],
    [
      'a header of that name without its X-',
      [
        request('GET /x', '', { header: [{ key: 'X-Session-Id', value: 's-1' }] }),
        request('GET /y/{{session_id}}'),
      ],
      'session_id <- get-x header X-Session-Id',
    ],
    [
      'a cookie of that name',
      [
        request('GET /x', '', { header: [{ key: 'Set-Cookie', value: 'csrf_token=c-1; Path=/' }] }),
        request('GET /y?c={{csrfToken}}'),
      ],
      'csrfToken <- get-x cookie csrf_token',
    ],
    [
      'the first item of a list, where there is nothing better',
      [request('GET /users', { data: [{ id: 7 }, { id: 8 }] }), request('GET /users/{{user_id}}')],
      'user_id <- get-users pointer /data/0/id',
    ],
    [
      'what a converter wrote a word for',
      [request('POST /users', { id: '<uuid>' }), request('GET /users/{{user_id}}')],
      'user_id <- post-users pointer /id',
    ],
    [
      'the very value that a later example was saved with',
      [request('GET /start', { thing: { ref: UUID } }), saved('GET /carts/{{basket}}', `/carts/${UUID}`)],
      'basket <- get-start pointer /thing/ref',
    ],
  ])('%s', (_what, items, want) => {
    expect(proposals(items)).toEqual([want]);
  });
});

describe('preferred is', () => {
  const use = request('GET /users/{{user_id}}');

  test.each<[what: string, items: Json[], want: string]>([
    [
      'what creates to a list, wherever they stand',
      [request('POST /users', { id: 1 }), request('GET /users', [{ user_id: 2 }]), use],
      'user_id <- post-users pointer /id',
    ],
    [
      'what creates it to what creates another thing with it',
      [request('POST /users', { id: 1 }), request('POST /orders', { user_id: 2 }), use],
      'user_id <- post-users pointer /id',
    ],
    [
      'one thing to a list',
      [request('GET /me', { user: { id: 1 } }), request('GET /users', [{ id: 2 }]), use],
      'user_id <- get-me pointer /user/id',
    ],
    [
      'the nearest of equal ones',
      [request('GET /a', { user_id: 1 }), request('GET /b', { user_id: 2 }), use],
      'user_id <- get-b pointer /user_id',
    ],
    [
      'the plain place of two in one response',
      [request('GET /a', { user_id: 1, order: { user_id: 2 } }), use],
      'user_id <- get-a pointer /user_id',
    ],
    [
      'the value that was sent, to anything else',
      [
        request('GET /a', [{ user_id: UUID }]),
        request('POST /users', { id: 'other' }),
        saved('GET /users/{{user_id}}', `/users/${UUID}`),
      ],
      'user_id <- get-a pointer /0/user_id',
    ],
  ])('%s', (_what, items, want) => {
    expect(proposals(items)).toEqual([want]);
  });
});

describe('nothing is proposed', () => {
  const use = request('GET /users/{{user_id}}');

  test.each<[why: string, items: Json[]]>([
    ['of a later request', [use, request('POST /users', { id: 7 })]],
    ['of the request itself', [request('POST /users/{{user_id}}', { user_id: 7 })]],
    [
      'that some request before needs as well',
      [request('GET /a/{{user_id}}'), request('POST /users', { id: 7 }), use],
    ],
    [
      'of two values that are as plain',
      [request('GET /a', { buyer: { user_id: 1 }, seller: { user_id: 2 } }), use],
    ],
    ['null', [request('POST /users', { id: null }), use]],
    ['an object', [request('POST /users', { id: { value: {} } }), use]],
    ['a truth', [request('POST /users', { id: true }), use]],
    ['an empty text', [request('POST /users', { id: '' }), use]],
    ['that is a variable itself', [request('POST /users', { id: '{{user_id}}' }), use]],
    ['a word for an object', [request('POST /users', { id: '<object>' }), use]],
    ['that would be more than one part of the path', [request('POST /users', { id: 'a/b' }), use]],
    ['of an error', [request('POST /users', { id: 7 }, { code: 409 }), use]],
    [
      'of an example that is not the expected one',
      [
        {
          ...item('make', `${API}/users`, { method: 'POST' }),
          response: [
            { name: 'e', code: 400, body: '{}' },
            { name: 'ok', code: 201, body: '{"id":7}' },
          ],
        },
        use,
      ],
    ],
    ['of a body that does not parse', [request('POST /users', '{"id": 7,}'), use]],
    ['of what was deleted', [request('DELETE /users/all', { user: { id: 7 } }), use]],
    ['of another thing', [request('POST /orders', { id: 7 }), use]],
    [
      'a bare id of two things',
      [request('POST /orders', { id: 7 }), request('GET /orders/:id'), request('GET /users/:id')],
    ],
    ['a bare id outside of a path', [request('POST /orders', { id: 7 }), request('GET /orders?x={{id}}')]],
    [
      'deep in a list of other things',
      [request('GET /a', { page: { tiles: [{ custom: { user_id: 7 } }] } }), use],
    ],
    ['for where requests go', [request('GET /a', { base_token: 'x' }), item('use', '{{base_token}}/x')]],
    [
      'for what is no id',
      [
        request('GET /users', { page_size: 10, limit: 10 }),
        saved('GET /users?n={{page_size}}&l={{limit}}', '/users?n=10&l=10'),
      ],
    ],
    [
      'for a date that two happen to share',
      [
        request('GET /a', { made: { ref: '2024-01-01T10:00:00Z' } }),
        saved('GET /b?since={{since}}', '/b?since=2024-01-01T10:00:00Z'),
      ],
    ],
    [
      'of a header that every server sends',
      [
        request('GET /x', '', { header: [{ key: 'Content-ID', value: 'c-1' }] }),
        request('GET /y/{{content_id}}'),
      ],
    ],
    [
      'a header of a part of the name',
      [request('GET /x', '', { header: [{ key: 'Location', value: '/users/7' }] }), use],
    ],
  ])('%s', (_why, items) => {
    expect(proposals(items)).toEqual([]);
  });

  const items = [request('POST /users', { id: 7 }), use];
  test('for what has a value, and for what is yielded', () => {
    expect(proposals(items, { variable: [{ key: 'user_id', value: '1' }] })).toEqual([]);
    expect(proposals(items, { variable: [{ key: 'user_id', value: '' }] })).toHaveLength(1);
    expect(proposals(items, {}, configOf({ variables: { user_id: '{{$guid}}' } }))).toEqual([]);
    expect(
      proposals(items, {}, configOf({ captures: { 'post-users': { user_id: { pointer: '/id' } } } })),
    ).toEqual([]);
    const scripted = {
      ...items[0],
      event: [{ listen: 'test', script: { exec: ['pm.environment.set("user_id", 1)'] } }],
    };
    expect(proposals([scripted, use])).toEqual([]);
  });

  test('for what an environment is known to give, unless it is beyond doubt', () => {
    expect(proposals(items, {}, configOf(), ['user_id'])).toHaveLength(1);
    const weak = [request('GET /a', { user_id: 7 }), use];
    expect(proposals(weak)).toHaveLength(1);
    expect(proposals(weak, {}, configOf(), ['user_id'])).toEqual([]);
  });
});

test('proposals say why, are one a variable, and become the captures of a configuration', () => {
  const collection = load([
    request('POST /users', { id: UUID, access_token: 't' }, { code: 201 }),
    saved('GET /users/{{user_id}}', `/users/${UUID}`),
    request('GET /x?t={{access_token}}&u={{user_id}}'),
  ]);
  const config = configOf();
  const found = proposeCaptures(collection, describeRequests(collection, config), config);
  expect(found.map(({ why }) => why)).toEqual([
    'its 201 example has it, and the example of a later request was saved with that very value',
    'its 201 example has it',
  ]);
  expect(capturesOf(found)).toEqual({
    'post-users': { user_id: { pointer: '/id' }, access_token: { pointer: '/access_token' } },
  });
});
