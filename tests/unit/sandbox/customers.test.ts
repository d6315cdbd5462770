import { type Client, Sandboxes } from './client';

const NOW = Date.UTC(2026, 0, 5, 10, 0, 0);
const sandboxes = new Sandboxes();
let client: Client;
beforeAll(async () => {
  client = await sandboxes.start({ now: () => NOW });
});
afterAll(() => sandboxes.closeAll());

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

test('a created customer is found by id, external id and e-mail', async () => {
  const user = {
    email: 'Find.Me@example.com',
    external_id: 'find-1',
    phone_numbers: [{ phone_number: '5550100' }],
  };
  const id = await client.createCustomer(user);
  const paths = [
    `/users/${id}`,
    `/users/${id.toUpperCase()}`,
    '/external/users/find-1',
    '/users/search?email=find.me@example.com',
  ];
  for (const path of paths) {
    const { status, json } = await client.core('GET', path);
    expect([status, json.status, json.user.id]).toEqual([200, 'ok', id]);
  }
  for (const query of [
    'email=find.me@example.com',
    'mobile_number=5550100',
    'email=find.me@example.com&phone=5550100',
  ]) {
    const { json } = await client.core('GET', `/users/search_users?${query}`);
    expect(json).toEqual({ players: [expect.objectContaining({ id, user_id: id })] });
  }
  const several = await client.core(
    'GET',
    `/users?user_ids[]=${id}&user_ids[]=${client.sandbox.variables.second_user_id}&user_ids[]=${UNKNOWN}`,
  );
  expect(several.json.users).toHaveLength(2);
});

test('a read adds only what is asked for', async () => {
  const id = await client.createCustomer({
    external_id: 'ask-1',
    external_id_type: 'app',
    user_profile: { size: 'L' },
  });
  const plain = await client.core('GET', `/users/${id}`);
  expect(plain.json.user).not.toHaveProperty('user_profile');
  expect(plain.json.user).not.toHaveProperty('identifiers');
  expect(plain.json.user).not.toHaveProperty('tier_details');
  const full = await client.core(
    'GET',
    `/users/${id}?user[user_profile]=true&show_identifiers=true&expand_incentives=true`,
  );
  expect(full.json.user).toMatchObject({
    user_profile: { _version: 1, size: 'L' },
    identifiers: [{ external_id: 'ask-1', external_id_type: 'app' }],
    tier_details: { point_account_balances: { user_id: id } },
  });
});

test('an update replaces arrays, merges the profile and keeps the rest', async () => {
  const id = await client.createCustomer({
    first_name: 'Robin',
    external_id: 'up-1',
    phone_numbers: [{ phone_number: '1' }, { phone_number: '2' }],
    user_profile: { a: 1, list: ['x', 'y'] },
  });
  const body = {
    user: {
      city: 'Fairview',
      external_id: 'up-2',
      phone_numbers: [{ phone_number: '3' }],
      user_profile: { list: ['z'] },
    },
  };
  const { json } = await client.core('PUT', `/users/${id}`, { body });
  expect(json.user).toMatchObject({ first_name: 'Robin', city: 'Fairview', external_id: 'up-2' });
  expect(json.user.user_profile).toEqual({ _version: 2, a: 1, list: ['z'] });
  expect(json.user.phone_numbers).toHaveLength(1);
  // A customer may have several external ids, and any of them finds it.
  for (const externalId of ['up-1', 'up-2']) {
    expect((await client.core('GET', `/external/users/${externalId}`)).json.user.id).toBe(id);
  }
  const cleared = await client.core('PUT', '/external/users/up-1', { body: { user: { phone_numbers: [] } } });
  expect(cleared.json.user.phone_numbers).toBeNull();
});

test('the custom profile grows and counts its versions', async () => {
  const id = await client.createCustomer({ external_id: 'profile-1' });
  const first = await client.core('POST', `/users/${id}/models/user_profile`, {
    body: { user_profile: { a: 1 } },
  });
  expect(first.json).toEqual({ status: 'ok', user_profile: { _version: 1, a: 1 } });
  const second = await client.core('POST', '/external/users/profile-1/models/user_profile', {
    body: { user_profile: { b: [{ c: 1 }] } },
  });
  expect(second.json.user_profile).toEqual({ _version: 2, a: 1, b: [{ c: 1 }] });
});

test('a deleted customer is found by nothing any more', async () => {
  const id = await client.createCustomer({ external_id: 'gone-1', email: 'gone@example.com' });
  expect((await client.core('DELETE', `/users/${id}`)).json.user.id).toBe(id);
  for (const path of [`/users/${id}`, '/external/users/gone-1', '/users/search?email=gone@example.com']) {
    expect((await client.core('GET', path)).json.errors.code).toBe('user_not_found');
  }
});

