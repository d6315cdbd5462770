import { POINT_ACCOUNTS, POINT_SOURCES } from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

let client: Client;
beforeAll(async () => {
  client = await sandboxes.start();
});

const made = async (name: string) => {
  const external = `${name}-${crypto.randomUUID()}`;
  const email = `${external}@example.com`;
  return { external, email, id: await client.createCustomer({ external_id: external, email }) };
};
const deposit = (id: string, amount: number) =>
  client.connect('POST', '/incentives/api/1.0/user_points/deposit', {
    body: {
      retailer_id: client.sandbox.variables.retailer_id,
      user_id: id,
      deposit_details: [
        { point_account_id: POINT_ACCOUNTS[0].id, point_source_id: POINT_SOURCES[0]?.id, amount },
      ],
    },
  });
const merge = (persistent: string, legacy: unknown) =>
  client.core('POST', `/external/users/${persistent}/merge_accounts`, {
    body: { legacy_external_id: legacy },
  });

test('a merge brings balances and external ids, and the legacy customer is gone', async () => {
  const [keeps, goes] = [await made('keeps'), await made('goes')];
  await deposit(keeps.id, 10);
  await deposit(goes.id, 600);
  const { json } = await merge(keeps.external, goes.external);
  expect(json.user).toMatchObject({
    id: keeps.id,
    available_points: 610,
    tier: 'Silver',
    email: keeps.email,
  });
  expect(json.user.identifiers).toEqual([{ external_id: keeps.external }, { external_id: goes.external }]);
  expect((await client.core('GET', `/users/${goes.id}`)).json.errors.code).toBe('user_not_found');
  expect((await client.core('GET', `/external/users/${goes.external}`)).json.user.id).toBe(keeps.id);
  expect((await merge(keeps.external, goes.external)).json.errors.code).toBe('validation');
});

test('a merge needs two customers', async () => {
  const one = await made('one');
  expect((await merge(one.external, one.external)).json.errors.code).toBe('validation');
  expect((await merge(one.external, 'nobody')).json.errors.code).toBe('user_not_found');
  expect((await merge('nobody', one.external)).json.errors.code).toBe('user_not_found');
  expect((await merge(one.external, undefined)).json.errors.code).toBe('missing_data');
});

test('who is forgotten is found by nothing, not even by a repeated message, and can be deleted once', async () => {
  const email = `forget-${crypto.randomUUID()}@example.com`;
  const create = () =>
    client.core('POST', '/users', {
      headers: { 'Message-ID': 'forget-1' },
      body: { user: { email, external_id: email } },
    });
  const { id } = (await create()).json.user;
  const transaction = { transaction_id: 'forget-t', subtotal: 5, is_closed: true };
  const payments = [{ payment_id: '1', type: 'card', amount: 5, user_id: id }];
  await client.pos('send_transaction', { ...transaction, payments });
  const forgotten = await client.core('POST', `/users/${id}/privacy_requests/forget`, { body: {} });
  expect(forgotten.json).toMatchObject({ privacy_request: { type: 'forget', user_id: id } });
  for (const path of [`/users/${id}`, `/external/users/${email}`, `/users/search?email=${email}`]) {
    expect((await client.core('GET', path)).json.errors.code).toBe('user_not_found');
  }
  const { retailer_id } = client.sandbox.variables;
  const stored = await client.connect(
    'POST',
    '/transactions/api/1.0/transactions/info/get_store_transactions',
    {
      body: { retailer_id, from_date: '2020-01-01', to_date: '2099-01-01' },
    },
  );
  expect(stored.text).not.toContain(id);
  const again = (await create()).json.user;
  expect(again.id).not.toBe(id);
  expect((await client.core('DELETE', `/users/${id}`)).json.user).toMatchObject({ id, email: null });
  expect((await client.core('DELETE', `/users/${id}`)).json.errors.code).toBe('user_not_found');
});

test('a code goes to a phone of a customer', async () => {
  const { external } = await made('sms');
  const request = (body: object) => client.core('POST', '/messaging_events/sms/validation/request', { body });
  const sent = await request({ external_id: external, to_phone_number: '5550100123' });
  expect(sent.json.validation).toMatchObject({ to_phone_number: '5550100123', status: 'sent' });
  expect((await request({ external_id: external })).json.errors.code).toBe('missing_data');
  expect((await request({ external_id: external, to_phone_number: 'x' })).json.errors.code).toBe(
    'argument_error',
  );
  expect((await request({ external_id: 'nobody', to_phone_number: '5550100123' })).json.errors.code).toBe(
    'user_not_found',
  );
});
