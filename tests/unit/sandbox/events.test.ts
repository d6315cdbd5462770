import { OFFERS } from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
let id: string;
beforeAll(async () => {
  client = await sandboxes.start();
});
beforeEach(async () => {
  id = await client.createCustomer({ external_id: `events-${crypto.randomUUID()}` });
});

const send = (events: unknown, path = `/users/${id}/events`) =>
  client.core('POST', path, { body: { events } });
const trigger = (body: object) =>
  client.connect('POST', '/incentives/api/1.0/user_events/trigger_user_event', {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id, ...body },
  });
const timeline = (query = '', view = 'END_USER_MEMBER_STATEMENT') =>
  client.core('GET', `/users/${id}/timelines/${view}${query}`);

test('an event that completes a behaviour pays its outcome once', async () => {
  const { json } = await send({ order: 1 });
  expect(json).toMatchObject({
    status: 'ok',
    user: { id, available_points: 50, tier: 'Bronze' },
    deltas: { first_order: { type: 'count', achieved: 1, current_count: 1, total_count: 1, points: 50 } },
    notifications: [{ campaign_id: 4101, behavior: 'first_order' }],
  });
  expect((await send({ order: [{ qty: '2' }, { qty: 1 }] })).json.user).toMatchObject({
    available_points: 50,
  });
  const offers = await client.connect('POST', '/offers/api/2.0/offers/get_user_offers', {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id },
  });
  expect(offers.json.payload.user_offers).toMatchObject([{ offer_id: OFFERS[0].id }]);
  expect((await client.core('GET', `/users/${id}/tags`)).json.tags).toEqual({ welcomed: { count: 1 } });
});

test('an event with a known transaction id counts no second time', async () => {
  const event = { profile_done: { transaction_id: 'p-1', context: { page: 'profile' } } };
  expect((await send(event)).json.deltas).toHaveProperty('profile_done');
  expect((await send(event)).json).toMatchObject({ deltas: {}, user: { available_points: 50 } });
});

test.each<[string, unknown, string]>([
  ['no events', undefined, 'missing_data'],
  ['an empty map', {}, 'missing_data'],
  ['a list', ['order'], 'argument_error'],
  ['nested context', { order: { context: { a: { b: 1 } } } }, 'argument_error'],
  ['a list in the context', { order: { context: { a: [1] } } }, 'argument_error'],
  ['a quantity of nothing', { order: 0 }, 'argument_error'],
  ['a broken quantity', { order: { qty: '1.5' } }, 'argument_error'],
  ['a date that is none', { order: { date: 'yesterday' } }, 'argument_error'],
])('%s is refused and leaves no trace', async (_case, events, code) => {
  expect((await send(events)).json.errors).toMatchObject({ code });
  expect((await timeline()).json.result).toEqual([]);
});

test('events name their customer by id or by external id', async () => {
  expect((await send({ order: 1 }, '/external/users/nobody/events')).json.errors.code).toBe('user_not_found');
  expect((await send({ order: 1 }, `/users/${OTHER}/events`)).status).toBe(404);
});

test('a loyalty event pays what its key is worth; an unknown key is not found', async () => {
  const { json } = await trigger({ event_lookup: 'REGISTERS_ONLINE_ACCOUNT', is_session_m: 'true' });
  expect(json.payload).toMatchObject({
    user_event: { event_lookup: 'REGISTERS_ONLINE_ACCOUNT', user_id: id, is_session_m: true },
    outcomes: [{ is_outcome_applied: true, points_awarded: 25 }],
  });
  expect((await trigger({ event_lookup: 'toString' })).json.errors.code).toBe('not_found');
  expect((await trigger({})).json.errors.code).toBe('missing_data');
  expect((await trigger({ event_lookup: 'x', user_id: OTHER })).json.errors.code).toBe('user_not_found');
});

test('the timeline shows what happened, newest first, by view, type and time', async () => {
  await send({ order: 1 });
  const all = (await timeline()).json;
  const slugs = (rows: Record<string, unknown>[]) =>
    rows.map((row) => (row.event_stream_payload as Record<string, unknown>).event_type_slug);
  expect(slugs(all.result)).toEqual(['offer', 'points', 'event']);
  expect(all).toMatchObject({ count: 3, grouping_field: null });
  expect(slugs((await timeline('?event_types=event,points&count=1')).json.result)).toEqual(['points']);
  expect((await timeline(`?since=${Date.now() + 60_000}`)).json.result).toEqual([]);
  expect(slugs((await timeline('', 'ACCOUNT_AUDIT_LOG')).json.result)).toEqual(['account']);
});

test.each([
  ['?count=1001', 'argument_error'],
  ['?count=many', 'argument_error'],
  ['?since=-1', 'argument_error'],
  ['?event_types=party', 'argument_error'],
])('a timeline with %s is refused', async (query, code) => {
  expect((await timeline(query)).json.errors).toMatchObject({ code });
});

test('a view that nobody defined is not found', async () => {
  expect((await timeline('', 'constructor')).json.errors.code).toBe('not_found');
});
