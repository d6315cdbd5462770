import { type Handler, isObject, isUuid, type Route } from '../http/call';
import { ApiFailure } from '../http/responses';
import { type Customer, newCustomer } from '../state/customer';
import type { Store } from '../state/store';
import { note } from '../state/timeline';
import { applyProfile, applyUser, userOf } from './customer-input';
import { customerView, profileView, type ViewOptions } from './customer-view';
import { byCustomer } from './user-ref';

const create: Handler = ({ body, now }, store) => {
  const customer = applyUser(newCustomer(now), userOf(body), store, now);
  store.save(customer);
  note(customer, 'account', { action: 'created' }, now);
  return answer(customer, store, { identifiers: true, profile: customer.profileVersion > 0 });
};

const read: Handler = ({ parameters, query }, store) => {
  const asked = (name: string): boolean => query.get(name) === 'true';
  return answer(store.named(parameters), store, {
    profile: asked('user[user_profile]'),
    identifiers: asked('show_identifiers'),
    incentives: asked('expand_incentives'),
  });
};

const update: Handler = ({ parameters, body, now }, store) => {
  const customer = store.named(parameters);
  // Saved as the same object, so that whoever holds the customer sees the change.
  Object.assign(customer, applyUser(customer, userOf(body), store, now));
  store.save(customer);
  note(customer, 'account', { action: 'updated' }, now);
  return answer(customer, store, { profile: customer.profileVersion > 0 });
};

/** Inferred: that deleting whoever was forgotten before ends well, once, and shows nothing but the id. */
const remove: Handler = ({ parameters, now }, store) => {
  const { user_id: id } = parameters;
  if (id !== undefined && store.forgotten.delete(id.toLowerCase())) {
    return answer(newCustomer(now, id.toLowerCase()), store, {});
  }
  const customer = store.named(parameters);
  store.delete(customer);
  return answer(customer, store, {});
};

/** Inferred: the answer's `users` list, that unknown ids are left out, and both errors. */
const readSeveral: Handler = ({ query }, store) => {
  const ids = query.getAll('user_ids[]');
  if (ids.length === 0) {
    throw new ApiFailure('missing_data', 'user_ids is required.');
  }
  if (!ids.every(isUuid)) {
    throw new ApiFailure('argument_error', 'user_ids must be a list of ids.');
  }
  const found = ids.flatMap((id) => store.find(id) ?? []);
  return { status: 'ok', users: found.map((customer) => customerView(customer, store.retailerId)) };
};

const search: Handler = ({ query }, store) => {
  const email = query.get('email');
  if (email === null || email === '') {
    throw new ApiFailure('missing_data', 'email is required.');
  }
  const customer = store.findByEmail(email);
  if (customer === undefined) {
    throw new ApiFailure('user_not_found', 'No customer has this e-mail.');
  }
  return answer(customer, store, {});
};

/** Inferred: that nothing found is an empty list, and that there is no `status` beside `players`. */
const searchUsers: Handler = ({ query }, store) => {
  const email = query.get('email')?.toLowerCase();
  const phone = query.get('mobile_number') ?? query.get('phone') ?? undefined;
  if (!email && !phone) {
    throw new ApiFailure('missing_data', 'An email or a phone number is required.');
  }
  const options = { profile: query.get('advanced_search_params[user_profile]') === 'true' };
  const players = [...store.all()]
    .filter((customer) => !email || customer.email?.toLowerCase() === email)
    .filter((customer) => !phone || customer.phones?.some((entry) => entry.phone_number === phone))
    .map((customer) => ({ ...customerView(customer, store.retailerId, options), user_id: customer.id }));
  return { players };
};

/** Inferred: the `user_profile` wrapper of the body and of the answer. */
const addProfile: Handler = ({ parameters, body, now }, store) => {
  const customer = store.named(parameters);
  applyProfile(customer, isObject(body) ? body.user_profile : undefined);
  customer.updatedAt = now;
  return { status: 'ok', user_profile: profileView(customer) };
};

/** Customers: create, read, find, update, delete, and the custom profile. */
export const CUSTOMER_ROUTES: readonly Route[] = [
  { family: 'core', method: 'POST', template: '/users', handler: create },
  { family: 'core', method: 'GET', template: '/users', handler: readSeveral },
  { family: 'core', method: 'GET', template: '/users/search', handler: search },
  { family: 'core', method: 'GET', template: '/users/search_users', handler: searchUsers },
  ...byCustomer('GET', '', read),
  ...byCustomer('PUT', '', update),
  ...byCustomer('DELETE', '', remove),
  ...byCustomer('POST', '/models/user_profile', addProfile),
];

function answer(customer: Customer, store: Store, options: ViewOptions): Record<string, unknown> {
  return { status: 'ok', user: customerView(customer, store.retailerId, options) };
}
