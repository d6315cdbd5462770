import { Comparison } from '../../../src/engine/compare';
import { Equivalence } from '../../../src/engine/equivalence';
import type { Exchange } from '../../../src/exchange/exchange';
import { Masker } from '../../../src/masking/masker';
import { VariableScope } from '../../../src/variables/scope';
import { exchangeOf, item, plannedOf, requestOf, responseOf } from '../collections';

/** Both runners are at their end. */
function end(comparison: Comparison): void {
  comparison.ended('newman');
  comparison.ended('typed');
}

type Sent = Partial<Exchange['sent']>;
interface Side {
  readonly sent?: Sent;
  readonly scope?: Record<string, string>;
  readonly more?: Partial<Exchange>;
}

/** What is told of one request that both runners ran. */
function toldOf(
  newman: Side,
  typed: Side,
  { needs = [] as string[], request = item('r') }: { needs?: string[]; request?: object } = {},
): string | null {
  const comparison = new Comparison(new Masker());
  const planned = plannedOf(requestOf(request as Record<string, unknown>), { needs });
  for (const [name, { sent = {}, scope = {}, more = {} }] of [
    ['newman', newman],
    ['typed', typed],
  ] as const) {
    const whole = { method: 'GET', url: 'https://api.example.test/x', headers: [], body: '', ...sent };
    const outcome = { planned, exchange: exchangeOf({ sent: whole, ...more }) };
    comparison.compare(name, comparison.heard(name, outcome, new VariableScope(scope)));
  }
  try {
    end(comparison);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[string, Side, Side, string]>([
  ['the method', { sent: { method: 'GET' } }, { sent: { method: 'PUT' } }, 'r method: newman GET, typed PUT'],
  [
    'the URL',
    { sent: { url: 'https://api.example.test/a' } },
    { sent: { url: 'https://api.example.test/b' } },
    'r URL: newman https://api.example.test/a, typed https://api.example.test/b',
  ],
  [
    'a header that one of them lacks',
    { sent: { headers: [['X-A', '1']] } },
    {},
    'r header x-a: newman 1, typed none',
  ],
  [
    'the value of a header',
    { sent: { headers: [['X-A', '1']] } },
    { sent: { headers: [['x-a', '2']] } },
    'r header x-a: newman 1, typed 2',
  ],
  [
    'the body',
    { sent: { body: '{"a":1}' } },
    { sent: { body: '{"a":2}' } },
    'r body: newman {"a":1}, typed {"a":2}',
  ],
  [
    'the status',
    { more: { response: responseOf('', { status: 200 }) } },
    { more: { response: responseOf('', { status: 500 }) } },
    'r status: newman 200, typed 500',
  ],
  [
    'an assertion',
    { more: { assertions: [{ name: 'ok', passed: true }] } },
    { more: { assertions: [{ name: 'ok', passed: false, error: 'no' }] } },
    'r assertions: newman passed ok, typed failed ok',
  ],
  [
    'an assertion that one of them lacks',
    { more: { assertions: [{ name: 'ok', passed: true }] } },
    {},
    'r assertions: newman passed ok, typed ',
  ],
])('%s that differs is told as ours', (_case, newman, typed, text) => {
  const told = toldOf(newman, typed);
  expect(told).toContain(`the runners differ: ${text}`);
  expect(told).toContain('no drift of the API');
});

test.each<[string, Side, Side, object]>([
  [
    'how the clients name themselves',
    {
      sent: {
        headers: [
          ['User-Agent', 'PostmanRuntime/7'],
          ['Postman-Token', 'a'],
        ],
      },
    },
    { sent: { headers: [['User-Agent', 'driftgate/0.1']] } },
    {},
  ],
  [
    'a variable with a value of its own in each run, however short',
    { sent: { url: 'https://api.example.test/users/17', body: '{"id":17,"qty":18}' }, scope: { id: '17' } },
    { sent: { url: 'https://api.example.test/users/18', body: '{"id":18,"qty":18}' }, scope: { id: '18' } },
    { needs: ['id'] },
  ],
  [
    'an encoded value',
    { sent: { url: 'https://api.example.test/?mail=a%2B1%40x.test' }, scope: { mail: 'a+1@x.test' } },
    { sent: { url: 'https://api.example.test/?mail=a%2B2%40x.test' }, scope: { mail: 'a+2@x.test' } },
    { needs: ['mail'] },
  ],
  [
    'identifiers and times that are made when they are sent',
    { sent: { body: 'x_9cfdade6-f2f6-4c13-ad29-9a0018fc3d4a_y 2026-01-02T03:04:05.678Z 1767322999' } },
    { sent: { body: 'x_c843f114-b1a6-4d62-b3b8-bf59a6e38ab2_y 2026-01-02T03:04:06Z 1767323000' } },
    {},
  ],
  [
    'a session of its own',
    { sent: { headers: [['Cookie', 'sid=a; theme=x']] } },
    { sent: { headers: [['Cookie', 'sid=b; theme=x']] } },
    {},
  ],
  [
    'a signature',
    { sent: { headers: [['Authorization', 'OAuth oauth_nonce="a", oauth_signature="b"']] } },
    { sent: { headers: [['Authorization', 'OAuth oauth_nonce="c", oauth_signature="d"']] } },
    { request: item('r', 'https://api.example.test/x', { auth: { type: 'oauth1', oauth1: [] } }) },
  ],
  [
    'random words in a body',
    { sent: { body: '{"name":"Ann Lee","n":1}' } },
    { sent: { body: '{"name":"Bob","n":1}' } },
    {
      request: item('r', 'https://api.example.test/x', {
        body: { mode: 'raw', raw: '{"name":"{{$randomFullName}}","n":1}' },
      }),
    },
  ],
  [
    'no response of one of them',
    { more: { response: null, failure: { code: 'ECONNRESET', message: 'x' } } as never },
    {},
    {},
  ],
])('%s is no difference', (_case, newman, typed, options) => {
  expect(toldOf(newman, typed, options)).toBeNull();
});

test('a session or signature with other parts is a difference', () => {
  const cookie = (value: string): Side => ({ sent: { headers: [['Cookie', value]] } });
  expect(toldOf(cookie('sid=a'), cookie('sid=a; more=1'))).toContain('header cookie');
});

test('the third and further differences of many are a number', () => {
  const comparison = new Comparison(new Masker());
  for (let at = 0; at < 7; at += 1) {
    const planned = plannedOf(requestOf(item(`r${at}`)));
    for (const name of ['newman', 'typed'] as const) {
      const sent = { method: 'GET', url: `https://api.example.test/${name}`, headers: [], body: '' };
      const outcome = { planned, exchange: exchangeOf({ sent }) };
      comparison.compare(name, comparison.heard(name, outcome, new VariableScope({})));
    }
  }
  expect(() => end(comparison)).toThrow(/; and 2 more, runner both/);
});

test('words are paired only where both runs have them', () => {
  const same = new Equivalence(new Map([['id', ['1', '2']]]), new Map([['id', ['1', '3']]]));
  expect(same.holds('a/2', 'a/3')).toBe(true);
  expect(same.holds('a/3', 'a/2')).toBe(false);
  expect(same.holds('a/2/x', 'a/3')).toBe(false);
});

test('a secret is masked before a difference is cut', () => {
  const masker = new Masker();
  const secret = 'x'.repeat(200);
  masker.add('key', secret);
  const comparison = new Comparison(masker);
  const planned = plannedOf(requestOf(item('r')));
  for (const [name, end] of [
    ['newman', 'a'],
    ['typed', 'b'],
  ] as const) {
    const sent = { method: 'GET', url: 'https://api.example.test/x', headers: [], body: `${secret}${end}` };
    const seen = comparison.heard(name, { planned, exchange: exchangeOf({ sent }) }, new VariableScope({}));
    comparison.compare(name, seen);
  }
  expect(() => end(comparison)).toThrow(/^(?!.*xxxx).*body: newman/);
});

test('what only one of them ran is a difference', () => {
  const comparison = new Comparison(new Masker());
  const planned = plannedOf(requestOf(item('r')));
  const seen = comparison.heard('newman', { planned, exchange: exchangeOf() }, new VariableScope({}));
  comparison.compare('newman', seen);
  expect(() => end(comparison)).toThrow(/r: only newman ran it/);
});
