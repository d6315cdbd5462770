import type { Handler, Route } from '../http/call';
import { flagOf, guidOf, guidsOf, listOf, numberOf, objectOf, optionalText } from '../http/input';
import { ApiFailure } from '../http/responses';
import { POINT_ACCOUNTS, POINT_SOURCES } from '../state/catalogue';
import type { Customer, LedgerEntry } from '../state/customer';
import { balancesOf } from '../state/incentives';
import { accountOf, earn, type Movement, spend, totalsOf } from '../state/points';
import { customerOf, tenantBody } from './tenant';

const allBalances: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  return { status: 'ok', payload: balancesOf(customerOf(input, store), store.retailerId) };
};

/** Inferred: that `summary` is over all accounts still, and that an account nobody used shows with nothing in it. */
const balance: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const ids = listOf(input.point_account_ids, 'point_account_ids').map((id) =>
    guidOf(id, 'point_account_ids'),
  );
  const customer = customerOf(input, store);
  const asked = new Set(ids.map((id) => accountOf(id).id));
  return { status: 'ok', payload: balancesOf(customer, store.retailerId, asked) };
};

/** Inferred: the whole answer but `payload.user_id`. */
const deposit: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const partly = flagOf(input.allow_partial_success, 'allow_partial_success', false);
  const details = listOf(input.deposit_details, 'deposit_details').map((detail) => {
    const { point_account_id, point_source_id, amount, reference_id } = objectOf(detail, 'deposit_details');
    return {
      accountId: guidOf(point_account_id, 'point_account_id'),
      sourceId: guidOf(point_source_id, 'point_source_id'),
      amount: pointsOf(amount),
      referenceId: optionalText(reference_id, 'reference_id'),
    };
  });
  const customer = customerOf(input, store);
  // All are looked at before the first moves anything: a refused deposit leaves no trace.
  const isKnown = details.map((detail) => {
    const known =
      POINT_ACCOUNTS.some(({ id }) => id === detail.accountId) &&
      POINT_SOURCES.some(({ id }) => id === detail.sourceId);
    if (!known && !partly) throw new ApiFailure('not_found', 'No such point account or point source.');
    return known;
  });
  const results = details.map((detail, index) => {
    const isSuccessful = isKnown[index] === true;
    if (isSuccessful) earn(customer, detail, now);
    return {
      point_account_id: detail.accountId,
      point_source_id: detail.sourceId,
      amount: detail.amount,
      reference_id: detail.referenceId,
      is_successful: isSuccessful,
    };
  });
  return { status: 'ok', payload: { ...balancesOf(customer, store.retailerId), deposit_results: results } };
};

interface SpendDetail extends Omit<Movement, 'accountId'> {
  readonly accountIds: readonly string[];
}

/**
 * Inferred: the payload; that a repeated `idempotency_id` answers with the first spend and the balances of now; that
 * `force_spend` overdraws nothing.
 */
const spendMultiple: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const partly = flagOf(input.allow_partial_success, 'allow_partial_success', false);
  const details = listOf(input.spend_details, 'spend_details').map(spendDetailOf);
  const customer = customerOf(input, store);
  for (const { accountIds } of details) for (const id of accountIds) accountOf(id);
  if (!partly) refuseOverdraft(customer, details);
  const results = details.map((detail) => {
    const spent = alreadySpent(customer, detail) ?? spendNow(customer, detail, now);
    return {
      amount: detail.amount,
      reference_id: detail.referenceId ?? null,
      idempotency_id: detail.idempotencyId ?? null,
      is_successful: spent !== null,
      accounts: (spent ?? []).map(({ accountId, amount }) => ({
        point_account_id: accountId,
        amount: -amount,
      })),
    };
  });
  return { status: 'ok', payload: { ...balancesOf(customer, store.retailerId), spend_results: results } };
};

function spendDetailOf(detail: unknown): SpendDetail {
  const input = objectOf(detail, 'spend_details');
  const ids = guidsOf(input.point_account_ids, 'point_account_ids');
  return {
    amount: pointsOf(input.amount),
    // Spends draw on the default account where they name none.
    accountIds: ids.length > 0 ? ids : [POINT_ACCOUNTS[0].id],
    referenceId: optionalText(input.reference_id, 'reference_id'),
    idempotencyId: optionalText(input.idempotency_id, 'idempotency_id'),
    transactionId: optionalText(input.transaction_id, 'transaction_id'),
  };
}

/** All of a call is spent or nothing. */
function refuseOverdraft(customer: Customer, details: readonly SpendDetail[]): void {
  const left = new Map(POINT_ACCOUNTS.map(({ id }) => [id, customer.balances.get(id)?.available ?? 0]));
  const seen = new Set<string>();
  for (const detail of details) {
    const { idempotencyId, accountIds } = detail;
    const isRepeat = idempotencyId != null && seen.has(idempotencyId);
    if (isRepeat || alreadySpent(customer, detail) !== null) continue;
    if (idempotencyId != null) seen.add(idempotencyId);
    let missing = detail.amount;
    for (const id of new Set(accountIds)) {
      const part = Math.min(missing, left.get(id) ?? 0);
      left.set(id, (left.get(id) ?? 0) - part);
      missing -= part;
    }
    // Below the smallest part of a point there is nothing but the dust of binary fractions.
    if (missing > 0.000_05) {
      throw new ApiFailure('insufficient_points', 'The customer does not have enough points.');
    }
  }
}

function spendNow(customer: Customer, detail: SpendDetail, now: number): LedgerEntry[] | null {
  const { available } = totalsOf(customer, detail.accountIds);
  return available < detail.amount ? null : spend(customer, detail.accountIds, detail, now);
}

function alreadySpent({ ledger }: Customer, { idempotencyId }: SpendDetail): LedgerEntry[] | null {
  if (idempotencyId == null) return null;
  const entries = ledger.filter((entry) => entry.idempotencyId === idempotencyId);
  return entries.length === 0 ? null : entries;
}

/** An amount that can be moved, to four decimals. Inferred: that none or less is a `validation` error. */
function pointsOf(value: unknown): number {
  const amount = Math.round(numberOf(value, 'amount') * 10_000) / 10_000;
  if (amount <= 0) throw new ApiFailure('validation', 'amount must be greater than 0.');
  return amount;
}

const post = (name: string, handler: Handler): Route => ({
  family: 'connect',
  method: 'POST',
  template: `/incentives/api/1.0/user_points/${name}`,
  handler,
});

/** Connect, incentives: the points of a customer. */
export const POINT_ROUTES: readonly Route[] = [
  post('all_balances', allBalances),
  post('balance', balance),
  post('deposit', deposit),
  post('spend_multiple', spendMultiple),
];
