import { type Answer, basic, type Client, Sandboxes, type Send } from './client';

const BALANCES = '/incentives/api/1.0/user_points/all_balances';
const SECRETS = {
  api_key: 'unit-core-key',
  api_secret: 'unit-core-secret-91',
  connect_key: 'unit-connect-key',
  connect_secret: 'unit-connect-secret-92',
};

const sandboxes = new Sandboxes();
let client: Client;
beforeAll(async () => {
  client = await sandboxes.start({ variables: SECRETS });
});
afterAll(() => sandboxes.closeAll());

const code = (answer: Answer): unknown => answer.json.errors.code;

test.each<[string, Send]>([
  ['no header', { authorization: null }],
  ['an empty header', { authorization: '' }],
  ['text that is not Basic', { authorization: 'secret' }],
  ['Basic without a pair', { authorization: 'Basic !!!' }],
  ['another password', { authorization: basic(SECRETS.api_key, 'no') }],
  ['another user', { authorization: basic('no', SECRETS.api_secret) }],
  ["Connect's pair", { authorization: basic(SECRETS.connect_key, SECRETS.connect_secret) }],
])('Core refuses %s', async (_case, send) => {
  const answer = await client.core('GET', '/campaigns', send);
  expect(answer.status).toBe(401);
  expect(answer.json).toEqual({
    status: 'error',
    errors: { code: 'access_denied', message: expect.any(String) },
  });
});

test('Core refuses an API key that it does not know, and a bearer token', async () => {
  const authorization = basic(SECRETS.api_key, SECRETS.api_secret);
  const unknownKey = await client.raw('GET', '/priv/v1/apps/other/campaigns', { authorization });
  expect([unknownKey.status, code(unknownKey)]).toEqual([401, 'invalid_api_key']);
  const bearer = await client.core('GET', '/campaigns', { authorization: 'Bearer abc' });
  expect([bearer.status, code(bearer)]).toEqual([401, 'invalid_auth_token']);
});

test("Connect refuses Core's pair in its own envelope", async () => {
  const authorization = basic(SECRETS.api_key, SECRETS.api_secret);
  const answer = await client.connect('POST', BALANCES, { authorization, body: {} });
  expect(answer.status).toBe(401);
  expect(Object.keys(answer.json.errors)).toEqual(['code', 'type', 'message', 'raw_message', 'stack_trace']);
  expect(code(answer)).toBe('access_denied');
});

test('both families accept exactly the configured pairs, the scheme in any case', async () => {
  const core = await client.core('GET', '/campaigns?page=1');
  expect([core.status, core.json.status]).toEqual([200, 'ok']);
  const { retailer_id, demo_user_id: user_id } = client.sandbox.variables;
  const body = { retailer_id: retailer_id?.toUpperCase(), user_id, culture: 'en-US' };
  const authorization = basic(SECRETS.connect_key, SECRETS.connect_secret).replace('Basic', 'BASIC');
  const connect = await client.connect('POST', BALANCES, { body, authorization });
  expect(connect.json).toMatchObject({ status: 'ok', payload: { user_id, summary: { total_points: 150 } } });
});

test('no answer ever repeats a credential', async () => {
  const id = client.sandbox.variables.demo_user_id;
  const echo = { user: { email: SECRETS.api_secret, dob: SECRETS.api_secret } };
  const answers = await Promise.all([
    client.core('GET', '/campaigns'),
    client.core('GET', '/nowhere'),
    client.core('GET', '/campaigns', { authorization: basic(SECRETS.api_key, 'no') }),
    client.core('GET', `/users/${id}?user[user_profile]=true&show_identifiers=true&expand_incentives=true`),
    client.core('POST', '/users', { body: echo }),
    client.core('POST', '/users', { body: `{"user": "${SECRETS.api_secret}` }),
    client.raw('GET', `/priv/v1/apps/${SECRETS.api_secret}/users`, {}),
    client.connect('POST', BALANCES, { body: { retailer_id: SECRETS.connect_secret, user_id: id } }),
  ]);
  for (const answer of answers) {
    const sent = `${answer.text}${JSON.stringify([...answer.headers])}`;
    expect(Object.values(SECRETS).filter((secret) => sent.includes(secret))).toEqual([]);
  }
});
