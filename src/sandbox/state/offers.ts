import { randomUUID } from 'node:crypto';
import { ApiFailure } from '../http/responses';
import { OFFERS, type OfferDefinition } from './catalogue';
import type { Customer, UserOffer } from './customer';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The offer definition with this id, in any case. Errors: ApiFailure `not_found`. */
export function offerOf(id: string): OfferDefinition {
  return found(OFFERS.find((offer) => offer.id === id.toLowerCase()));
}

/** The newest version of a root offer. Errors: ApiFailure `not_found`. */
export function offerOfRoot(rootId: string): OfferDefinition {
  return found(OFFERS.find((offer) => offer.rootId === rootId.toLowerCase()));
}

/**
 * The only place where copies of offers change hands or state.
 *
 * issued to locked and back; issued or locked to redeemed; redeemed to issued; issued to revoked. An expired
 * copy counts as gone. Errors: ApiFailure `not_found`, `not_available` or `validation`.
 */
export class Wallets {
  private readonly owners = new Map<string, Customer>();
  private readonly acquired = new Map<string, number>();
  private readonly redeemed = new Map<string, number>();

  /** Issues one copy; `not_available` where the offer is a draft or sold out. */
  issue(customer: Customer, offer: OfferDefinition, now: number): UserOffer {
    const acquired = this.acquired.get(offer.id) ?? 0;
    if (offer.status !== 'live' || (offer.inventory !== null && acquired >= offer.inventory)) {
      throw new ApiFailure('not_available', 'The offer is not available.');
    }
    this.acquired.set(offer.id, acquired + 1);
    const userOffer: UserOffer = {
      id: randomUUID(),
      offer,
      state: 'issued',
      transactionId: null,
      customData: null,
      acquiredAt: now,
      expiresAt: now + offer.validDays * DAY_MS,
      redeemedAt: null,
    };
    customer.wallet.push(userOffer);
    this.owners.set(userOffer.id, customer);
    return userOffer;
  }

  /** The copy with this id and who holds it. */
  find(id: string): { readonly userOffer: UserOffer; readonly customer: Customer } {
    const customer = this.owners.get(id.toLowerCase());
    const userOffer = found(customer?.wallet.find((held) => held.id === id.toLowerCase()));
    return { userOffer, customer: found(customer) };
  }

  /** Holds a copy for one transaction; the same transaction may lock it again. */
  lock(userOffer: UserOffer, transactionId: string, now: number): void {
    const again = userOffer.state === 'locked' && userOffer.transactionId === transactionId;
    if (!again) {
      this.mustBeIssued(userOffer, now);
    }
    userOffer.state = 'locked';
    userOffer.transactionId = transactionId;
  }

  /** Gives a locked copy back to the wallet. */
  unlock(userOffer: UserOffer): void {
    if (userOffer.state !== 'locked') {
      throw new ApiFailure('validation', 'The offer is not locked.');
    }
    userOffer.state = 'issued';
    userOffer.transactionId = null;
  }

  /** Uses a copy up; one that is locked only by the transaction that locked it. */
  redeem(userOffer: UserOffer, transactionId: string | null, now: number): void {
    const own = userOffer.state === 'locked' && userOffer.transactionId === transactionId;
    if (!own) {
      this.mustBeIssued(userOffer, now);
    }
    userOffer.state = 'redeemed';
    userOffer.transactionId = transactionId;
    userOffer.redeemedAt = now;
    this.count(this.redeemed, userOffer.offer, 1);
  }

  /** Undoes a redemption. */
  reinstate(userOffer: UserOffer): void {
    if (userOffer.state !== 'redeemed') {
      throw new ApiFailure('validation', 'The offer is not redeemed.');
    }
    userOffer.state = 'issued';
    userOffer.transactionId = null;
    userOffer.redeemedAt = null;
    this.count(this.redeemed, userOffer.offer, -1);
  }

  /** Takes an issued copy back for good. */
  revoke(userOffer: UserOffer): void {
    if (userOffer.state !== 'issued') {
      throw new ApiFailure('validation', 'Only an issued offer can be revoked.');
    }
    userOffer.state = 'revoked';
  }

  /** Every copy that a transaction locked or redeemed. */
  heldBy(transactionId: string): UserOffer[] {
    const held = [...new Set(this.owners.values())].flatMap(({ wallet }) => wallet);
    return held.filter((copy) => copy.transactionId === transactionId);
  }

  /** Hands every copy of one customer to another. */
  transfer(from: Customer, to: Customer): void {
    for (const userOffer of from.wallet.splice(0)) {
      to.wallet.push(userOffer);
      this.owners.set(userOffer.id, to);
    }
  }

  /** Forgets every copy of a customer. */
  drop(customer: Customer): void {
    for (const { id } of customer.wallet.splice(0)) {
      this.owners.delete(id);
    }
  }

  /** How often an offer was issued and redeemed, and what is left of it (`null`: without limit). */
  countsOf(offer: OfferDefinition): { acquired: number; redeemed: number; left: number | null } {
    const acquired = this.acquired.get(offer.id) ?? 0;
    return {
      acquired,
      redeemed: this.redeemed.get(offer.id) ?? 0,
      left: offer.inventory === null ? null : offer.inventory - acquired,
    };
  }

  private mustBeIssued(userOffer: UserOffer, now: number): void {
    if (userOffer.state !== 'issued' || userOffer.expiresAt <= now) {
      throw new ApiFailure('not_available', 'The offer is not in the wallet.');
    }
  }

  private count(counts: Map<string, number>, { id }: OfferDefinition, by: number): void {
    counts.set(id, (counts.get(id) ?? 0) + by);
  }
}

/** What stands in the wallet: issued and not expired. */
export function walletOf(customer: Customer, now: number): UserOffer[] {
  return customer.wallet.filter(({ state, expiresAt }) => state === 'issued' && expiresAt > now);
}

function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new ApiFailure('not_found', 'No such offer.');
  }
  return value;
}
