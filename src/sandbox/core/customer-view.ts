import type { JsonObject } from '../http/call';
import { TIER_LEVELS, TIER_SYSTEM } from '../state/catalogue';
import type { Customer } from '../state/customer';
import { balancesOf, tierDetailsOf } from '../state/incentives';
import { levelOf, totalsOf } from '../state/points';

/** What a read adds to the standard profile. */
export interface ViewOptions {
  readonly profile?: boolean;
  readonly identifiers?: boolean;
  readonly incentives?: boolean;
}

/** The `user` object of an answer. */
export function customerView(customer: Customer, retailerId: string, options: ViewOptions = {}): JsonObject {
  const newest = customer.identifiers[0]?.external_id;
  const created = coreTime(customer.createdAt);
  const points = totalsOf(customer);
  const level = levelOf(customer);
  const next = TIER_LEVELS[level.rank + 1];
  return {
    id: customer.id,
    ...(newest === undefined ? {} : { external_id: newest }),
    opted_in: customer.optedIn,
    activated: false,
    proxy_ids: [],
    ...(options.identifiers === true ? { identifiers: customer.identifiers } : {}),
    available_points: points.available,
    test_points: 0,
    unclaimed_achievement_count: 0,
    email: customer.email,
    ...customer.attributes,
    created_at: created,
    updated_at: coreTime(customer.updatedAt),
    suspended: false,
    registered_at: created,
    profile_photo_url: null,
    test_account: false,
    account_status: 'good',
    tier: level.name,
    tier_system: TIER_SYSTEM.name,
    tier_points: points.lifeTime,
    // Inferred: on the highest level the next one is the level itself.
    next_tier_points: (next ?? level).points,
    tier_ends_value: next === undefined ? points.lifeTime : next.points - 1,
    maintenance_required_points: 0,
    maintenance_points: 0,
    tier_entered_at: coreTime(customer.tier.joinedAt),
    tier_resets_at: aYearAfter(customer.tier.joinedAt),
    referrer_code: referrerCode(customer),
    ...(options.profile === true ? { user_profile: profileView(customer) } : {}),
    ...(options.incentives === true ? { tier_details: incentivesView(customer, retailerId) } : {}),
    phone_numbers: customer.phones,
  };
}

/** The custom profile of an answer: the client's attributes with their version. */
export function profileView(customer: Customer): JsonObject {
  return { _version: customer.profileVersion, ...customer.profile };
}

/** A Core time: ISO 8601 to the second, one of the two forms that are documented. */
export function coreTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function incentivesView(customer: Customer, retailerId: string): JsonObject {
  return {
    tier_levels: [tierDetailsOf(customer, retailerId, coreTime(customer.tier.joinedAt))],
    point_account_balances: balancesOf(customer, retailerId),
  };
}

function aYearAfter(time: number): string {
  const date = new Date(time);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return coreTime(date.getTime());
}

function referrerCode(customer: Customer): string {
  const { first_name: first = '', last_name: last = '' } = customer.attributes;
  const name = `${first}${last.slice(0, 1)}`.toUpperCase().replace(/[^A-Z]/g, '');
  return `${name === '' ? 'FRIEND' : name}-${customer.id.slice(0, 3).toUpperCase()}`;
}
