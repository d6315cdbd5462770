import type { Handler, JsonObject, Route } from '../http/call';
import { guidOf, textOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Store } from '../state/store';
import { discountView, isDiscount } from './discount-view';
import { payloadOf, post } from './envelope';
import { purchaseOf } from './purchase';

/** Holds an offer for one purchase. Source: SessionM docs, discounting_lock_offer. */
const lock: Handler = ({ body, now }, store) => {
  const { held, purchase } = discounted(body, store);
  store.wallets.lock(held.userOffer, purchase.transactionId, now);
  return { status: 'OK', payload: discountView(held.userOffer, held.customer.id, purchase, now) };
};

/** Uses an offer up at once. Source: SessionM docs, discounting_immediate_redeem. */
const redeem: Handler = ({ body, now }, store) => {
  const { held, purchase } = discounted(body, store);
  store.wallets.redeem(held.userOffer, purchase.transactionId, now);
  return { status: 'OK', payload: discountView(held.userOffer, held.customer.id, purchase, now) };
};

/** Gives a locked offer back. Source: SessionM docs, discounting_unlock_offer. */
const unlock: Handler = ({ body }, store) => {
  const userOffer = named(body, store);
  store.wallets.unlock(userOffer);
  return { status: 'OK' };
};

/** Undoes a redemption. Source: SessionM docs, discounting_reinstate_offer. */
const reinstate: Handler = ({ body }, store) => {
  const userOffer = named(body, store);
  store.wallets.reinstate(userOffer);
  return { status: 'OK' };
};

/**
 * The offer and the purchase of a lock or of a redemption.
 *
 * Inferred: that nobody has a TTL code here, and that what is no discount is `not_available`.
 */
function discounted(
  body: unknown,
  store: Store,
): { held: ReturnType<Store['wallets']['find']>; purchase: ReturnType<typeof purchaseOf> } {
  const input: JsonObject = payloadOf(body);
  const code = textOf(input.offer_lookup_code, 'offer_lookup_code');
  const type = textOf(input.offer_lookup_type, 'offer_lookup_type');
  const purchase = purchaseOf(input.transaction, 'transaction');
  if (type !== 'UserOfferId' && type !== 'TTLCode') {
    throw new ApiFailure('argument_error', 'offer_lookup_type must be UserOfferId or TTLCode.');
  }
  if (type === 'TTLCode') throw new ApiFailure('not_found', 'No such code.');
  const held = store.wallets.find(code);
  if (!isDiscount(held.userOffer)) throw new ApiFailure('not_available', 'The offer is no discount.');
  return { held, purchase };
}

function named(body: unknown, store: Store): ReturnType<Store['wallets']['find']>['userOffer'] {
  const input = payloadOf(body);
  const id = guidOf(input.user_offer_id, 'user_offer_id');
  textOf(input.employee_id, 'employee_id');
  return store.wallets.find(id).userOffer;
}

/** POS: discounts of offers. */
export const DISCOUNT_ROUTES: readonly Route[] = [
  post('lock', lock),
  post('unlock', unlock),
  post('redeem', redeem),
  post('reinstate', reinstate),
];
