import fc from 'fast-check';
import { OFFERS } from '../../../src/sandbox/state/catalogue';
import { newCustomer } from '../../../src/sandbox/state/customer';
import { Wallets, walletOf } from '../../../src/sandbox/state/offers';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const [COFFEE] = OFFERS;
const SOLD_OUT = OFFERS.find(({ inventory }) => inventory === 0);
const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
beforeAll(async () => {
  client = await sandboxes.start();
});

const call = (path: string, id: string, body: object = {}) =>
  client.connect('POST', `/offers/api/2.0/offers/${path}`, {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id, ...body },
  });
async function issued(id: string, quantity = 1): Promise<string[]> {
  const { json } = await call('acquisition/issue', id, { offer_id: COFFEE.id.toUpperCase(), quantity });
  return (json.payload.status_list as { user_offer_id: string }[]).map((one) => one.user_offer_id);
}
const wallet = async (id: string) =>
  (await call('get_user_offers', id)).json.payload as {
    total_records: number;
    user_offers: { id: string }[];
  };

test('offers are issued, and leave the wallet when they are redeemed or revoked', async () => {
  const id = await client.createCustomer();
  const [first = '', second = '', third = ''] = await issued(id, 3);
  expect(await wallet(id)).toMatchObject({
    total_records: 3,
    user_id: id,
    user: { opted_in: expect.any(Boolean) },
  });
  expect((await wallet(id)).user_offers[0]).toMatchObject({
    id: first,
    offer_id: COFFEE.id,
    root_offer_id: COFFEE.rootId,
    offer_type: 'fixed_amount_discount',
    is_redeemable: true,
    redeem_date: null,
  });
  const redeemed = await call('redemption/manual_redeem', id, { user_offer_id: first });
  expect(redeemed.json.payload).toMatchObject({ user_offer_id: first, is_successful: true });
  expect((await call('acquisition/revoke', id, { user_offer_id: second, reason: 'x' })).json).toEqual({
    status: 'ok',
    payload: {},
  });
  expect(
    (await call('acquisition/update', id, { user_offer_id: third, custom_data: '{"a":1}' })).json.status,
  ).toBe('ok');
  expect((await wallet(id)).user_offers.map((one) => one.id)).toEqual([third]);
  const { json } = await call('fetch_offers_details', id, { offer_ids: [COFFEE.id, OTHER] });
  expect(json.payload.results).toMatchObject([{ offer_id: COFFEE.id, total_inventory: null }]);
});

test.each<[string, string, (offer: string) => object, string]>([
  ['an unknown offer', 'acquisition/issue', () => ({ offer_id: OTHER }), 'not_found'],
  ['a sold-out offer', 'acquisition/issue', () => ({ offer_id: SOLD_OUT?.id }), 'not_available'],
  ['no offer', 'acquisition/issue', () => ({}), 'missing_data'],
  ['none of it', 'acquisition/issue', () => ({ offer_id: COFFEE.id, quantity: 0 }), 'argument_error'],
  ['too large a page', 'get_user_offers', () => ({ take: 1001 }), 'argument_error'],
  ['no ids', 'fetch_offers_details', () => ({}), 'missing_data'],
  [
    'data for nothing',
    'acquisition/update',
    () => ({ user_offer_id: OTHER, custom_data: '{}' }),
    'not_found',
  ],
  [
    'data that is no JSON',
    'acquisition/update',
    (offer) => ({ user_offer_id: offer, custom_data: '{' }),
    'argument_error',
  ],
  ['a redemption of nothing', 'redemption/manual_redeem', () => ({ user_offer_id: OTHER }), 'not_found'],
  ['a revocation of nothing', 'acquisition/revoke', () => ({ user_offer_id: OTHER }), 'not_found'],
])('%s is refused', async (_case, path, body, code) => {
  const id = await client.createCustomer();
  const [offer = ''] = await issued(id);
  expect((await call(path, id, body(offer))).json.errors).toMatchObject({ code });
  expect((await wallet(id)).total_records).toBe(1);
});

test('a copy is redeemed once, by who holds it, and cannot be revoked after', async () => {
  const id = await client.createCustomer();
  const stranger = await client.createCustomer();
  const [offer = ''] = await issued(id);
  const redeem = (who: string) => call('redemption/manual_redeem', who, { user_offer_id: offer });
  expect((await redeem(stranger)).json.errors.code).toBe('not_found');
  expect((await redeem(id)).json.status).toBe('ok');
  expect((await redeem(id)).json.errors.code).toBe('not_available');
  expect((await call('acquisition/revoke', id, { user_offer_id: offer })).json.errors.code).toBe(
    'validation',
  );
});

test('an expired copy is out of the wallet and cannot be redeemed', async () => {
  let now = Date.UTC(2026, 0, 5);
  client = await sandboxes.start({ now: () => now });
  const id = await client.createCustomer();
  const [offer = ''] = await issued(id);
  now += (COFFEE.validDays * 24 + 1) * 3_600_000;
  expect((await wallet(id)).total_records).toBe(0);
  const refused = await call('redemption/manual_redeem', id, { user_offer_id: offer });
  expect(refused.json.errors.code).toBe('not_available');
});

test('whatever is done in whatever order: only legal changes happen, and a refused one changes nothing', () => {
  // From each state, what leads where; anything else must be refused.
  const legal: Record<string, Record<string, string>> = {
    issued: { lock: 'locked', redeem: 'redeemed', revoke: 'revoked' },
    locked: { lock: 'locked', redeem: 'redeemed', unlock: 'issued' },
    redeemed: { reinstate: 'issued' },
    revoked: {},
  };
  const actions = fc.constantFrom('lock', 'unlock', 'redeem', 'reinstate', 'revoke');
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 20 }), (steps) => {
      const wallets = new Wallets();
      const customer = newCustomer(0);
      const copy = wallets.issue(customer, COFFEE, 0);
      for (const action of steps) {
        const before = structuredClone({ ...copy });
        const expected = legal[before.state]?.[action];
        const act = () => {
          if (action === 'lock') wallets.lock(copy, 't-1', 1);
          if (action === 'unlock') wallets.unlock(copy);
          if (action === 'redeem') wallets.redeem(copy, 't-1', 1);
          if (action === 'reinstate') wallets.reinstate(copy);
          if (action === 'revoke') wallets.revoke(copy);
        };
        if (expected === undefined) {
          expect(act).toThrow();
          expect({ ...copy }).toEqual(before);
        } else {
          act();
          expect(copy.state).toBe(expected);
        }
        expect(walletOf(customer, 1)).toHaveLength(copy.state === 'issued' ? 1 : 0);
        expect(wallets.countsOf(COFFEE)).toMatchObject({
          acquired: 1,
          redeemed: copy.state === 'redeemed' ? 1 : 0,
        });
      }
    }),
  );
});
