import { openSession } from 'driftgate/jest';

// Core, Connect and POS have hosts and key pairs of their own; a pair of one family opens no other.
describe('credentials of another family', () => {
  const session = openSession();
  afterAll(() => session.close());

  const value = (name: string) => session.variable(name) ?? '';
  const code = (body: unknown) => (body as { errors: { code: string } }).errors.code;
  const pairs = {
    core: () => [value('api_key'), value('api_secret')] as const,
    connect: () => [value('connect_key'), value('connect_secret')] as const,
    pos: () => [value('pos_key'), value('pos_secret')] as const,
  };

  beforeAll(async () => {
    await session.send('customers/create-customer');
  });

  test.each(['connect', 'pos'] as const)('Core refuses the pair of %s', async (family) => {
    const [key, secret] = pairs[family]();
    const stranger = await session.send('customers/get-customer', { api_key: key, api_secret: secret });
    expect(code(stranger.as(401))).toBe('invalid_api_key');
    const mixed = await session.send('customers/get-customer', { api_secret: secret });
    expect(code(mixed.as(401))).toBe('access_denied');
  });

  test.each(['core', 'pos'] as const)('Connect refuses the pair of %s', async (family) => {
    const [connect_key, connect_secret] = pairs[family]();
    const stranger = await session.send('points/get-all-balances', { connect_key, connect_secret });
    expect(code(stranger.as(401))).toBe('access_denied');
  });

  test.each(['core', 'connect'] as const)('POS refuses the pair of %s', async (family) => {
    const [pos_key, pos_secret] = pairs[family]();
    const request = 'pos-lookup-and-discounting/look-up-customer-by-e-mail';
    const stranger = await session.send(request, { pos_key, pos_secret });
    expect(code(stranger.as(401))).toBe('access_denied');
  });
});
