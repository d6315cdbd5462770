import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { Masker } from '../../../../src/masking/masker';
import { HostGuard } from '../../../../src/runner/host-guard';
import { type HeldToken, type TokenCache, TokenSource } from '../../../../src/runner/oauth2/token-source';
import { TokenUnavailable } from '../../../../src/runner/oauth2/unavailable';
import { HttpClient } from '../../../../src/runner/typed/client';
import { VariableScope } from '../../../../src/variables/scope';
import { closedOrigin } from '../../../integration/support/server';
import { startTokenServer, type TokenServer } from '../../../integration/support/token-server';
import { item, load } from '../../collections';

type Json = Record<string, unknown>;

const SECRETS = {
  id: 'client-4711',
  secret: 'canary secret/+&=',
  user: 'ann',
  pass: 'canary-password',
  refresh: 'canary-refresh',
};

let server: TokenServer;
let client: HttpClient;
let masker: Masker;
let tokens: TokenCache;
let nowMs: number;
beforeEach(() => {
  client = new HttpClient({
    maxSockets: 4,
    insecure: false,
    extraCaCerts: null,
    clientCertificate: null,
    proxies: false,
  });
  masker = new Masker();
  tokens = new Map();
  nowMs = Date.UTC(2026, 0, 1);
});
afterEach(async () => {
  client.close();
  await server?.close();
});

const bearer = (value: string, more: Json = {}) =>
  [200, { access_token: value, token_type: 'Bearer', ...more }] as const;

/** A source, and a way to ask it for the token of a request with this auth. */
function sourceOf(
  origin: string,
  options: {
    variables?: Record<string, string>;
    own?: Json[];
    hosts?: string[];
    target?: string | null;
  } = {},
) {
  const scope = new VariableScope({ ...SECRETS, ...options.variables });
  const source = new TokenSource(
    {
      collection: load([item('r')], { variable: options.own ?? [] }),
      scope,
      guard: new HostGuard(options.hosts ?? [origin]),
      target: options.target ?? null,
      timeoutMs: 2_000,
      masker,
      tokens,
      isEmbedded: false,
    },
    client,
    () => nowMs,
  );
  const requestOf = (parameters: Json) => {
    const auth = { type: 'oauth2', oauth2: { accessTokenUrl: `${origin}/token`, ...parameters } };
    const [request] = load([item('r', 'https://api.example.test/x', { auth })]).requests;
    if (request === undefined) throw new Error('no request');
    return request;
  };
  const held = (parameters: Json) => source.tokenFor(requestOf(parameters));
  return { source, scope, held, get: async (parameters: Json) => (await held(parameters))?.value ?? null };
}

const byClient = { grant_type: 'client_credentials', clientId: '{{id}}', clientSecret: '{{secret}}' };

/** What must be there to go on with a test. */
function present(token: HeldToken | null): HeldToken {
  if (token === null) throw new Error('no token');
  return token;
}

