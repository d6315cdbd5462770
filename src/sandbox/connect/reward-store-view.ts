import type { JsonObject } from '../http/call';
import { offerOfRoot } from '../state/offers';
import type { RewardStore, RewardStoreOffer } from '../state/reward-stores';
import { mediaOf, timeText } from './offer-view';

/** A store as Connect shows it. Inferred: all of it. */
export function rewardStoreView({ id, name, startsAt, endsAt, pointAccountIds }: RewardStore): JsonObject {
  return {
    id,
    name,
    start_date: timeText(startsAt),
    end_date: endsAt === null ? null : timeText(endsAt),
    point_account_ids: pointAccountIds,
  };
}

/** What an offer costs in a store, and when. */
export function storeOfferTerms(offer: RewardStoreOffer): JsonObject {
  return {
    id: offer.id,
    root_offer_id: offer.rootOfferId,
    reward_store_id: offer.storeId,
    price: offer.price,
    start_date: timeText(offer.startsAt),
    end_date: offer.endsAt === null ? null : timeText(offer.endsAt),
  };
}

/** An offer in a store as Connect shows it. Inferred: the number of `offer_status`. */
export function rewardStoreOfferView(storeOffer: RewardStoreOffer): JsonObject {
  const offer = offerOfRoot(storeOffer.rootOfferId);
  return {
    ...storeOfferTerms(storeOffer),
    offer_details: {
      internal_name: offer.name,
      title: offer.name,
      description: offer.description,
      terms: offer.terms,
      media: [mediaOf(offer)],
      reward_store_media: mediaOf(offer),
      points: storeOffer.price,
      acquisition_start_date: timeText(storeOffer.startsAt),
      acquisition_end_date: storeOffer.endsAt === null ? null : timeText(storeOffer.endsAt),
      pos_discount_id: offer.posDiscountId,
      offer_status: offer.status === 'live' ? 1 : 0,
      offer_inventory_restrictions: [],
    },
  };
}
