import type { Handler, Route } from '../http/call';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';

/** The two ways in which Core names a customer in a path. */
export const USER_REFS = ['/users/:user_id', '/external/users/:external_id'] as const;

/** A Core route below a customer, by id and by external id. */
export function byCustomer(method: string, path: string, handler: Handler): Route[] {
  return USER_REFS.map(
    (reference): Route => ({
      family: 'core',
      method,
      template: `${reference}${path}`,
      handler,
    }),
  );
}

/**
 * The customer, if it is somebody who can be recognised. Inferred: that a customer with neither e-mail nor external id
 * is not registered; the code is documented.
 */
export function mustBeRegistered(customer: Customer): Customer {
  if (customer.email === null && customer.identifiers.length === 0) {
    throw new ApiFailure('requires_registered_user', 'The customer is not registered.');
  }
  return customer;
}
