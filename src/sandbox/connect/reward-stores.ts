import type { Handler, JsonObject, Route } from '../http/call';
import {
  flagOf,
  guidOf,
  guidsOf,
  integerOf,
  listOf,
  numberOf,
  optionalText,
  textOf,
  timeOf,
} from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import { balancesOf } from '../state/incentives';
import { offerOfRoot } from '../state/offers';
import { accountOf, spend, totalsOf } from '../state/points';
import { isOpen, type RewardStore, type RewardStoreOffer } from '../state/reward-stores';
import { userOfferView } from './offer-view';
import { rewardStoreOfferView, rewardStoreView, storeOfferTerms } from './reward-store-view';
import { customerOf, tenantBody } from './tenant';

const MAX_STORES = 100;
const MAX_TAKE = 1000;
const MAX_SKIP = 2 ** 31 - 1;
/** Inferred: how many copies one purchase takes at most. */
const MAX_QUANTITY = 100;
const SORT_COLUMNS = ['internal_name', 'start_date', 'end_date'] as const;
const SORT_DIRECTIONS = ['asc', 'desc'] as const;

/** Inferred: the payload, and that a store shows while it is active and open. */
const userRewardStores: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const withBalances = flagOf(input.include_point_balances, 'include_point_balances', false);
  const customer = customerOf(input, store);
  const open = store.rewardStores.all().filter((known) => isForSale(known, now));
  return {
    status: 'ok',
    payload: {
      reward_stores: open.map(rewardStoreView),
      ...(withBalances ? { point_account_balances: balancesOf(customer, store.retailerId) } : {}),
    },
  };
};

/** Inferred: the names of the price filters and of the customer, and that a store nobody knows holds nothing. */
const rewardStoreOffers: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const ids = listOf(input.reward_store_ids, 'reward_store_ids').map((id) => guidOf(id, 'reward_store_ids'));
  if (ids.length > MAX_STORES) {
    throw new ApiFailure('argument_error', `reward_store_ids must not have more than ${MAX_STORES} entries.`);
  }
  const skip = integerOf(input.skip, 'skip', 0, 0, MAX_SKIP);
  const take = integerOf(input.take, 'take', 100, 1, MAX_TAKE);
  const column = oneOf(input.sort_column, 'sort_column', SORT_COLUMNS, 'start_date');
  const direction = oneOf(input.sort_direction, 'sort_direction', SORT_DIRECTIONS, 'asc');
  const onlyActive = flagOf(input.limit_to_only_active, 'limit_to_only_active', false);
  const withoutFree = flagOf(input.exclude_free_offers, 'exclude_free_offers', false);
  const withExpired = flagOf(input.include_expired, 'include_expired', false);
  const least = input.min_price == null ? 0 : numberOf(input.min_price, 'min_price', 0);
  const most = input.max_price == null ? Infinity : numberOf(input.max_price, 'max_price', 0);
  const budget = input.user_id == null ? Infinity : totalsOf(customerOf(input, store)).available;
  const sign = direction === 'asc' ? 1 : -1;
  const offers = store.rewardStores
    .all()
    .filter(({ id, active }) => ids.includes(id) && (active || !onlyActive))
    .flatMap((known) => known.offers)
    .filter((offer) => withExpired || isOpen(offer, now))
    .filter(({ price }) => !(withoutFree && price === 0))
    .filter(({ price }) => least <= price && price <= Math.min(most, budget))
    .sort((a, b) => sign * compare(sortKey(a, column), sortKey(b, column)));
  return {
    status: 'ok',
    payload: {
      reward_store_offers: offers.slice(skip, skip + take).map(rewardStoreOfferView),
      total_rows: offers.length,
      skip,
      take,
    },
  };
};

/**
 * Spends points and issues the offer, both or neither. Source: SessionM docs, t_purchase_store_offer.
 *
 * Inferred: the payload, which shows the first copy where several are bought; that the store's own accounts pay where
 * none is named; the codes.
 */
const purchase: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const storeId = guidOf(input.reward_store_id, 'reward_store_id');
  const offerId = guidOf(input.reward_store_offer_id, 'reward_store_offer_id');
  const quantity = integerOf(input.quantity, 'quantity', 1, 1, MAX_QUANTITY);
  const named = guidsOf(input.point_account_ids, 'point_account_ids');
  const customer = customerOf(input, store);
  const rewardStore = store.rewardStores.find(storeId);
  const wanted = rewardStore.offers.find(({ id }) => id === offerId);
  if (wanted === undefined) throw new ApiFailure('not_found', 'No such offer in this store.');
  const accounts = payingAccounts(rewardStore, named);
  const offer = offerOfRoot(wanted.rootOfferId);
  const { left } = store.wallets.countsOf(offer);
  const isSold = isForSale(rewardStore, now) && isOpen(wanted, now) && offer.status === 'live';
  if (!isSold || (left !== null && left < quantity)) {
    throw new ApiFailure('not_available', 'The offer is not available.');
  }
  pay(customer, accounts, wanted, quantity, now);
  const copies = Array.from({ length: quantity }, () => store.wallets.issue(customer, offer, now));
  const [first] = copies;
  return {
    status: 'ok',
    payload: {
      is_successful: true,
      points_remaining: totalsOf(customer, accounts).available,
      user_offer: first === undefined ? null : userOfferView(first, now),
    },
  };
};

