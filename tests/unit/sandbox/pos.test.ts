import { OFFERS } from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const [COFFEE, TEN_PER_CENT, TOTE] = OFFERS;
const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
let id: string;
let email: string;
beforeAll(async () => {
  client = await sandboxes.start();
});
beforeEach(async () => {
  email = `pos-${crypto.randomUUID()}@example.com`;
  id = await client.createCustomer({ email, external_id: email });
});

const transaction = { transaction_id: 't-1', subtotal: 18, items: [] as object[] };
const issue = async (offerId: string): Promise<string> => {
  const { json } = await client.connect('POST', '/offers/api/2.0/offers/acquisition/issue', {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id, offer_id: offerId },
  });
  return (json.payload.status_list as { user_offer_id: string }[])[0]?.user_offer_id ?? '';
};
const discount = (path: string, offer: string, purchase: object = transaction) =>
  client.pos(path, { offer_lookup_code: offer, offer_lookup_type: 'UserOfferId', transaction: purchase });
const undo = (path: string, offer: string) => client.pos(path, { user_offer_id: offer, employee_id: 'E7' });

test('a customer is found by each value, in its POS envelope', async () => {
  for (const value of [{ email }, { user_id: id.toUpperCase() }, { external_customer_id: email }]) {
    const { json } = await client.pos('lookup', value);
    expect(json).toMatchObject({ status: 'OK', payload: { user_id: id, email, discounts: [] } });
  }
  expect((await client.pos('lookup', { email, user_id: OTHER })).json.errors.code).toBe('user_not_found');
  expect((await client.pos('lookup', { email: 'nobody@example.com' })).json).toMatchObject({
    status: 'ERROR',
    errors: { code: 'user_not_found' },
  });
});

test('a value of several customers is an error', async () => {
  const phone_numbers = [{ phone_number: '5550177001' }];
  await client.createCustomer({ email: `a-${email}`, phone_numbers });
  expect((await client.pos('lookup', { phone: '5550177001' })).json.status).toBe('OK');
  await client.createCustomer({ email: `b-${email}`, phone_numbers });
  expect((await client.pos('lookup', { phone: '5550177001' })).json.errors.code).toBe('validation');
});

test('with a purchase a lookup gives the offers that fit and what they take off', async () => {
  const [coffee, percent] = [await issue(COFFEE.id), await issue(TEN_PER_CENT.id)];
  await issue(TOTE.id);
  const plain = await client.pos('lookup', { email });
  expect(plain.json.payload.discounts).toHaveLength(3);
  expect(plain.text).not.toContain('"amount"');
  const priced = await client.pos('lookup', { email, transaction });
  expect(priced.json.payload.discounts).toMatchObject([
    { reference_id: coffee, amount: 3 },
    { reference_id: percent, amount: 1.8 },
  ]);
});

test('a lock holds an offer for one transaction, and unlock gives it back', async () => {
  const offer = await issue(COFFEE.id);
  const locked = await discount('lock', offer, { ...transaction, subtotal: 2 });
  expect(locked.json.payload).toMatchObject({
    reference_id: offer,
    status: 'locked',
    amount: 2,
    user_id: id,
  });
  expect((await discount('lock', offer)).json.payload).toMatchObject({ amount: 3 });
  const elsewhere = { ...transaction, transaction_id: 't-2' };
  expect((await discount('lock', offer, elsewhere)).json.errors.code).toBe('not_available');
  expect((await discount('redeem', offer, elsewhere)).json.errors.code).toBe('not_available');
  expect((await undo('unlock', offer)).json).toEqual({ status: 'OK' });
  expect((await undo('unlock', offer)).json.errors.code).toBe('validation');
});

test('a redemption is once, and reinstate undoes it', async () => {
  const offer = await issue(COFFEE.id);
  expect((await undo('reinstate', offer)).json.errors.code).toBe('validation');
  expect((await discount('redeem', offer)).json.payload).toMatchObject({ status: 'redeemed' });
  expect((await discount('redeem', offer)).json.errors.code).toBe('not_available');
  expect((await discount('lock', offer)).json.errors.code).toBe('not_available');
  expect((await undo('reinstate', offer)).json.status).toBe('OK');
  expect((await discount('lock', offer)).json.status).toBe('OK');
});

test.each<[string, object, string]>([
  ['lookup', {}, 'missing_data'],
  ['lookup', { phone: '555-0100' }, 'argument_error'],
  ['lookup', { user_id: 'x' }, 'argument_error'],
  ['lock', { offer_lookup_type: 'UserOfferId', transaction }, 'missing_data'],
  ['lock', { offer_lookup_code: OTHER, offer_lookup_type: 'UserOfferId', transaction }, 'not_found'],
  ['lock', { offer_lookup_code: '123', offer_lookup_type: 'TTLCode', transaction }, 'not_found'],
  ['lock', { offer_lookup_code: OTHER, offer_lookup_type: 'Magic', transaction }, 'argument_error'],
  ['lock', { offer_lookup_code: OTHER, offer_lookup_type: 'UserOfferId' }, 'missing_data'],
  ['unlock', { user_offer_id: OTHER, employee_id: 'E7' }, 'not_found'],
  ['reinstate', { user_offer_id: OTHER }, 'missing_data'],
])('%s with %j is refused as %s', async (path, payload, code) => {
  expect((await client.pos(path, payload)).json.errors).toMatchObject({ code });
});

test('what is handed out by hand is no discount', async () => {
  expect((await discount('lock', await issue(TOTE.id))).json.errors.code).toBe('not_available');
});

test('a repeated request_id is answered with the first answer and moves nothing', async () => {
  const offer = await issue(COFFEE.id);
  const payload = { offer_lookup_code: offer, offer_lookup_type: 'UserOfferId', transaction };
  const first = await client.pos('redeem', payload, { request_id: 'r-1' });
  await undo('reinstate', offer);
  const repeat = await client.pos('redeem', payload, { request_id: 'r-1' });
  expect(repeat.text).toBe(first.text);
  expect((await discount('lock', offer)).json.status).toBe('OK');
});

test('while the first is on its way, a repeat is told so', async () => {
  const slow = await sandboxes.start({ faults: ['POST /api/2.0/lookup hang'] });
  const waiting = slow.pos('lookup', { email }, { request_id: 'r-2' }).catch(() => undefined);
  while (slow.sandbox.received.length === 0) await new Promise(setImmediate);
  const repeat = await slow.pos('unlock', {}, { request_id: 'r-2' });
  expect(repeat.json.errors.code).toBe('pending_processing');
  await slow.sandbox.close();
  await waiting;
});
