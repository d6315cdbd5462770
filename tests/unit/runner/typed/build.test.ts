import fc from 'fast-check';
import * as encoder from 'postman-url-encoder';
import { RequestError } from '../../../../src/errors';
import { buildRequest, isPlain } from '../../../../src/runner/typed/build';
import { VariableScope } from '../../../../src/variables/scope';
import { item, requestOf } from '../../collections';

type Json = Record<string, unknown>;

const SCOPE = new VariableScope({
  base: 'https://api.example.test/v1/',
  host: 'api.example.test',
  id: '42',
  user: 'Zoë',
  password: 'p:w',
  empty: '',
});
const whole = (url: unknown, more: Json = {}, target: string | null = null) =>
  buildRequest(requestOf(item('r', url, more)), SCOPE, target);
const SYSTEM = ['User-Agent', 'Accept', 'Cache-Control', 'Host', 'Accept-Encoding', 'Connection'];

/** A request without the headers that every request has. */
function build(...parameters: Parameters<typeof whole>): ReturnType<typeof whole> {
  const { sent, unresolved } = whole(...parameters);
  return { sent: { ...sent, headers: sent.headers.filter(([name]) => !SYSTEM.includes(name)) }, unresolved };
}
const AT = { protocol: 'https', host: ['{{host}}'] };

test("an address is what Newman's encoder makes of it, also where that is not asked", () => {
  const host = fc.oneof(
    fc.ipV4(),
    fc.domain(),
    fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
    fc.constantFrom('localhost', '127.1', '0x7f.1', 'a.1', 'xn--a', 'A.Example'),
  );
  const address = fc
    .tuple(
      fc.constantFrom('http', 'https', 'HTTP'),
      host,
      fc.constantFrom('', ':80', ':0', ':080', ':59999', ':65535', ':65536'),
      fc.stringMatching(/^(\/[\w.~:@%/-]{0,8})?(\?[\w.~=&+*/-]{0,8})?$/),
    )
    .map(([scheme, name, port, path]) => `${scheme}://${name}${port}${path}`);
  fc.assert(
    fc.property(address, (text) => {
      const { protocol, host: authority, path } = encoder.toNodeUrl(text);
      const want = `${protocol}//${authority}${path ?? '/'}`;
      // What a template means by a colon is another matter.
      const url = new VariableScope({ text });
      const built = () => buildRequest(requestOf(item('r', '{{text}}')), url, null).sent.url;
      if (authority !== '' && URL.canParse(want)) expect(built()).toBe(want);
      else expect(built).toThrow(RequestError);
    }),
    { numRuns: 3000 },
  );
});

