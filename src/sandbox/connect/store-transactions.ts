import type { Handler, JsonObject, Route } from '../http/call';
import { integerOf, optionalText, textOf, timeOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { StoredTransaction } from '../state/records';
import { guidOf as stableGuid } from '../state/timeline';
import { timeText } from './offer-view';
import { customerOf, tenantBody } from './tenant';

const MAX_TAKE = 1000;
const MAX_SKIP = 2 ** 31 - 1;

/**
 * Stored purchases, newest first. Inferred: the body, that a store is named by the id of the POS or by its own, and that
 * a token stands for a place in the list.
 */
const storeTransactions: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const from = timeOf(textOf(input.from_date, 'from_date'), 'from_date') ?? 0;
  const to = timeOf(textOf(input.to_date, 'to_date'), 'to_date') ?? 0;
  const storeId = optionalText(input.store_id, 'store_id');
  const take = integerOf(input.take, 'take', 100, 1, MAX_TAKE);
  const token = optionalText(input.pagination_token, 'pagination_token');
  const skip = token === null ? integerOf(input.skip, 'skip', 0, 0, MAX_SKIP) : placeOf(token);
  const userId = input.user_id == null || input.user_id === '' ? null : customerOf(input, store).id;
  if (to < from) throw new ApiFailure('validation', 'to_date must not be earlier than from_date.');
  const found = [...store.transactions.values()]
    .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
    .filter((one) => storeId === null || storeId === one.storeId || storeId === storeGuid(one))
    .filter((one) => userId === null || one.userId === userId)
    .reverse();
  const next = skip + take;
  return {
    status: 'ok',
    payload: {
      total_records: found.length,
      results: found.slice(skip, next).map((one) => transactionView(one, store.retailerId)),
      pagination_token: next < found.length ? Buffer.from(String(next)).toString('base64url') : null,
    },
  };
};

function placeOf(token: string): number {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!/^\d{1,9}$/.test(text)) throw new ApiFailure('argument_error', 'pagination_token is not valid.');
  return Number(text);
}

function storeGuid({ storeId }: StoredTransaction): string {
  return stableGuid(`store ${storeId}`);
}

/** A purchase as it is stored. Source: published client code. */
function transactionView(stored: StoredTransaction, retailerId: string): JsonObject {
  const { request, createdAt, updatedAt } = stored;
  const own = {
    retailer_id: retailerId,
    store_id: storeGuid(stored),
    create_date: timeText(createdAt),
    last_updated: timeText(updatedAt),
  };
  const partId = (kind: string, index: number): string => stableGuid(`${stored.id} ${kind} ${index}`);
  const parts = (name: string): JsonObject[] =>
    Array.isArray(request[name]) ? (request[name] as JsonObject[]) : [];
  const subtotal = Number(request.subtotal);
  const tax = Number(request.tax_total ?? 0);
  return {
    id: stored.id,
    retailer_id: retailerId,
    store_id: own.store_id,
    pos_transaction_id: stored.transactionId,
    pos_employee_id: request.pos_employee_id ?? null,
    table_id: request.table_id ?? null,
    guest_count: request.guest_count ?? 0,
    is_voided: request.is_voided === true,
    is_closed: request.is_closed === true,
    include_tax: false,
    subtotal,
    taxtotal: tax,
    check_amount: Math.round((subtotal + tax) * 100) / 100,
    guest_receipt_code: request.guest_receipt_code ?? '',
    channel: request.channel ?? 'POS',
    store_time_zone: 'UTC',
    sm_transaction_process_date: timeText(updatedAt),
    open_time: request.open_time ?? timeText(createdAt),
    modified_time: request.modified_time ?? timeText(updatedAt),
    create_date: own.create_date,
    last_updated: own.last_updated,
    items: parts('items').map((item, index) => ({
      id: partId('item', index),
      transaction_id: stored.id,
      master_item_id: stableGuid(`item ${String(item.item_id)}`),
      pos_item_key: item.item_id,
      quantity: item.quantity,
      unit_price: item.unit_price,
      subtotal: item.subtotal,
      tax_included: item.tax_included ?? 0,
      line_id: item.line_id,
      modifies_line_id: item.modifies_line_id ?? null,
      ...own,
    })),
    payments: parts('payments').map((payment, index) => ({
      id: partId('payment', index),
      transaction_id: stored.id,
      payment_id: payment.payment_id,
      type: payment.type,
      amount: payment.amount,
      payment_time: payment.payment_time ?? timeText(updatedAt),
      receipt_code: payment.receipt_code ?? null,
      user_id: payment.user_id ?? null,
      user_id_type: payment.user_id_type ?? null,
      ...own,
    })),
    discounts: parts('discounts').map((discount, index) => ({
      id: partId('discount', index),
      transaction_id: stored.id,
      ...discount,
    })),
    business_def_collection: [],
    catalog_lineages: {},
    location_lineages: {},
    location_lineages_core: [[{ id: own.store_id, name: stored.storeId, type: 'store' }]],
  };
}

/** Connect, transactions: purchases as they are stored. */
export const STORE_TRANSACTION_ROUTES: readonly Route[] = [
  {
    family: 'connect',
    method: 'POST',
    template: '/transactions/api/1.0/transactions/info/get_store_transactions',
    handler: storeTransactions,
  },
];
