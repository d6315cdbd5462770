import { captured, MAX_SEARCHED_LENGTH } from '../../../src/runner/capture';
import { exchangeOf, item, plannedOf, requestOf, responseOf } from '../collections';
import { CAPTURE_CASES } from './capture-cases';

const capture = (captures: Parameters<typeof plannedOf>[1], response: ReturnType<typeof responseOf> | null) =>
  captured(plannedOf(requestOf(item('r')), captures), exchangeOf({ response }));

describe.each(CAPTURE_CASES)('of %s', (_name, { headers, body }, cases) => {
  test.each(cases)('%j gives %j', (source, want) => {
    expect(capture({ captures: { v: source } }, responseOf(body, { headers }))).toEqual(
      want === undefined ? {} : { v: want },
    );
  });
});

test('a body that is not JSON gives nothing to a pointer, but its headers do', () => {
  const response = responseOf('<p>id</p>', { headers: [['ETag', '"v1"']] });
  const captures = { a: { pointer: '/id' }, b: { pointer: '' }, c: { header: 'ETag' } };
  expect(capture({ captures }, response)).toEqual({ c: '"v1"' });
  expect(capture({ captures: { a: { pointer: '' } } }, responseOf(''))).toEqual({});
});

test('each capture is taken by itself, and without a response there is none, not even a default', () => {
  const captures = { a: { pointer: '/id' }, b: { pointer: '/gone' }, c: { pointer: '/gone', default: 'd' } };
  expect(capture({ captures }, responseOf('{"id":7}'))).toEqual({ a: '7', c: 'd' });
  expect(capture({ captures }, null)).toEqual({});
});

test('a text is searched as far as the limit', () => {
  const captures = { v: { regex: 'end' } };
  const filler = ' '.repeat(MAX_SEARCHED_LENGTH - 3);
  expect(capture({ captures }, responseOf(`${filler}end`))).toEqual({ v: 'end' });
  expect(capture({ captures }, responseOf(`${filler} end`))).toEqual({});
});
