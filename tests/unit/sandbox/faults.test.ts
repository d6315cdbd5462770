import { UsageError } from '../../../src/errors';
import { FAULT_HELP, startSandbox } from '../../../src/sandbox';
import { type Answer, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterEach(() => sandboxes.closeAll());

/** Reads the demo customer from a sandbox with these faults. */
async function readWith(...faults: string[]): Promise<Answer> {
  const client = await sandboxes.start({ faults });
  return client.core('GET', `/users/${client.sandbox.variables.demo_user_id}`);
}

test.each<[string, (answer: Answer) => void]>([
  ['remove /user/email', ({ json }) => expect(json.user).not.toHaveProperty('email')],
  ['remove /user/no/such/thing', ({ json }) => expect(json.user.email).toBe('demo.customer@example.com')],
  ['set /user/email 42', ({ json }) => expect(json.user.email).toBe(42)],
  ['set /user/nickname {"a": [1, 2]}', ({ json }) => expect(json.user.nickname).toEqual({ a: [1, 2] })],
  ['set /user/proxy_ids/- "p 1"', ({ json }) => expect(json.user.proxy_ids).toEqual(['p 1'])],
  ['status 503', ({ status, json }) => expect([status, json.status]).toEqual([503, 'ok'])],
  ['status 204', ({ status, text }) => expect([status, text]).toEqual([204, ''])],
  ['header-remove content-type', ({ headers }) => expect(headers.has('Content-Type')).toBe(false)],
  ['header-remove Date', ({ headers }) => expect(headers.has('Date')).toBe(false)],
  ['header-set X-Note two words', ({ headers }) => expect(headers.get('X-Note')).toBe('two words')],
  [
    'media-type text/html; charset=utf-8',
    ({ headers }) => expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8'),
  ],
  ['body <h1>Bad gateway</h1>', ({ text }) => expect(text).toBe('<h1>Bad gateway</h1>')],
  ['body', ({ text }) => expect(text).toBe('')],
])('%s', async (action, holds) => {
  holds(await readWith(`GET /users/:user_id ${action}`));
});

test('delay waits before it answers', async () => {
  const before = performance.now();
  const answer = await readWith('GET /users/:user_id delay 80');
  expect(answer.status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(75);
});

test('reset drops the connection', async () => {
  await expect(readWith('GET /users/:user_id reset')).rejects.toThrow('fetch failed');
});

test('faults add up, in order, and hold for their route only', async () => {
  const faults = [
    'get /users/:id set /user/a {}',
    'GET /users/:user_id set /user/a/b 1',
    'GET /users/:user_id status 500',
  ];
  const client = await sandboxes.start({ faults });
  const id = client.sandbox.variables.demo_user_id;
  const hit = await client.core('GET', `/users/${id}`);
  expect([hit.status, hit.json.user.a]).toEqual([500, { b: 1 }]);
  const missed = await client.core('GET', '/external/users/sandbox-demo');
  expect([missed.status, missed.json.user.a]).toEqual([200, undefined]);
});

test('a fault changes what is sent, not what is stored, and holds for replays too', async () => {
  const client = await sandboxes.start({ faults: ['POST /users remove /user/id'] });
  const send = { body: { user: { external_id: 'fault-1' } }, headers: { 'Message-ID': 'm' } };
  const first = await client.core('POST', '/users', send);
  const replay = await client.core('POST', '/users', send);
  expect(first.json.user).not.toHaveProperty('id');
  expect(replay.headers.get('Cached-Message')).toBe('true');
  expect(replay.text).toBe(first.text);
  expect((await client.core('GET', '/external/users/fault-1')).json.user.id).toEqual(expect.any(String));
});

test('an error envelope passes through a fault that only fits a success', async () => {
  const client = await sandboxes.start({ faults: ['GET /users/:user_id set /user/email 1'] });
  const answer = await client.core('GET', '/users/nobody');
  expect([answer.status, Object.keys(answer.json)]).toEqual([404, ['status', 'errors']]);
});

test('a Connect route is named by its whole path', async () => {
  const path = '/incentives/api/1.0/user_points/all_balances';
  const client = await sandboxes.start({ faults: [`POST ${path} remove /payload/summary`] });
  const { retailer_id, demo_user_id: user_id } = client.sandbox.variables;
  const { json } = await client.connect('POST', path, { body: { retailer_id, user_id } });
  expect(Object.keys(json.payload)).toEqual(['retailer_id', 'user_id', 'details']);
});

test.each([
  ['', /unknown route/],
  [
    'nonsense',
    /unknown route "nonsense".*"METHOD PATH ACTION \[ARGUMENT\]" with a route of `npx driftgate sandbox --help`$/,
  ],
  ['GET /user/serch remove /a', /unknown route "GET \/user\/serch".*close to it: GET \/users; /],
  ['GET /user/search remove /a', /close to it: GET \/users\/search; /],
  ['TEAR /users remove /a', /unknown route/],
  ['GET /users', /no action.*remove POINTER/],
  ['GET /users explode', /unknown action "explode".*header-set NAME VALUE/],
  ['GET /users toString', /unknown action/],
  ['GET /users remove', /remove POINTER/],
  ['GET /users remove user', /remove POINTER/],
  ['GET /users remove /a~2', /remove POINTER/],
  ['GET /users set /a', /set POINTER JSON/],
  ['GET /users set /a {', /set POINTER JSON/],
  ['GET /users status 99', /status CODE/],
  ['GET /users status x', /status CODE/],
  ['GET /users delay -1', /delay MS/],
  ['GET /users header-set X', /header-set NAME VALUE/],
  ['GET /users header-set X: a\nb', /header-set NAME VALUE/],
  ['GET /users media-type', /media-type VALUE/],
  ['GET /users hang now', /write it as: hang/],
])('"%s" is refused with what to do', async (fault, message) => {
  const refused = startSandbox({ faults: [fault] });
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(message);
});

test('the help names every action and a route', () => {
  for (const word of [
    'remove POINTER',
    'set POINTER JSON',
    'status CODE',
    'hang',
    'reset',
    'GET /users/:user_id',
  ]) {
    expect(FAULT_HELP).toContain(word);
  }
});
