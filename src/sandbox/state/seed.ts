import { ACTIVITY_SOURCE, OFFERS, POINT_ACCOUNTS } from './catalogue';
import { type Customer, newCustomer } from './customer';
import { offerOf } from './offers';
import { earn, spend } from './points';
import type { Store } from './store';
import { note } from './timeline';

/** Puts the demo customer and a second one into an empty store, so that reads work from the start. */
export function seed(store: Store, variables: Readonly<Record<string, string>>, now: number): void {
  const {
    demo_user_id: demoId = '',
    demo_email: demoEmail = '',
    demo_external_id: demoExternalId = '',
    second_user_id: secondId = '',
  } = variables;
  const demo: Customer = {
    ...newCustomer(now, demoId),
    email: demoEmail,
    identifiers: [{ external_id: demoExternalId, external_id_type: 'loyalty_app' }],
    optedIn: true,
    attributes: {
      first_name: 'Dana',
      last_name: 'Demo',
      gender: 'f',
      dob: '1988-02-03',
      locale: 'en-us',
      country: 'USA',
    },
    profile: { favorite_store: 'S-01' },
    profileVersion: 1,
  };
  // Enough history that every read of the demo customer has something to show.
  const accountId = POINT_ACCOUNTS[0].id;
  earn(demo, { accountId, amount: 400, sourceId: ACTIVITY_SOURCE.id, referenceId: 'seed' }, now);
  spend(demo, [accountId], { amount: 250, referenceId: 'seed' }, now);
  note(demo, 'points', { points: 400, description: 'Welcome' }, now);
  store.save(demo);
  store.wallets.issue(demo, offerOf(OFFERS[0].id), now);
  store.rewardStores.seed(now);
  // An environment may name one customer for both.
  if (store.find(secondId) === undefined) {
    store.save({
      ...newCustomer(now, secondId),
      email: 'second.customer@example.com',
      identifiers: [{ external_id: 'sandbox-second', external_id_type: 'loyalty_app' }],
      attributes: {
        first_name: 'Sam',
        last_name: 'Second',
        gender: 'm',
        dob: '1979-08-21',
        locale: 'en-us',
        country: 'USA',
      },
    });
  }
}
