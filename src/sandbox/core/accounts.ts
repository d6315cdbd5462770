import { randomUUID } from 'node:crypto';
import type { Handler, Route } from '../http/call';
import { objectOf, optionalText, textOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { transfer } from '../state/points';
import { note } from '../state/timeline';
import { coreTime, customerView } from './customer-view';
import { byCustomer } from './user-ref';

/**
 * Moves all of a legacy customer into a persistent one, which cannot be undone. Source: SessionM docs, accounts merge:
 * balances, transactions and external ids come along, the legacy customer is deleted, tier levels stay.
 *
 * Inferred: the field of the body, the answer, and that offers and history come along. What events earned comes with
 * the balances, so they are not counted a second time.
 */
const merge: Handler = ({ parameters, body, now }, store) => {
  const persistent = store.named(parameters);
  const legacyId = textOf(objectOf(body ?? {}, 'The body').legacy_external_id, 'legacy_external_id');
  const legacy = store.named({ external_id: legacyId });
  if (legacy === persistent) throw new ApiFailure('validation', 'A customer cannot be merged into itself.');
  transfer(legacy, persistent, now);
  store.wallets.transfer(legacy, persistent);
  for (const transaction of store.transactions.values()) {
    if (transaction.userId === legacy.id) transaction.userId = persistent.id;
  }
  for (const code of legacy.claims) persistent.claims.add(code);
  persistent.timeline.push(...legacy.timeline.splice(0));
  persistent.identifiers = [...persistent.identifiers, ...legacy.identifiers];
  persistent.updatedAt = now;
  store.delete(legacy);
  store.save(persistent);
  note(persistent, 'account', { action: 'merged' }, now);
  return { status: 'ok', user: customerView(persistent, store.retailerId, { identifiers: true }) };
};

/** Asks for everything about a customer to be forgotten. Inferred: path and answer, and that it happens at once. */
const forget: Handler = ({ parameters, now }, store) => {
  const customer = store.named(parameters);
  store.eraseAll(customer);
  return {
    status: 'ok',
    privacy_request: {
      id: randomUUID(),
      type: 'forget',
      user_id: customer.id,
      status: 'completed',
      created_at: coreTime(now),
    },
  };
};

/** Sends a code to a phone. Source: SessionM docs, customers_sms_validation. Inferred: the answer. */
const sendSmsCode: Handler = ({ body, now }, store) => {
  const input = objectOf(body ?? {}, 'The body');
  const externalId = textOf(input.external_id, 'external_id');
  const phone = textOf(input.to_phone_number, 'to_phone_number');
  optionalText(input.message_text, 'message_text');
  if (!/^\+?\d{5,15}$/.test(phone)) {
    throw new ApiFailure('argument_error', 'to_phone_number must have 5 to 15 digits.');
  }
  const customer = store.named({ external_id: externalId });
  note(customer, 'account', { action: 'sms_validation_requested' }, now);
  return {
    status: 'ok',
    validation: { id: randomUUID(), external_id: externalId, to_phone_number: phone, status: 'sent' },
  };
};

/** Account administration: merging, forgetting, and proving a phone number. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    family: 'core',
    method: 'POST',
    template: '/external/users/:external_id/merge_accounts',
    handler: merge,
  },
  ...byCustomer('POST', '/privacy_requests/forget', forget),
  {
    family: 'core',
    method: 'POST',
    template: '/messaging_events/sms/validation/request',
    handler: sendSmsCode,
  },
];
