import type { JsonObject } from './call';
import { balancesOf, tierDetailsOf } from './incentives';
import type { Customer } from './store';

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
  return {
    id: customer.id,
    ...(newest === undefined ? {} : { external_id: newest }),
    opted_in: customer.optedIn,
    activated: false,
    proxy_ids: [],
    ...(options.identifiers === true ? { identifiers: customer.identifiers } : {}),
    available_points: customer.points.total,
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
    tier: 'Bronze',
    tier_system: 'Status tiers',
    tier_points: customer.points.lifeTime,
    next_tier_points: 500,
    tier_ends_value: 499,
    maintenance_required_points: 0,
    maintenance_points: 0,
    tier_entered_at: created,
    tier_resets_at: aYearAfter(customer.createdAt),
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
    tier_levels: [tierDetailsOf(customer, retailerId, coreTime(customer.createdAt))],
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
