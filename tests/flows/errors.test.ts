import { openSession } from 'driftgate/jest';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/**
 * Every generic error code that a client can provoke with right credentials and a wrong request.
 *
 * Three are out of reach from here: https_only needs plain HTTP, invalid_auth_token a bearer token, which no request of
 * the collection sends, and internal_server_error a fault of the platform. The sandbox's own tests provoke them.
 */
describe('generic errors', () => {
  const session = openSession();
  afterAll(() => session.close());

  /** The error code of a documented answer of this status. */
  const codeOf = (body: unknown) => (body as { errors?: { code?: string } }).errors?.code;

  beforeAll(async () => {
    await session.send('customers/create-customer');
    await session.send('campaigns-and-promo-codes/create-promo-code-list');
  });

  test('user_not_found: nobody has this id, on each family', async () => {
    const core = await session.send('customers/get-customer', { user_id: NOBODY });
    const connect = await session.send('points/get-all-balances', { user_id: NOBODY });
    const email = 'nobody@example.com';
    const pos = await session.send('pos-lookup-and-discounting/look-up-customer-by-e-mail', { email });
    const codes = [core.as(404), connect.as(404), pos.as(404)].map(codeOf);
    expect(codes).toEqual(['user_not_found', 'user_not_found', 'user_not_found']);
  });

  test('not_found: nothing has this id', async () => {
    const offer = await session.send('offers-wallet/issue-offer', { offer_id: NOBODY });
    const code = await session.send('campaigns-and-promo-codes/claim-promo-code', { promo_code: 'NONE' });
    expect([offer.as(404), code.as(404)].map(codeOf)).toEqual(['not_found', 'not_found']);
  });

  test('missing_data: what is required is left out', async () => {
    const user = await session.send(
      'customers/create-customer',
      { message_id: crypto.randomUUID() },
      { user: null },
    );
    const tags = await session.send('customer-tags/add-counter-tag', {}, { tags: null });
    const events = await session.send('events-and-timeline/send-simple-event', {}, { events: null });
    expect([user, tags, events].map(({ body }) => codeOf(body))).toEqual(Array(3).fill('missing_data'));
  });

  test('argument_error: what is given has another form', async () => {
    const take = await session.send('points/fetch-point-audit-log', {}, { take: 1001 });
    const ttl = await session.send('customer-tags/add-expiring-tag', {}, { ttl: -1 });
    const ids = await session.send('customers/get-several-customers', { second_user_id: 'somebody' });
    expect([take, ttl, ids].map(({ body }) => codeOf(body))).toEqual(Array(3).fill('argument_error'));
  });

  test('validation: what is given breaks a rule', async () => {
    const message_id = crypto.randomUUID();
    const child = { user: { dob: new Date().toISOString().slice(0, 10) } };
    const young = await session.send('customers/create-customer', { message_id }, child);
    const again = await session.send('customers/create-customer', { message_id: crypto.randomUUID() });
    expect([young, again].map(({ body }) => codeOf(body))).toEqual(['validation', 'validation']);
  });

  test('not_available: it is there, but not for this customer', async () => {
    expect(await session.send('campaigns-and-promo-codes/claim-promo-code')).toMatchContract();
    const again = await session.send('campaigns-and-promo-codes/claim-promo-code');
    expect(codeOf(again.as(200))).toBe('not_available');
  });

  test('requires_registered_user: a customer without e-mail and external id', async () => {
    const anonymous = openSession();
    try {
      const user = { email: null, external_id: null, external_id_type: null };
      const created = await anonymous.send('customers/create-customer', {}, { user });
      const { id } = (created.body as { user: { id: string } }).user;
      const claimed = await anonymous.send('campaigns-and-promo-codes/claim-promo-code', {
        user_id: id,
        promo_code: session.variable('promo_code') ?? '',
      });
      expect(codeOf(claimed.as(200))).toBe('requires_registered_user');
    } finally {
      await anonymous.close();
    }
  });

  test('access_denied and invalid_api_key: the credentials are wrong', async () => {
    const secret = await session.send('customers/get-customer', { api_secret: 'wrong' });
    const key = await session.send('customers/get-customer', { api_key: 'wrong' });
    expect([secret.as(401), key.as(401)].map(codeOf)).toEqual(['access_denied', 'invalid_api_key']);
  });
});
