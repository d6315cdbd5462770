import type { CookieJar } from 'tough-cookie';
import type { Collection } from '../collection/model';
import type { Exchange } from '../exchange/exchange';
import type { Masker } from '../masking/masker';
import type { Plan, PlannedRequest } from '../plan/plan';
import type { VariableScope } from '../variables/scope';
import type { HostGuard } from './host-guard';
import type { TokenCache } from './oauth2/token-source';

/** Why a planned request was not sent. `origin` is there where nothing answers at it. */
export interface SkipReason {
  readonly cause: 'origin-down' | 'prerequisite' | 'selection' | 'file' | 'stopped' | 'script';
  readonly text: string;
  readonly origin?: string;
}

/** What a runner says of one planned request: exactly one of the two. */
export type RunOutcome =
  | { readonly planned: PlannedRequest; readonly exchange: Exchange; readonly skipped?: never }
  | { readonly planned: PlannedRequest; readonly skipped: SkipReason; readonly exchange?: never };

/**
 * What a run needs besides its plan.
 *
 * Shape: `scope` is this run's own; captured values are set in it. `target` is an origin that everything is sent to.
 *        `onCapture` hears each captured value, and each credential that a script sets, before anything else does.
 * Units: `timeoutMs` for a request without a setting of its own.
 */
export interface RunContext {
  readonly collection: Collection;
  readonly scope: VariableScope;
  readonly guard: HostGuard;
  readonly target: string | null;
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Files that bodies send are read from here, and from nowhere else. */
  readonly directory: string;
  readonly insecure: boolean;
  /** Whether requests go through the proxies of the environment. An embedded server is always reached straight. */
  readonly proxies: boolean;
  /** Whether the server is an embedded one: it gives no OAuth 2 tokens and asks for none. */
  readonly isEmbedded: boolean;
  /** The OAuth 2 tokens that were got so far. */
  readonly tokens: TokenCache;
  /** Learns every token and what it is got with before anything else sees them. */
  readonly masker: Masker;
  /** PEM text of certificates to trust besides Node's own. */
  readonly extraCaCerts: string | null;
  /** What servers set during this run, for the typed runner; made when the first cookie comes. */
  readonly cookies: { jar: CookieJar | null };
  readonly onCapture: (name: string, value: string) => void;
}

/** The names that `--runner` knows. */
export type RunnerName = 'newman' | 'typed';

/**
 * Plan + context → one outcome a planned request, in collection order.
 *
 * Errors: RequestError (a request that cannot be sent as it is written), RunnerError (the runner itself failed).
 */
export interface Runner {
  readonly name: RunnerName;
  run(plan: Plan, context: RunContext): AsyncIterable<RunOutcome>;
  /** Closes connections and processes. A closed runner can run again. */
  close(): Promise<void>;
}
