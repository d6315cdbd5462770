import type { JsonObject } from '../http/call';
import { POINT_ACCOUNTS, TIER_LEVELS, TIER_RULE, TIER_SYSTEM, type TierLevel } from './catalogue';
import type { Customer } from './customer';
import { balanceOf, levelOf, totalsOf } from './points';

/**
 * The balances of a customer: the payload of Connect, and a part of Core's `tier_details`. `asked` are the ids of the
 * accounts to show; without it, it is those that were used.
 */
export function balancesOf(customer: Customer, retailerId: string, asked?: ReadonlySet<string>): JsonObject {
  const { available, lifeTime } = totalsOf(customer);
  // The first account is the default one, which everybody has; the others show once they were used.
  const used = POINT_ACCOUNTS.filter(
    ({ id }, index) => asked?.has(id) ?? (index === 0 || (customer.balances.get(id)?.lifeTime ?? 0) > 0),
  );
  return {
    retailer_id: retailerId,
    user_id: customer.id,
    summary: { total_points: available, life_time_points: lifeTime },
    details: used.map(({ id, name, groupingLabel }) => {
      const balance = balanceOf(customer, id);
      return {
        account_name: name,
        user_point_account_id: balance.id,
        point_account_id: id,
        grouping_label: groupingLabel,
        available_balance: balance.available,
        life_time_value: balance.lifeTime,
      };
    }),
  };
}

/**
 * The tier level of a customer with the progress to the next one.
 *
 * Inferred: the numbers of `discriminator`, `comparison` and `status`, whose meaning is not published.
 */
export function tierDetailsOf(customer: Customer, retailerId: string, joinDate: string): JsonObject {
  const level = levelOf(customer);
  const next = TIER_LEVELS[level.rank + 1];
  return {
    id: customer.tier.entryId,
    tier_system_id: TIER_SYSTEM.id,
    tier_level_id: level.id,
    user_id: customer.id,
    join_date: joinDate,
    next_maintenance_eval_date: null,
    tier_overview: overviewOf(level, retailerId),
    next_tier_overview: next === undefined ? null : overviewOf(next, retailerId),
    tier_progress: [progressOf(customer, retailerId)],
  };
}

/** How far a customer is on the rule tree that leads to the next level, or stays on the highest one. */
export function progressOf(customer: Customer, retailerId: string): JsonObject {
  return { rule_tree_id: TIER_RULE.treeId, rules: [ruleProgress(customer, retailerId)] };
}

function overviewOf({ id, name, rank }: TierLevel, retailerId: string): JsonObject {
  return { id, tier_system_id: TIER_SYSTEM.id, retailer_id: retailerId, name, rank, status: 1 };
}

function ruleProgress(customer: Customer, retailerId: string): JsonObject {
  const { lifeTime } = totalsOf(customer);
  const level = levelOf(customer);
  const target = TIER_LEVELS[level.rank + 1] ?? level;
  return {
    query_result: lifeTime,
    rule_id: TIER_RULE.ruleId,
    parent_id: null,
    tree_id: TIER_RULE.treeId,
    rule_passed: lifeTime >= target.points,
    discriminator: 1,
    rule_tree_name: `Reach ${target.name}`,
    rule: {
      discriminator: 1,
      target_balance: target.points,
      comparison: 3,
      id: TIER_RULE.ruleId,
      retailer_id: retailerId,
      parent_id: null,
      rank: 0,
      is_new: false,
      constraints: [
        {
          discriminator: 1,
          point_accounts: { [POINT_ACCOUNTS[0].id]: POINT_ACCOUNTS[0].name },
          id: TIER_RULE.constraintId,
          rule_id: TIER_RULE.ruleId,
          is_new: false,
          rank: 0,
          version: 1,
        },
      ],
    },
  };
}
