import { matchRequest } from '../../../src/plan/recorded';
import { item, load } from '../collections';

const shop = load([
  item('user', '{{base}}/users/:id'),
  item('me', '{{base}}/users/me'),
  item('search', '{{base}}/users?name={{name}}'),
  item('list', '{{base}}/users'),
  item('export', '{{base}}/reports/{{id}}.json'),
  item('fixed', 'https://other.test:8443/users/:id'),
  item('standard', 'https://plain.test/only-here'),
  item('open', '{{base}}/:anything'),
  item('anywhere', '{{url}}'),
  {
    name: 'card',
    request: { method: 'POST', url: '{{base}}/pay', body: { mode: 'raw', raw: '{"kind":"card"}' } },
  },
  {
    name: 'cash',
    request: { method: 'POST', url: '{{base}}/pay', body: { mode: 'raw', raw: '{"kind":"cash"}' } },
  },
]);

test.each<[string, string, string | null]>([
  ['GET', 'https://a.test/users/7', 'user'],
  ['get', 'https://a.test/users/7', 'user'],
  ['GET', 'https://a.test/users/me', 'me'],
  ['GET', 'https://a.test/v2/api/users/7', 'user'],
  ['GET', 'https://a.test/users?name=x', 'search'],
  ['GET', 'https://a.test/users', 'list'],
  ['GET', 'https://a.test/reports/a%20b.json', 'export'],
  ['GET', 'https://a.test/v2/reports/a.xml', null],
  ['GET', 'https://other.test:8443/users/7', 'user'],
  ['GET', 'https://other.test:8443/users/7?x=1', 'user'],
  ['GET', 'https://plain.test:443/only-here', 'standard'],
  ['GET', 'https://elsewhere.test/only-here', 'open'],
  ['GET', 'https://cdn.test/assets/logo/a.png', null],
  ['GET', 'https://a.test/', 'anywhere'],
  ['DELETE', 'https://a.test/users/7', null],
  ['GET', 'not an address', null],
  ['GET', 'https://a.test/users/%E0%A4%A', 'user'],
])('%s %s', (method, url, key) => {
  expect(matchRequest(shop, { method, url })).toBe(key);
});

test('what differs in its body alone is told apart by it', () => {
  const url = 'https://a.test/pay';
  expect(matchRequest(shop, { method: 'POST', url, body: '{"kind":"cash"}' })).toBe('cash');
  expect(matchRequest(shop, { method: 'POST', url, body: '{"kind":"card"}' })).toBe('card');
  expect(matchRequest(shop, { method: 'POST', url })).toBe('card');
});

test('an address without its scheme is that of any', () => {
  const collection = load([item('open', '{{base}}/:anything'), item('post', '//plain.test/post?random=yes')]);
  expect(matchRequest(collection, { method: 'GET', url: 'https://plain.test/post?random=no' })).toBe('post');
  expect(matchRequest(collection, { method: 'GET', url: 'http://plain.test/post' })).toBe('post');
  expect(matchRequest(collection, { method: 'GET', url: 'http://else.test/post' })).toBe('open');
});
