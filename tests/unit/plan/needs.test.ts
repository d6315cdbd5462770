import { needsOf, scriptYields } from '../../../src/plan/needs';
import { item, requestOf, script } from '../collections';

type Json = Record<string, unknown>;
const needs = (url: unknown, more: Json = {}, events: Json[] = []) =>
  needsOf(requestOf({ ...item('r', url, more), event: events }));

test.each<[given: string, url: unknown, more: Json, want: string[]]>([
  ['nothing', 'https://api.example.test/x', {}, []],
  ['the host', '{{base}}/x', {}, ['base']],
  [
    'every part of a URL',
    '{{p}}://{{h}}:{{port}}/{{a}}/b?{{k}}={{v}}',
    {},
    ['p', 'h', 'port', 'a', 'k', 'v'],
  ],
  ['a path variable', { host: ['h'], path: [':id'], variable: [{ key: 'id', value: '{{id}}' }] }, {}, ['id']],
  ['a disabled parameter', { host: ['h'], query: [{ key: 'a', value: '{{a}}', disabled: true }] }, {}, []],
  ['headers, each name once', 'h', { header: [{ key: '{{k}}', value: '{{v}} {{k}}' }] }, ['k', 'v']],
  ['a disabled header', 'h', { header: [{ key: 'A', value: '{{a}}', disabled: true }] }, []],
  ['auth', 'h', { auth: { type: 'basic', basic: { username: '{{u}}', password: '{{p}}' } } }, ['u', 'p']],
  ['a raw body', 'h', { body: { mode: 'raw', raw: '{"a":"{{a}}","id":"{{$guid}}"}' } }, ['a']],
  [
    'a form',
    'h',
    {
      body: {
        mode: 'urlencoded',
        urlencoded: [
          { key: '{{k}}', value: '{{v}}' },
          { key: 'x', value: '{{x}}', disabled: true },
        ],
      },
    },
    ['k', 'v'],
  ],
  [
    'GraphQL',
    'h',
    { body: { mode: 'graphql', graphql: { query: '{{q}}', variables: { a: '{{v}}' } } } },
    ['q', 'v'],
  ],
  [
    'a form with parts and files',
    'h',
    {
      body: {
        mode: 'formdata',
        formdata: [
          { key: '{{k}}', value: '{{v}}', type: 'text' },
          { key: 'one', type: 'file', src: '/{{a}}.png' },
          { key: 'many', type: 'file', src: ['/{{b}}.png', null] },
          { key: 'x', value: '{{x}}', src: '{{y}}', disabled: true },
        ],
      },
    },
    ['k', 'v', 'a', 'b'],
  ],
  ['a file', 'h', { body: { mode: 'file', file: { src: '/{{f}}' } } }, ['f']],
  ['a file by its path alone', 'h', { body: { mode: 'file', file: '/{{f}}' } }, ['f']],
  ['a disabled body', 'h', { body: { mode: 'raw', raw: '{{a}}', disabled: true } }, []],
])('needs of %s', (_case, url, more, want) => {
  expect(needs(url, more)).toEqual(want);
});

test('inherited auth is needed too, and noauth needs nothing', () => {
  const more = { auth: { type: 'bearer', bearer: { token: '{{token}}' } } };
  expect(needsOf(requestOf(item('r'), more))).toEqual(['token']);
  expect(needsOf(requestOf(item('r', 'h', { auth: { type: 'noauth' } }), more))).toEqual([]);
});

test('what a prerequest script sets is no need; what a test script sets still is', () => {
  const setter = "pm.environment.set('id', 1);";
  expect(needs('h/{{id}}/{{other}}', {}, [script('prerequest', setter)])).toEqual(['other']);
  expect(needs('h/{{id}}', {}, [script('test', setter)])).toEqual(['id']);
});

test.each<[source: string, want: string[]]>([
  ["pm.environment.set('a', 1)", ['a']],
  ['pm.variables.set("a", 1); pm.globals.set(`b`, 2)', ['a', 'b']],
  ["pm.collectionVariables.set( 'a' , 1)", ['a']],
  ["postman.setEnvironmentVariable('a', 1); postman.setGlobalVariable('b', 1)", ['a', 'b']],
  ['pm.environment.set(name, 1)', []],
  ["pm.environment.get('a')", []],
  ["pm.environment.unset('a')", []],
  ["reset('a')", []],
  ["new Map().set('a', 1); pm.request.headers.set('b', 1)", []],
  ["pm.environment\n  .set('a', 1)", ['a']],
  ["const env = pm.environment; env.set('a' + 1, 1)", ['a1']],
  ["// pm.environment.set('a', 1)\n'pm.environment.set(`b`, 1)'", []],
  ["const pm2 = { environment: new Map() }; pm2.environment.set('a', 1)", []],
])('%s yields %j', (source, want) => {
  expect(scriptYields(requestOf({ ...item('r'), event: [script('test', source)] }))).toEqual(want);
});

test('yields can be asked for by the kind of script', () => {
  const event = [
    script('prerequest', "pm.variables.set('before', 1)"),
    script('test', "pm.variables.set('after', 1)"),
  ];
  const request = requestOf({ ...item('r'), event });
  expect([scriptYields(request), scriptYields(request, 'prerequest'), scriptYields(request, 'test')]).toEqual(
    [['before', 'after'], ['before'], ['after']],
  );
});
