import { openSession } from 'driftgate/jest';

// A member buys an offer with points and uses it at the till.
describe('reward store purchase, redeemed at the POS', () => {
  const session = openSession();
  afterAll(() => session.close());

  let boughtId: string;
  const purchase = (quantity: number) =>
    session.send('reward-store/purchase-reward-store-offer', {}, { quantity });
  const atTheTill = { pos_offer_id: '' };

  beforeAll(async () => {
    await session.send('customers/create-customer');
    await session.send('points/get-all-balances');
    // The offer that is sold has to be known by its root id, which its first copy tells.
    await session.send('offers-wallet/issue-offer', {}, { quantity: 2 });
    expect(await session.send('reward-store/create-reward-store')).toMatchContract();
    expect(await session.send('reward-store/add-offer-to-reward-store')).toMatchContract();
  });

  test('without points nothing is sold', async () => {
    const refused = await purchase(1);
    expect(refused.as(200)).toMatchObject({ errors: { code: 'insufficient_points' } });
    const wallet = await session.send('offers-wallet/get-user-offers');
    expect(wallet.success().payload.total_records).toBe(2);
  });

  test('with points the offer is bought, and they are spent', async () => {
    expect(await session.send('points/deposit-points')).toMatchContract();
    const before = (await session.send('points/get-all-balances')).success().payload.summary.total_points;
    const bought = await purchase(1);
    expect(bought).toMatchContract();
    const { payload } = bought.success();
    expect(payload.points_remaining).toBe(before - 10);
    boughtId = payload.user_offer.id;
    atTheTill.pos_offer_id = boughtId;
  });

  test('the till finds the member and the offer', async () => {
    const found = await session.send('pos-lookup-and-discounting/look-up-customer-with-transaction');
    expect(found).toMatchContract();
    expect(found.success().payload.discounts.map(({ reference_id }) => reference_id)).toContain(boughtId);
  });

  test('it is locked, given back, redeemed, and gone', async () => {
    const lock = () => session.send('pos-lookup-and-discounting/lock-offer', atTheTill);
    const unlock = () => session.send('pos-lookup-and-discounting/unlock-offer', atTheTill);
    const redeem = () => session.send('pos-lookup-and-discounting/redeem-offer-at-once', atTheTill);
    for (const step of [lock, unlock, redeem]) expect(await step()).toMatchContract();
    for (const step of [lock, redeem]) {
      expect((await step()).body).toMatchObject({ status: 'ERROR', errors: { code: 'not_available' } });
    }
    const wallet = await session.send('offers-wallet/get-user-offers');
    expect(wallet.success().payload.user_offers.map(({ id }) => id)).not.toContain(boughtId);
  });
});
