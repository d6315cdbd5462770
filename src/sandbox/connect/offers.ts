import type { Handler, Route } from '../http/call';
import { guidOf, guidsOf, integerOf, optionalText, textOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer, UserOffer } from '../state/customer';
import { offerOf, walletOf } from '../state/offers';
import { totalsOf } from '../state/points';
import type { Store } from '../state/store';
import { timeText, userOfferView } from './offer-view';
import { customerOf, tenantBody } from './tenant';

const MAX_TAKE = 1000;
const MAX_SKIP = 2 ** 31 - 1;
/** Inferred: how many copies one call issues at most. */
const MAX_QUANTITY = 100;

const userOffers: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const skip = integerOf(input.skip, 'skip', 0, 0, MAX_SKIP);
  const take = integerOf(input.take, 'take', 100, 1, MAX_TAKE);
  const customer = customerOf(input, store);
  const wallet = walletOf(customer, now);
  const { available } = totalsOf(customer);
  return {
    status: 'ok',
    payload: {
      user: { opted_in: customer.optedIn, activated: false },
      user_id: customer.id,
      user_offers: wallet.slice(skip, skip + take).map((userOffer) => userOfferView(userOffer, now)),
      total_records: wallet.length,
      offer_groups: [],
      offer_categories: [],
      total_points: available,
      available_points: available,
    },
  };
};

/** Inferred: that unknown offers are left out. */
const offersDetails: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const ids = guidsOf(input.offer_ids, 'offer_ids');
  if (ids.length === 0) throw new ApiFailure('missing_data', 'offer_ids is required.');
  const known = ids.flatMap((id) => knownOffer(id) ?? []);
  return {
    status: 'ok',
    payload: {
      results: known.map((offer) => {
        const { acquired, redeemed, left } = store.wallets.countsOf(offer);
        return {
          offer_id: offer.id,
          acquisition_count: acquired,
          redemption_count: redeemed,
          total_inventory: offer.inventory,
          available_inventory_remaining: left,
        };
      }),
    },
  };
};

const issue: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const offerId = guidOf(input.offer_id, 'offer_id');
  const quantity = integerOf(input.quantity, 'quantity', 1, 1, MAX_QUANTITY);
  const customer = customerOf(input, store);
  const offer = offerOf(offerId);
  const { left } = store.wallets.countsOf(offer);
  if (left !== null && left < quantity) throw new ApiFailure('not_available', 'The offer is not available.');
  const issued = Array.from({ length: quantity }, () => store.wallets.issue(customer, offer, now));
  return {
    status: 'ok',
    payload: {
      status_list: issued.map(({ id }) => ({
        user_id: customer.id,
        user_offer_id: id,
        offer_id: offer.id,
        root_offer_id: offer.rootId,
        pending_extended_data: false,
        fail_reason: 0,
      })),
    },
  };
};

/** Inferred: the empty payload, and that text which is no JSON is an `argument_error`. */
const update: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const id = guidOf(input.user_offer_id, 'user_offer_id');
  const data = textOf(input.custom_data, 'custom_data');
  if (!isJson(data)) throw new ApiFailure('argument_error', 'custom_data must be JSON.');
  heldBy(customerOf(input, store), id, store).customData = data;
  return { status: 'ok', payload: {} };
};

/** Inferred: body and payload. */
const manualRedeem: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const id = guidOf(input.user_offer_id, 'user_offer_id');
  const userOffer = heldBy(customerOf(input, store), id, store);
  store.wallets.redeem(userOffer, null, now);
  return {
    status: 'ok',
    payload: { user_offer_id: userOffer.id, redeem_date: timeText(now), is_successful: true },
  };
};

const revoke: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const id = guidOf(input.user_offer_id, 'user_offer_id');
  optionalText(input.reason, 'reason');
  store.wallets.revoke(store.wallets.find(id).userOffer);
  return { status: 'ok', payload: {} };
};

/** The copy, if this customer holds it: nobody uses up what belongs to another. */
function heldBy(customer: Customer, id: string, store: Store): UserOffer {
  const held = store.wallets.find(id);
  if (held.customer !== customer) throw new ApiFailure('not_found', 'No such offer.');
  return held.userOffer;
}

function knownOffer(id: string): ReturnType<typeof offerOf> | null {
  try {
    return offerOf(id);
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const post = (path: string, handler: Handler): Route => ({
  family: 'connect',
  method: 'POST',
  template: `/offers/api/2.0/offers/${path}`,
  handler,
});

/** Connect, offers: what a customer holds, and how a copy comes and goes. */
export const OFFER_ROUTES: readonly Route[] = [
  post('get_user_offers', userOffers),
  post('fetch_offers_details', offersDetails),
  post('acquisition/issue', issue),
  post('acquisition/update', update),
  post('acquisition/revoke', revoke),
  post('redemption/manual_redeem', manualRedeem),
];
