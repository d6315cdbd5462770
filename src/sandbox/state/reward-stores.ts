import { randomUUID } from 'node:crypto';
import { ApiFailure } from '../http/responses';
import { POINT_ACCOUNTS, SEEDED_STORE } from './catalogue';

/** What can be said about a store. Times are milliseconds since the epoch; no end is evergreen. */
export interface RewardStoreTerms {
  name: string;
  startsAt: number;
  endsAt: number | null;
  pointAccountIds: readonly string[];
  active: boolean;
}

/** A place where points buy offers. */
export interface RewardStore extends RewardStoreTerms {
  readonly id: string;
  readonly offers: readonly RewardStoreOffer[];
  /** Puts an offer into the store; without an id it gets one. */
  add(offer: Omit<RewardStoreOffer, 'id' | 'storeId'> & { readonly id?: string }): RewardStoreOffer;
}

/** An offer in a store, with its price in points. */
export interface RewardStoreOffer {
  readonly id: string;
  readonly storeId: string;
  readonly rootOfferId: string;
  price: number;
  startsAt: number;
  endsAt: number | null;
}

/** The stores of the tenant, the first of which is open from the start. */
export class RewardStores {
  private readonly byId = new Map<string, RewardStore>();

  /** Opens the seeded store. */
  seed(now: number): void {
    const { id, name, offers } = SEEDED_STORE;
    const store = this.open({
      id,
      name,
      startsAt: now,
      endsAt: null,
      pointAccountIds: [POINT_ACCOUNTS[0].id],
      active: true,
    });
    for (const { id: offerId, rootId, price } of offers) {
      store.add({ id: offerId, rootOfferId: rootId, price, startsAt: now, endsAt: null });
    }
  }

  all(): readonly RewardStore[] {
    return [...this.byId.values()];
  }

  /** Adds a store; without an id it gets one. */
  open({ id = randomUUID(), ...terms }: RewardStoreTerms & { readonly id?: string }): RewardStore {
    const offers: RewardStoreOffer[] = [];
    const opened: RewardStore = {
      ...terms,
      id,
      offers,
      add({ id: offerId = randomUUID(), ...offer }) {
        const added: RewardStoreOffer = { ...offer, id: offerId, storeId: id };
        offers.push(added);
        return added;
      },
    };
    this.byId.set(id, opened);
    return opened;
  }

  /** The store with this id, in any case. Errors: ApiFailure `not_found`. */
  find(id: string): RewardStore {
    const store = this.byId.get(id.toLowerCase());
    if (store === undefined) {
      throw new ApiFailure('not_found', 'No such reward store.');
    }
    return store;
  }
}

/** Whether something with a start and an end is on at a time. */
export function isOpen(
  { startsAt, endsAt }: { startsAt: number; endsAt: number | null },
  now: number,
): boolean {
  return startsAt <= now && (endsAt === null || now < endsAt);
}
