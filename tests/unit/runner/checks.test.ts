import { RequestError } from '../../../src/errors';
import { failureOf } from '../../../src/exchange/failure';
import { foreignHost, refuseOwnFault, refuseSilentGaps } from '../../../src/runner/checks';
import { buildRequest } from '../../../src/runner/typed/build';
import { VariableScope } from '../../../src/variables/scope';
import { item, requestOf } from '../collections';

type Json = Record<string, unknown>;

const SCOPE = new VariableScope({ base: 'https://api.example.test/v1', id: '42', empty: '' });
function check(url: unknown, more: Json = {}): void {
  const request = requestOf(item('r', url, more));
  const { sent } = buildRequest(request, SCOPE, null);
  const { key = '', value = '', in: place } = request.auth?.parameters ?? {};
  // The typed runner leaves keys in the query to Postman's helpers.
  const keyed =
    place === 'query' ? { ...sent, url: `${sent.url}?${key}=${value.replace('{{id}}', '42')}` } : sent;
  refuseSilentGaps(request, keyed);
}
const AT = { host: ['{{base}}'] };
const variable = (value: unknown) => [{ key: 'id', value }];

describe('an empty path segment where a variable stood', () => {
  test.each<[given: string, url: unknown, hole: string]>([
    ['in the middle', '{{base}}/a/{{empty}}/b', '{{empty}}'],
    ['at the end', '{{base}}/a/{{empty}}', '{{empty}}'],
    ['of a path variable', { ...AT, path: ['a', ':id'], variable: variable('{{empty}}') }, ':id'],
    ['the second of two', '{{base}}/{{id}}/{{empty}}/b', '{{empty}}'],
  ])('%s is refused', (_case, url, hole) => {
    expect(() => check(url)).toThrow(RequestError);
    expect(() => check(url)).toThrow(
      expect.objectContaining({ what: `empty path segment where ${hole} stood`, where: 'r' }),
    );
  });

  test.each<[given: string, url: unknown]>([
    ['a value', '{{base}}/a/{{id}}/b'],
    ['a value beside text', '{{base}}/a/x-{{empty}}/b'],
    ['a path variable with a value', { ...AT, path: [':id'], variable: variable('{{id}}') }],
    [
      'a path variable without a value, which has that of its name',
      { ...AT, path: [':id'], variable: variable('') },
    ],
    ['a slash at the end, as written', '{{base}}/a/'],
    ['an empty segment, as written', '{{base}}//a'],
    ['an empty segment, as written, beside a variable', '{{base}}//{{id}}/a'],
  ])('is not %s', (_case, url) => {
    expect(() => check(url)).not.toThrow();
  });
});

describe('auth that is declared', () => {
  const auth = (type: string, attributes: Json = {}) => ({ auth: { type, [type]: attributes } });

  test.each<[given: string, more: Json]>([
    ['basic', auth('basic', { username: '{{empty}}', password: '' })],
    ['bearer', auth('bearer', { token: '{{empty}}' })],
    ['apikey', auth('apikey', { key: 'X-Key', value: '{{empty}}' })],
    ['apikey', auth('apikey', { key: 'key', value: '', in: 'query' })],
  ])('%s without a credential is refused', (type, more) => {
    expect(() => check('{{base}}/a', more)).toThrow(RequestError);
    expect(() => check('{{base}}/a', more)).toThrow(`${type} auth is declared but has no credential`);
  });

  test.each<[given: string, more: Json]>([
    ['basic with a user', auth('basic', { username: 'u' })],
    ['bearer with a token', auth('bearer', { token: '{{id}}' })],
    ['apikey in a header', auth('apikey', { key: 'X-Key', value: '{{id}}' })],
    ['apikey in the query', auth('apikey', { key: 'key', value: '{{id}}', in: 'query' })],
    ['noauth', auth('noauth')],
  ])('%s is sent', (_case, more) => {
    expect(() => check('{{base}}/a', more)).not.toThrow();
  });
});

test('a fault of our own is never told as one of the network', () => {
  const refuse = (code: string) => () => refuseOwnFault(failureOf({ code, message: 'it broke' }), 'a/b');
  expect(refuse('ERR_INVALID_CHAR')).toThrow(RequestError);
  expect(refuse('ERR_INVALID_CHAR')).toThrow('the request cannot be sent: it broke, a/b, ');
  expect(refuse('ECONNREFUSED')).not.toThrow();
  expect(() => refuseOwnFault(null, 'a/b')).not.toThrow();
});

test('a foreign host is named with the request and the way out', () => {
  expect(foreignHost('evil.test', 'a/b')).toMatchObject({
    what: 'evil.test is not one of the allowed hosts',
    where: 'a/b',
    todo: expect.stringContaining('"hosts" of driftgate.config.json'),
  });
});

test('a path variable that nothing gives a value is unresolved, and one that is not declared is a hole', () => {
  const url = { protocol: 'https', host: ['a', 'test'], path: ['x', ':id'] };
  const empty = requestOf(item('r', { ...url, variable: [{ key: 'id', value: null }] }));
  expect(buildRequest(empty, new VariableScope({}), null).unresolved).toEqual(['id']);
  const request = requestOf(item('r', { ...url, variable: [] }));
  const { sent } = buildRequest(request, new VariableScope({}), null);
  expect(() => refuseSilentGaps(request, sent)).toThrow('empty path segment where :id stood');
});
