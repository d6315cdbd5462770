import { OFFERS } from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
let id: string;
let transactionId: string;
beforeAll(async () => {
  client = await sandboxes.start();
});
beforeEach(async () => {
  id = await client.createCustomer();
  transactionId = crypto.randomUUID();
});

const purchase = (changes: object = {}) => ({
  transaction_id: transactionId,
  is_closed: true,
  is_voided: false,
  subtotal: 20.5,
  tax_total: 1.64,
  items: [{ line_id: '1', item_id: 'SKU', quantity: 1, unit_price: 20.5, subtotal: 20.5 }],
  payments: [{ payment_id: '1', type: 'card', amount: 22.14, user_id: id }],
  ...changes,
});
const send = (changes: object = {}, envelope?: Record<string, unknown>) =>
  client.pos('send_transaction', purchase(changes), envelope);
const points = async () => (await client.core('GET', `/users/${id}`)).json.user.available_points;
const connect = (path: string, body: object) =>
  client.connect('POST', path, { body: { retailer_id: client.sandbox.variables.retailer_id, ...body } });
const issue = async () => {
  const { json } = await connect('/offers/api/2.0/offers/acquisition/issue', {
    user_id: id,
    offer_id: OFFERS[0].id,
  });
  return (json.payload.status_list as { user_offer_id: string }[])[0]?.user_offer_id ?? '';
};
const wallet = async () =>
  (await connect('/offers/api/2.0/offers/get_user_offers', { user_id: id })).json.payload.total_records;
const lock = (offer: string, transaction = purchase({ is_closed: false })) =>
  client.pos('lock', { offer_lookup_code: offer, offer_lookup_type: 'UserOfferId', transaction });

test('a closed purchase earns its points and the welcome gift, an open one nothing', async () => {
  expect((await send({ is_closed: false })).json).toEqual({ status: 'OK', payload: null });
  expect(await points()).toBe(0);
  await send();
  expect(await points()).toBe(20 + 50);
});

test('a return takes back the difference, and sending it again moves nothing more', async () => {
  await send();
  await send({ subtotal: 10 });
  expect(await points()).toBe(10 + 50);
  await send({ subtotal: 10 });
  expect(await points()).toBe(10 + 50);
  await send({ subtotal: 12 });
  expect(await points()).toBe(12 + 50);
});

test('a repeated request_id moves nothing', async () => {
  const envelope = { request_id: `r-${transactionId}` };
  const first = await send({}, envelope);
  expect((await send({ subtotal: 500 }, envelope)).text).toBe(first.text);
  expect(await points()).toBe(70);
});

test('closing a purchase redeems the offer it locked, and a void gives all back', async () => {
  const offer = await issue();
  await lock(offer);
  const discounts = [{ reference_id: offer, amount: 3 }];
  expect((await send({ discounts })).json.status).toBe('OK');
  // The copy that it used up is gone, the welcome gift has come.
  expect(await wallet()).toBe(1);
  expect((await send({ is_voided: true, discounts })).json.status).toBe('OK');
  expect(await wallet()).toBe(2);
  expect(await points()).toBe(50);
  expect((await send()).json.errors.code).toBe('validation');
});

test('a void never takes more than there is', async () => {
  await send({ subtotal: 400 });
  await connect('/incentives/api/1.0/user_points/spend_multiple', {
    user_id: id,
    spend_details: [{ amount: 440 }],
  });
  await send({ is_voided: true });
  expect(await points()).toBe(0);
});

test('an offer that another transaction holds is not taken, and nothing else happens', async () => {
  const offer = await issue();
  await lock(offer, { ...purchase(), transaction_id: 'another' });
  expect((await send({ discounts: [{ reference_id: offer, amount: 3 }] })).json.errors.code).toBe(
    'not_available',
  );
  expect(await points()).toBe(0);
});

test.each<[string, object, string]>([
  ['no transaction id', { transaction_id: '' }, 'missing_data'],
  ['no subtotal', { subtotal: undefined }, 'missing_data'],
  ['too many items', { items: Array.from({ length: 1001 }, () => ({})) }, 'validation'],
  ['too many payments', { payments: Array.from({ length: 101 }, () => ({})) }, 'validation'],
  ['too many discounts', { discounts: Array.from({ length: 101 }, () => ({})) }, 'validation'],
  ['items that are no list', { items: {} }, 'argument_error'],
  ['a void of nothing', { transaction_id: 'never-sent', is_voided: true }, 'not_found'],
  ['an unknown earlier one', { from_transaction_id: 'never-sent' }, 'not_found'],
  ['an unknown offer', { discounts: [{ reference_id: OTHER }] }, 'not_found'],
  [
    'an unknown payer',
    { payments: [{ payment_id: '1', type: 'card', amount: 1, user_id: OTHER }] },
    'user_not_found',
  ],
])('%s is refused', async (_case, changes, code) => {
  expect((await send(changes)).json.errors).toMatchObject({ code });
  expect(await points()).toBe(0);
});

test('stored purchases come newest first, page by page', async () => {
  await send({ transaction_id: `${transactionId}-1` });
  await send({ transaction_id: `${transactionId}-2` });
  const read = (body: object) =>
    connect('/transactions/api/1.0/transactions/info/get_store_transactions', {
      user_id: id,
      from_date: '2020-01-01',
      to_date: '2099-01-01',
      store_id: client.sandbox.variables.store_id,
      take: 1,
      ...body,
    });
  const first = (await read({})).json.payload;
  expect(first).toMatchObject({
    total_records: 2,
    results: [{ pos_transaction_id: `${transactionId}-2`, taxtotal: 1.64, check_amount: 22.14 }],
  });
  const second = (await read({ pagination_token: first.pagination_token })).json.payload;
  expect(second).toMatchObject({
    results: [{ pos_transaction_id: `${transactionId}-1` }],
    pagination_token: null,
  });
  expect((await read({ store_id: 'elsewhere' })).json.payload.total_records).toBe(0);
  expect((await read({ from_date: undefined })).json.errors.code).toBe('missing_data');
  expect((await read({ pagination_token: 'x' })).json.errors.code).toBe('argument_error');
  expect((await read({ to_date: '2019-01-01' })).json.errors.code).toBe('validation');
});
