import { randomUUID } from 'node:crypto';
import { ApiFailure } from '../http/responses';
import { POINT_ACCOUNTS, TIER_LEVELS, type TierLevel } from './catalogue';
import type { Balance, Customer, LedgerEntry } from './customer';

/** Where a movement of points comes from. */
export interface Movement {
  readonly accountId: string;
  readonly amount: number;
  readonly sourceId?: string | null;
  readonly referenceId?: string | null;
  readonly idempotencyId?: string | null;
  readonly transactionId?: string | null;
}

/** A customer's balance in an account; it starts at nothing. */
export function balanceOf(customer: Customer, accountId: string): Balance {
  let balance = customer.balances.get(accountId);
  if (balance === undefined) {
    balance = { id: randomUUID(), available: 0, lifeTime: 0 };
    customer.balances.set(accountId, balance);
  }
  return balance;
}

/** Points to spend and points ever earned, over all accounts or over those of these ids. */
export function totalsOf(
  customer: Customer,
  accountIds?: readonly string[],
): { readonly available: number; readonly lifeTime: number } {
  let available = 0;
  let lifeTime = 0;
  for (const [id, balance] of customer.balances) {
    if (accountIds?.includes(id) === false) continue;
    available += balance.available;
    lifeTime += balance.lifeTime;
  }
  return { available: rounded(available), lifeTime: rounded(lifeTime) };
}

/** Adds points, and moves the customer up where they are enough for a higher level. */
export function earn(customer: Customer, movement: Movement, now: number): LedgerEntry {
  const balance = balanceOf(customer, movement.accountId);
  balance.available = rounded(balance.available + movement.amount);
  balance.lifeTime = rounded(balance.lifeTime + movement.amount);
  const entry = record(customer, movement, 'point_issuance', now);
  qualify(customer, now);
  return entry;
}

/**
 * Takes points from the accounts in the order given, all of them or none.
 * Errors: ApiFailure `insufficient_points`.
 */
export function spend(
  customer: Customer,
  accountIds: readonly string[],
  movement: Omit<Movement, 'accountId'>,
  now: number,
): LedgerEntry[] {
  const balances = [...new Set(accountIds)].map((id) => ({ id, balance: balanceOf(customer, id) }));
  const available = balances.reduce((sum, { balance }) => sum + balance.available, 0);
  if (movement.amount > available) {
    throw new ApiFailure('insufficient_points', 'The customer does not have enough points.');
  }
  const entries: LedgerEntry[] = [];
  let left = movement.amount;
  for (const { id, balance } of balances) {
    const part = Math.min(left, balance.available);
    if (part <= 0) {
      continue;
    }
    balance.available = rounded(balance.available - part);
    left = rounded(left - part);
    entries.push(record(customer, { ...movement, accountId: id, amount: -part }, 'point_redemption', now));
  }
  return entries;
}

/** Takes back what was earned, as far as it is still there: a balance never falls below zero. */
export function takeBack(customer: Customer, movement: Movement, now: number): void {
  const balance = balanceOf(customer, movement.accountId);
  const part = Math.min(movement.amount, balance.available);
  balance.available = rounded(balance.available - part);
  balance.lifeTime = rounded(Math.max(0, balance.lifeTime - movement.amount));
  if (part > 0) {
    record(customer, { ...movement, amount: -part }, 'point_redemption', now);
  }
}

/** Moves all balances of one customer to another. Source: SessionM docs, accounts merge. */
export function transfer(from: Customer, to: Customer, now: number): void {
  for (const [accountId, balance] of from.balances) {
    const target = balanceOf(to, accountId);
    target.available = rounded(target.available + balance.available);
    target.lifeTime = rounded(target.lifeTime + balance.lifeTime);
    if (balance.available > 0) {
      record(to, { accountId, amount: balance.available, referenceId: from.id }, 'point_transfer', now);
    }
  }
  qualify(to, now);
}

/** Moves the customer up to the highest level its points reach; never down. Says whether it moved. */
export function qualify(customer: Customer, now: number): boolean {
  const { lifeTime } = totalsOf(customer);
  const reached = TIER_LEVELS.findLast(({ points }) => lifeTime >= points) ?? TIER_LEVELS[0];
  if (reached.rank <= levelOf(customer).rank) {
    return false;
  }
  moveTo(customer, reached, now);
  return true;
}

/** The level that the customer is on. */
export function levelOf(customer: Customer): TierLevel {
  return TIER_LEVELS.find(({ id }) => id === customer.tier.levelId) ?? TIER_LEVELS[0];
}

/** Puts the customer on a level, from now on. */
export function moveTo(customer: Customer, level: TierLevel, now: number): void {
  customer.tier = { entryId: randomUUID(), levelId: level.id, joinedAt: now };
}

/** The account with this id, in any case. Errors: ApiFailure `not_found`. */
export function accountOf(id: string): (typeof POINT_ACCOUNTS)[number] {
  const account = POINT_ACCOUNTS.find((known) => known.id === id.toLowerCase());
  if (account === undefined) {
    throw new ApiFailure('not_found', 'No such point account.');
  }
  return account;
}

function record(customer: Customer, movement: Movement, type: LedgerEntry['type'], now: number): LedgerEntry {
  const { accountId, amount, sourceId, referenceId, idempotencyId, transactionId } = movement;
  const entry: LedgerEntry = {
    id: randomUUID(),
    accountId,
    sourceId: sourceId ?? null,
    type,
    amount,
    at: now,
    referenceId: referenceId ?? null,
    idempotencyId: idempotencyId ?? null,
    transactionId: transactionId ?? null,
  };
  customer.ledger.push(entry);
  return entry;
}

// Points may have decimals; sums of them must not gather the dust of binary fractions.
function rounded(points: number): number {
  return Math.round(points * 10_000) / 10_000;
}
