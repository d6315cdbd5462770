import { randomUUID } from 'node:crypto';
import type { Handler, Route } from '../http/call';
import { textOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { POINT_ACCOUNTS, PURCHASE_SOURCE } from '../state/catalogue';
import type { Customer, UserOffer } from '../state/customer';
import { takeBack } from '../state/points';
import type { StoredTransaction } from '../state/records';
import { pointsOfPurchase, rewardPurchase } from '../state/rules';
import type { Store } from '../state/store';
import { note } from '../state/timeline';
import { customerById, payloadOf, post } from './envelope';
import { type Purchase, purchaseOf } from './purchase';

/**
 * Takes a purchase, a change of it, a return or a void. Source: SessionM docs, transaction_send.
 *
 * Inferred: that rules run before the answer; that a purchase sent again earns or loses the difference; that a voided
 * one is final, gives its points back as far as they are there and its offers in full; the codes.
 */
const send: Handler = ({ body, now }, store) => {
  const purchase = purchaseOf(payloadOf(body), 'request_payload');
  const storeId = textOf((body as { store_id?: unknown }).store_id, 'store_id');
  const before = store.transactions.get(purchase.transactionId);
  if (purchase.isVoided && before === undefined) throw new ApiFailure('not_found', 'No such transaction.');
  if (purchase.fromTransactionId !== null && !store.transactions.has(purchase.fromTransactionId)) {
    throw new ApiFailure('not_found', 'No such earlier transaction.');
  }
  if (before?.request.is_voided === true && !purchase.isVoided) {
    throw new ApiFailure('validation', 'The transaction is voided.');
  }
  const customer = payerOf(purchase, before, store);
  const offers = offersOf(purchase, store, now);
  const kept: StoredTransaction = before ?? {
    id: randomUUID(),
    transactionId: purchase.transactionId,
    storeId,
    createdAt: now,
    updatedAt: now,
    request: purchase.sent,
    userId: null,
    points: 0,
    isCounted: false,
  };
  store.transactions.set(kept.transactionId, kept);
  Object.assign(kept, { updatedAt: now, request: purchase.sent, userId: customer?.id ?? null });
  settleOffers(offers, purchase, store, now);
  if (customer !== undefined) {
    settlePoints(customer, kept, purchase, store, now);
    note(customer, 'transaction', { transaction_id: kept.transactionId, subtotal: purchase.subtotal }, now);
  }
  return { status: 'OK', payload: null };
};

/** Who paid: the customer of the first payment that names one, or who paid when it was sent before. */
function payerOf(
  { payments }: Purchase,
  before: StoredTransaction | undefined,
  store: Store,
): Customer | undefined {
  const named = payments.find(({ user_id: id }) => id != null && id !== '');
  const payer = named === undefined ? undefined : customerById(named.user_id, store);
  return (before?.userId == null ? undefined : store.find(before.userId)) ?? payer;
}

/** The offers that the purchase carries: held by it, or redeemed by it before. */
function offersOf({ offerIds, transactionId, isVoided }: Purchase, store: Store, now: number): UserOffer[] {
  return offerIds.map((id) => {
    const { userOffer } = store.wallets.find(id);
    const { state, transactionId: holder, expiresAt } = userOffer;
    const own = (state === 'locked' || state === 'redeemed') && holder === transactionId;
    if (!own && !isVoided && (state !== 'issued' || expiresAt <= now)) {
      throw new ApiFailure('not_available', 'The offer is not held by this transaction.');
    }
    return userOffer;
  });
}

function settleOffers(offers: readonly UserOffer[], purchase: Purchase, store: Store, now: number): void {
  for (const userOffer of new Set([...offers, ...store.wallets.heldBy(purchase.transactionId)])) {
    const isCarried = offers.includes(userOffer);
    if (purchase.isVoided && userOffer.transactionId === purchase.transactionId) {
      if (userOffer.state === 'redeemed') store.wallets.reinstate(userOffer);
      else if (userOffer.state === 'locked') store.wallets.unlock(userOffer);
    } else if (purchase.isClosed && isCarried && userOffer.state !== 'redeemed') {
      store.wallets.redeem(userOffer, purchase.transactionId, now);
    }
  }
}

function settlePoints(
  customer: Customer,
  kept: StoredTransaction,
  { isClosed, isVoided, subtotal, transactionId }: Purchase,
  store: Store,
  now: number,
): void {
  // An open purchase earns nothing yet, and one that was closed keeps what it earned until it is closed anew.
  const due = isVoided ? 0 : isClosed ? pointsOfPurchase(subtotal) : kept.points;
  const difference = due - kept.points;
  kept.points = due;
  if (difference < 0) {
    const accountId = POINT_ACCOUNTS[0].id;
    takeBack(customer, { accountId, amount: -difference, sourceId: PURCHASE_SOURCE.id, transactionId }, now);
  }
  if (isClosed && !isVoided) {
    const again = kept.isCounted;
    kept.isCounted = true;
    rewardPurchase(store, customer, { transactionId, points: Math.max(0, difference), again }, now);
  }
}

/** POS: purchases, returns and voids. */
export const TRANSACTION_ROUTES: readonly Route[] = [post('send_transaction', send)];
