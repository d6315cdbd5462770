import { randomUUID } from 'node:crypto';
import type { Handler, JsonObject, Route } from '../http/call';
import { integerOf, numberOf, objectOf, optionalText, textOf, timeOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { totalsOf } from '../state/points';
import type { PromoList } from '../state/records';
import { applyOutcome } from '../state/rules';
import { coreTime } from './customer-view';
import { byCustomer, mustBeRegistered } from './user-ref';

const TYPES: readonly PromoList['type'][] = ['single_use', 'multi_use', 'third_party'];
/** Inferred: ids of lists are numbers that count up. */
const FIRST_ID = 5001;

/**
 * Makes a list with one code. Source: SessionM docs, t_create_promo_code_list.
 *
 * Inferred: the `promotion` wrapper, every wire name but `global_entry_cap`, and that a list comes with a code.
 */
const create: Handler = ({ body, now }, store) => {
  const input = objectOf(objectOf(body ?? {}, 'The body').promotion, 'promotion');
  const name = textOf(input.name, 'name');
  const typeName = textOf(input.type, 'type');
  const startsAt = timeOf(textOf(input.start_date, 'start_date'), 'start_date') ?? now;
  const endsAt = timeOf(textOf(input.end_date, 'end_date'), 'end_date') ?? now;
  const points = numberOf(input.points, 'points', 0);
  const cap =
    input.global_entry_cap == null
      ? null
      : integerOf(input.global_entry_cap, 'global_entry_cap', 1, 1, 2 ** 31 - 1);
  const code = optionalText(input.code, 'code') ?? randomUUID();
  const type = TYPES.find((known) => known === typeName);
  if (type === undefined) throw new ApiFailure('validation', `type must be one of ${TYPES.join(', ')}.`);
  if (endsAt <= startsAt) throw new ApiFailure('validation', 'end_date must be later than start_date.');
  if (store.promoLists.has(code)) throw new ApiFailure('validation', 'The code is in use.');
  const list: PromoList = {
    id: FIRST_ID + store.promoLists.size,
    name,
    type,
    code,
    points,
    startsAt,
    endsAt,
    globalEntryCap: cap,
    createdAt: now,
    claims: 0,
  };
  store.promoLists.set(code, list);
  return { status: 'ok', promotion: listView(list, now) };
};

/** Uses a code for a customer. Inferred: path, body and answer. */
const claim: Handler = ({ parameters, body, now }, store) => {
  const customer = mustBeRegistered(store.named(parameters));
  const code = textOf(objectOf(body ?? {}, 'The body').code, 'code');
  const list = store.promoLists.get(code);
  if (list === undefined) throw new ApiFailure('not_found', 'No such code.');
  const cap = list.type === 'single_use' ? 1 : (list.globalEntryCap ?? Infinity);
  if (stateOf(list, now) !== 'active' || list.claims >= cap || customer.claims.has(code)) {
    throw new ApiFailure('not_available', 'The code cannot be claimed.');
  }
  list.claims += 1;
  customer.claims.add(code);
  applyOutcome(store, customer, { points: list.points }, list.name, now);
  return {
    status: 'ok',
    claim: { promotion_id: list.id, code, points: list.points, claimed_at: coreTime(now) },
    user: { id: customer.id, available_points: totalsOf(customer).available },
  };
};

/** Promo codes: lists, and using their codes. */
export const PROMOTION_ROUTES: readonly Route[] = [
  { family: 'core', method: 'POST', template: '/promotions', handler: create },
  ...byCustomer('POST', '/promotions/claims', claim),
];

/** The states are documented. Source: SessionM docs, loyalty_promo_code. */
function stateOf({ startsAt, endsAt }: PromoList, now: number): 'pending' | 'active' | 'completed' {
  return now < startsAt ? 'pending' : now < endsAt ? 'active' : 'completed';
}

function listView(list: PromoList, now: number): JsonObject {
  return {
    id: list.id,
    name: list.name,
    type: list.type,
    state: stateOf(list, now),
    code: list.code,
    points: list.points,
    start_date: coreTime(list.startsAt),
    end_date: coreTime(list.endsAt),
    global_entry_cap: list.globalEntryCap,
    created_at: coreTime(list.createdAt),
  };
}
