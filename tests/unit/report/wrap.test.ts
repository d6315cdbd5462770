import { wrap, wrapCut, wrapParts } from '../../../src/report/wrap';

test.each<[string, string, number, string[]]>([
  ['what fits stays', 'one two', 7, ['one two']],
  ['what does not goes on below, indented', 'one two three', 8, ['one two', '  three']],
  ['an indented line keeps its own', '  one two three', 9, ['  one two', '  three']],
  ['a word is never broken', '/a/path/that/is/long and more', 8, ['/a/path/that/is/long', '  and', '  more']],
  ['columns of a table stay where they are', 'a   b c d', 7, ['a   b c', '  d']],
  ['a wide character takes two columns', '日本 日本 x', 9, ['日本 日本', '  x']],
  ['nothing is a line', '', 5, ['']],
])('%s', (_name, line, columns, want) => {
  expect(wrap(line, columns, 2)).toEqual(want);
});

test.each<[string, string[], number, string[]]>([
  ['parts that fit are one line', ['what', 'where'], 11, ['what, where']],
  [
    'others are broken between parts',
    ['what is it', 'where it is', 'do it'],
    20,
    ['what is it,', '  where it is, do it'],
  ],
  ['and in a part that is too long', ['what is wrong here', 'x'], 12, ['what is', '  wrong', '  here, x']],
])('%s', (_name, parts, columns, want) => {
  expect(wrapParts(parts, columns, 2)).toEqual(want);
});

test.each<[string, string, number, string[]]>([
  ['what fits stays', 'one two', 7, ['one two']],
  ['a word that is longer than a line is cut in its middle', 'a 0123456789 b', 8, ['a', '  01…789', '  b']],
  ['what is longer than four lines too', 'ab '.repeat(99), 8, ['ab ab ab', '  ab a…', '  ab ab', '  ab ab']],
  ['and is visible', 'a\u202eb', 20, ['a\\u202eb']],
])('in lines that are cut, %s', (_name, text, columns, want) => {
  expect(wrapCut(text, columns, 2)).toEqual(want);
});
