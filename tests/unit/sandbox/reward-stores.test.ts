import { OFFERS, POINT_ACCOUNTS, POINT_SOURCES, SEEDED_STORE } from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const [ACCOUNT, BONUS] = POINT_ACCOUNTS.map(({ id }) => id);
const [COFFEE, , TOTE, SOLD_OUT] = OFFERS;
const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
let id: string;
beforeAll(async () => {
  client = await sandboxes.start();
});
beforeEach(async () => {
  id = await client.createCustomer();
});

const connect = (path: string, body: object) =>
  client.connect('POST', path, {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id, ...body },
  });
const call = (path: string, body: object = {}) =>
  connect(`/offers/api/2.0/offers/rewardstores/${path}`, body);
const deposit = (amount: number) =>
  connect('/incentives/api/1.0/user_points/deposit', {
    deposit_details: [{ point_account_id: ACCOUNT, point_source_id: POINT_SOURCES[0]?.id, amount }],
  });
const balance = async () =>
  (await connect('/incentives/api/1.0/user_points/all_balances', {})).json.payload.summary as object;
const wallet = async () =>
  (await connect('/offers/api/2.0/offers/get_user_offers', {})).json.payload.user_offers as object[];

async function openStore(
  price: number,
  rootId: string = TOTE.rootId,
): Promise<{ store: string; offer: string }> {
  const created = await call('create_or_edit', { name: 'Own store', point_account_ids: [ACCOUNT] });
  const store = created.json.payload.id as string;
  const added = await call('add_or_edit_offer', { reward_store_id: store, root_offer_id: rootId, price });
  return { store, offer: added.json.payload.id as string };
}
const purchase = ({ store, offer }: { store: string; offer: string }, more: object = {}) =>
  call('purchase_offer', { reward_store_id: store, reward_store_offer_id: offer, ...more });

test('a purchase spends the points and issues the offer', async () => {
  await deposit(100);
  const bought = await purchase(await openStore(30), { quantity: 2, point_account_ids: [ACCOUNT] });
  expect(bought.json.payload).toMatchObject({
    is_successful: true,
    points_remaining: 40,
    user_offer: { offer_id: TOTE.id, is_redeemable: true },
  });
  expect(await wallet()).toHaveLength(2);
});

test('without enough points nothing is spent and nothing issued', async () => {
  await deposit(59);
  const refused = await purchase(await openStore(30), { quantity: 2 });
  expect(refused.json.errors.code).toBe('insufficient_points');
  expect(await balance()).toMatchObject({ total_points: 59 });
  expect(await wallet()).toEqual([]);
});

test('what is sold out, closed or paid from another account is not sold, and costs nothing', async () => {
  await deposit(100);
  expect((await purchase(await openStore(1, SOLD_OUT?.rootId))).json.errors.code).toBe('not_available');
  const open = await openStore(1);
  expect((await purchase(open, { point_account_ids: [BONUS] })).json.errors.code).toBe('validation');
  expect((await purchase({ ...open, offer: OTHER })).json.errors.code).toBe('not_found');
  const closed = await call('create_or_edit', {
    id: open.store,
    point_account_ids: [ACCOUNT],
    is_active: false,
  });
  expect(closed.json.payload).toMatchObject({ id: open.store, name: 'Own store', is_active: false });
  expect((await purchase(open)).json.errors.code).toBe('not_available');
  expect(await balance()).toMatchObject({ total_points: 100 });
});

test('the open stores are shown, with the balances where they are asked for', async () => {
  const { json } = await call('get_user_reward_stores', { include_point_balances: true });
  expect(json.payload).toMatchObject({
    reward_stores: expect.arrayContaining([expect.objectContaining({ id: SEEDED_STORE.id })]),
    point_account_balances: { user_id: id },
  });
  const plain = await call('get_user_reward_stores');
  expect(plain.json.payload.point_account_balances).toBeUndefined();
});

test('offers are filtered, sorted and paged', async () => {
  const read = async (body: object) => {
    const { json } = await call('get_reward_store_offers', { reward_store_ids: [SEEDED_STORE.id], ...body });
    const offers = json.payload.reward_store_offers as { price: number }[];
    return { total: json.payload.total_rows, prices: offers.map(({ price }) => price) };
  };
  const byName = { sort_column: 'internal_name', sort_direction: 'desc', user_id: null };
  expect(await read(byName)).toEqual({ total: 2, prices: [100, 0] });
  expect(await read({ ...byName, sort_direction: 'asc' })).toEqual({ total: 2, prices: [0, 100] });
  expect(await read({ ...byName, skip: 1 })).toEqual({ total: 2, prices: [0] });
  expect(await read({ ...byName, exclude_free_offers: true })).toEqual({ total: 1, prices: [100] });
  expect(await read({ ...byName, max_price: 99 })).toEqual({ total: 1, prices: [0] });
  // Only what the customer can afford.
  expect(await read({ user_id: id })).toEqual({ total: 1, prices: [0] });
});

test('an offer stands in a store once: adding it again edits it', async () => {
  const { store, offer } = await openStore(30, COFFEE.rootId);
  const body = { reward_store_id: store, root_offer_id: COFFEE.rootId.toUpperCase(), price: 5 };
  expect((await call('add_or_edit_offer', body)).json.payload).toMatchObject({ id: offer, price: 5 });
});

test.each([
  ['create_or_edit', { name: 'x' }, 'missing_data'],
  ['create_or_edit', { point_account_ids: [ACCOUNT] }, 'missing_data'],
  ['create_or_edit', { name: 'x', point_account_ids: [OTHER] }, 'not_found'],
  ['create_or_edit', { id: OTHER, point_account_ids: [ACCOUNT] }, 'not_found'],
  [
    'create_or_edit',
    { name: 'x', point_account_ids: [ACCOUNT], start_date: '2026-02-01', end_date: '2026-01-01' },
    'validation',
  ],
  ['add_or_edit_offer', { reward_store_id: OTHER, root_offer_id: TOTE.rootId, price: 1 }, 'not_found'],
  ['add_or_edit_offer', { reward_store_id: SEEDED_STORE.id, root_offer_id: OTHER, price: 1 }, 'not_found'],
  ['add_or_edit_offer', { reward_store_id: SEEDED_STORE.id, root_offer_id: TOTE.rootId }, 'missing_data'],
  ['get_user_reward_stores', { user_id: OTHER }, 'user_not_found'],
  ['get_reward_store_offers', {}, 'missing_data'],
  ['get_reward_store_offers', { reward_store_ids: [SEEDED_STORE.id], take: 1001 }, 'argument_error'],
  ['get_reward_store_offers', { reward_store_ids: Array(101).fill(SEEDED_STORE.id) }, 'argument_error'],
  ['get_reward_store_offers', { reward_store_ids: [SEEDED_STORE.id], sort_column: 'x' }, 'argument_error'],
  ['purchase_offer', { reward_store_id: OTHER, reward_store_offer_id: OTHER }, 'not_found'],
])('%s with %j is refused as %s', async (path, body, code) => {
  expect((await call(path, body)).json.errors).toMatchObject({ code });
});
