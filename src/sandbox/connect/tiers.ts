import type { Handler, Route } from '../http/call';
import { guidOf, listOf } from '../http/input';
import { ApiFailure } from '../http/responses';
import { TIER_LEVELS, TIER_RULE, TIER_SYSTEM } from '../state/catalogue';
import { progressOf, tierDetailsOf } from '../state/incentives';
import { levelOf, moveTo, qualify } from '../state/points';
import { customerOf, tenantBody } from './tenant';

/** Inferred: the payload, which is the same entry that Core shows, and that a move to the present level is no move. */
const moveUser: Handler = ({ body, now }, store) => {
  const input = tenantBody(body, store);
  const system = guidOf(input.tier_system_id, 'tier_system_id');
  const levelId = guidOf(input.tier_level_id, 'tier_level_id');
  const customer = customerOf(input, store);
  const level = TIER_LEVELS.find(({ id }) => id === levelId);
  if (system !== TIER_SYSTEM.id || level === undefined) {
    throw new ApiFailure('not_found', 'No such tier system or tier level.');
  }
  if (levelOf(customer) !== level) moveTo(customer, level, now);
  const joined = new Date(customer.tier.joinedAt).toISOString();
  return { status: 'ok', payload: tierDetailsOf(customer, store.retailerId, joined) };
};

/** Inferred: the payload. */
const qualifying: Handler = ({ body, now }, store) => {
  const customer = customerOf(tenantBody(body, store), store);
  const qualified = qualify(customer, now);
  return { status: 'ok', payload: { qualified, tier_level_id: levelOf(customer).id } };
};

/** Inferred: the `results` list around the progress that Core shows. */
const userProgress: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  const ids = listOf(input.ids, 'ids').map((id) => guidOf(id, 'ids'));
  const customer = customerOf(input, store);
  if (ids.some((id) => id !== TIER_RULE.treeId)) throw new ApiFailure('not_found', 'No such rule tree.');
  return { status: 'ok', payload: { results: ids.map(() => progressOf(customer, store.retailerId)) } };
};

const post = (path: string, handler: Handler): Route => ({
  family: 'connect',
  method: 'POST',
  template: `/incentives/api/1.0/${path}`,
  handler,
});

/** Connect, incentives: tier levels and the rules that lead to them. */
export const TIER_ROUTES: readonly Route[] = [
  post('movement/move_user', moveUser),
  post('movement/qualifying', qualifying),
  post('progress/rule_tree/user_progress', userProgress),
];
