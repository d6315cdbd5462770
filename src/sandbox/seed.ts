import { type Customer, newCustomer, type Store } from './store';

/** Puts the demo customer and a second one into an empty store, so that reads work from the start. */
export function seed(store: Store, variables: Readonly<Record<string, string>>, now: number): void {
  const { demo_user_id: demoId = '', second_user_id: secondId = '' } = variables;
  const demo: Customer = {
    ...newCustomer(now, demoId),
    points: { total: 150, lifeTime: 400 },
    email: 'demo.customer@example.com',
    identifiers: [{ external_id: 'sandbox-demo', external_id_type: 'loyalty_app' }],
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
  store.save(demo);
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
