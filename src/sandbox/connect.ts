import { type Handler, isObject, type Route } from './call';
import { balancesOf } from './incentives';
import { ApiFailure } from './responses';

const allBalances: Handler = ({ body }, store) => {
  const input = isObject(body) ? body : {};
  // GUIDs differ in case between channels, so they never compare by case.
  if (guidOf(input.retailer_id, 'retailer_id').toLowerCase() !== store.retailerId.toLowerCase()) {
    // Inferred: what an unknown tenant is answered with.
    throw new ApiFailure('not_found', 'No such retailer.');
  }
  const customer = store.find(guidOf(input.user_id, 'user_id'));
  if (customer === undefined) {
    throw new ApiFailure('user_not_found', 'No customer has this id.');
  }
  return { status: 'ok', payload: balancesOf(customer, store.retailerId) };
};

/** Connect, incentives: the balances of a customer. */
export const CONNECT_ROUTES: readonly Route[] = [
  {
    family: 'connect',
    method: 'POST',
    template: '/incentives/api/1.0/user_points/all_balances',
    handler: allBalances,
  },
];

function guidOf(value: unknown, name: string): string {
  if (value === undefined || value === null || value === '') {
    throw new ApiFailure('missing_data', `${name} is required.`);
  }
  if (typeof value !== 'string') {
    throw new ApiFailure('argument_error', `${name} must be a GUID.`);
  }
  return value;
}
