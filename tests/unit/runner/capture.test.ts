import type { CaptureSource } from '../../../src/config/config';
import type { Header } from '../../../src/exchange/exchange';
import { captured } from '../../../src/runner/capture';
import { exchangeOf, item, plannedOf, requestOf, responseOf } from '../collections';

const BODY = {
  id: 7,
  big: 1.5,
  name: 'Zoë',
  empty: '',
  yes: true,
  nothing: null,
  zero: 0,
  list: [{ id: 'a' }],
  'a/b': { '~': 'odd' },
};
const HEADERS: Header[] = [
  ['ETag', '"v1"'],
  ['X-Empty', ''],
  ['Set-Cookie', 'sid=abc=d; Path=/; HttpOnly'],
  ['set-cookie', 'sid2=second'],
  ['Set-Cookie', 'sid=later'],
];

function capture(source: CaptureSource, body = JSON.stringify(BODY)): Record<string, string> {
  const planned = plannedOf(requestOf(item('r')), { captures: { v: source } });
  return captured(planned, exchangeOf({ response: responseOf(body, { headers: HEADERS }) }));
}

test.each<[source: CaptureSource, want: string | undefined]>([
  [{ pointer: '/id' }, '7'],
  [{ pointer: '/big' }, '1.5'],
  [{ pointer: '/name' }, 'Zoë'],
  [{ pointer: '/empty' }, ''],
  [{ pointer: '/yes' }, 'true'],
  [{ pointer: '/zero' }, '0'],
  [{ pointer: '/list/0/id' }, 'a'],
  [{ pointer: '/list' }, '[{"id":"a"}]'],
  [{ pointer: '' }, JSON.stringify(BODY)],
  [{ pointer: '/a~1b/~0' }, 'odd'],
  [{ pointer: '/nothing' }, undefined],
  [{ pointer: '/missing' }, undefined],
  [{ pointer: '/list/1/id' }, undefined],
  [{ pointer: '/name/length' }, undefined],
  [{ pointer: '/toString' }, undefined],
  [{ header: 'etag' }, '"v1"'],
  [{ header: 'X-Empty' }, ''],
  [{ header: 'X-Missing' }, undefined],
  [{ cookie: 'sid' }, 'abc=d'],
  [{ cookie: 'sid2' }, 'second'],
  [{ cookie: 'Path' }, undefined],
  [{ cookie: 'SID' }, undefined],
])('%j gives %j', (source, want) => {
  expect(capture(source)).toEqual(want === undefined ? {} : { v: want });
});

test('a body that is not JSON gives nothing, but its headers do', () => {
  expect(capture({ pointer: '/id' }, '<p>id</p>')).toEqual({});
  expect(capture({ pointer: '' }, '')).toEqual({});
  expect(capture({ header: 'ETag' }, '<p>id</p>')).toEqual({ v: '"v1"' });
});

test('each capture is taken by itself, and without a response there is none', () => {
  const captures = { a: { pointer: '/id' }, b: { pointer: '/gone' }, c: { header: 'ETag' } };
  const planned = plannedOf(requestOf(item('r')), { captures });
  const response = responseOf(JSON.stringify(BODY), { headers: HEADERS });
  expect(captured(planned, exchangeOf({ response }))).toEqual({ a: '7', c: '"v1"' });
  const failure = { kind: 'timeout', code: 'ETIMEDOUT', message: '' } as const;
  expect(captured(planned, exchangeOf({ response: null, failure }))).toEqual({});
});
