import type { Handler, JsonObject, Route } from '../http/call';
import { guidOf, objectOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import type { Store } from '../state/store';

/** The `request_payload` of a POS request. The router has read the rest of the envelope. */
export function payloadOf(body: unknown): JsonObject {
  return objectOf(objectOf(body, 'The body').request_payload, 'request_payload');
}

/** A POS route. */
export function post(path: string, handler: Handler): Route {
  return { family: 'pos', method: 'POST', template: `/api/2.0/${path}`, handler };
}

/** The customer with this id, in any case. Errors: ApiFailure `user_not_found`. */
export function customerById(id: unknown, store: Store): Customer {
  const customer = store.find(guidOf(id, 'user_id'));
  if (customer === undefined) throw new ApiFailure('user_not_found', 'No customer has this id.');
  return customer;
}
