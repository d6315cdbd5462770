type Json = Record<string, unknown>;

/** One item of a collection. `at` is its path on the echo server, or a URL object. */
export function item(
  at: string | Json,
  request: Json = {},
  scripts: { pre?: string; test?: string } = {},
  more: Json = {},
): Json {
  const event = [
    ...(scripts.pre === undefined
      ? []
      : [{ listen: 'prerequest', script: { exec: scripts.pre.split('\n') } }]),
    ...(scripts.test === undefined ? [] : [{ listen: 'test', script: { exec: scripts.test.split('\n') } }]),
  ];
  const url = typeof at === 'string' ? `http://HOST:PORT${at}` : at;
  return { name: 'it', event, request: { method: 'GET', ...request, url }, ...more };
}

const url = (parts: Json): Json => ({
  protocol: 'http',
  host: ['HOST'],
  port: 'PORT',
  path: ['p'],
  ...parts,
});
export const raw = (text: string, language?: string): Json => ({
  method: 'POST',
  body: { mode: 'raw', raw: text, ...(language !== undefined && { options: { raw: { language } } }) },
});
export const form = (mode: 'urlencoded' | 'formdata', fields: Json[]): Json => ({
  method: 'POST',
  body: { mode, [mode]: fields },
});
const graphql = (content: Json): Json => ({ method: 'POST', body: { mode: 'graphql', graphql: content } });
const auth = (type: string, parameters: Json, more: Json = {}): Json => ({
  ...more,
  auth: { type, [type]: Object.entries(parameters).map(([key, value]) => ({ key, value, type: 'any' })) },
});
export const header = (...pairs: [string, string][]): Json => ({
  header: pairs.map(([key, value]) => ({ key, value })),
});
export const passes = (test: string): { test: string } => ({ test });

