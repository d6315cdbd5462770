import { resolveText, variablesIn } from '../../../src/variables/resolve';
import { VariableScope } from '../../../src/variables/scope';

test.each<[text: string, want: string[]]>([
  ['plain', []],
  ['{{a}}/{{b}}?x={{a}}', ['a', 'b']],
  ['{{$guid}}{{$timestamp}}', []],
  ['{{a b}} {{a.b-c}} {{ü}}', ['a b', 'a.b-c', 'ü']],
  ['{{}} { {a} } {a}', []],
  ['{{{a}}}', ['a']],
  ['{{a', []],
])('variables in %j are %j', (text, want) => {
  expect(variablesIn(text)).toEqual(want);
});

const SCOPE = new VariableScope({
  host: 'api.example.test',
  base: 'https://{{host}}/{{version}}',
  version: 'v1',
  which: 'host',
  empty: '',
  dollar: "$& $1 $'",
  braces: '{"a":{}}',
  broken: 'x{{gone}}',
  first: '{{second}}-{{lost}}',
  second: '{{lost}}',
});

test.each<[text: string, want: string, unresolved: string[]]>([
  ['plain', 'plain', []],
  ['{{host}}', 'api.example.test', []],
  ['{{host}}:{{host}}', 'api.example.test:api.example.test', []],
  ['{{base}}/x', 'https://api.example.test/v1/x', []],
  ['{{{{which}}}}', 'api.example.test', []],
  ['[{{empty}}]', '[]', []],
  ['{{dollar}}', "$& $1 $'", []],
  ['{{braces}}', '{"a":{}}', []],
  ['{{gone}}/{{host}}/{{gone}}', '{{gone}}/api.example.test/{{gone}}', ['gone']],
  ['{{broken}}', 'x{{gone}}', ['gone']],
  ['{{first}}', '{{lost}}-{{lost}}', ['lost']],
  ['{{ host }}', '{{ host }}', [' host ']],
  ['{{$gone}}', '{{$gone}}', ['$gone']],
  ['{{toString}}', '{{toString}}', ['toString']],
])('%j is %j', (text, want, unresolved) => {
  expect(resolveText(text, SCOPE)).toEqual({ text: want, unresolved });
});

describe('dynamic values', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  test.each<[name: string, want: RegExp]>([
    ['$guid', UUID],
    ['$randomUUID', UUID],
    ['$timestamp', /^\d{10}$/],
    ['$isoTimestamp', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/],
    ['$randomInt', /^\d{1,4}$/],
    ['$randomEmail', /^\S+@\S+$/],
  ])('{{%s}}', (name, want) => {
    const { text, unresolved } = resolveText(`{{${name}}}`, SCOPE);
    expect(text).toMatch(want);
    expect(unresolved).toEqual([]);
  });

  test('are made anew at each place', () => {
    const [one, two] = resolveText('{{$guid}} {{$guid}}', SCOPE).text.split(' ');
    expect(one).not.toBe(two);
  });

  test('stand behind a variable of that name, and may stand in a value', () => {
    const scope = new VariableScope({ $guid: 'mine', id: 'u-{{$timestamp}}' });
    expect(resolveText('{{id}}', scope).text).toMatch(/^u-\d{10}$/);
    expect(resolveText('{{$guid}}', scope).text).toBe('mine');
  });
});

describe('cyclic values', () => {
  test.each<[given: string, values: Record<string, string>]>([
    ['itself', { a: '{{a}}' }],
    ['a pair', { a: '{{b}}', b: '{{a}}' }],
    ['three', { a: '{{b}}', b: '{{c}}', c: '{{a}}' }],
  ])('%s: resolving ends, and the placeholder is still there to be seen', (_case, values) => {
    expect(variablesIn(resolveText('x{{a}}', new VariableScope(values)).text)).toHaveLength(1);
  });

  test('one that grows ends too', () => {
    const { text } = resolveText('{{a}}', new VariableScope({ a: 'x{{a}}' }));
    expect(text).toMatch(/^x{1,30}\{\{a\}\}$/);
  });

  test('a long chain is followed to its end', () => {
    const chain = Object.fromEntries(Array.from({ length: 18 }, (_, at) => [`v${at}`, `{{v${at + 1}}}`]));
    expect(resolveText('{{v0}}', new VariableScope({ ...chain, v18: 'end' }))).toEqual({
      text: 'end',
      unresolved: [],
    });
  });
});
