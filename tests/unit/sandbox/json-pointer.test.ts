import { UsageError } from '../../../src/errors';
import {
  formatPointer,
  getPointer,
  parsePointer,
  removePointer,
  setPointer,
} from '../../../src/json-pointer';

// The document and the values of RFC 6901, section 5.
const RFC_DOCUMENT = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

test.each([
  ['', RFC_DOCUMENT],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
])('%j names its value', (pointer, value) => {
  expect(getPointer(RFC_DOCUMENT, pointer)).toEqual(value);
  expect(formatPointer(parsePointer(pointer))).toBe(pointer);
});

test.each(['/nowhere', '/foo/2', '/foo/-', '/foo/01', '/foo/length', '/toString', '/foo/0/x'])(
  '%j names nothing',
  (pointer) => {
    expect(getPointer(RFC_DOCUMENT, pointer)).toBeUndefined();
  },
);

test.each(['a', '#/a', '/a~', '/a~2'])('%j is no pointer', (pointer) => {
  expect(() => parsePointer(pointer)).toThrow(UsageError);
});

test('"~01" is the text "~1", not a slash', () => {
  expect(parsePointer('/~01')).toEqual(['~1']);
});

test.each([
  [{ a: 1 }, '/a', { a: 'new' }],
  [{ a: 1 }, '/b', { a: 1, b: 'new' }],
  [{ a: [1] }, '/a/0', { a: ['new'] }],
  [{ a: [1] }, '/a/1', { a: [1, 'new'] }],
  [{ a: [1] }, '/a/-', { a: [1, 'new'] }],
  [{ a: 1 }, '', 'new'],
])('set in %j at %j', (document, pointer, result) => {
  expect(setPointer(document, pointer, 'new')).toEqual(result);
});

test.each([
  [{}, '/a/b'],
  [{ a: 1 }, '/a/b'],
  [{ a: [1] }, '/a/5'],
  [{ a: [1] }, '/a/x'],
  [null, '/a'],
])('set in %j at %j has no place', (document, pointer) => {
  expect(() => setPointer(document, pointer, 1)).toThrow(UsageError);
});

test('set never reaches a prototype', () => {
  const document = {};
  expect(() => setPointer(document, '/__proto__/x', 1)).toThrow(UsageError);
  setPointer(document, '/__proto__', { x: 1 });
  expect(Object.keys(document)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('remove takes out what is there, and says whether it was', () => {
  const document = { a: [1, 2, 3], b: null };
  expect(removePointer(document, '/a/1')).toBe(true);
  expect(removePointer(document, '/b')).toBe(true);
  expect(removePointer(document, '/c')).toBe(false);
  expect(removePointer(document, '')).toBe(false);
  expect(document).toEqual({ a: [1, 3] });
});
