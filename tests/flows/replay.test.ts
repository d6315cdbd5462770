import { openSession } from 'driftgate/jest';

// Networks fail after the work is done. Each family has its own way to send a request again without doing it twice.
describe('idempotent replay', () => {
  const session = openSession();
  afterAll(() => session.close());

  const balance = async () =>
    (await session.send('points/get-all-balances')).success().payload.summary.total_points;

  beforeAll(async () => {
    await session.send('customers/create-customer');
    await session.send('points/get-all-balances');
    await session.send('points/deposit-points');
  });

  test('Core: a Message-ID is answered with the stored response, and marked', async () => {
    const id = session.variable('user_id');
    const repeated = await session.send('customers/create-customer-repeat-with-the-same-message-id');
    expect(repeated).toMatchContract();
    expect(repeated.header('Cached-Message')).toBe('true');
    expect(repeated.success().user.id).toBe(id);
  });

  test('Connect: an idempotency_id spends once', async () => {
    const spent = await session.send('points/spend-points');
    const after = await balance();
    const repeated = await session.send('points/spend-points-repeat-with-the-same-idempotency-id');
    expect(repeated).toMatchContract();
    expect(repeated.success().payload.spend_results).toEqual(spent.success().payload.spend_results);
    expect(await balance()).toBe(after);
  });

  test('Connect: another idempotency_id spends again', async () => {
    const before = await balance();
    await session.send('points/spend-points', { idempotency_id: crypto.randomUUID() });
    expect(await balance()).toBe(before - 50);
  });

  test('POS: a request_id is processed once', async () => {
    const first = await session.send('transactions/send-purchase');
    const after = await balance();
    const repeated = await session.send('transactions/send-purchase-repeat-with-the-same-request-id');
    expect(repeated).toMatchContract();
    expect(repeated.body).toEqual(first.body);
    expect(await balance()).toBe(after);
  });
});
