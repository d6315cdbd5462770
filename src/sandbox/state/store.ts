import type { JsonObject } from '../http/call';
import { ApiFailure } from '../http/responses';
import type { Customer } from './customer';
import { Wallets } from './offers';
import type { PromoList, StoredTransaction } from './records';
import { RewardStores } from './reward-stores';

/** The state of the tenant: its customers, found by id, external id or e-mail, and what they did. */
export class Store {
  private readonly byId = new Map<string, Customer>();
  private readonly byExternalId = new Map<string, Customer>();
  private readonly byEmail = new Map<string, Customer>();

  /** Ids of customers that asked to be forgotten and that were not deleted since; nothing else is kept of them. */
  readonly forgotten = new Set<string>();
  readonly wallets = new Wallets();
  readonly rewardStores = new RewardStores();
  /** By the transaction id of the POS. */
  readonly transactions = new Map<string, StoredTransaction>();
  /** By their code. */
  readonly promoLists = new Map<string, PromoList>();

  constructor(readonly retailerId: string) {}

  /** Every customer, oldest first. */
  all(): IterableIterator<Customer> {
    return this.byId.values();
  }

  /** The customer with this id; GUIDs compare without regard to case. */
  find(id: string): Customer | undefined {
    return this.byId.get(id.toLowerCase());
  }

  /** The customer that holds this external id, be it the newest one or an older one. */
  findByExternalId(externalId: string): Customer | undefined {
    return this.byExternalId.get(externalId);
  }

  /** The customer with this e-mail, without regard to case. */
  findByEmail(email: string): Customer | undefined {
    return this.byEmail.get(email.toLowerCase());
  }

  /** The customer that the route names, by `:user_id` or by `:external_id`; fails with `user_not_found`. */
  named(parameters: Readonly<Record<string, string>>): Customer {
    const { user_id: id, external_id: externalId } = parameters;
    const found = externalId === undefined ? this.find(id ?? '') : this.findByExternalId(externalId);
    if (found === undefined) {
      throw new ApiFailure(
        'user_not_found',
        `No customer has this ${externalId === undefined ? '' : 'external '}id.`,
      );
    }
    return found;
  }

  /** Adds a customer, or stores what was changed about it; what it no longer has finds it no more. */
  save(customer: Customer): void {
    this.forget(customer);
    this.byId.set(customer.id.toLowerCase(), customer);
    for (const { external_id: externalId } of customer.identifiers) {
      this.byExternalId.set(externalId, customer);
    }
    if (customer.email !== null) {
      this.byEmail.set(customer.email.toLowerCase(), customer);
    }
  }

  /** Deletes a customer: no lookup finds it afterwards. */
  delete(customer: Customer): void {
    this.forget(customer);
    this.byId.delete(customer.id.toLowerCase());
    this.wallets.drop(customer);
  }

  /** Erases a customer: it is deleted, and what others keep of it no longer names it. */
  eraseAll(customer: Customer): void {
    this.delete(customer);
    this.forgotten.add(customer.id);
    for (const transaction of this.transactions.values()) {
      if (transaction.userId === customer.id) {
        transaction.userId = null;
        transaction.request = withoutCustomers(transaction.request);
      }
    }
  }

  private forget(customer: Customer): void {
    for (const index of [this.byExternalId, this.byEmail]) {
      for (const [key, owner] of index) {
        if (owner === customer) {
          index.delete(key);
        }
      }
    }
  }
}

/** A purchase as the POS sent it, without whom its payments name. */
function withoutCustomers(request: JsonObject): JsonObject {
  const payments = Array.isArray(request.payments) ? request.payments : [];
  return {
    ...request,
    payments: payments.map((payment: JsonObject) => ({
      ...payment,
      user_id: null,
      additional_user_id: null,
    })),
  };
}
