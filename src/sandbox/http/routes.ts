import { OFFER_ROUTES } from '../connect/offers';
import { POINT_AUDIT_ROUTES } from '../connect/point-audit';
import { POINT_ROUTES } from '../connect/points';
import { REWARD_STORE_ROUTES } from '../connect/reward-stores';
import { STORE_TRANSACTION_ROUTES } from '../connect/store-transactions';
import { TIER_ROUTES } from '../connect/tiers';
import { USER_EVENT_ROUTES } from '../connect/user-events';
import { ACCOUNT_ROUTES } from '../core/accounts';
import { CAMPAIGN_ROUTES } from '../core/campaigns';
import { CUSTOMER_ROUTES } from '../core/customers';
import { EVENT_ROUTES } from '../core/events';
import { PROMOTION_ROUTES } from '../core/promotions';
import { TAG_ROUTES } from '../core/tags';
import { TIMELINE_ROUTES } from '../core/timelines';
import { DISCOUNT_ROUTES } from '../pos/discounts';
import { LOOKUP_ROUTES } from '../pos/lookup';
import { TRANSACTION_ROUTES } from '../pos/transactions';
import type { Route } from './call';

/** Everything that the sandbox answers; where two routes fit, the first one does. */
export const ROUTES: readonly Route[] = [
  ...CAMPAIGN_ROUTES,
  ...CUSTOMER_ROUTES,
  ...TAG_ROUTES,
  ...EVENT_ROUTES,
  ...TIMELINE_ROUTES,
  ...PROMOTION_ROUTES,
  ...ACCOUNT_ROUTES,
  ...POINT_ROUTES,
  ...POINT_AUDIT_ROUTES,
  ...TIER_ROUTES,
  ...OFFER_ROUTES,
  ...REWARD_STORE_ROUTES,
  ...USER_EVENT_ROUTES,
  ...STORE_TRANSACTION_ROUTES,
  ...LOOKUP_ROUTES,
  ...DISCOUNT_ROUTES,
  ...TRANSACTION_ROUTES,
];

/** The route of a method and of a path relative to a family's base, with the values of its `:name` parts. */
export function matchRoute(
  method: string,
  family: Route['family'],
  path: string,
): { readonly route: Route; readonly parameters: Record<string, string> } | undefined {
  for (const route of ROUTES) {
    if (route.method === method && route.family === family) {
      const parameters = matchTemplate(route.template, path);
      if (parameters !== undefined) {
        return { route, parameters };
      }
    }
  }
  return undefined;
}

function matchTemplate(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== value) {
        return undefined;
      }
    } else {
      const decoded = decodeSegment(value);
      // An empty part is a hole where an id should stand, not an id.
      if (decoded === undefined || decoded === '') {
        return undefined;
      }
      parameters[part.slice(1)] = decoded;
    }
  }
  return parameters;
}

/** A path segment without its percent-encoding; `undefined` where that is broken. */
export function decodeSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
