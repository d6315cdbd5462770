import fc from 'fast-check';
import {
  ACTIVITY_SOURCE,
  POINT_ACCOUNTS,
  TIER_LEVELS,
  TIER_RULE,
  TIER_SYSTEM,
} from '../../../src/sandbox/state/catalogue';
import { type Client, Sandboxes } from './client';

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.closeAll());

const [SPENDABLE, BONUS] = POINT_ACCOUNTS;
const OTHER = '00000000-0000-4000-8000-000000000000';
let client: Client;
beforeAll(async () => {
  client = await sandboxes.start({ now: () => Date.UTC(2026, 4, 1) });
});

const call = (path: string, id: string, body: object = {}) =>
  client.connect('POST', `/incentives/api/1.0/${path}`, {
    body: { retailer_id: client.sandbox.variables.retailer_id, user_id: id, ...body },
  });
const deposit = (id: string, amount: unknown, accountId: unknown = SPENDABLE.id, more: object = {}) =>
  call('user_points/deposit', id, {
    deposit_details: [{ point_account_id: accountId, point_source_id: ACTIVITY_SOURCE.id, amount }],
    ...more,
  });
const spend = (id: string, amount: unknown, idempotencyId?: string, accounts?: string[]) =>
  call('user_points/spend_multiple', id, {
    spend_details: [{ amount, idempotency_id: idempotencyId, point_account_ids: accounts }],
  });
const audit = (id: string, more: object = {}) =>
  call('point_audit_logs/fetch_point_audit_logs', id, {
    from_date: '2026-01-01',
    to_date: '2026-12-31',
    take: 1000,
    ...more,
  });
const totalOf = async (id: string) => {
  const { json } = await call('user_points/all_balances', id);
  return (json.payload.summary as { total_points: number }).total_points;
};

test('points come in, are spent once, and the log tells both', async () => {
  const id = await client.createCustomer();
  const { payload } = (await deposit(id, 500)).json;
  expect(payload).toMatchObject({
    summary: { total_points: 500, life_time_points: 500 },
    deposit_results: [
      { point_account_id: SPENDABLE.id, amount: 500, reference_id: null, is_successful: true },
    ],
  });
  const first = await spend(id, 50, 'once');
  const again = await spend(id, 50, 'once');
  expect(again.json).toEqual(first.json);
  expect(first.json.payload).toMatchObject({
    summary: { total_points: 450 },
    spend_results: [{ amount: 50, idempotency_id: 'once', is_successful: true }],
  });
  const { results } = (await audit(id)).json.payload as { results: { modification: number }[] };
  expect(results.map(({ modification }) => modification)).toEqual([-50, 500]);
  const redeemed = await audit(id, { modification_types: ['point_redemption'] });
  expect(redeemed.json.payload.results).toMatchObject([
    { idempotency_id: 'once', amount_spent: 50, audit_type: 2 },
  ]);
  const others = await audit(id, {
    modification_types: ['point_redemption'],
    exclude_specified_modification_types: true,
    point_source_ids: [ACTIVITY_SOURCE.id.toUpperCase()],
  });
  expect(others.json.payload.results).toMatchObject([{ modification: 500, point_source_name: 'Activities' }]);
  expect((await audit(id, { skip: 1, take: 1 })).json.payload.results).toHaveLength(1);
});

test('one account by its id, also one that was never used, and reading changes nothing', async () => {
  const id = await client.createCustomer();
  const read = await call('user_points/balance', id, { point_account_ids: [BONUS?.id] });
  expect(read.json.payload.details).toMatchObject([{ account_name: 'Bonus', available_balance: 0 }]);
  expect((await call('user_points/all_balances', id)).json.payload.details).toHaveLength(1);
});

test.each<[string, (id: string) => Promise<{ json: { errors: object } }>, string]>([
  ['a deposit of nothing', (id) => deposit(id, undefined), 'missing_data'],
  ['a deposit of a text', (id) => deposit(id, '5'), 'argument_error'],
  ['a deposit below zero', (id) => deposit(id, -5), 'validation'],
  ['a deposit to no account', (id) => deposit(id, 5, OTHER), 'not_found'],
  ['a deposit to what is no id', (id) => deposit(id, 5, 'x'), 'argument_error'],
  ['a deposit without details', (id) => call('user_points/deposit', id), 'missing_data'],
  ['a deposit for nobody', () => deposit(OTHER, 5), 'user_not_found'],
  ['a spend of too much', (id) => spend(id, 5), 'insufficient_points'],
  ['a spend of zero', (id) => spend(id, 0), 'validation'],
  ['a spend from no account', (id) => spend(id, 5, 'x', [OTHER]), 'not_found'],
  [
    'a balance of no account',
    (id) => call('user_points/balance', id, { point_account_ids: [OTHER] }),
    'not_found',
  ],
  ['a log without dates', (id) => audit(id, { to_date: undefined }), 'missing_data'],
  ['a log of more than a year', (id) => audit(id, { from_date: '2024-01-01' }), 'validation'],
  ['a log that ends before it begins', (id) => audit(id, { from_date: '2027-01-01' }), 'validation'],
  ['a log of too many rows', (id) => audit(id, { take: 1001 }), 'argument_error'],
  [
    'a log of too many types',
    (id) => audit(id, { modification_types: ['a', 'b', 'c', 'd', 'e', 'f'] }),
    'validation',
  ],
])('%s is refused', async (_case, send, code) => {
  const id = await client.createCustomer();
  expect((await send(id)).json.errors).toMatchObject({ code });
  expect(await totalOf(id)).toBe(0);
});

