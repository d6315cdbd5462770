import { openSession } from 'driftgate/jest';

// A member buys, earns points by it, and climbs to the next tier once there are enough of them.
describe('purchase, points, tier', () => {
  const session = openSession();
  afterAll(() => session.close());

  const balance = async () => {
    const balances = await session.send('points/get-all-balances');
    expect(balances).toMatchContract();
    return balances.success().payload.summary.total_points;
  };
  const tier = async () => {
    const details = await session.send('tiers-and-progress/get-tier-details');
    expect(details).toMatchContract();
    return details.success().user.tier_details?.tier_levels[0];
  };

  beforeAll(async () => {
    expect(await session.send('customers/create-customer')).toMatchContract();
  });

  test('a purchase earns points', async () => {
    const before = await balance();
    expect(await session.send('transactions/send-purchase')).toMatchContract();
    expect(await balance()).toBeGreaterThanOrEqual(before + 18);
  });

  test('the purchase is stored, paid by the member', async () => {
    const stored = await session.send('transactions/get-store-transactions');
    expect(stored).toMatchContract();
    expect(stored.success().payload.results).toMatchObject([
      {
        pos_transaction_id: session.variable('transaction_id'),
        is_closed: true,
        payments: [{ user_id: session.variable('user_id') }],
      },
    ]);
  });

  test('enough points lead to the next tier, and its rule says so', async () => {
    const start = await tier();
    const needed = start?.tier_progress[0]?.rules[0]?.rule.target_balance ?? 0;
    expect(needed).toBeGreaterThan(0);
    const detail = {
      point_account_id: session.variable('point_account_id') ?? '',
      point_source_id: session.variable('point_source_id') ?? '',
      amount: needed,
    };
    const deposited = await session.send('points/deposit-points', {}, { deposit_details: [detail] });
    expect(deposited).toMatchContract();
    expect(await session.send('tiers-and-progress/evaluate-tier-qualification')).toMatchContract();
    const reached = await tier();
    expect(reached?.tier_overview.rank).toBe((start?.tier_overview.rank ?? 0) + 1);
    expect(reached?.tier_overview.id).toBe(start?.next_tier_overview?.id);
  });
});