describe('URL', () => {
  test.each<[given: string, url: unknown, want: string]>([
    ['no path', 'https://{{host}}', 'https://api.example.test/'],
    ['no scheme', '{{host}}/x', 'http://api.example.test/x'],
    ['a port', 'https://{{host}}:84{{id}}/x', 'https://api.example.test:8442/x'],
    ['a base with scheme, path and slash', '{{base}}/x', 'https://api.example.test/v1//x'],
    ['a trailing slash', 'https://{{host}}/x/', 'https://api.example.test/x/'],
    ['a fragment, which is never sent', 'https://{{host}}/x#top', 'https://api.example.test/x'],
    [
      'a path variable',
      { ...AT, path: ['a', ':id'], variable: [{ key: 'id', value: '{{id}}' }] },
      'https://api.example.test/a/42',
    ],
    [
      'a colon inside a segment',
      { ...AT, path: ['a:id'], variable: [{ key: 'id', value: '1' }] },
      'https://api.example.test/a:id',
    ],
    [
      'a query',
      {
        ...AT,
        query: [
          { key: 'a', value: '{{id}}' },
          { key: 'b', value: '' },
        ],
      },
      'https://api.example.test/?a=42&b=',
    ],
    [
      'a null value: a bare name',
      {
        ...AT,
        query: [
          { key: 'a', value: null },
          { key: 'b', value: '1' },
        ],
      },
      'https://api.example.test/?a&b=1',
    ],
    [
      'a disabled parameter',
      {
        ...AT,
        query: [
          { key: 'a', value: '1', disabled: true },
          { key: 'b', value: '2' },
        ],
      },
      'https://api.example.test/?b=2',
    ],
    [
      'the same name twice, in order',
      'https://{{host}}/x?b=2&a=1&b=1',
      'https://api.example.test/x?b=2&a=1&b=1',
    ],
    [
      'what must be encoded',
      'https://{{host}}/a b/{{user}}?q=a b&u={{user}}',
      'https://api.example.test/a%20b/Zo%C3%AB?q=a%20b&u=Zo%C3%AB',
    ],
    ['what is encoded already', 'https://{{host}}/a%20b?q=%26', 'https://api.example.test/a%20b?q=%26'],
    ['an empty segment', { ...AT, path: ['a', '{{empty}}', 'b'] }, 'https://api.example.test/a//b'],
  ])('%s', (_case, url, want) => {
    expect(build(url).sent.url).toBe(want);
  });

  test.each<[target: string, url: string, want: string]>([
    ['http://127.0.0.1:4010', 'https://{{host}}/x?a=1', 'http://127.0.0.1:4010/x?a=1'],
    ['http://127.0.0.1:4010', '{{base}}x?a=1', 'http://127.0.0.1:4010/v1/x?a=1'],
    ['https://staging.example.test', 'https://{{host}}:8443/', 'https://staging.example.test/'],
  ])('everything goes to the target %s: %s', (target, url, want) => {
    expect(build(url, {}, target).sent.url).toBe(want);
  });

  test('a request without a URL is refused by name, target or not', () => {
    for (const target of [null, 'http://127.0.0.1:4010']) {
      expect(() => build('', {}, target)).toThrow(RequestError);
      expect(() => build('', {}, target)).toThrow(
        expect.objectContaining({ what: 'the request has no URL', where: 'r' }),
      );
    }
  });
});

