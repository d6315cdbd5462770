import type { JsonObject } from './call';
import type { Customer } from './store';

// One tier system of two levels over one point account; all ids are invented.
const POINT_ACCOUNT = 'a91f3d52-64c8-4b7e-b1d0-8e2c5f7a6b93';
const TIER_SYSTEM = 'd40c1b7e-2f95-4a83-9e61-70b8c3d5a2f1';
const BRONZE = 'e51d2c8f-30a6-4b94-8f72-81c9d4e6b302';
const SILVER = 'f62e3d90-41b7-4ca5-9083-92dae5f7c413';
const RULE_TREE = '2b4c6d8e-0f1a-4324-9576-8b9c0d1e2f30';
const RULE = '3c5d7e9f-1a2b-4435-8687-9c0d1e2f3041';
const CONSTRAINT = '4d6e8fa0-2b3c-4546-9798-0d1e2f304152';

/** Points that lead to the next tier. */
const SILVER_POINTS = 500;

/** The balances of a customer: the payload of Connect, and a part of Core's `tier_details`. */
export function balancesOf(customer: Customer, retailerId: string): JsonObject {
  const { total, lifeTime } = customer.points;
  return {
    retailer_id: retailerId,
    user_id: customer.id,
    summary: { total_points: total, life_time_points: lifeTime },
    details: [
      {
        account_name: 'Spendable',
        user_point_account_id: customer.userPointAccountId,
        point_account_id: POINT_ACCOUNT,
        grouping_label: 'Spend',
        available_balance: total,
        life_time_value: lifeTime,
      },
    ],
  };
}

/**
 * The tier level of a customer with the progress to the next one.
 *
 * Inferred: the numbers of `discriminator`, `comparison` and `status`, whose meaning is not published.
 */
export function tierDetailsOf(customer: Customer, retailerId: string, joinDate: string): JsonObject {
  const level = (id: string, name: string, rank: number): JsonObject => ({
    id,
    tier_system_id: TIER_SYSTEM,
    retailer_id: retailerId,
    name,
    rank,
    status: 1,
  });
  return {
    id: customer.tierLevelEntryId,
    tier_system_id: TIER_SYSTEM,
    tier_level_id: BRONZE,
    user_id: customer.id,
    join_date: joinDate,
    next_maintenance_eval_date: null,
    tier_overview: level(BRONZE, 'Bronze', 0),
    next_tier_overview: level(SILVER, 'Silver', 1),
    tier_progress: [{ rule_tree_id: RULE_TREE, rules: [ruleProgress(customer, retailerId)] }],
  };
}

function ruleProgress(customer: Customer, retailerId: string): JsonObject {
  return {
    query_result: customer.points.lifeTime,
    rule_id: RULE,
    parent_id: null,
    tree_id: RULE_TREE,
    rule_passed: customer.points.lifeTime >= SILVER_POINTS,
    discriminator: 1,
    rule_tree_name: 'Reach Silver',
    rule: {
      discriminator: 1,
      target_balance: SILVER_POINTS,
      comparison: 3,
      id: RULE,
      retailer_id: retailerId,
      parent_id: null,
      rank: 0,
      is_new: false,
      constraints: [
        {
          discriminator: 1,
          point_accounts: { [POINT_ACCOUNT]: 'Spendable' },
          id: CONSTRAINT,
          rule_id: RULE,
          is_new: false,
          rank: 0,
          version: 1,
        },
      ],
    },
  };
}