test.each([
  ['no body', undefined, 'missing_data'],
  ['no user object', {}, 'missing_data'],
  ['a user that is text', { user: 'x' }, 'argument_error'],
  ['a body that is a list', [], 'argument_error'],
  ['a body that is not JSON', '{"user":', 'argument_error'],
  ['a body that is too long', `{"user":{"city":"${'x'.repeat(1_100_000)}"}}`, 'argument_error'],
  ['an e-mail of another form', { user: { email: 'nobody' } }, 'validation'],
  ['an age of exactly 13', { user: { dob: '2013-01-05' } }, 'validation'],
  ['a birthday of another form', { user: { dob: '05.01.1990' } }, 'argument_error'],
  ['a day that does not exist', { user: { dob: '1990-02-31' } }, 'argument_error'],
  ['another gender', { user: { gender: 'x' } }, 'argument_error'],
  ['a name of another type', { user: { first_name: 1 } }, 'argument_error'],
  ['opted_in of another type', { user: { opted_in: 1 } }, 'argument_error'],
  ['phone numbers that are no list', { user: { phone_numbers: '1' } }, 'argument_error'],
  ['a phone without a number', { user: { phone_numbers: [{}] } }, 'argument_error'],
  ['a profile that is no object', { user: { user_profile: 'x' } }, 'argument_error'],
])('create refuses %s with status 200', async (_case, body, code) => {
  const answer = await client.core('POST', '/users', body === undefined ? {} : { body });
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ status: 'error', errors: { code, message: expect.any(String) } });
});

test('create takes a birthday of more than 13 years ago, and opted_in as text', async () => {
  const { json } = await client.core('POST', '/users', {
    body: { user: { dob: '2013-01-04', opted_in: 'true' } },
  });
  expect(json.user).toMatchObject({ dob: '2013-01-04', opted_in: true, email: null, phone_numbers: null });
});

test('an e-mail and an external id belong to one customer; a phone number may be shared', async () => {
  const taken = {
    email: 'taken@example.com',
    external_id: 'taken-1',
    phone_numbers: [{ phone_number: '777' }],
  };
  const id = await client.createCustomer(taken);
  const refused = await client.core('POST', '/users', {
    body: { user: { email: 'TAKEN@example.com', external_id: 'new' } },
  });
  expect(refused.json.errors.code).toBe('validation');
  // A refused call leaves no trace.
  expect((await client.core('GET', '/external/users/new')).status).toBe(404);
  const sameId = await client.core('POST', '/users', { body: { user: { external_id: 'taken-1' } } });
  expect(sameId.json.errors.code).toBe('validation');
  const samePhone = await client.core('POST', '/users', {
    body: { user: { phone_numbers: taken.phone_numbers } },
  });
  expect(samePhone.json.status).toBe('ok');
  // Its own e-mail is no clash.
  const own = await client.core('PUT', `/users/${id}`, { body: { user: { email: 'taken@example.com' } } });
  expect(own.json.status).toBe('ok');
  // An address that was given up is free again.
  await client.core('PUT', `/users/${id}`, { body: { user: { email: 'moved@example.com' } } });
  expect((await client.core('GET', '/users/search?email=taken@example.com')).status).toBe(404);
});

test.each([
  ['GET', `/users/${UNKNOWN}`, 404, 'user_not_found'],
  ['GET', '/users/not-a-uuid', 404, 'user_not_found'],
  ['GET', '/external/users/nobody', 404, 'user_not_found'],
  ['PUT', `/users/${UNKNOWN}`, 404, 'user_not_found'],
  ['GET', '/users/search?email=nobody@example.com', 404, 'user_not_found'],
  ['GET', '/users/search', 200, 'missing_data'],
  ['GET', '/users/search_users', 200, 'missing_data'],
  ['GET', '/users', 200, 'missing_data'],
  ['GET', '/users?user_ids[]=x', 200, 'argument_error'],
  ['GET', '/campaigns?page=0', 200, 'argument_error'],
  ['GET', '/users//tags', 404, 'not_found'],
  ['GET', '/users/%zz', 404, 'not_found'],
  ['GET', '/nowhere', 404, 'not_found'],
  ['PATCH', '/users', 404, 'not_found'],
])('%s %s answers %i %s', async (method, path, status, code) => {
  const answer = await client.core(method, path);
  expect([answer.status, answer.json.status, answer.json.errors.code]).toEqual([status, 'error', code]);
});

test('a path below no base answers not_found without credentials', async () => {
  const answer = await client.raw('GET', '/', {});
  expect([answer.status, answer.json.errors.code]).toEqual([404, 'not_found']);
});

test.each([
  [{}, 200, 'missing_data'],
  [{ retailer_id: UNKNOWN, user_id: UNKNOWN }, 404, 'not_found'],
  [{ retailer_id: '0b8e7a3c-5d0f-4c1e-9a4b-2f6d1c7e9a01' }, 200, 'missing_data'],
  [{ retailer_id: '0b8e7a3c-5d0f-4c1e-9a4b-2f6d1c7e9a01', user_id: 1 }, 200, 'argument_error'],
  [{ retailer_id: '0b8e7a3c-5d0f-4c1e-9a4b-2f6d1c7e9a01', user_id: UNKNOWN }, 404, 'user_not_found'],
])('all_balances with %j answers %i %s', async (body, status, code) => {
  const answer = await client.connect('POST', '/incentives/api/1.0/user_points/all_balances', { body });
  expect([answer.status, answer.json.errors.code]).toEqual([status, code]);
});
