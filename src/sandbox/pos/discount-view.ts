import type { JsonObject } from '../http/call';
import type { UserOffer } from '../state/customer';
import type { Purchase } from './purchase';

/** Whether the POS can take something off for it. Inferred: what is handed out by hand is no discount. */
export function isDiscount({ offer }: UserOffer): boolean {
  return offer.type !== 'manual_fulfillment';
}

/** What an offer takes off a purchase, in money with two decimals; never more than the subtotal. */
export function amountOff({ offer }: UserOffer, { subtotal }: Purchase): number {
  const off = offer.type === 'percent_discount' ? (subtotal * offer.value) / 100 : offer.value;
  // A return has a subtotal below zero, and nothing comes off it.
  return Math.round(Math.max(0, Math.min(off, subtotal)) * 100) / 100;
}

/**
 * An offer as the POS sees it. What it takes off is there only with a purchase. Source: published client code.
 *
 * Inferred: the values of `reference_id_type`, `status` and `discount_source`.
 */
export function discountView(
  userOffer: UserOffer,
  userId: string,
  purchase?: Purchase,
  now?: number,
): JsonObject {
  const { id, offer, state } = userOffer;
  return {
    reference_id: id,
    reference_id_type: 'UserOfferId',
    pos_discount_id: offer.posDiscountId,
    status: state,
    display_name: offer.name,
    image_url: `https://media.example.com/offers/${offer.posDiscountId.toLowerCase()}.png`,
    discount_source: 'SessionM',
    stack_order: 0,
    user_id: userId,
    ...(purchase === undefined
      ? {}
      : {
          discounted_line_ids: purchase.lineIds,
          amount: amountOff(userOffer, purchase),
          ...(now === undefined ? {} : { applied_time: new Date(now).toISOString() }),
        }),
  };
}
