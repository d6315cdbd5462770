import { type Handler, isObject, type JsonObject, type Route } from '../http/call';
import { flagOf, numberOf, objectOf, optionalText, timeOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import type { Customer } from '../state/customer';
import { levelOf, totalsOf } from '../state/points';
import { type Advance, countEvent } from '../state/rules';
import { note } from '../state/timeline';
import { byCustomer } from './user-ref';

/** Inferred: how often one call may say that something was done. */
const MAX_QUANTITY = 1000;

interface CustomerEvent {
  readonly name: string;
  readonly quantity: number;
  readonly transactionId: string | null;
  readonly at: number | null;
  readonly context: JsonObject | null;
}

/**
 * Counts what a customer did. Source: SessionM docs, ex_events.
 *
 * Inferred: the names of the answer; that an event whose `transaction_id` is known counts no second time.
 */
const submit: Handler = ({ parameters, body, now }, store) => {
  const customer = store.named(parameters);
  const { events: given, auto_claim: autoClaim } = objectOf(body ?? {}, 'The body');
  flagOf(autoClaim, 'auto_claim', false);
  const events = Object.entries(objectOf(given, 'events')).flatMap(([name, value]) => eventsOf(name, value));
  if (events.length === 0) throw new ApiFailure('missing_data', 'events must not be empty.');
  const advances = events.flatMap((event) => {
    if (isKnown(customer, event)) return [];
    const { name, quantity, transactionId, at, context } = event;
    const payload = { name, qty: quantity, transaction_id: transactionId, context };
    note(customer, 'event', payload, at ?? now);
    return countEvent(store, customer, name, quantity, now);
  });
  return {
    status: 'ok',
    user: { id: customer.id, available_points: totalsOf(customer).available, tier: levelOf(customer).name },
    deltas: Object.fromEntries(
      advances.map((advance) => [advance.behavior.name, deltaOf(customer, advance)]),
    ),
    notifications: advances.filter(({ completed }) => completed > 0).map(notificationOf),
  };
};

/** Customer events: what customers did that is no purchase. */
export const EVENT_ROUTES: readonly Route[] = byCustomer('POST', '/events', submit);

/** An event is a quantity, an object, or a list of objects. */
function eventsOf(name: string, value: unknown): CustomerEvent[] {
  if (name === '') throw new ApiFailure('missing_data', 'An event needs a name.');
  if (typeof value === 'number') {
    return [{ name, quantity: quantityOf(value), transactionId: null, at: null, context: null }];
  }
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry) => {
    const event = objectOf(entry, `events.${name}`);
    return {
      name,
      quantity: quantityOf(event.qty ?? 1),
      transactionId: optionalText(event.transaction_id, 'transaction_id'),
      at: timeOf(event.date, 'date'),
      context: contextOf(event.context),
    };
  });
}

/** The docs write it as text, clients as a number. */
function quantityOf(value: unknown): number {
  const quantity = numberOf(
    typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    'qty',
    1,
    MAX_QUANTITY,
  );
  if (!Number.isInteger(quantity)) throw new ApiFailure('argument_error', 'qty must be a whole number.');
  return quantity;
}

function contextOf(value: unknown): JsonObject | null {
  if (value === undefined || value === null) return null;
  const context = objectOf(value, 'context');
  if (Object.values(context).some((entry) => isObject(entry) || Array.isArray(entry))) {
    throw new ApiFailure('argument_error', 'context must be flat.');
  }
  return context;
}

function isKnown(customer: Customer, { name, transactionId }: CustomerEvent): boolean {
  return (
    transactionId !== null &&
    customer.timeline.some(
      ({ type, payload }) =>
        type === 'event' && payload.name === name && payload.transaction_id === transactionId,
    )
  );
}

function deltaOf(customer: Customer, { campaign, behavior, completed }: Advance): JsonObject {
  return {
    type: 'count',
    achieved: completed,
    current_count: customer.progress.get(campaign.id)?.current ?? 0,
    total_count: behavior.total,
    points: completed * (behavior.outcome.points ?? 0),
  };
}

function notificationOf({ campaign, behavior }: Advance): JsonObject {
  return {
    id: `${campaign.id}-${behavior.name}`,
    campaign_id: campaign.id,
    type: 'achievement',
    behavior: behavior.name,
    message: campaign.description,
  };
}
