import type { JsonObject } from '../http/call';
import type { OfferDefinition } from '../state/catalogue';
import type { UserOffer } from '../state/customer';

/** The all-zero GUID stands for "none". Source: Braze. */
const NO_GROUP = '00000000-0000-0000-0000-000000000000';

/** One copy of an offer as Connect shows it. Inferred: `terms` and everything below it, and the numbers of `media`. */
export function userOfferView(userOffer: UserOffer, now: number): JsonObject {
  const { id, offer, state, acquiredAt, expiresAt, redeemedAt } = userOffer;
  return {
    id,
    offer_id: offer.id,
    root_offer_id: offer.rootId,
    offer_group_id: NO_GROUP,
    offer_type: offer.type,
    name: offer.name,
    description: offer.description,
    is_redeemable: state === 'issued' && expiresAt > now,
    start_date: timeText(acquiredAt),
    expiration_date: timeText(expiresAt),
    redemption_end_date: timeText(expiresAt),
    media: [mediaOf(offer)],
    terms: offer.terms,
    acquire_date: timeText(acquiredAt),
    redeem_date: redeemedAt === null ? null : timeText(redeemedAt),
    pos_discount_id: offer.posDiscountId,
    status: state,
  };
}

/** The picture of an offer. Inferred: the number of `content_type`. */
export function mediaOf(offer: OfferDefinition): JsonObject {
  return {
    id: offer.rootId,
    offer_id: offer.id,
    category_id: NO_GROUP,
    category_name: 'image',
    uri: `https://media.example.com/offers/${offer.posDiscountId.toLowerCase()}.png`,
    content_type: 1,
    culture: 'en-US',
  };
}

/** A time as Connect writes it. */
export function timeText(time: number): string {
  return new Date(time).toISOString();
}
