import fc from 'fast-check';
import { drop, push, put, rename, wrapRoot } from '../../../src/learn/json-edit';

const FILE = `{
\t"type":   "object",
\t"required": ["a", "b"],
\t"properties": {
\t\t"a": { "type": "string" },
\t\t"b": {}
\t}
}
`;

test.each<[string, (text: string) => string, string, string]>([
  ['a value', (t) => put(t, ['type'], ['object', 'null']), '   "object"', '   ["object", "null"]'],
  ['an item', (t) => push(t, ['required'], 'c'), '["a", "b"]', '["a", "b", "c"]'],
  ['the last item', (t) => drop(t, ['required', 1]), '["a", "b"]', '["a"]'],
  ['the first item', (t) => drop(t, ['required', 0]), '["a", "b"]', '["b"]'],
  ['a property', (t) => drop(t, ['required']), '"required": ["a", "b"],\n\t', ''],
  ['the last property', (t) => drop(t, ['properties', 'b']), ',\n\t\t"b": {}', ''],
  ['the only property', (t) => drop(t, ['properties', 'a', 'type']), '{ "type": "string" }', '{}'],
  [
    'a property in one line',
    (t) => put(t, ['properties', 'a', 'enum'], ['x']),
    '"string" }',
    '"string", "enum": ["x"] }',
  ],
  [
    'a property of an empty object',
    (t) => put(t, ['properties', 'b', 'type'], 'null'),
    '"b": {}',
    '"b": {\n\t\t\t"type": "null"\n\t\t}',
  ],
  [
    'a nested property',
    (t) => put(t, ['properties', 'c'], { type: ['string', 'null'] }),
    '"b": {}',
    '"b": {},\n\t\t"c": {\n\t\t\t"type": ["string", "null"]\n\t\t}',
  ],
  ['a name', (t) => rename(t, ['properties', 'a'], 'z'), '"a": {', '"z": {'],
  ['what is not there', (t) => drop(put(push(t, ['no'], 1), ['no', 'where'], 1), ['no']), '', ''],
])('%s changes and nothing else', (_name, edit, before, after) => {
  expect(edit(FILE)).toBe(FILE.replace(before, after));
  const windows = (text: string) => text.replaceAll('\n', '\r\n');
  expect(edit(windows(FILE))).toBe(windows(FILE.replace(before, after)));
});

test('a name that looks like a separator says nothing of how a file is written', () => {
  const text = JSON.stringify({ a: [{}], '": ': null });
  expect(push(text, ['a'], 0)).toBe(JSON.stringify({ a: [{}, 0], '": ': null }));
});

test('what was written by JSON.stringify looks as if it had been written so again', () => {
  const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(2)), { minLength: 1, maxLength: 3 });
  const document = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(document, path, fc.jsonValue(), fc.constantFrom(0, 2, 4), (json, at, value, indent) => {
      const texts = [put, push].map((edit) => edit(JSON.stringify(json, null, indent), at, value));
      for (const text of [...texts, drop(JSON.stringify(json, null, indent), at)]) {
        expect(text).toBe(JSON.stringify(JSON.parse(text), null, indent));
      }
    }),
    { numRuns: 500 },
  );
});

test('the root is wrapped into the first of several variants', () => {
  const text = JSON.stringify({ $schema: 's', title: 't', type: 'object', properties: { a: {} } }, null, 2);
  const stays = (name: string) => name === '$schema' || name === 'title';
  const wrapped = wrapRoot(text, 'anyOf', stays, { title: 'one' }, [{ title: 'two', type: 'array' }]);
  const expected = {
    $schema: 's',
    title: 't',
    anyOf: [
      { title: 'one', type: 'object', properties: { a: {} } },
      { title: 'two', type: 'array' },
    ],
  };
  expect(wrapped).toBe(JSON.stringify(expected, null, 2));
  const minified = wrapRoot(JSON.stringify(JSON.parse(text)), 'anyOf', stays, { title: 'one' }, [
    { title: 'two', type: 'array' },
  ]);
  expect(JSON.parse(minified)).toEqual(expected);
});
