import { type Handler, isUuid, type JsonObject, type Route } from '../http/call';
import { optionalText } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import { walletOf } from '../state/offers';
import { levelOf, totalsOf } from '../state/points';
import type { Store } from '../state/store';
import { discountView, isDiscount } from './discount-view';
import { payloadOf, post } from './envelope';
import { purchaseOf } from './purchase';

/**
 * Finds one customer by an exact value, with its offers: all of them, or with a purchase those that it can use.
 * Source: SessionM docs, user_lookup.
 *
 * Inferred: the payload; that values which name different customers find nobody; that several customers with one value
 * are a `validation` error.
 */
const lookup: Handler = ({ body, now }, store) => {
  const input = payloadOf(body);
  const purchase = input.transaction == null ? undefined : purchaseOf(input.transaction, 'transaction');
  const customer = found(input, store);
  const { email, attributes, identifiers, phones } = customer;
  const wallet = walletOf(customer, now).filter((copy) => purchase === undefined || isDiscount(copy));
  return {
    status: 'OK',
    payload: {
      user_id: customer.id,
      external_id: identifiers[0]?.external_id ?? null,
      first_name: attributes.first_name ?? null,
      last_name: attributes.last_name ?? null,
      email,
      phone: phones?.[0]?.phone_number ?? null,
      available_points: totalsOf(customer).available,
      tier: levelOf(customer).name,
      discounts: wallet.map((copy) => discountView(copy, customer.id, purchase)),
    },
  };
};

function found(input: JsonObject, store: Store): Customer {
  const email = optionalText(input.email, 'email')?.toLowerCase();
  const phone = optionalText(input.phone, 'phone');
  const id = optionalText(input.user_id, 'user_id');
  const externalId = optionalText(input.external_customer_id, 'external_customer_id');
  if (email === undefined && phone === null && id === null && externalId === null) {
    throw new ApiFailure(
      'missing_data',
      'One of email, phone, user_id and external_customer_id is required.',
    );
  }
  if (phone !== null && !/^\d+$/.test(phone)) {
    throw new ApiFailure('argument_error', 'phone must have digits only.');
  }
  if (id !== null && !isUuid(id)) throw new ApiFailure('argument_error', 'user_id must be a GUID.');
  const matching = [...store.all()]
    .filter((customer) => email === undefined || customer.email?.toLowerCase() === email)
    .filter(({ phones }) => phone === null || phones?.some((entry) => entry.phone_number === phone))
    .filter((customer) => id === null || customer.id === id.toLowerCase())
    .filter((customer) => externalId === null || store.findByExternalId(externalId) === customer);
  const [customer] = matching;
  if (customer === undefined) throw new ApiFailure('user_not_found', 'No customer has this value.');
  if (matching.length > 1) throw new ApiFailure('validation', 'Several customers have this value.');
  return customer;
}

/** POS: finding the customer at the till. */
export const LOOKUP_ROUTES: readonly Route[] = [post('lookup', lookup)];
