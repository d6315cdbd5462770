import { type Handler, isObject, type JsonObject, type Route } from '../http/call';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import { byCustomer } from './user-ref';

const add: Handler = ({ parameters, body, now }, store) => {
  const customer = store.named(parameters);
  const { tags, ttl } = inputOf(body);
  dropExpired(customer, now);
  for (const name of tags) {
    const tag = customer.tags.get(name);
    if (ttl !== undefined) {
      // A lifetime replaces a count: a tag has one of the two, never both.
      customer.tags.set(name, { expiresAt: now + ttl * 1000 });
    } else if (tag !== undefined && 'count' in tag) {
      tag.count += 1;
    } else {
      customer.tags.set(name, { count: 1 });
    }
  }
  return { status: 'ok', tags: tagsView(customer, now) };
};

/** Inferred: this path, by symmetry with the one that adds tags. */
const list: Handler = ({ parameters, now }, store) => {
  const customer = store.named(parameters);
  dropExpired(customer, now);
  return { status: 'ok', tags: tagsView(customer, now) };
};

/** Customer tags: counters, and labels that expire. */
export const TAG_ROUTES: readonly Route[] = [
  ...byCustomer('POST', '/tags', add),
  ...byCustomer('GET', '/tags', list),
];

function inputOf(body: unknown): { tags: string[]; ttl: number | undefined } {
  const { tags, ttl } = isObject(body) ? body : {};
  if (tags === undefined || tags === null) {
    throw new ApiFailure('missing_data', 'tags is required.');
  }
  if (!Array.isArray(tags) || !tags.every((tag): tag is string => typeof tag === 'string' && tag !== '')) {
    throw new ApiFailure('argument_error', 'tags must be a list of names.');
  }
  if (ttl !== undefined && !(typeof ttl === 'number' && Number.isSafeInteger(ttl) && ttl > 0)) {
    throw new ApiFailure('argument_error', 'ttl must be a positive whole number of seconds.');
  }
  if (tags.length === 0) {
    throw new ApiFailure('missing_data', 'tags must not be empty.');
  }
  return { tags, ttl };
}

function dropExpired(customer: Customer, now: number): void {
  for (const [name, tag] of customer.tags) {
    if ('expiresAt' in tag && tag.expiresAt <= now) {
      customer.tags.delete(name);
    }
  }
}

/** Inferred: the answer is a map of all tags of the customer, with what is left of a lifetime in seconds. */
function tagsView(customer: Customer, now: number): JsonObject {
  return Object.fromEntries(
    [...customer.tags].map(([name, tag]) => [
      name,
      'count' in tag ? { count: tag.count } : { ttl: Math.ceil((tag.expiresAt - now) / 1000) },
    ]),
  );
}
