import type { Handler, JsonObject, Route } from '../http/call';
import { flagOf, guidsOf, integerOf, listOf, textOf, timeOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { POINT_ACCOUNTS, POINT_SOURCES } from '../state/catalogue';
import type { Customer, LedgerEntry } from '../state/customer';
import { balanceOf } from '../state/points';
import { customerOf, tenantBody } from './tenant';

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;
const MAX_IDS = 10;
const MAX_TYPES = 5;
const MAX_TAKE = 1000;

/**
 * The ledger of a customer. Source: SessionM docs, t_fetch_audit_log.
 *
 * Inferred: the wire names of the dates and of the types, the codes of the errors, and the order, newest first.
 */
const fetchAuditLog: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const from = timeOf(input.from_date, 'from_date');
  const to = timeOf(input.to_date, 'to_date');
  if (from === null || to === null)
    throw new ApiFailure('missing_data', 'from_date and to_date are required.');
  if (to < from || to - from > YEAR_MS) {
    throw new ApiFailure('validation', 'from_date and to_date must span one year at most.');
  }
  const skip = integerOf(input.skip, 'skip', 0, 0, 2 ** 31 - 1);
  const take = integerOf(input.take, 'take', 100, 1, MAX_TAKE);
  const accounts = atMost(
    MAX_IDS,
    guidsOf(input.point_account_ids, 'point_account_ids'),
    'point_account_ids',
  );
  const sources = atMost(MAX_IDS, guidsOf(input.point_source_ids, 'point_source_ids'), 'point_source_ids');
  const given = input.modification_types;
  const types = atMost(
    MAX_TYPES,
    given == null ? [] : listOf(given, 'modification_types'),
    'modification_types',
  ).map((type) => textOf(type, 'modification_types'));
  const excludes = flagOf(
    input.exclude_specified_modification_types,
    'exclude_specified_modification_types',
    false,
  );
  const customer = customerOf(input, store);
  const results = customer.ledger
    .filter(({ at }) => at >= from && at <= to)
    .filter(({ accountId }) => accounts.length === 0 || accounts.includes(accountId))
    .filter(({ sourceId }) => sources.length === 0 || sources.includes(sourceId ?? ''))
    .filter(({ type }) => types.length === 0 || types.includes(type) !== excludes)
    .reverse()
    .slice(skip, skip + take);
  return {
    status: 'ok',
    payload: { results: results.map((entry) => rowOf(entry, customer, store.retailerId)) },
  };
};

function atMost<T>(most: number, list: T[], name: string): T[] {
  if (list.length > most)
    throw new ApiFailure('validation', `${name} must not have more than ${most} entries.`);
  return list;
}

/** Inferred: the numbers of `audit_type`, and what `amount_spent`, `amount_expired` and `spend_weight` count. */
const AUDIT_TYPES: Readonly<Record<LedgerEntry['type'], number>> = {
  point_issuance: 1,
  point_redemption: 2,
  point_transfer: 3,
  point_expiration: 4,
};

function rowOf(entry: LedgerEntry, customer: Customer, retailerId: string): JsonObject {
  const { accountId, sourceId, type, amount } = entry;
  const time = new Date(entry.at).toISOString();
  return {
    id: entry.id,
    retailer_id: retailerId,
    user_id: customer.id,
    account_name: POINT_ACCOUNTS.find(({ id }) => id === accountId)?.name ?? '',
    point_account_id: accountId,
    user_point_account_id: balanceOf(customer, accountId).id,
    modification: amount,
    amount_spent: type === 'point_redemption' ? -amount : 0,
    amount_expired: type === 'point_expiration' ? -amount : 0,
    audit_type: AUDIT_TYPES[type],
    modification_type: type,
    modification_entity_id: entry.referenceId,
    spend_weight: 0,
    point_source_id: sourceId,
    point_source_name: POINT_SOURCES.find(({ id }) => id === sourceId)?.name ?? null,
    time_of_occurrence: time,
    create_date: time,
    request_id: null,
    idempotency_id: entry.idempotencyId,
    transaction_id: entry.transactionId,
  };
}

/** Connect, incentives: the history of a customer's points. */
export const POINT_AUDIT_ROUTES: readonly Route[] = [
  {
    family: 'connect',
    method: 'POST',
    template: '/incentives/api/1.0/point_audit_logs/fetch_point_audit_logs',
    handler: fetchAuditLog,
  },
];
