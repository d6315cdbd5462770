import { randomUUID } from 'node:crypto';
import type { JsonObject } from './call';
import { ApiFailure } from './responses';

/** One of a customer's external ids. */
export interface Identifier {
  readonly external_id: string;
  readonly external_id_type?: string;
}

/** A tag counts or expires, never both. */
export type Tag = { count: number } | { expiresAt: number };

/** What the sandbox knows about a customer. Times are milliseconds since the epoch. */
export interface Customer {
  readonly id: string;
  email: string | null;
  /** The one that was changed last stands first. */
  identifiers: Identifier[];
  optedIn: boolean;
  /** Plain text attributes such as `first_name`. */
  attributes: Record<string, string>;
  phones: JsonObject[] | null;
  profile: JsonObject;
  profileVersion: number;
  readonly tags: Map<string, Tag>;
  readonly createdAt: number;
  updatedAt: number;
  /** Points to spend, and points ever earned. */
  readonly points: { readonly total: number; readonly lifeTime: number };
  readonly userPointAccountId: string;
  readonly tierLevelEntryId: string;
}

/** A customer with nothing but its id and the time. */
export function newCustomer(now: number, id: string = randomUUID()): Customer {
  return {
    id,
    email: null,
    identifiers: [],
    optedIn: false,
    attributes: {},
    phones: null,
    profile: {},
    profileVersion: 0,
    tags: new Map(),
    createdAt: now,
    updatedAt: now,
    points: { total: 0, lifeTime: 0 },
    userPointAccountId: randomUUID(),
    tierLevelEntryId: randomUUID(),
  };
}

/** The state of the tenant: its customers, found by id, external id or e-mail. */
export class Store {
  private readonly byId = new Map<string, Customer>();
  private readonly byExternalId = new Map<string, Customer>();
  private readonly byEmail = new Map<string, Customer>();

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
