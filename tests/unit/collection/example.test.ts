import { exampleJson, readLeniently } from '../../../src/collection/example';

const LEFT_OUT = '<...>';

test.each<[string, unknown, string[]]>([
  ['{"a": 1}', { a: 1 }, []],
  ['\uFEFF[1]', [1], []],
  ['{"a": 1, // one\n "b": /* two */ 2}', { a: 1, b: 2 }, ['comments']],
  ['{"a": "// no comment", /* x */ "b": 1}', { a: '// no comment', b: 1 }, ['comments']],
  ['{"a": [1, 2,], }', { a: [1, 2] }, ['a trailing comma']],
  ['[1, 2, ...]', [1, 2], ['an ellipsis']],
  ['[{"a": 1} ... ]', [{ a: 1 }], ['an ellipsis']],
  ['[{"a": 1}, ..., {"a": 9}]', [{ a: 1 }, { a: 9 }], ['an ellipsis']],
  ['[1 … 9]', [1, 9], ['an ellipsis']],
  ['{"a": 1, ...}', { a: 1 }, ['an ellipsis']],
  ['{..., "a": ",", ... }', { a: ',' }, ['an ellipsis']],
  ['{"a": {...}, "b": [...]}', { a: {}, b: [] }, ['an ellipsis']],
  ['{"a": ..., "b": 2}', { a: LEFT_OUT, b: 2 }, ['an ellipsis']],
  ['{"a": 1, // more\n ... \n}', { a: 1 }, ['comments', 'an ellipsis']],
])('%s is read', (text, value, oddities) => {
  expect(readLeniently(text)).toEqual({ value, oddities, text: expect.any(String) });
});

test.each([
  '',
  '[1,,2]',
  '[1,,]',
  '[1 2]',
  '{"a" 1}',
  '{"a": {{id}}}',
  '// only a comment',
  '{"a": 1',
  "{'a': 1}",
  '{"a": }',
  '<html>…</html>',
  '...',
])('%s is not clear, and no JSON', (text) => {
  expect(readLeniently(text)).toBeNull();
});

test.each([
  ['text/html; charset=utf-8', '{"a": 1}', true],
  ['text/plain', '[1]', true],
  ['text/plain', '12', false],
  ['text/html', '"a"', false],
  ['text/html', '<p>{"a": 1}</p>', false],
])('what a server says of everything, %s, is JSON where %s is an object or a list', (value, body, isJson) => {
  const headers = [{ key: 'Content-Type', value }];
  expect(exampleJson({ name: 'x', code: 200, headers, body }) !== null).toBe(isJson);
});

test('another media type is no JSON, and neither is what nothing could walk', () => {
  const example = (body: string, type: string) => ({
    name: 'x',
    code: 200,
    headers: [{ key: 'Content-Type', value: type }],
    body,
  });
  expect(exampleJson(example('{}', 'application/vnd.x+json; charset=utf-8'))).toMatchObject({ value: {} });
  expect(exampleJson(example('{}', 'text/csv'))).toBeNull();
  expect(exampleJson(example('['.repeat(2000) + ']'.repeat(2000), ''))).toBeNull();
});
