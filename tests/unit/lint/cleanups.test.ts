import { creationsIn } from '../../../src/lint/cleanups';
import { proposeCaptures } from '../../../src/lint/propose';
import { describeRequests } from '../../../src/plan/plan';
import { configOf, item, load, script } from '../collections';

type Json = Record<string, unknown>;

/** A request `METHOD /path` with a saved example, unless `code` is null. */
function request(line: string, code: number | null, body: unknown = {}, more: Json = {}): Json {
  const [method = '', path = ''] = line.split(' ');
  const response = [{ name: 'x', code, header: [], body: JSON.stringify(body) }];
  const { event, ...sent } = more;
  return {
    ...item(line, `https://api.example.test${path}`, { method, ...sent }),
    ...(code !== null && { response }),
    ...(event !== undefined && { event }),
  };
}

function creations(...items: readonly Json[]): string[] {
  const collection = load(items);
  const described = describeRequests(collection, configOf());
  const captures = proposeCaptures(collection, described, configOf());
  return creationsIn(described, captures).map(({ key, remover }) => `${key} <- ${remover}`);
}

const POST = request('POST /orders', 201, { id: 'o-1' });
const DELETE = request('DELETE /orders/{{order_id}}', 204);

test.each<[what: string, items: readonly Json[], want: readonly string[]]>([
  ['an id that the response gives', [POST, DELETE], ['post-orders <- delete-orders-order-id']],
  [
    'a path variable, and a removal that answers 200',
    [request('POST /orders', 201, { id: 'o-1' }), request('DELETE /orders/:orderId', 200)],
    ['post-orders <- delete-orders-orderid'],
  ],
  [
    'a credential that both are sent with',
    [
      request('POST /login', 200, { token: 't-1' }),
      request('POST /orders?t={{token}}', 201, { id: 'o-1' }),
      request('DELETE /orders/{{order_id}}?t={{token}}', 204),
    ],
    ['post-orders-t-token <- delete-orders-order-id-t-token'],
  ],
])('what removes something is proposed: %s', (_what, items, want) => {
  expect(creations(...items)).toEqual(want);
});

test.each<[what: string, items: readonly Json[]]>([
  ['no request removes it', [POST, request('GET /orders/{{order_id}}', 200)]],
  ['it may only have found it', [request('POST /orders', 200, { id: 'o-1' }), DELETE]],
  ['two do', [POST, DELETE, request('DELETE /orders/{{order_id}}?force=1', 204)]],
  ['the response does not say its id', [request('POST /orders', 201, {}), DELETE]],
  ['the id is that of one in a list', [request('POST /orders', 201, { orders: [{ id: 'o-1' }] }), DELETE]],
  ['nothing says what the removal answers', [POST, request('DELETE /orders/{{order_id}}', null)]],
  ['another part of it is removed', [POST, request('DELETE /orders/{{order_id}}/items', 204)]],
  [
    'it is another host',
    [POST, request('DELETE /orders/{{order_id}}', 204, {}, { url: 'https://b.test/orders/{{order_id}}' })],
  ],
  [
    'the removal needs what another request yields',
    [
      POST,
      request('GET /etag', 200, {}, { event: [script('test', "pm.environment.set('etag', 1)")] }),
      request('DELETE /orders/{{order_id}}?etag={{etag}}', 204),
    ],
  ],
])('a request that creates is named, and nothing proposed, where %s', (_what, items) => {
  expect(creations(...items)).toEqual(['post-orders <- null']);
});

test('without an example, only what yields something is sent, and named', () => {
  const get = request('GET /orders/{{order_id}}', 200);
  const yielding = { event: [script('test', "pm.environment.set('order_id', pm.response.json().id)")] };
  expect(creations(request('POST /orders', null), get)).toEqual([]);
  expect(creations(request('POST /orders', null, {}, yielding), get)).toEqual(['post-orders <- null']);
});

test('what only asks or logs in creates nothing', () => {
  const search = request('POST /search', 200, { hits: [] });
  const login = request('POST /login', 200, { token: 't-1' });
  expect(creations(search, login, request('GET /users/{{user_id}}', 200), request('PUT /x', 201))).toEqual(
    [],
  );
});