describe('a token request', () => {
  const encoded = Buffer.from('client-4711:canary+secret%2F%2B%26%3D').toString('base64');

  test.each<[name: string, auth: Json, fields: Json, authorization: string | undefined]>([
    [
      'client credentials, in the header',
      { ...byClient, scope: 'read write', audience: 'https://api', resource: 'urn:x' },
      {
        grant_type: 'client_credentials',
        scope: 'read write',
        audience: 'https://api',
        resource: 'urn:x',
      },
      `Basic ${encoded}`,
    ],
    [
      'client credentials, in the body',
      { ...byClient, client_authentication: 'body' },
      { grant_type: 'client_credentials', client_id: SECRETS.id, client_secret: SECRETS.secret },
      undefined,
    ],
    [
      'password, by a client without a secret',
      { grant_type: 'password_credentials', clientId: '{{id}}', username: '{{user}}', password: '{{pass}}' },
      { grant_type: 'password', client_id: SECRETS.id, username: SECRETS.user, password: SECRETS.pass },
      undefined,
    ],
    [
      'refresh token',
      { ...byClient, grant_type: 'refresh_token', refreshToken: '{{refresh}}' },
      { grant_type: 'refresh_token', refresh_token: SECRETS.refresh },
      `Basic ${encoded}`,
    ],
    [
      'refresh token of a grant that needs a browser',
      { grant_type: 'authorization_code', clientId: '{{id}}', refreshToken: '{{refresh}}' },
      { grant_type: 'refresh_token', client_id: SECRETS.id, refresh_token: SECRETS.refresh },
      undefined,
    ],
  ])('%s', async (_name, auth, fields, authorization) => {
    server = await startTokenServer(() => bearer('tk-1'));
    expect(await sourceOf(server.origin).get(auth)).toBe('tk-1');
    expect(server.calls).toMatchObject([{ path: 'POST /token', fields }]);
    expect(server.calls[0]?.fields).toEqual(fields);
    expect(server.calls[0]?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect(server.calls[0]?.headers.authorization).toBe(authorization);
  });

  test('has the parameters that the collection adds, each in its place', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    const tokenRequestParams = [
      { key: 'tenant', value: '{{tenant}}', enabled: true, send_as: 'request_body' },
      { key: 'v', value: '2', send_as: 'request_url' },
      { key: 'X-Realm', value: 'test', send_as: 'request_header' },
      { key: 'off', value: 'x', enabled: false },
    ];
    const { get } = sourceOf(server.origin, { variables: { tenant: 'a "quoted" one' } });
    await get({ ...byClient, tokenRequestParams });
    expect(server.calls).toMatchObject([{ path: 'POST /token?v=2', headers: { 'x-realm': 'test' } }]);
    expect(server.calls[0]?.fields).toEqual({ grant_type: 'client_credentials', tenant: 'a "quoted" one' });
  });

  test('a refresh token goes to its own address, with its own parameters', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    await sourceOf(server.origin).get({
      grant_type: 'refresh_token',
      refreshToken: '{{refresh}}',
      refreshTokenUrl: `${server.origin}/refresh`,
      tokenRequestParams: [{ key: 'a', value: '1' }],
      refreshRequestParams: [{ key: 'b', value: '2' }],
    });
    expect(server.calls).toMatchObject([{ path: 'POST /refresh' }]);
    expect(server.calls[0]?.fields).toEqual({
      grant_type: 'refresh_token',
      refresh_token: SECRETS.refresh,
      b: '2',
    });
  });

  test.each([
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('a JWT bearer assertion is signed with %s and says whom it is for', async (algorithm, generate) => {
    server = await startTokenServer(() => bearer('tk-1'));
    const { privateKey, publicKey } = generate();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    // As it stands in a variable of the process.
    const { get } = sourceOf(server.origin, { variables: { pem: pem.replaceAll('\n', '\\n') } });
    const auth = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      clientId: '{{id}}',
      algorithm,
      privateKey: '{{pem}}',
      header: '{"kid":"k1"}',
      payload: '{"sub":"{{user}}"}',
      scope: 'read',
    };
    expect(await get(auth)).toBe('tk-1');
    const { assertion = '', ...fields } = server.calls[0]?.fields ?? {};
    expect(fields).toEqual({ grant_type: auth.grant_type, client_id: SECRETS.id, scope: 'read' });
    const { payload, protectedHeader } = await jwtVerify(assertion, publicKey, {
      currentDate: new Date(nowMs),
    });
    const iat = nowMs / 1000;
    expect(protectedHeader).toEqual({ typ: 'JWT', kid: 'k1', alg: algorithm });
    expect(payload).toEqual({
      iss: SECRETS.id,
      aud: `${server.origin}/token`,
      iat,
      exp: iat + 120,
      sub: SECRETS.user,
    });
    expect(masker.text(`got ${assertion}`)).toBe('got {{assertion}}');
  });

  test('an assertion with a shared secret, whose claims are all given', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    const shared = 'canary-shared-secret-of-32-bytes';
    const claims = { iss: 'me', aud: 'you', iat: 1, exp: nowMs / 1000 + 5, jti: '{{$guid}}' };
    const auth = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      algorithm: 'HS256',
      secret: '{{shared}}',
      isSecretBase64Encoded: true,
      payload: JSON.stringify(claims),
    };
    const base64 = Buffer.from(shared).toString('base64');
    const { get } = sourceOf(server.origin, { variables: { shared: base64 } });
    expect([await get(auth), await get(auth)]).toEqual(['tk-1', 'tk-1']);
    // What is made anew each time is no reason for another token.
    expect(server.calls).toHaveLength(1);
    const { payload } = await jwtVerify(server.calls[0]?.fields.assertion ?? '', Buffer.from(shared), {
      currentDate: new Date(nowMs),
    });
    expect(payload).toEqual({ ...claims, jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test('goes to the target where everything does', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    const { get } = sourceOf('https://login.example.test', { target: server.origin, hosts: [server.origin] });
    expect(await get(byClient)).toBe('tk-1');
    expect(server.calls).toMatchObject([
      { path: 'POST /token', headers: { host: new URL(server.origin).host } },
    ]);
  });
});

describe('a token', () => {
  test('is asked for once, however many requests wait for it', async () => {
    server = await startTokenServer((_call, count) => bearer(`tk-${count}`));
    const { get } = sourceOf(server.origin);
    const all = await Promise.all(Array.from({ length: 20 }, () => get(byClient)));
    expect(new Set([...all, await get(byClient)])).toEqual(new Set(['tk-1']));
    expect(server.calls).toHaveLength(1);
  });

  test('is another one for other parameters, also by the value of a variable', async () => {
    server = await startTokenServer((_call, count) => bearer(`tk-${count}`));
    const { get, scope } = sourceOf(server.origin);
    expect(await get(byClient)).toBe('tk-1');
    expect(await get({ ...byClient, scope: 'admin' })).toBe('tk-2');
    scope.set('id', 'another-client');
    expect(await get(byClient)).toBe('tk-3');
    scope.set('id', SECRETS.id);
    expect(await get(byClient)).toBe('tk-1');
  });

  test.each([
    ['3600', 3600, 30],
    ['100', '100', 10],
  ])('that lives %s s is renewed shortly before its end', async (_name, expires_in, marginS) => {
    server = await startTokenServer((_call, count) => bearer(`tk-${count}`, { expires_in }));
    const { get } = sourceOf(server.origin);
    await get(byClient);
    nowMs += (Number(expires_in) - marginS) * 1000 - 1;
    expect(await get(byClient)).toBe('tk-1');
    nowMs += 1;
    expect(await Promise.all([get(byClient), get(byClient)])).toEqual(['tk-2', 'tk-2']);
    expect(server.calls).toHaveLength(2);
  });

  test('is renewed by the refresh token that came with it, and anew where that is refused', async () => {
    server = await startTokenServer(({ fields }, count) =>
      fields.grant_type === 'refresh_token' && count > 3
        ? [400, { error: 'invalid_grant' }]
        : bearer(`tk-${count}`, { expires_in: 60, ...(count === 1 && { refresh_token: 'refresh-one' }) }),
    );
    const { get } = sourceOf(server.origin);
    const seen = [];
    for (let times = 0; times < 4; times += 1) {
      seen.push(await get({ ...byClient, scope: 'read' }));
      nowMs += 60_000;
    }
    expect(seen).toEqual(['tk-1', 'tk-2', 'tk-3', 'tk-5']);
    expect(server.calls.map(({ fields }) => fields.grant_type)).toEqual([
      'client_credentials',
      'refresh_token',
      'refresh_token',
      'refresh_token',
      'client_credentials',
    ]);
    expect(server.calls[2]?.fields).toEqual({ grant_type: 'refresh_token', refresh_token: 'refresh-one' });
    expect(masker.text('a refresh-one b')).toBe('a {{refresh_token}} b');
  });

  test('that is answered 401 is renewed once, for all who had it', async () => {
    server = await startTokenServer((_call, count) => bearer(`tk-${count}`));
    const { source, held } = sourceOf(server.origin);
    const [one, other] = (await Promise.all([held(byClient), held(byClient)])).map(present);
    if (one === undefined || other === undefined) throw new Error('two tokens');
    const renewed = await Promise.all([source.renewed(one), source.renewed(other)]);
    expect(renewed.map((token) => token?.value)).toEqual(['tk-2', 'tk-2']);
    expect(server.calls).toHaveLength(2);
  });

  test('is not renewed any more once a new one was answered 401 as well', async () => {
    server = await startTokenServer((_call, count) => bearer(`tk-${count}`));
    const { source, held, get } = sourceOf(server.origin);
    const first = present(await held(byClient));
    const second = present(await source.renewed(first));
    source.refused(second);
    expect(await source.renewed(first)).toBeNull();
    expect(await source.renewed(second)).toBeNull();
    expect(await get(byClient)).toBe('tk-2');
    expect(server.calls).toHaveLength(2);
  });

  test.each<[name: string, auth: Json]>([
    ['is given', { ...byClient, accessToken: 'mine' }],
    ['is given by a variable', { ...byClient, accessToken: '{{user}}' }],
  ])('that %s is never asked for', async (_name, auth) => {
    server = await startTokenServer(() => bearer('tk-1'));
    expect(await sourceOf(server.origin).get(auth)).toBeNull();
    expect(server.calls).toEqual([]);
  });

  test('is asked for where the variable of the given one has no value', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    expect(await sourceOf(server.origin).get({ ...byClient, accessToken: '{{nothing}}' })).toBe('tk-1');
  });

  test('is known to the masker, with all that it is got with', async () => {
    server = await startTokenServer(() => bearer('canary-token'));
    await sourceOf(server.origin).get(byClient);
    const basic = Buffer.from('client-4711:canary+secret%2F%2B%26%3D').toString('base64');
    expect(masker.text(`canary-token ${SECRETS.secret} ${basic}`)).toBe('{{access_token}} [hidden] [hidden]');
  });
});

