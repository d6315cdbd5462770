import type { JsonObject } from '../http/call';
import { guidOf, objectOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import type { Store } from '../state/store';

/** The body of a Connect call for this tenant. Inferred: that another tenant is answered with `not_found`. */
export function tenantBody(body: unknown, store: Store): JsonObject {
  const input = objectOf(body ?? {}, 'The body');
  if (guidOf(input.retailer_id, 'retailer_id') !== store.retailerId.toLowerCase()) {
    throw new ApiFailure('not_found', 'No such retailer.');
  }
  return input;
}

/** The customer of a Connect call: `user_id` is the internal id, or, as one client sends it, an external one. */
export function customerOf(input: JsonObject, store: Store): Customer {
  const id = input.user_id;
  const customer =
    typeof id === 'string'
      ? (store.find(id) ?? store.findByExternalId(id))
      : store.find(guidOf(id, 'user_id'));
  if (customer === undefined || id === '') {
    throw new ApiFailure(id === '' ? 'missing_data' : 'user_not_found', 'No customer has this id.');
  }
  return customer;
}
