import fc from 'fast-check';
import { DEFAULT_VARIABLES } from '../../../src/sandbox/http/credentials';
import { type Incoming, Router } from '../../../src/sandbox/http/router';
import { OFFERS, POINT_ACCOUNTS, POINT_SOURCES, SEEDED_STORE } from '../../../src/sandbox/state/catalogue';
import { type AnyBody, basic } from './client';

const V = DEFAULT_VARIABLES;
const ACCOUNTS = POINT_ACCOUNTS.map(({ id }) => id);
const SOURCE = POINT_SOURCES[0]?.id;

/** One sandbox without a server: calls go straight to its router. */
class Driver {
  private readonly router = new Router(V, () => Date.UTC(2026, 5, 1));
  readonly offers: string[] = [];
  readonly ids: string[] = [];

  call(incoming: Omit<Incoming, 'headers' | 'body'>, family: string, body?: object, headers = {}): AnyBody {
    const [key, secret] = [V[`${family}_key`], V[`${family}_secret`]];
    const routed = this.router.answer({
      ...incoming,
      headers: { authorization: basic(key, secret), ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    });
    routed.delivered();
    expect(routed.reply.text).not.toContain('internal_server_error');
    return JSON.parse(routed.reply.text) as AnyBody;
  }

  core(method: string, path: string, body?: object, headers = {}): AnyBody {
    return this.call({ method, target: `/priv/v1/apps/${V.api_key}${path}` }, 'api', body, headers);
  }

  connect(path: string, body: object): AnyBody {
    const json = this.call({ method: 'POST', target: path }, 'connect', {
      retailer_id: V.retailer_id,
      ...body,
    });
    const issued = (json.payload?.status_list ?? []) as { user_offer_id: string }[];
    this.offers.push(...issued.map((one) => one.user_offer_id));
    return json;
  }

  pos(path: string, payload: object, requestId: string): AnyBody {
    const envelope = { client_id: V.client_id, store_id: V.store_id, request_id: requestId };
    return this.call({ method: 'POST', target: `/api/2.0/${path}` }, 'pos', {
      ...envelope,
      request_payload: payload,
    });
  }

  /** All that a customer has, as the API shows it. */
  state(id: string): unknown {
    const now = { from_date: '2026-01-01', to_date: '2026-12-31', take: 1000, user_id: id };
    return {
      user: this.core('GET', `/users/${id}?expand_incentives=true`).user,
      wallet: this.connect('/offers/api/2.0/offers/get_user_offers', { user_id: id }).payload,
      ledger: this.connect('/incentives/api/1.0/point_audit_logs/fetch_point_audit_logs', now).payload,
    };
  }
}

type Step = (driver: Driver, id: string) => unknown;
const index = fc.nat({ max: 9 });
const amount = fc.oneof(fc.integer({ min: -5, max: 400 }), fc.double({ min: 0, max: 50, noNaN: true }));
const transactionId = fc.constantFrom('t-1', 't-2');
const offerAt = (driver: Driver, at: number) =>
  driver.offers[at % Math.max(1, driver.offers.length)] ?? 'none';
let requests = 0;
const fresh = () => {
  requests += 1;
  return `fresh-${requests}`;
};

const purchase = fc
  .record({
    transactionId,
    subtotal: amount,
    is_closed: fc.boolean(),
    is_voided: fc.nat({ max: 5 }).map((n) => n === 0),
    at: index,
  })
  .map(({ transactionId: transaction_id, at, ...rest }) => ({ transaction_id, at, ...rest }));

const STEPS: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(amount, fc.constantFrom(...ACCOUNTS, 'x')).map(
    ([points, point_account_id]): Step =>
      (driver, user_id) =>
        driver.connect('/incentives/api/1.0/user_points/deposit', {
          user_id,
          deposit_details: [{ point_account_id, point_source_id: SOURCE, amount: points }],
        }),
  ),
  fc.tuple(amount, fc.constantFrom('once', 'twice', undefined)).map(
    ([points, idempotency_id]): Step =>
      (driver, user_id) =>
        driver.connect('/incentives/api/1.0/user_points/spend_multiple', {
          user_id,
          spend_details: [{ amount: points, point_account_ids: ACCOUNTS, idempotency_id }],
        }),
  ),
  fc.constantFrom(...OFFERS.map(({ id }) => id)).map(
    (offer_id): Step =>
      (driver, user_id) =>
        driver.connect('/offers/api/2.0/offers/acquisition/issue', { user_id, offer_id }),
  ),
  fc.tuple(fc.constantFrom('acquisition/revoke', 'redemption/manual_redeem'), index).map(
    ([path, at]): Step =>
      (driver, user_id) =>
        driver.connect(`/offers/api/2.0/offers/${path}`, { user_id, user_offer_id: offerAt(driver, at) }),
  ),
  fc.tuple(fc.constantFrom('lock', 'redeem'), index, transactionId).map(
    ([path, at, transaction_id]): Step =>
      (driver) =>
        driver.pos(
          path,
          {
            offer_lookup_code: offerAt(driver, at),
            offer_lookup_type: 'UserOfferId',
            transaction: { transaction_id, subtotal: 9 },
          },
          fresh(),
        ),
  ),
  fc.tuple(fc.constantFrom('unlock', 'reinstate'), index).map(
    ([path, at]): Step =>
      (driver) =>
        driver.pos(path, { user_offer_id: offerAt(driver, at), employee_id: 'E7' }, fresh()),
  ),
  purchase.map(
    ({ at, ...transaction }): Step =>
      (driver, user_id) =>
        driver.pos(
          'send_transaction',
          {
            ...transaction,
            payments: [{ payment_id: '1', type: 'card', amount: 1, user_id }],
            discounts: at > 5 ? [{ reference_id: offerAt(driver, at) }] : [],
          },
          fresh(),
        ),
  ),
  fc.constantFrom(...SEEDED_STORE.offers).map(
    ({ id }): Step =>
      (driver, user_id) =>
        driver.connect('/offers/api/2.0/offers/rewardstores/purchase_offer', {
          user_id,
          reward_store_id: SEEDED_STORE.id,
          reward_store_offer_id: id,
        }),
  ),
  fc.integer({ min: 0, max: 5 }).map(
    (order): Step =>
      (driver, id) =>
        driver.core('POST', `/users/${id}/events`, { events: { order } }),
  ),
];

