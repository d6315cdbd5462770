import {
  ACTIVITY_SOURCE,
  type Behavior,
  CAMPAIGNS,
  type Campaign,
  type Outcome,
  POINT_ACCOUNTS,
  PURCHASE_SOURCE,
} from './catalogue';
import type { Customer } from './customer';
import { offerOf } from './offers';
import { earn } from './points';
import type { Store } from './store';
import { note } from './timeline';

/** A behaviour that an event moved forward. */
export interface Advance {
  readonly campaign: Campaign;
  readonly behavior: Behavior;
  /** Times that this event completed it. */
  readonly completed: number;
}

/** Whether a campaign runs at a time; each lasts within one calendar year. */
export function isRunning(campaign: Campaign, now: number): boolean {
  const day = new Date(now).toISOString().slice(5, 10);
  return campaign.from <= day && day <= campaign.to;
}

/** What a purchase is worth. Inferred: one point for each whole unit of the subtotal. */
export function pointsOfPurchase(subtotal: number): number {
  return Math.max(0, Math.floor(subtotal));
}

/**
 * Runs the economy rule and the campaigns for a closed purchase. `again` is a transaction that was sent before:
 * it earns the difference, and moves no campaign.
 */
export function rewardPurchase(
  store: Store,
  customer: Customer,
  { transactionId, points, again }: { transactionId: string; points: number; again: boolean },
  now: number,
): void {
  if (points > 0) {
    const accountId = POINT_ACCOUNTS[0].id;
    earn(customer, { accountId, amount: points, sourceId: PURCHASE_SOURCE.id, transactionId }, now);
    note(customer, 'points', { points, transaction_id: transactionId, description: 'Purchase' }, now);
  }
  if (!again) {
    countEvent(store, customer, 'order', 1, now);
  }
}

/** Counts an event of a customer in every running campaign, and pays out what was achieved. */
export function countEvent(
  store: Store,
  customer: Customer,
  name: string,
  quantity: number,
  now: number,
): Advance[] {
  const advances: Advance[] = [];
  for (const campaign of CAMPAIGNS) {
    const { behavior } = campaign;
    const counts = behavior.eventName === name && isRunning(campaign, now);
    if (!counts || (campaign.optIn && !customer.optIns.has(campaign.id))) {
      continue;
    }
    const progress = customer.progress.get(campaign.id) ?? { current: 0, achieved: 0 };
    customer.progress.set(campaign.id, progress);
    const possible = (behavior.repeatable - progress.achieved) * behavior.total;
    progress.current = Math.min(progress.current + quantity, possible);
    const completed = Math.floor(progress.current / behavior.total);
    progress.achieved += completed;
    // A behaviour that can be achieved no more stays full; one that can starts again.
    progress.current =
      progress.achieved >= behavior.repeatable ? behavior.total : progress.current % behavior.total;
    for (let time = 0; time < completed; time += 1) {
      applyOutcome(store, customer, behavior.outcome, campaign.name, now);
    }
    advances.push({ campaign, behavior, completed });
  }
  return advances;
}

/** Gives a customer what an outcome promises. A sold-out offer is left out, as the customer did nothing wrong. */
export function applyOutcome(
  store: Store,
  customer: Customer,
  { points, offerId, tag }: Outcome,
  reason: string,
  now: number,
): void {
  if (points !== undefined) {
    const accountId = POINT_ACCOUNTS[0].id;
    earn(customer, { accountId, amount: points, sourceId: ACTIVITY_SOURCE.id, referenceId: reason }, now);
    note(customer, 'points', { points, description: reason }, now);
  }
  const offer = offerId === undefined ? undefined : offerOf(offerId);
  if (offer !== undefined && store.wallets.countsOf(offer).left !== 0) {
    const { id } = store.wallets.issue(customer, offer, now);
    note(customer, 'offer', { user_offer_id: id, description: reason }, now);
  }
  const held = tag === undefined ? undefined : customer.tags.get(tag);
  if (tag !== undefined) {
    customer.tags.set(tag, { count: held !== undefined && 'count' in held ? held.count + 1 : 1 });
  }
}
