import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../http/call';
import { type OfferDefinition, TIER_LEVELS } from './catalogue';

/** One of a customer's external ids. */
export interface Identifier {
  readonly external_id: string;
  readonly external_id_type?: string;
}

/** A tag counts or expires, never both. */
export type Tag = { count: number } | { expiresAt: number };

/** One movement of points; `amount` is negative where points left. */
export interface LedgerEntry {
  readonly id: string;
  readonly accountId: string;
  readonly sourceId: string | null;
  readonly type: 'point_issuance' | 'point_redemption' | 'point_transfer' | 'point_expiration';
  readonly amount: number;
  readonly at: number;
  readonly referenceId: string | null;
  readonly idempotencyId: string | null;
  readonly transactionId: string | null;
}

/** What a customer has in one point account: to spend, and ever earned. Neither is ever below zero. */
export interface Balance {
  /** The customer's copy of the account. */
  readonly id: string;
  available: number;
  lifeTime: number;
}

/** One copy of an offer that a customer holds or held. Times are milliseconds since the epoch. */
export interface UserOffer {
  readonly id: string;
  readonly offer: OfferDefinition;
  /** `issued` is in the wallet; the POS locks it for one transaction; the others are out of it. */
  state: 'issued' | 'locked' | 'redeemed' | 'revoked';
  /** The transaction that locked or redeemed it. */
  transactionId: string | null;
  customData: string | null;
  readonly acquiredAt: number;
  readonly expiresAt: number;
  redeemedAt: number | null;
}

/** A line of a customer's history. */
export interface TimelineEvent {
  readonly id: number;
  readonly type: 'transaction' | 'points' | 'event' | 'offer' | 'account';
  readonly at: number;
  readonly streamId: string;
  readonly targetId: number;
  readonly payload: JsonObject;
}

/** How far a customer is in the behaviour of a campaign. */
export interface Progress {
  current: number;
  achieved: number;
}

/** What the sandbox knows about a customer. Times are milliseconds since the epoch. */
export interface Customer {
  readonly id: string;
  email: string | null;
  /** The one that was changed last stands first. */
  identifiers: Identifier[];
  optedIn: boolean;
  /** Plain text attributes such as `first_name`. */
  attributes: Record<string, string>;
  phones: JsonObject[] | null;
  profile: JsonObject;
  profileVersion: number;
  readonly createdAt: number;
  updatedAt: number;
  readonly tags: Map<string, Tag>;
  /** By point account. */
  readonly balances: Map<string, Balance>;
  readonly ledger: LedgerEntry[];
  tier: { entryId: string; levelId: string; joinedAt: number };
  readonly wallet: UserOffer[];
  readonly timeline: TimelineEvent[];
  /** By campaign. */
  readonly progress: Map<number, Progress>;
  readonly optIns: Set<number>;
  /** Promo codes that were claimed. */
  readonly claims: Set<string>;
}

/** A customer with nothing but its id and the time. */
export function newCustomer(now: number, id: string = randomUUID()): Customer {
  return {
    id,
    email: null,
    identifiers: [],
    optedIn: false,
    attributes: {},
    phones: null,
    profile: {},
    profileVersion: 0,
    createdAt: now,
    updatedAt: now,
    tags: new Map(),
    balances: new Map(),
    ledger: [],
    tier: { entryId: randomUUID(), levelId: TIER_LEVELS[0].id, joinedAt: now },
    wallet: [],
    timeline: [],
    progress: new Map(),
    optIns: new Set(),
    claims: new Set(),
  };
}
