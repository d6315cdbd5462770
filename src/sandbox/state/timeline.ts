import { createHash } from 'node:crypto';
import type { JsonObject } from '../http/call';
import type { Customer, TimelineEvent } from './customer';

/** A kind of line in a customer's history. Inferred: the numbers and the slugs. */
export interface EventType {
  readonly id: number;
  readonly categoryId: number;
  readonly name: string;
  readonly slug: TimelineEvent['type'];
  readonly categoryName: string;
  readonly categorySlug: string;
}

export const EVENT_TYPES: readonly EventType[] = [
  type(11, 1, 'Transaction', 'transaction', 'Commerce', 'commerce'),
  type(12, 1, 'Points', 'points', 'Commerce', 'commerce'),
  type(13, 1, 'Offer', 'offer', 'Commerce', 'commerce'),
  type(21, 2, 'Event', 'event', 'Activity', 'activity'),
  type(31, 3, 'Account', 'account', 'Account', 'account'),
];

let lines = 0;

/** Writes a line into a customer's history. */
export function note(
  customer: Customer,
  slug: TimelineEvent['type'],
  payload: JsonObject,
  now: number,
): void {
  lines += 1;
  customer.timeline.push({
    id: lines,
    type: slug,
    at: now,
    streamId: guidOf(`stream ${customer.id}`),
    targetId: lines,
    payload,
  });
}

/** A stable GUID made from a text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function type(
  id: number,
  categoryId: number,
  name: string,
  slug: TimelineEvent['type'],
  categoryName: string,
  categorySlug: string,
): EventType {
  return { id, categoryId, name, slug, categoryName, categorySlug };
}