/** What Newman does, by the name of it: each a collection of its own, in Postman's format. `HOST:PORT` is the echo server. */
export const BEHAVIOURS: Readonly<Record<string, readonly Json[]>> = {
  'url: encoding of path and query': [
    item('/a b/é/%20?x=1 2&y=a+b&z=%20&q="\'<>&empty=&nokey&u=é&arr[]=1&p={a}'),
  ],
  'url: parts with disabled, repeated, empty and odd parameters': [
    item(
      url({
        query: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
          { key: 'off', value: 'x', disabled: true },
          { key: 'null', value: null },
          { key: 'e', value: '' },
          { key: 'sp ace', value: 'a&b=c#d' },
          { key: 'k=e', value: '1' },
        ],
      }),
    ),
  ],
  'url: only disabled parameters': [item(url({ query: [{ key: 'a', value: '1', disabled: true }] }))],
  'url: path variables': [
    item(
      url({
        path: ['x', ':id', ':b.json', ':c', 'd:e'],
        variable: [
          { key: 'id', value: 'a/b c' },
          { key: 'b', value: 'bb' },
          { key: 'c', value: '{{v}}' },
        ],
      }),
    ),
  ],
  'url: a fragment is not sent': [item('/h?x=1#frag')],
  'url: slashes, dots and percents stay': [item('//a//b/'), item('/a/../b/./c'), item('/%7Bx%7D/%zz/100%')],
  'url: neither path nor slash': [item(''), item('?x=1')],
  'url: user and password': [
    { name: 'it', request: { method: 'GET', url: 'http://us%40er:pw@HOST:PORT/u?x=1' } },
  ],
  'url: a base with a slash at its end': [
    item({ raw: '{{base}}/x', host: ['{{base}}'], path: ['x'] }),
    item({ raw: '{{base}}', host: ['{{base}}'] }),
  ],
  'url: encoding turned off': [
    item('/{a}?x={1}', {}, {}, { protocolProfileBehavior: { disableUrlEncoding: true } }),
    item('/a%20b?x=%31', {}, {}, { protocolProfileBehavior: { disableUrlEncoding: true } }),
  ],
  'url: a variable that holds path and query': [item('/{{deep}}')],
  'headers: repeated, disabled, empty and nameless ones': [
    item('/h', {
      header: [
        { key: 'X-Dup', value: '1' },
        { key: 'X-Dup', value: '2' },
        { key: 'x-dup', value: '3' },
        { key: 'Off', value: 'no', disabled: true },
        { key: 'Empty', value: '' },
        { key: '', value: 'nameless' },
        { key: 'Spaces', value: '  v  ' },
      ],
    }),
    item('/h', header(['X-Same', '1'], ['X-Same', '2'])),
  ],
  'headers: those of the system, written by hand': [
    item(
      '/h',
      header(
        ['accept', 'text/x'],
        ['Connection', 'close'],
        ['Accept-Encoding', 'identity'],
        ['Cache-Control', 'max-age=1'],
      ),
    ),
    item('/h', header(['Host', 'other.example'], ['User-Agent', 'me'])),
    item('/h', { ...raw('abc'), ...header(['Content-Length', '3']) }),
  ],
  'headers: those of the system, turned off': [
    item(
      '/h',
      raw('abc'),
      {},
      {
        protocolProfileBehavior: {
          disabledSystemHeaders: {
            accept: true,
            'cache-control': true,
            connection: true,
            'accept-encoding': true,
          },
        },
      },
    ),
    item(
      '/h',
      raw('abc'),
      {},
      { protocolProfileBehavior: { disabledSystemHeaders: { 'content-type': true } } },
    ),
  ],
  'headers: beyond ASCII': [item('/h', header(['X', 'ü']))],
  'headers: two types of content': [
    item('/h', {
      ...raw('x'),
      ...header(['Content-Type', 'text/plain'], ['content-type', 'application/json']),
    }),
  ],
  'body: raw text': [
    item('/b', raw('hello')),
    item('/b', raw('')),
    item('/b', raw('<a/>', 'xml')),
    item('/b', raw('ü {{v}}', 'html')),
  ],
  'body: JSON loses its comments': [
    item('/b', raw('{"a":"http://x", // c\n"b":/* x */2}', 'json')),
    item('/b', { ...raw('{"a":1 // c\n}'), ...header(['Content-Type', 'application/json']) }),
    item('/b', raw('// text', 'text')),
  ],
  'body: none': ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PURGE'].map((method) =>
    item('/b', { method }),
  ),
  'body: of methods that may have none': [
    item('/b', { ...raw('{"x":1}', 'json'), method: 'GET' }),
    item('/b', { ...raw('{"x":1}', 'json'), method: 'DELETE' }),
    item(
      '/b',
      { ...raw('{"x":1}', 'json'), method: 'GET' },
      {},
      { protocolProfileBehavior: { disableBodyPruning: true } },
    ),
  ],
  'body: custom methods': [
    item('/b', { ...raw('x'), method: 'REPORT' }),
    item('/b', { ...raw('x'), method: 'post' }),
  ],
  'body: disabled': [item('/b', { method: 'POST', body: { mode: 'raw', raw: 'x', disabled: true } })],
  'body: urlencoded': [
    item(
      '/b',
      form('urlencoded', [
        { key: 'a', value: '1 2' },
        { key: 'a', value: '3' },
        { key: 'b', value: "!'()*~é+&=" },
        { key: 'off', value: 'x', disabled: true },
        { key: 'e', value: '' },
        { key: 'n' },
        { key: 'a', value: '{{v}}' },
      ]),
    ),
    item('/b', form('urlencoded', [])),
    item('/b', { ...form('urlencoded', [{ key: 'a', value: '1' }]), ...header(['Content-Type', 'text/x']) }),
  ],
  'body: form data': [
    item(
      '/b',
      form('formdata', [
        { key: 'a', value: '1', type: 'text' },
        { key: 'j', value: '{}', type: 'text', contentType: 'application/json' },
        { key: 'a', value: 'é {{v}}', type: 'text' },
        { key: 'off', value: 'x', type: 'text', disabled: true },
      ]),
    ),
    item('/b', form('formdata', [])),
  ],
  'body: GraphQL': [
    item('/b', graphql({ query: '{ a }', variables: '' })),
    item(
      '/b',
      graphql({ query: 'query Q($a: Int) { a }\n', variables: '{ "a": {{n}} }', operationName: 'Q' }),
    ),
    item('/b', graphql({ query: '{ a }', variables: 'not json' })),
    item('/b', graphql({ query: '{ a(x: "{{v}}") }' })),
  ],
  'auth: basic': [item('/a', auth('basic', { username: 'ü', password: 'p:w' }))],
  'auth: bearer': [
    item('/a', auth('bearer', { token: '{{v}}' })),
    item('/a', auth('bearer', { token: 'tk' }, header(['X', '1'], ['authorization', 'mine']))),
  ],
  'auth: API key': [
    item('/a', auth('apikey', { key: 'X-K', value: 'v', in: 'header' })),
    item('/a', auth('apikey', { key: 'X-K', value: 'v' }, header(['x-k', 'other'], ['Y', '1']))),
    item('/a?x=1', auth('apikey', { key: 'k y', value: 'v&w é', in: 'query' })),
    item('/a?k=1', auth('apikey', { key: 'k', value: 'v', in: 'query' })),
  ],
  'auth: OAuth 2 with a token': [
    item('/a', auth('oauth2', { accessToken: 'tk', addTokenTo: 'header' })),
    item('/a', auth('oauth2', { accessToken: 'tk', headerPrefix: 'Token' })),
    item('/a', auth('oauth2', { accessToken: 'tk', headerPrefix: ' ' })),
    item('/a', auth('oauth2', { accessToken: '{{v}}', tokenType: 'BEARER' })),
    item('/a', auth('oauth2', { accessToken: 'tk', tokenType: 'mac' })),
    item(
      '/a',
      auth('oauth2', { accessToken: 'tk' }, header(['X', '1'], ['authorization', 'mine'], ['Y', '2'])),
    ),
    item('/a?access_token=old&x=1', auth('oauth2', { accessToken: 'tk' })),
    item('/a?x=1', auth('oauth2', { accessToken: 'tk', addTokenTo: 'queryParams' })),
    item('/a', auth('oauth2', { accessToken: 'a&b=c#d e+é%20', addTokenTo: 'queryParams' })),
    item(
      '/a?&x&access_token=old&access_token=older&y=',
      auth('oauth2', { accessToken: 'tk', addTokenTo: 'queryParams' }, header(['Authorization', 'mine'])),
    ),
    item('/a', auth('oauth2', { accessToken: 'tk', addTokenTo: 'nowhere' })),
  ],
  'auth: OAuth 1': [
    item(
      '/a?x=1',
      auth('oauth1', {
        consumerKey: 'ck',
        consumerSecret: 'cs',
        token: 't',
        tokenSecret: 'ts',
        signatureMethod: 'HMAC-SHA1',
        nonce: 'abc',
        timestamp: '1700000000',
        version: '1.0',
        addParamsToHeader: true,
      }),
    ),
    item(
      '/a',
      auth(
        'oauth1',
        {
          consumerKey: 'ck',
          consumerSecret: 'cs',
          signatureMethod: 'HMAC-SHA256',
          nonce: 'abc',
          timestamp: '1700000000',
          addParamsToHeader: false,
          addEmptyParamsToSign: true,
        },
        form('urlencoded', [{ key: 'a', value: '1' }]),
      ),
    ),
  ],
  'auth: Hawk': [
    item(
      '/a?x=1',
      auth(
        'hawk',
        {
          authId: 'id',
          authKey: 'key',
          algorithm: 'sha256',
          nonce: 'abc',
          timestamp: '1700000000',
          includePayloadHash: true,
        },
        raw('x'),
      ),
    ),
  ],
  'auth: Akamai EdgeGrid': [
    item(
      '/a?x=1',
      auth(
        'edgegrid',
        {
          accessToken: 'at',
          clientToken: 'ct',
          clientSecret: 'cs',
          nonce: 'abc',
          timestamp: '20240101T00:00:00+0000',
        },
        raw('x'),
      ),
    ),
  ],
  'auth: digest, after its challenge': [
    item(
      '/digest/x?y=1',
      auth('digest', { username: 'user', password: 'pass', clientNonce: 'cn0nce', nonceCount: '00000001' }),
    ),
  ],
  'auth: inherited, and turned off': [
    {
      name: 'folder',
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: 'u' },
          { key: 'password', value: 'p' },
        ],
      },
      item: [
        item('/a'),
        item('/b', { auth: { type: 'noauth' } }),
        item('/c', auth('bearer', { token: 't' })),
      ],
    },
  ],
  'redirects: methods and bodies': [301, 302, 303, 307, 308].flatMap((status) => [
    item(`/redirect/${status}`, raw('{"a":1}', 'json')),
    item(`/redirect/${status}`, { method: 'HEAD' }),
    item(`/redirect/${status}`, { method: 'DELETE' }),
  ]),
  'redirects: relative, with query, in a chain': [
    item('/redirect/302?to=..%2Fother%3Fa%3D1', header(['X-Own', '1'], ['Authorization', 'Basic eDp5'])),
    item('/redirect/302?to=%2Fredirect%2F302%3Fto%3D%252Fend'),
  ],
  'redirects: not followed': [
    item('/redirect/302', {}, {}, { protocolProfileBehavior: { followRedirects: false } }),
  ],
  'redirects: with the same method': [
    item('/redirect/302', raw('x'), {}, { protocolProfileBehavior: { followOriginalHttpMethod: true } }),
  ],
  'redirects: without a referer': [
    item('/redirect/302', {}, {}, { protocolProfileBehavior: { removeRefererHeaderOnRedirect: true } }),
  ],
  'cookies: kept, by path, and ended': [
    item('/cookies/a'),
    item('/cookies/a'),
    item('/other'),
    item('/other', header(['Cookie', 'own=1'])),
  ],
  'cookies: turned off': [
    item('/cookies/a'),
    item('/b', {}, {}, { protocolProfileBehavior: { disableCookies: true } }),
  ],
  'responses: compressed': ['gzip', 'deflate', 'br'].map((name) =>
    item(
      `/encoded/${name}`,
      {},
      passes('pm.test("json", () => pm.expect(pm.response.json().method).to.eql("GET"));'),
    ),
  ),
  'responses: another charset': [
    item('/latin1', {}, passes('pm.test("text", () => pm.expect(pm.response.text()).to.eql("Zo\\u00EB"));')),
  ],
  'variables: nested, and each scope before the wider one': [
    item('/v/{{cv}}', header(['X', '{{v}}|{{nested}}|{{ spaced }}']), {
      pre: 'pm.variables.set("v", "local"); pm.collectionVariables.set("cv", "set");',
    }),
    item('/v/{{cv}}/{{v}}'),
    item('/v', {}, { pre: 'pm.globals.set("v", "g"); pm.globals.set("only", "here");' }),
    item('/v/{{only}}', header(['X', '{{v}}'])),
  ],
  'variables: values that are no texts': [
    item('/v', header(['X', '{{u}}|{{null}}|{{n}}|{{yes}}|{{object}}|{{list}}|{{empty}}']), {
      pre: '[["u", undefined], ["null", null], ["n", 1.5], ["yes", true], ["object", {a:1}], ["list", [1,2]], ["empty", ""]].forEach(([k, v]) => pm.environment.set(k, v));',
    }),
    item('/v', header(['X', '{{u}}|{{null}}|{{n}}|{{yes}}|{{object}}|{{list}}|{{empty}}'])),
  ],
  'scripts: order of collection, folder and request': [
    {
      name: 'folder',
      event: ['prerequest', 'test'].map((listen) => ({
        listen,
        script: {
          exec: [
            `pm.test("folder ${listen}", () => {}); pm.variables.set("order", (pm.variables.get("order") || "") + "f");`,
          ],
        },
      })),
      item: [
        item(
          '/s/{{order}}',
          {},
          {
            pre: 'pm.test("request", () => {}); pm.variables.set("order", pm.variables.get("order") + "r");',
            test: 'pm.test("test " + pm.info.eventName + " " + pm.info.requestName + " " + pm.info.iteration, () => pm.expect(pm.variables.get("order")).to.eql("frf"));',
          },
        ),
      ],
    },
  ],
  'scripts: assertions that fail, skip and nest': [
    item(
      '/s',
      {},
      passes(`
      pm.test('fails', () => pm.expect({a: 1}).to.eql({a: 2}));
      pm.test.skip('skipped', () => {});
      pm.test('done', (done) => setTimeout(done, 5));
      pm.test('done with an error', (done) => setTimeout(() => done(new Error('late')), 5));
      pm.test('async', async () => { await Promise.resolve(); pm.expect(1).to.eql(1); });
      pm.test('outer', () => { pm.test('inner', () => pm.response.to.have.status(200)); });
      pm.test('json body', () => pm.response.to.have.jsonBody('method', 'GET'));
      pm.test('schema', () => pm.response.to.have.jsonSchema({ type: 'object', required: ['absent'] }));`),
    ),
  ],
  'scripts: the legacy interface': [
    item('/s', header(['X-A', '{{made}}']), {
      pre: 'postman.setEnvironmentVariable("made", "legacy"); postman.setGlobalVariable("g", 1);',
      test: `
        tests['code'] = responseCode.code === 200;
        tests['body'] = responseBody.indexOf('GET') > 0;
        tests['header'] = postman.getResponseHeader('Content-Type') === 'application/json';
        tests['fails'] = false;
        tests['environment'] = environment.made === 'legacy' && globals.g === 1;
        tests['request'] = request.method === 'GET' && request.headers['X-A'] === 'legacy';
        postman.clearEnvironmentVariable('made');
        tests['cleared'] = postman.getEnvironmentVariable('made') === undefined;`,
    }),
  ],
  'scripts: they change the request': [
    item('/s', raw('{"n":{{n}}}', 'json'), {
      pre: `
        pm.environment.set('n', 7);
        pm.request.url.addQueryParams('a=b c');
        pm.request.headers.add({ key: 'X-New', value: '{{n}}' });
        pm.request.headers.upsert({ key: 'Content-Type', value: 'application/x-own' });
        pm.request.method = 'PUT';`,
    }),
    item(
      '/s',
      {},
      {
        pre: 'pm.request.update({ url: pm.request.url.toString() + "/more", method: "POST", body: { mode: "raw", raw: "x" } });',
      },
    ),
    item('/s', auth('bearer', { token: '{{token}}' }), { pre: 'pm.environment.set("token", "scripted");' }),
  ],
  'scripts: what they read of request, response and cookies': [
    item('/cookies/a'),
    item(
      '/status/404?x=1',
      raw('{"a":"{{v}}"}', 'json'),
      passes(`
      pm.test('response', () => {
        pm.expect([pm.response.code, pm.response.status, pm.response.headers.get('content-type')]).to.eql([404, 'Not Found', 'application/json']);
        pm.expect(pm.response.responseTime).to.be.a('number');
        pm.expect(pm.response.json().data).to.eql('{"a":"vv"}');
      });
      pm.test('request ' + pm.request.method + pm.request.url.getPath() + pm.request.body.raw + pm.request.headers.get('Content-Type'), () => {});
      pm.test('cookies', () => pm.expect(pm.cookies.get('sid')).to.eql('abc'));`),
    ),
  ],
  'scripts: requests of their own': [
    item(
      '/s',
      {},
      {
        pre: 'pm.sendRequest("http://HOST:PORT/first", (error, response) => { pm.variables.set("got", response.code); });',
        test: `
        pm.sendRequest({ url: 'http://HOST:PORT/aside?x=1 2', method: 'POST', header: { 'X-A': '1' }, body: { mode: 'raw', raw: 'hi' } },
          (error, response) => { pm.test('answered', () => pm.expect([error, response.code, response.json().data]).to.eql([null, 200, 'hi'])); });
        pm.sendRequest({ url: 'http://HOST:PORT/form', method: 'PUT', body: { mode: 'urlencoded', urlencoded: [{ key: 'a', value: 'b c' }] } },
          () => { pm.test('set before', () => pm.expect(pm.variables.get('got')).to.eql(200)); });`,
      },
    ),
  ],
  'scripts: requests awaited': [
    item(
      '/s',
      {},
      passes(`
      const response = await pm.sendRequest('http://HOST:PORT/awaited');
      pm.test('awaited', () => pm.expect(response.json().url).to.eql('/awaited'));`),
    ),
  ],
  'scripts: the cookie jar': [
    item(
      '/s',
      {},
      {
        pre: 'pm.cookies.jar().set("http://HOST:PORT/", "made", "here", () => {});',
        test: 'pm.cookies.jar().get("http://HOST:PORT/", "made", (error, value) => { pm.test("jar", () => pm.expect(value).to.eql("here")); });',
      },
    ),
  ],
  'scripts: libraries': [
    item(
      '/s',
      {},
      passes(`
      const _ = require('lodash'); const moment = require('moment'); const { v4 } = require('uuid');
      pm.test('lodash', () => pm.expect(_.last([1, 2])).to.eql(2));
      pm.test('crypto', () => pm.expect(CryptoJS.MD5('a').toString()).to.eql('0cc175b9c0f1b6a831c399e269772661'));
      pm.test('moment and uuid', () => { pm.expect(moment(0).utc().year()).to.eql(1970); pm.expect(v4()).to.have.length(36); });
      pm.test('xml', () => pm.expect(xml2Json('<a>1</a>').a).to.eql('1'));
      console.log('a line', { of: 'the console' });`),
    ),
  ],
  'scripts: the next request, further on': [
    { ...item('/1', {}, passes('pm.execution.setNextRequest("last");')), name: 'first' },
    { ...item('/2'), name: 'left out' },
    { ...item('/3', {}, passes('postman.setNextRequest(null);')), name: 'last' },
    { ...item('/4'), name: 'never' },
  ],
  'scripts: replacing in templates': [
    item(
      '/s',
      {},
      passes(
        'pm.test(pm.variables.replaceIn("{{v}}-{{nested}}"), () => pm.expect(pm.iterationData.get("x")).to.eql(undefined));',
      ),
    ),
  ],
};