test('of a call that may succeed partly, the rest is told and moves nothing', async () => {
  const id = await client.createCustomer();
  const { json } = await deposit(id, 5, OTHER, { allow_partial_success: true });
  expect(json.payload.deposit_results).toMatchObject([{ is_successful: false }]);
  const { json: spent } = await call('user_points/spend_multiple', id, {
    allow_partial_success: true,
    spend_details: [{ amount: 1 }],
  });
  expect(spent.payload.spend_results).toMatchObject([{ is_successful: false, accounts: [] }]);
  expect(await totalOf(id)).toBe(0);
});

test('enough points lift a customer, and a move puts it anywhere', async () => {
  const id = await client.createCustomer();
  await deposit(id, 600);
  const evaluated = await call('movement/qualifying', id);
  expect(evaluated.json.payload).toEqual({ qualified: false, tier_level_id: TIER_LEVELS[1]?.id });
  const move = (tier_level_id: unknown, tier_system_id: unknown = TIER_SYSTEM.id) =>
    call('movement/move_user', id, { tier_level_id, tier_system_id });
  const bronze = await move(TIER_LEVELS[0].id);
  expect(bronze.json.payload).toMatchObject({ tier_overview: { name: 'Bronze' }, user_id: id });
  expect((await move(TIER_LEVELS[0].id)).json).toEqual(bronze.json);
  expect((await call('movement/qualifying', id)).json.payload.qualified).toBe(true);
  expect((await move(OTHER)).json.errors.code).toBe('not_found');
  expect((await move(TIER_LEVELS[0].id, OTHER)).json.errors.code).toBe('not_found');
  const progress = (ids: unknown) => call('progress/rule_tree/user_progress', id, { ids });
  expect((await progress([TIER_RULE.treeId])).json.payload.results).toMatchObject([
    { rule_tree_id: TIER_RULE.treeId, rules: [{ query_result: 600, rule_passed: false }] },
  ]);
  expect((await progress([OTHER])).json.errors.code).toBe('not_found');
  expect((await progress(undefined)).json.errors.code).toBe('missing_data');
});

test('whatever is called in whatever order: no balance below zero, and the log adds up', async () => {
  const accounts = fc.constantFrom(SPENDABLE.id, BONUS?.id ?? '', OTHER);
  const amounts = fc.oneof(
    fc.integer({ min: -5, max: 200 }),
    fc.constantFrom(0.1, 0.2, 33.3333, Number.NaN, '7', null),
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant('deposit' as const), amount: amounts, account: accounts }),
    fc.record({
      kind: fc.constant('spend' as const),
      amount: amounts,
      accounts: fc.array(accounts, { maxLength: 3 }),
      id: fc.constantFrom(undefined, 'a', 'b', 'c'),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const id = await client.createCustomer();
      const spentIds = new Set<string>();
      for (const next of steps) {
        const before = await totalOf(id);
        const { json } =
          next.kind === 'deposit'
            ? await deposit(id, next.amount, next.account)
            : await spend(id, next.amount, next.id, next.accounts);
        const after = await totalOf(id);
        const isRepeat = next.kind === 'spend' && next.id !== undefined && spentIds.has(next.id);
        if (json.status !== 'ok' || isRepeat) expect(after).toBe(before);
        else expect(after).toBeCloseTo(before + Number(next.amount) * (next.kind === 'deposit' ? 1 : -1), 4);
        if (json.status === 'ok' && next.kind === 'spend' && next.id !== undefined) spentIds.add(next.id);
        const { details } = (await call('user_points/all_balances', id)).json.payload as {
          details: { available_balance: number }[];
        };
        expect(Math.min(...details.map((one) => one.available_balance))).toBeGreaterThanOrEqual(0);
      }
      const { results } = (await audit(id)).json.payload as { results: { modification: number }[] };
      const sum = results.reduce((total, { modification }) => total + modification, 0);
      expect(sum).toBeCloseTo(await totalOf(id), 4);
    }),
    { numRuns: 40 },
  );
});
