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

describe('OAuth 2 needs', () => {
  const oauth2 = (parameters: Json) => ({ auth: { type: 'oauth2', oauth2: parameters } });
  const grant = {
    grant_type: 'client_credentials',
    accessTokenUrl: '{{url}}',
    clientId: '{{id}}',
    clientSecret: '{{secret}}',
    tokenRequestParams: [{ key: 'tenant', value: '{{tenant}}' }],
    authUrl: '{{unused}}',
    username: '{{unused}}',
  };
  const ofGrant = ['url', 'id', 'secret', 'tenant'];

  test.each<[given: string, parameters: Json, known: string[], want: string[]]>([
    ['a grant', grant, [], ofGrant],
    ['a grant, or a token that has a value', { ...grant, accessToken: '{{t}}' }, ['t'], ['t']],
    ['a grant, or a token that has none', { ...grant, accessToken: '{{t}}' }, [], ofGrant],
    ['a written token', { ...grant, accessToken: 'tk' }, [], []],
    ['a grant that needs a browser', { ...grant, grant_type: 'implicit', accessToken: '{{t}}' }, [], ['t']],
    ['how the token is sent', { accessToken: '{{t}}', headerPrefix: '{{p}}' }, ['t'], ['t', 'p']],
  ])('what it uses: %s', (_case, parameters, known, want) => {
    const request = requestOf(item('r', 'h', oauth2(parameters)));
    expect(needsOf(request, (name) => known.includes(name))).toEqual(want);
  });

  test('the token and the grant, as long as nobody says what has a value', () => {
    expect(needs('h', oauth2({ ...grant, accessToken: '{{t}}' }))).toEqual(['t', ...ofGrant]);
  });
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
