import type { Handler, Route } from '../http/call';
import { balancesOf } from '../state/incentives';
import { customerOf, tenantBody } from './tenant';

const allBalances: Handler = ({ body }, store) => {
  const input = tenantBody(body, store);
  return { status: 'ok', payload: balancesOf(customerOf(input, store), store.retailerId) };
};

/** Connect, incentives: the points of a customer. */
export const POINT_ROUTES: readonly Route[] = [
  {
    family: 'connect',
    method: 'POST',
    template: '/incentives/api/1.0/user_points/all_balances',
    handler: allBalances,
  },
];