test('what nothing provides is named, each once, from wherever it stands', () => {
  const { unresolved } = build('https://{{host}}/{{one}}?q={{two}}', {
    header: [{ key: 'X-{{three}}', value: '{{one}}' }],
    auth: { type: 'bearer', bearer: { token: '{{four}}' } },
    method: 'POST',
    body: { mode: 'raw', raw: '{{five}}' },
  });
  expect(unresolved.sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
  expect(build('https://{{host}}/{{id}}').unresolved).toEqual([]);
});

describe('headers and auth', () => {
  const sent = (auth: Json, header: Json[] = []) => build('https://{{host}}/x?a=1', { auth, header }).sent;
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  test('headers are filled, in order, without the disabled ones', () => {
    const header = [
      { key: 'X-{{id}}', value: '{{user}}' },
      { key: 'Off', value: '1', disabled: true },
      { key: 'x-a', value: '1' },
      { key: 'x-a', value: '2' },
    ];
    expect(build('h', { header }).sent.headers).toEqual([
      ['X-42', 'Zoë'],
      ['x-a', '1'],
      ['x-a', '2'],
    ]);
  });

  test.each<[given: string, auth: Json, want: string[][]]>([
    [
      'basic',
      { type: 'basic', basic: { username: '{{user}}', password: '{{password}}' } },
      [['Authorization', basic('Zoë:p:w')]],
    ],
    [
      'basic without a password',
      { type: 'basic', basic: { username: 'u' } },
      [['Authorization', basic('u:')]],
    ],
    ['bearer', { type: 'bearer', bearer: { token: 't-{{id}}' } }, [['Authorization', 'Bearer t-42']]],
    [
      'apikey, which means a header',
      { type: 'apikey', apikey: { key: 'X-Key', value: '{{id}}' } },
      [['X-Key', '42']],
    ],
    [
      'apikey in a header',
      { type: 'apikey', apikey: { key: 'X-Key', value: '1', in: 'header' } },
      [['X-Key', '1']],
    ],
    ['noauth', { type: 'noauth' }, []],
  ])('%s', (_case, auth, want) => {
    expect(sent(auth)).toMatchObject({ headers: want, url: 'https://api.example.test/x?a=1' });
  });

  test('auth wins over a header of its name that is written by hand, whatever its case', () => {
    const header = [{ key: 'authorization', value: 'Custom x' }];
    expect(sent({ type: 'bearer', bearer: { token: 't' } }, header).headers).toEqual([
      ['Authorization', 'Bearer t'],
    ]);
    expect(sent({ type: 'noauth' }, header).headers).toEqual([['authorization', 'Custom x']]);
  });

  test('what every request carries comes last, unless it is written by hand', () => {
    const header = [{ key: 'accept', value: 'text/x' }];
    expect(whole('https://{{host}}:443/x', { header }).sent.headers).toEqual([
      ['accept', 'text/x'],
      ['User-Agent', expect.stringMatching(/^driftgate\//)],
      ['Cache-Control', 'no-cache'],
      ['Host', 'api.example.test:443'],
      ['Accept-Encoding', 'gzip, deflate, br'],
      ['Connection', 'keep-alive'],
    ]);
  });
});

describe('bodies', () => {
  const raw = (text: string, language?: string) => ({
    mode: 'raw',
    raw: text,
    options: { raw: { language } },
  });

  test.each<[given: string, body: unknown, text: string, type: string | null]>([
    ['none', undefined, '', null],
    ['raw', raw('a {{id}}'), 'a 42', 'text/plain'],
    ['JSON', raw('{"id":"{{id}}"}', 'json'), '{"id":"42"}', 'application/json'],
    ['XML', raw('<a/>', 'xml'), '<a/>', 'application/xml'],
    ['HTML', raw('<a>', 'html'), '<a>', 'text/html'],
    ['a language nobody knows', raw('a', 'smoke'), 'a', 'text/plain'],
    [
      'a form',
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a&b', value: '{{user}}' },
          { key: 'c', value: 'd=e' },
          { key: 'x', value: '1', disabled: true },
        ],
      },
      'a%26b=Zo%C3%AB&c=d%3De',
      'application/x-www-form-urlencoded',
    ],
    [
      'GraphQL',
      { mode: 'graphql', graphql: { query: '{a}', variables: '{"id":"{{id}}"}', operationName: 'A' } },
      '{"query":"{a}","operationName":"A","variables":{"id":"42"}}',
      'application/json',
    ],
    [
      'GraphQL without variables',
      { mode: 'graphql', graphql: { query: '{a}' } },
      '{"query":"{a}"}',
      'application/json',
    ],
  ])('%s', (_case, body, text, type) => {
    const { sent } = build('h', { method: 'POST', body });
    expect(sent).toMatchObject({ method: 'POST', body: text });
    expect(sent.headers).toEqual(type === null ? [] : [['Content-Type', type]]);
  });

  test('a content type written by hand wins', () => {
    const header = [{ key: 'content-type', value: 'application/vnd.x+json' }];
    expect(build('h', { header, body: raw('{}', 'json') }).sent.headers).toEqual([
      ['content-type', 'application/vnd.x+json'],
    ]);
  });
});

describe('isPlain', () => {
  test.each([
    ['a script', { event: [{ listen: 'test', script: { exec: ['pm.test("a", () => {});'] } }] }, {}],
    ['a form with files', {}, { body: { mode: 'formdata', formdata: [{ key: 'a', value: '1' }] } }],
    ['a file', {}, { body: { mode: 'file', file: { src: 'a.bin' } } }],
    ['digest auth', {}, { auth: { type: 'digest' } }],
    ['an API key in the query', {}, { auth: { type: 'apikey', apikey: { key: 'k', in: 'query' } } }],
    ['a repeated header', {}, { header: [{ key: 'a' }, { key: 'A' }] }],
    ['a header switched off', { protocolProfileBehavior: { disabledSystemHeaders: { accept: true } } }, {}],
  ])('%s needs the libraries of Postman', (_what, event, request) => {
    expect(isPlain(requestOf({ ...(item('r', 'h', request) as Json), ...event }))).toBe(false);
  });

  test('auth that is signed here does not', () => {
    for (const type of ['noauth', 'basic', 'bearer', 'apikey']) {
      expect(isPlain(requestOf(item('r', 'h', { auth: { type, [type]: { key: 'X-Key' } } })))).toBe(true);
    }
  });
});
