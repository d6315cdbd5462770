import type { Captures } from '../../config/captures';
import type { Assertion, ExchangeFailure, Header } from '../../exchange/exchange';
import type { ListedVariable } from '../../variables/scope';
import type { ClientCertificate } from '../client-certificate';
import type { OwnValues } from '../iterations';

/** What the parent asks of the Newman process: one run. Only data crosses, never a function. */
export interface NewmanJob {
  readonly collection: Readonly<Record<string, unknown>>;
  readonly environment: { readonly name?: string; readonly values: readonly ListedVariable[] };
  readonly globals: { readonly values: readonly ListedVariable[] };
  /** One row of data an iteration. */
  readonly iterations: readonly Readonly<Record<string, unknown>>[];
  /** What each iteration sets in the environment before its first request. */
  readonly own: readonly OwnValues[];
  readonly delayMs: number;
  readonly hosts: readonly string[];
  /** The limit of each request by the id of its item. */
  readonly timeoutsMs: Readonly<Record<string, number>>;
  /** Files of bodies are read from here, and from nowhere else. */
  readonly directory: string;
  /** What the response of each request yields, by the id of its item. */
  readonly captures: Captures;
  /** Variables that scripts of the plan set. */
  readonly scripted: readonly string[];
  readonly insecure: boolean;
  readonly proxies: boolean;
  readonly extraCaCerts: string | null;
  readonly clientCertificate: ClientCertificate | null;
}

/** What the parent says when the job is to end: nothing more is sent, and the request that is under way is the last one. */
export const STOP = 'stop';

/** One request as Newman sent it. Bodies cross as bytes and are decoded by the parent, as the typed runner does. */
export interface NewmanItem {
  /** The id of the item in the run's copy of the collection. */
  readonly id: string;
  /** From 0. */
  readonly iteration: number;
  readonly sent: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: string;
  } | null;
  /** The same over the wire, after redirects and challenges: with what the HTTP client made of it. */
  readonly wire: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: Uint8Array;
  } | null;
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly Header[];
    readonly body: Uint8Array;
  } | null;
  readonly failure: ExchangeFailure | null;
  readonly refusedRedirect: string | null;
  /** Hosts outside the allowed ones that the request or its scripts tried to reach. */
  readonly refusedHosts: readonly string[];
  readonly startedAt: number;
  readonly durationMs: number;
  readonly assertions: readonly Assertion[];
  readonly scriptErrors: readonly string[];
  /** Variables that scripts have set by now: those with the name of a credential, and those of `scripted`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What the Newman process reports: each request when it is done, and the end of the run. */
export type NewmanEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'item'; readonly item: NewmanItem }
  | { readonly type: 'end'; readonly error: string | null };
