import type { JsonObject } from '../http/call';

/** A transaction as the sandbox keeps it. Times are milliseconds since the epoch. */
export interface StoredTransaction {
  /** The platform's own id; the POS has another. */
  readonly id: string;
  readonly transactionId: string;
  readonly storeId: string;
  readonly createdAt: number;
  updatedAt: number;
  /** As the POS sent it last. */
  request: JsonObject;
  /** The customer that earned by it, and the points so far. */
  userId: string | null;
  points: number;
  /** Whether campaigns have counted it: they do once, when it is closed first. */
  isCounted: boolean;
}

/** A list of promo codes. Times are milliseconds since the epoch. */
export interface PromoList {
  readonly id: number;
  readonly name: string;
  readonly type: 'single_use' | 'multi_use' | 'third_party';
  readonly code: string;
  readonly points: number;
  readonly startsAt: number;
  readonly endsAt: number;
  /** How often it may be used over all customers; `null` is without limit. */
  readonly globalEntryCap: number | null;
  readonly createdAt: number;
  claims: number;
}
