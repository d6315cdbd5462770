import type { JsonObject } from '../http/call';
import { flagOf, numberOf, objectOf, optionalText, textOf, timeOf } from '../http/input';
import { ApiFailure } from '../http/responses';

const MAX_ITEMS = 1000;
const MAX_PAYMENTS = 100;
const MAX_DISCOUNTS = 100;

/** A transaction of the POS, read and found to be of the documented form. Money is in units, such as 12.5. */
export interface Purchase {
  readonly transactionId: string;
  readonly fromTransactionId: string | null;
  readonly isClosed: boolean;
  readonly isVoided: boolean;
  readonly subtotal: number;
  readonly taxTotal: number;
  readonly lineIds: readonly string[];
  readonly payments: readonly JsonObject[];
  /** Ids of the offers that its discounts refer to. */
  readonly offerIds: readonly string[];
  /** As it was sent. */
  readonly sent: JsonObject;
}

/**
 * Reads a transaction. Limits: SessionM docs, t_get_tier_prog_advance_next_tier_purch.
 *
 * Inferred: which fields must be there. Errors: ApiFailure `missing_data`, `argument_error` or `validation`.
 */
export function purchaseOf(value: unknown, name: string): Purchase {
  const sent = objectOf(value, name);
  const items = objectsOf(sent, 'items', MAX_ITEMS);
  const payments = objectsOf(sent, 'payments', MAX_PAYMENTS);
  const discounts = objectsOf(sent, 'discounts', MAX_DISCOUNTS);
  timeOf(sent.open_time, 'open_time');
  timeOf(sent.modified_time, 'modified_time');
  for (const item of items) {
    textOf(item.item_id, 'item_id');
    numberOf(item.quantity, 'quantity');
    numberOf(item.unit_price, 'unit_price');
    numberOf(item.subtotal, 'subtotal');
  }
  for (const payment of payments) {
    textOf(payment.payment_id, 'payment_id');
    textOf(payment.type, 'type');
    numberOf(payment.amount, 'amount');
  }
  return {
    transactionId: textOf(sent.transaction_id, 'transaction_id'),
    fromTransactionId: optionalText(sent.from_transaction_id, 'from_transaction_id'),
    isClosed: flagOf(sent.is_closed, 'is_closed', false),
    isVoided: flagOf(sent.is_voided, 'is_voided', false),
    subtotal: numberOf(sent.subtotal, 'subtotal'),
    taxTotal: numberOf(sent.tax_total ?? 0, 'tax_total'),
    lineIds: items.map((item) => textOf(item.line_id, 'line_id')),
    payments,
    offerIds: discounts.map((discount) => textOf(discount.reference_id, 'reference_id')),
    sent,
  };
}

function objectsOf(sent: JsonObject, name: string, most: number): JsonObject[] {
  const list = sent[name] ?? [];
  if (!Array.isArray(list)) throw new ApiFailure('argument_error', `${name} must be a list.`);
  if (list.length > most) {
    throw new ApiFailure('validation', `${name} must not have more than ${most} entries.`);
  }
  return list.map((entry) => objectOf(entry, name));
}
