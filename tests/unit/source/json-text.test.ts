import { CollectionFormatError } from '../../../src/errors';
import { lineAndColumn, parseJson } from '../../../src/source/json-text';

test.each<[text: string, offset: number, line: number, column: number]>([
  ['', 0, 1, 1],
  ['abc', 2, 1, 3],
  ['a\nbc', 2, 2, 1],
  ['a\r\nbc', 4, 2, 2],
  ['a\n', 2, 2, 1],
])('lineAndColumn of %j at %i is %i:%i', (text, offset, line, column) => {
  expect(lineAndColumn(text, offset)).toEqual({ line, column });
});

test.each<[text: string, value: unknown]>([
  ['{"a":[1,null]}', { a: [1, null] }],
  ['\uFEFF{"a":1}', { a: 1 }],
  [' "text" ', 'text'],
])('parseJson reads %j', (text, value) => {
  expect(parseJson(text, 'a.json')).toEqual(value);
});

test.each<[text: string, where: string, what: RegExp]>([
  ['{"a":1,}', 'a.json:1:8', /^not JSON: /],
  ['{\n  "a": 1\n  "b": 2\n}', 'a.json:3:3', /comma expected/],
  ['\uFEFF{\n"a": tru\n}', 'a.json:2:6', /invalid symbol/],
  ['{\n  // why\n  "a": 1\n}', 'a.json:2:3', /comment/],
  ['{"a": [1, 2', 'a.json:1:12', /close bracket expected/],
  ['', 'a.json:1:1', /value expected/],
])('parseJson says where %j is wrong', (text, where, what) => {
  const fault = faultOf(() => parseJson(text, 'a.json', 'mend it'));
  expect(fault).toBeInstanceOf(CollectionFormatError);
  expect(fault).toMatchObject({ where, what: expect.stringMatching(what), todo: 'mend it' });
});

test('only one byte-order mark at the very beginning is none of the text', () => {
  expect(faultOf(() => parseJson('\uFEFF\uFEFF{}', 'a.json'))).toBeInstanceOf(CollectionFormatError);
});

function faultOf(step: () => unknown): unknown {
  try {
    return step();
  } catch (error) {
    return error;
  }
}
