import { openSession } from 'driftgate/jest';

// What was bought is brought back: first a part of it, then all of it.
describe('a return adjusts the outcome', () => {
  const session = openSession();
  afterAll(() => session.close());

  const balance = async () => {
    const balances = await session.send('points/get-all-balances');
    return balances.success().payload.summary.total_points;
  };
  const earnedBySubtotal = { whole: 18, part: 9 };
  let before: number;

  beforeAll(async () => {
    await session.send('customers/create-customer');
    expect(await session.send('transactions/send-purchase')).toMatchContract();
    // Without the points of this purchase: what else a first purchase brings stays.
    before = (await balance()) - earnedBySubtotal.whole;
  });

  test('a partial return takes back what it had earned', async () => {
    expect(await session.send('transactions/send-partial-return')).toMatchContract();
    expect(await balance()).toBe(before + earnedBySubtotal.part);
  });

  test('the same return again takes nothing more', async () => {
    expect(await session.send('transactions/send-partial-return')).toMatchContract();
    expect(await balance()).toBe(before + earnedBySubtotal.part);
  });

  test('a void takes back the rest', async () => {
    expect(await session.send('transactions/void-transaction')).toMatchContract();
    expect(await balance()).toBe(before);
  });

  test('a voided purchase cannot be sent again', async () => {
    const again = await session.send('transactions/send-purchase', {
      purchase_request_id: crypto.randomUUID(),
    });
    expect(again.as(200)).toMatchObject({ errors: { code: 'validation' } });
    expect(await balance()).toBe(before);
  });

  test('an offer that a voided purchase had used up is in the wallet again', async () => {
    await session.send('offers-wallet/issue-offer', {}, { quantity: 1 });
    const wallet = async () => {
      const offers = await session.send('offers-wallet/get-user-offers');
      return offers.success().payload.user_offers.map(({ id }) => id);
    };
    await session.send('pos-lookup-and-discounting/look-up-customer-with-transaction');
    expect(await session.send('transactions/lock-offer-for-the-purchase')).toMatchContract();
    expect(await session.send('transactions/send-purchase-with-locked-discount')).toMatchContract();
    const used = session.variable('pos_offer_id');
    expect(await wallet()).not.toContain(used);
    const discounted = session.variable('discounted_transaction_id') ?? '';
    expect(
      await session.send('transactions/void-transaction', { transaction_id: discounted }),
    ).toMatchContract();
    expect(await wallet()).toContain(used);
  });
});
