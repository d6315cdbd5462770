import type { Store } from '../state/store';
import type { Family } from './responses';

/** One request as a handler sees it: matched, authorised and parsed. */
export interface Call {
  /** Values of the `:name` parts of the route. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; `undefined` where there is none. */
  readonly body: unknown;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Answers a call with the success body, or throws `ApiFailure`. */
export type Handler = (call: Call, store: Store) => Record<string, unknown>;

/** A route: its template is relative to the base of its family. */
export interface Route {
  readonly family: Family;
  readonly method: string;
  readonly template: string;
  readonly handler: Handler;
}

/** A parsed JSON object. */
export type JsonObject = Record<string, unknown>;

/** Whether a parsed JSON value is an object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
