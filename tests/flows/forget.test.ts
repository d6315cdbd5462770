import { openSession } from 'driftgate/jest';

// A customer asks to be forgotten: nothing finds it any more, by no id and on no family.
describe('forget leaves nothing behind', () => {
  const session = openSession();
  afterAll(() => session.close());

  beforeAll(async () => {
    await session.send('customers/create-customer');
    await session.send('points/get-all-balances');
    await session.send('points/deposit-points');
    await session.send('offers-wallet/issue-offer');
    await session.send('transactions/send-purchase');
    expect(await session.send('account-administration/forget-customer')).toMatchContract();
  });

  test.each([
    'customers/get-customer',
    'customers/get-customer-by-external-id',
    'customers/search-customer-by-e-mail',
    'customer-tags/list-tags',
    'events-and-timeline/get-member-statement',
    'points/get-all-balances',
    'tiers-and-progress/get-tier-details',
    'offers-wallet/get-user-offers',
    'pos-lookup-and-discounting/look-up-customer-by-e-mail',
  ] as const)('%s finds nobody', async (key) => {
    const answer = await session.send(key);
    expect(answer.as(404)).toMatchObject({ errors: { code: 'user_not_found' } });
  });

  test('a search finds an empty list', async () => {
    const { players } = (await session.send('customers/search-customers')).success();
    expect(players).toEqual([]);
  });

  test('its offers are gone', async () => {
    const redeemed = await session.send('pos-lookup-and-discounting/redeem-offer-at-once', {
      pos_offer_id: session.variable('user_offer_id') ?? '',
    });
    expect(redeemed.body).toMatchObject({ errors: { code: 'not_found' } });
  });

  test('its purchases do not name it', async () => {
    const stored = await session.send(
      'transactions/get-store-transactions',
      {},
      { user_id: null, take: 1000 },
    );
    expect(JSON.stringify(stored.body)).not.toContain(session.variable('user_id'));
  });

  test('a repeated message does not bring it back', async () => {
    const id = session.variable('user_id');
    const repeated = await session.send('customers/create-customer');
    expect(repeated.header('Cached-Message')).toBeUndefined();
    expect(repeated.success().user.id).not.toBe(id);
  });
});
