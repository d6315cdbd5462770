import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
let id: string;
beforeAll(async () => {
  client = await sandboxes.start();
});
beforeEach(async () => {
  id = await client.createCustomer({ external_id: `campaigns-${crypto.randomUUID()}` });
});

const campaigns = (query = '') => client.core('GET', `/users/${id}/campaigns${query}`);
const optIn = (campaign: number | string, who = id) =>
  client.core('POST', `/users/${who}/campaigns/${campaign}/opt_in`, { body: {} });
const order = async (times: number) =>
  (await client.core('POST', `/users/${id}/events`, { body: { events: { order: times } } })).json.user;
const promotion = (changes: object = {}) =>
  client.core('POST', '/promotions', {
    body: {
      promotion: {
        name: 'Spring',
        type: 'multi_use',
        start_date: '2020-01-01',
        end_date: '2099-01-01',
        points: 20,
        code: `code-${crypto.randomUUID()}`,
        ...changes,
      },
    },
  });
const codeOf = async (changes?: object) =>
  ((await promotion(changes)).json.promotion as { code: string }).code;
const claim = (code: unknown, who = id) =>
  client.core('POST', `/users/${who}/promotions/claims`, { body: { code } });

test('a campaign with opt-in counts nothing before the customer opted in', async () => {
  expect(await order(3)).toMatchObject({ available_points: 50 });
  expect((await optIn(4102)).json).toMatchObject({
    status: 'ok',
    campaign: { campaign_id: 4102, progress: { state: 'not_started' } },
  });
  expect(await order(2)).toMatchObject({ available_points: 50 });
  expect((await campaigns('?creatives=promotion')).json.campaigns).toMatchObject({
    tiles: [],
    promotions: [{ progress: { state: 'in_progress' }, behaviors: { orders: { current_count: 2 } } }],
  });
  expect(await order(1)).toMatchObject({ available_points: 150 });
});

test('sections choose what a campaign shows', async () => {
  const [bare] = (await campaigns('?sections=offers')).json.campaigns.tiles;
  expect(bare).not.toHaveProperty('progress');
  expect(bare).not.toHaveProperty('behaviors');
  const all = (await client.core('GET', '/campaigns?page=2')).json;
  expect(all.campaigns).toEqual({ tiles: [], promotions: [] });
});

test.each([
  ['?sections=secrets', 'argument_error'],
  ['?creatives=tiles,films', 'argument_error'],
  ['?page=0', 'argument_error'],
  ['?page=2', 'no_active_campaign_found'],
])('campaigns with %s are %s', async (query, code) => {
  expect((await campaigns(query)).json.errors).toMatchObject({ code });
});

test('nobody opts in to what is unknown, or to what needs no opt-in, or without being registered', async () => {
  expect((await optIn(9999)).json.errors.code).toBe('not_found');
  expect((await optIn(4101)).json.errors.code).toBe('not_available');
  expect((await optIn(4102, OTHER)).json.errors.code).toBe('user_not_found');
  const nobody = await client.createCustomer({ first_name: 'No', last_name: 'Body' });
  expect((await optIn(4102, nobody)).json.errors.code).toBe('requires_registered_user');
  expect((await claim('x', nobody)).json.errors.code).toBe('requires_registered_user');
});

test('a code is claimed once by each customer, and within its limits', async () => {
  const code = await codeOf({ global_entry_cap: 2 });
  expect((await claim(code)).json).toMatchObject({
    claim: { code, points: 20 },
    user: { available_points: 20 },
  });
  expect((await claim(code)).json.errors.code).toBe('not_available');
  const others = await Promise.all(
    ['a', 'b'].map((name) => client.createCustomer({ external_id: `${name}-${crypto.randomUUID()}` })),
  );
  expect((await claim(code, others[0])).json.status).toBe('ok');
  expect((await claim(code, others[1])).json.errors.code).toBe('not_available');
  const single = await codeOf({ type: 'single_use' });
  expect((await claim(single, others[0])).json.status).toBe('ok');
  expect((await claim(single)).json.errors.code).toBe('not_available');
});

test('a code outside its time, or one that nobody made, gives nothing', async () => {
  expect((await claim(await codeOf({ start_date: '2098-01-01' }))).json.errors.code).toBe('not_available');
  expect((await claim(await codeOf({ end_date: '2021-01-01' }))).json.errors.code).toBe('not_available');
  expect((await claim('nothing')).json.errors.code).toBe('not_found');
  expect((await claim(undefined)).json.errors.code).toBe('missing_data');
});

test.each([
  [{ name: undefined }, 'missing_data'],
  [{ start_date: undefined }, 'missing_data'],
  [{ type: 'endless' }, 'validation'],
  [{ end_date: '2019-01-01' }, 'validation'],
  [{ points: 'many' }, 'argument_error'],
  [{ global_entry_cap: 0 }, 'argument_error'],
])('a list with %j is refused as %s', async (changes, code) => {
  expect((await promotion(changes)).json.errors).toMatchObject({ code });
});

test('a code belongs to one list', async () => {
  const code = await codeOf();
  expect((await promotion({ code })).json.errors.code).toBe('validation');
});
