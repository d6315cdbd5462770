import { Sandboxes } from './client';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 10, 0, 0);
const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

test('the same Message-ID answers the stored response for 30 minutes, then counts as new', async () => {
  let now = START;
  const client = await sandboxes.start({ now: () => now });
  const send = { body: { user: { email: 'a@example.com' } }, headers: { 'Message-ID': 'id-1' } };

  const first = await client.core('POST', '/users', send);
  expect(first.json.status).toBe('ok');
  expect(first.headers.get('Message-Id')).toBe('id-1');
  expect(first.headers.get('Message-Date')).toBe('Mon, 05 Jan 2026 10:00:00 GMT');
  expect(first.headers.has('Cached-Message')).toBe(false);

  now = START + 30 * MINUTE - 1;
  const replay = await client.core('POST', '/users', send);
  expect(replay.text).toBe(first.text);
  expect(replay.headers.get('Cached-Message')).toBe('true');
  expect(replay.headers.get('Message-Date')).toBe('Mon, 05 Jan 2026 10:00:00 GMT');

  now = START + 30 * MINUTE;
  const late = await client.core('POST', '/users', send);
  expect(late.headers.has('Cached-Message')).toBe(false);
  expect(late.headers.get('Message-Date')).toBe('Mon, 05 Jan 2026 10:30:00 GMT');
  expect(late.json.errors.code).toBe('validation');
});

test('a replay changes nothing, is keyed on the id alone, and shows the state of the first time', async () => {
  const client = await sandboxes.start();
  const id = await client.createCustomer({ first_name: 'Robin' });
  const tag = { body: { tags: ['vip'] }, headers: { 'Message-ID': 'id-2' } };
  await client.core('POST', `/users/${id}/tags`, tag);
  await client.core('POST', `/users/${id}/tags`, tag);
  await client.core('POST', `/users/${id}/tags`, { ...tag, body: { tags: ['other'] } });
  const tags = await client.core('GET', `/users/${id}/tags`);
  expect(tags.json.tags).toEqual({ vip: { count: 1 } });
  expect(tags.headers.has('Message-Id')).toBe(false);
});

test('refused credentials are neither stored nor served from the store', async () => {
  const client = await sandboxes.start();
  const headers = { 'Message-ID': 'id-3' };
  const refused = await client.core('GET', '/campaigns', { headers, authorization: null });
  expect(refused.status).toBe(401);
  const allowed = await client.core('GET', '/campaigns', { headers });
  expect(allowed.status).toBe(200);
  expect(allowed.headers.has('Cached-Message')).toBe(false);
  expect((await client.core('GET', '/campaigns', { headers, authorization: null })).status).toBe(401);
});