/** Inferred: every name but `point_account_ids`, and the payload. */
const createOrEdit: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const id = input.id == null ? null : guidOf(input.id, 'id');
  const accounts = listOf(input.point_account_ids, 'point_account_ids').map((one) =>
    guidOf(one, 'point_account_ids'),
  );
  const existing = id === null ? null : store.rewardStores.find(id);
  const name = existing === null ? textOf(input.name, 'name') : optionalText(input.name, 'name');
  const period = periodOf(input, existing, now);
  const active = flagOf(input.is_active, 'is_active', existing?.active ?? true);
  const changes = {
    name: name ?? existing?.name ?? '',
    ...period,
    active,
    pointAccountIds: accounts.map((one) => accountOf(one).id),
  };
  const saved = existing === null ? store.rewardStores.open(changes) : Object.assign(existing, changes);
  return { status: 'ok', payload: { ...rewardStoreView(saved), is_active: saved.active } };
};

/** Inferred: every name but `root_offer_id`, that a root offer stands in a store once, and the payload. */
const addOrEditOffer: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const storeId = guidOf(input.reward_store_id, 'reward_store_id');
  const rootId = guidOf(input.root_offer_id, 'root_offer_id');
  const price = numberOf(input.price, 'price', 0);
  const rewardStore = store.rewardStores.find(storeId);
  const { rootId: rootOfferId } = offerOfRoot(rootId);
  const existing = rewardStore.offers.find((offer) => offer.rootOfferId === rootOfferId) ?? null;
  const period = periodOf(input, existing, now);
  const saved =
    existing === null
      ? rewardStore.add({ rootOfferId, price, ...period })
      : Object.assign(existing, { price, ...period });
  return { status: 'ok', payload: storeOfferTerms(saved) };
};

function isForSale(rewardStore: RewardStore, now: number): boolean {
  return rewardStore.active && isOpen(rewardStore, now);
}

function payingAccounts({ pointAccountIds }: RewardStore, named: readonly string[]): readonly string[] {
  const accounts = named.map((id) => accountOf(id).id);
  if (accounts.some((id) => !pointAccountIds.includes(id))) {
    throw new ApiFailure('validation', 'The store does not take points of this account.');
  }
  return accounts.length === 0 ? pointAccountIds : accounts;
}

function pay(
  customer: Customer,
  accounts: readonly string[],
  { id, price }: RewardStoreOffer,
  quantity: number,
  now: number,
): void {
  if (price > 0) spend(customer, accounts, { amount: price * quantity, referenceId: id }, now);
}

function periodOf(
  input: JsonObject,
  existing: { readonly startsAt: number; readonly endsAt: number | null } | null,
  now: number,
): { startsAt: number; endsAt: number | null } {
  const startsAt = timeOf(input.start_date, 'start_date') ?? existing?.startsAt ?? now;
  const endsAt = timeOf(input.end_date, 'end_date') ?? existing?.endsAt ?? null;
  if (endsAt !== null && endsAt <= startsAt) {
    throw new ApiFailure('validation', 'end_date must be later than start_date.');
  }
  return { startsAt, endsAt };
}

function oneOf<T extends string>(value: unknown, name: string, known: readonly T[], fallback: T): T {
  const text = optionalText(value, name);
  const found = text === null ? fallback : known.find((one) => one === text);
  if (found === undefined)
    throw new ApiFailure('argument_error', `${name} must be one of ${known.join(', ')}.`);
  return found;
}

function sortKey(offer: RewardStoreOffer, column: (typeof SORT_COLUMNS)[number]): number | string {
  if (column === 'internal_name') return offerOfRoot(offer.rootOfferId).name;
  return column === 'start_date' ? offer.startsAt : (offer.endsAt ?? Infinity);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const post = (path: string, handler: Handler): Route => ({
  family: 'connect',
  method: 'POST',
  template: `/offers/api/2.0/offers/rewardstores/${path}`,
  handler,
});

/** Connect, offers: the stores where points buy offers. */
export const REWARD_STORE_ROUTES: readonly Route[] = [
  post('get_user_reward_stores', userRewardStores),
  post('get_reward_store_offers', rewardStoreOffers),
  post('purchase_offer', purchase),
  post('create_or_edit', createOrEdit),
  post('add_or_edit_offer', addOrEditOffer),
];
