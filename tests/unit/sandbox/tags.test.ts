import { Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

test('a tag counts without ttl, and expires with it: never both', async () => {
  let now = Date.UTC(2026, 0, 5);
  const client = await sandboxes.start({ now: () => now });
  const id = await client.createCustomer({ external_id: 'tags-1' });
  const add = async (body: unknown, path = `/users/${id}/tags`) =>
    (await client.core('POST', path, { body })).json.tags;

  expect(await add({ tags: ['vip'] })).toEqual({ vip: { count: 1 } });
  expect(await add({ tags: ['vip', 'new'] }, '/external/users/tags-1/tags')).toEqual({
    vip: { count: 2 },
    new: { count: 1 },
  });
  expect(await add({ tags: ['mail', 'new'], ttl: 100 })).toEqual({
    vip: { count: 2 },
    mail: { ttl: 100 },
    new: { ttl: 100 },
  });

  now += 99_500;
  const last = await client.core('GET', `/users/${id}/tags`);
  expect(last.json).toEqual({ status: 'ok', tags: { vip: { count: 2 }, mail: { ttl: 1 }, new: { ttl: 1 } } });

  now += 500;
  expect((await client.core('GET', '/external/users/tags-1/tags')).json.tags).toEqual({ vip: { count: 2 } });
  // An expired tag starts anew as a counter.
  expect(await add({ tags: ['new'] })).toEqual({ vip: { count: 2 }, new: { count: 1 } });
});

test.each([
  [undefined, 'missing_data'],
  [{}, 'missing_data'],
  [{ tags: [] }, 'missing_data'],
  [{ tags: 'vip' }, 'argument_error'],
  [{ tags: [1] }, 'argument_error'],
  [{ tags: ['vip'], ttl: 0 }, 'argument_error'],
  [{ tags: ['vip'], ttl: 1.5 }, 'argument_error'],
  [{ tags: ['vip'], ttl: '100' }, 'argument_error'],
])('%j is refused as %s', async (body, code) => {
  const client = await sandboxes.start();
  const id = await client.createCustomer();
  const answer = await client.core('POST', `/users/${id}/tags`, body === undefined ? {} : { body });
  expect([answer.status, answer.json.errors.code]).toEqual([200, code]);
  expect((await client.core('GET', `/users/${id}/tags`)).json.tags).toEqual({});
});

test('the customer must exist', async () => {
  const client = await sandboxes.start();
  const answer = await client.core('POST', '/users/nobody/tags', { body: { tags: ['vip'] } });
  expect([answer.status, answer.json.errors.code]).toEqual([404, 'user_not_found']);
});
