import { randomUUID } from 'node:crypto';
import type { Handler, Route } from '../http/call';
import { flagOf, textOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { LOYALTY_EVENTS } from '../state/catalogue';
import { applyOutcome } from '../state/rules';
import { note } from '../state/timeline';
import { timeText } from './offer-view';
import { customerOf, tenantBody } from './tenant';

/** Inferred: the number of `discriminator`, and that `include_progress` changes nothing here. */
const trigger: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const lookup = textOf(input.event_lookup, 'event_lookup');
  flagOf(input.include_progress, 'include_progress', false);
  const isSessionM = flagOf(input.is_session_m, 'is_session_m', false);
  const customer = customerOf(input, store);
  const outcome = Object.hasOwn(LOYALTY_EVENTS, lookup) ? LOYALTY_EVENTS[lookup] : undefined;
  if (outcome === undefined) throw new ApiFailure('not_found', 'No such loyalty event.');
  note(customer, 'event', { name: lookup, qty: 1 }, now);
  applyOutcome(store, customer, outcome, lookup, now);
  return {
    status: 'ok',
    payload: {
      user_event: {
        id: randomUUID(),
        time_of_occurrence: timeText(now),
        retailer_id: store.retailerId,
        event_lookup: lookup,
        user_id: customer.id,
        is_session_m: isSessionM,
      },
      event_saved_successfully: true,
      rules_processed_successfully: true,
      outcomes: [{ is_outcome_applied: true, discriminator: 1, points_awarded: outcome.points ?? 0 }],
    },
  };
};

/** Connect, incentives: events that loyalty rules listen to. */
export const USER_EVENT_ROUTES: readonly Route[] = [
  {
    family: 'connect',
    method: 'POST',
    template: '/incentives/api/1.0/user_events/trigger_user_event',
    handler: trigger,
  },
];