/** Long enough that purchases meet spends, and returns meet both. */
const steps = (most: number) =>
  fc.array(fc.oneof(...STEPS), { minLength: most / 2, maxLength: most, size: 'max' });

function begin(): { driver: Driver; id: string } {
  const driver = new Driver();
  const id = driver.core('POST', '/users', { user: { external_id: 'someone' } }).user.id;
  const offer_id = OFFERS[0].id;
  driver.connect('/offers/api/2.0/offers/acquisition/issue', { user_id: id, offer_id, quantity: 3 });
  return { driver, id };
}

interface Seen {
  readonly user: {
    readonly available_points: number;
    readonly tier_details: {
      readonly point_account_balances: { readonly details: Record<string, number>[] };
    };
  };
  readonly ledger: { readonly results: { readonly modification: number }[] };
}

test('whatever is called in whatever order: nothing falls below zero, and the ledger adds up', () => {
  fc.assert(
    fc.property(steps(60), (sequence) => {
      const { driver, id } = begin();
      for (const step of sequence) {
        step(driver, id);
        const { user, ledger } = driver.state(id) as Seen;
        const moved = ledger.results.reduce((sum, { modification }) => sum + modification, 0);
        expect(user.available_points).toBeGreaterThanOrEqual(0);
        expect(moved).toBeCloseTo(user.available_points, 4);
        for (const { available_balance: left } of user.tier_details.point_account_balances.details) {
          expect(left).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a call that is refused changes nothing', () => {
  fc.assert(
    fc.property(steps(40), (sequence) => {
      const { driver, id } = begin();
      for (const step of sequence) {
        const before = driver.state(id);
        const answer = step(driver, id) as AnyBody;
        if (answer.errors !== undefined) {
          expect(driver.state(id)).toEqual(before);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a repeat moves nothing: by Message-ID, by request_id, by idempotency_id', () => {
  fc.assert(
    fc.property(steps(20), purchase, (sequence, { at: _at, ...transaction }) => {
      const { driver, id } = begin();
      for (const step of sequence) step(driver, id);
      const payments = [{ payment_id: '1', type: 'card', amount: 1, user_id: id }];
      const spend = { amount: 1, idempotency_id: 'again' };
      const repeats = [
        () => driver.core('POST', `/users/${id}/events`, { events: { order: 1 } }, { 'message-id': 'again' }),
        () => driver.pos('send_transaction', { ...transaction, payments }, 'again'),
        () =>
          driver.connect('/incentives/api/1.0/user_points/spend_multiple', {
            user_id: id,
            spend_details: [spend],
          }),
      ];
      for (const send of repeats) {
        const first = send();
        const after = driver.state(id);
        expect(send()).toEqual(first);
        expect(driver.state(id)).toEqual(after);
      }
    }),
    { numRuns: 60 },
  );
});