describe('no token', () => {
  const refused = async (promise: Promise<unknown>) => {
    const error = await promise.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: expect.stringMatching(/^(RequestError|UnresolvedVariableError)$/) });
    return (error as Error).message;
  };
  const HOST = /127\.0\.0\.1:\d+/g;

  test.each<[name: string, status: number, body: object | string, want: string]>([
    [
      'an error of OAuth',
      401,
      { error: 'invalid_client', error_description: `no such secret: ${SECRETS.secret}` },
      'HOST answered 401 (invalid_client: no such secret: [hidden])',
    ],
    ['an error with status 200', 200, { error: 'bad_verification' }, 'HOST answered 200 (bad_verification)'],
    ['a page', 200, '<html>', 'HOST answered 200 (no access_token in it)'],
    ['a redirect', 302, '', 'HOST answered 302 (no access_token in it)'],
    [
      'a token that needs a key',
      200,
      { access_token: 'tk-1', token_type: 'DPoP' },
      'HOST gave a token of type dpop',
    ],
    [
      'a token that would break a header',
      200,
      { access_token: 'a\r\nX: y' },
      'HOST gave a token that no header can carry',
    ],
    [
      'a token that would be filled in',
      200,
      { access_token: '{{secret}}' },
      'HOST gave a token that no header can carry',
    ],
  ])('%s', async (_name, status, body, want) => {
    server = await startTokenServer(() => [status, body]);
    const message = await refused(sourceOf(server.origin).get(byClient));
    expect(message.replace(HOST, 'HOST').split(', ')[0]).toBe(`no OAuth 2 token: ${want}`);
    expect(message).toContain(', r, ');
  });

  test.each<[name: string, auth: Json, want: string]>([
    [
      'a grant that needs a browser',
      { grant_type: 'authorization_code_with_pkce', clientId: 'c' },
      'the OAuth 2 grant authorization_code_with_pkce needs a browser, and no token is given, r, make accessToken a variable and put a token into the environment',
    ],
    ['no grant at all', {}, 'OAuth 2 has neither a token nor a grant_type, r, '],
    ['an unknown grant', { grant_type: 'magic' }, 'the OAuth 2 grant magic is not known here'],
    [
      'what the grant needs is missing',
      { ...byClient, clientId: '', accessTokenUrl: '' },
      'the OAuth 2 grant client_credentials has no clientId and no accessTokenUrl, r, ',
    ],
    [
      'a written secret',
      { ...byClient, clientSecret: 'literal-secret' },
      'the clientSecret of OAuth 2 is written in the collection, r, make clientSecret a variable and put its value into the environment',
    ],
    [
      'a written secret among the added parameters',
      { ...byClient, tokenRequestParams: [{ key: 'api_key', value: 'literal-secret' }] },
      'the api_key of OAuth 2 is written in the collection',
    ],
    [
      "the collection's own value of a variable",
      { ...byClient, clientSecret: '{{own}}' },
      "the clientSecret of OAuth 2 is the collection's own value of {{own_value}}, r, take it out there and put it into the environment",
    ],
    ['a variable without a value', { ...byClient, clientSecret: '{{none}}' }, 'unresolved {{none}}, r, '],
    [
      'an address that is none',
      { ...byClient, accessTokenUrl: 'ftp://x' },
      'the accessTokenUrl cannot be read',
    ],
    [
      'claims that are no object',
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', algorithm: 'HS256', payload: '{"a":' },
      'the payload of the OAuth 2 assertion is no JSON object',
    ],
    [
      'a key that does not fit',
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        algorithm: 'RS256',
        privateKey: '{{pass}}',
      },
      'the OAuth 2 assertion cannot be signed with RS256',
    ],
  ])('%s', async (_name, auth, want) => {
    server = await startTokenServer(() => bearer('tk-1'));
    const own = [
      { key: 'own', value: '{{own_value}}' },
      { key: 'own_value', value: 'canary-own-value' },
    ];
    const variables = { own: '{{own_value}}', own_value: 'canary-own-value' };
    const message = await refused(sourceOf(server.origin, { own, variables }).get(auth));
    expect(message).toContain(want);
    expect(message).not.toMatch(/literal-secret|canary/);
    expect(server.calls).toEqual([]);
  });

  test('a host that is not allowed gets nothing', async () => {
    server = await startTokenServer(() => bearer('tk-1'));
    const message = await refused(sourceOf(server.origin, { hosts: ['api.example.test'] }).get(byClient));
    expect(message.replace(HOST, 'HOST')).toBe(
      'HOST, where its OAuth 2 token comes from, is not one of the allowed hosts, r, add it to "hosts" of driftgate.config.json if secrets may go there',
    );
    expect(server.calls).toEqual([]);
  });

  test.each([
    ['unreachable', async () => closedOrigin(), 'ECONNREFUSED'],
    [
      'not working',
      async () => {
        server = await startTokenServer(() => [503, '']);
        return server.origin;
      },
      'status 503',
    ],
  ])('a server that is %s is the environment, and is not asked again', async (_name, start, code) => {
    const { get } = sourceOf(await start());
    const errors = await Promise.all([1, 2].map(() => get(byClient).catch((error: unknown) => error)));
    errors.push(await get(byClient).catch((error: unknown) => error));
    expect(errors[0]).toBeInstanceOf(TokenUnavailable);
    expect(errors[0]).toMatchObject({ failure: { kind: 'unreachable', code } });
    expect(new Set(errors).size).toBe(1);
    if (code !== 'ECONNREFUSED') expect(server.calls).toHaveLength(1);
  });
});
