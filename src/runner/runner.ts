import type { Collection } from '../collection/model';
import { RequestError, UnresolvedVariableError } from '../errors';
import type { Exchange } from '../exchange/exchange';
import type { Masker } from '../masking/masker';
import type { Plan, PlannedRequest } from '../plan/plan';
import type { VariableScope } from '../variables/scope';
import type { ClientCertificate } from './client-certificate';
import type { HostGuard } from './host-guard';
import type { OwnValues } from './iterations';
import type { TokenCache } from './oauth2/token-source';
import type { CookieJar } from './typed/cookie-jar';
import type { RetryPolicy } from './typed/retry';

/**
 * Why a planned request was not sent. `origin` is there where nothing answers at it, `where` and `todo` where it cannot be
 * sent as it is written. `variables` are those that nothing gives.
 */
export interface SkipReason {
  readonly cause: 'origin-down' | 'prerequisite' | 'selection' | 'file' | 'stopped' | 'script' | 'unsendable';
  readonly text: string;
  readonly origin?: string;
  readonly where?: string;
  readonly todo?: string;
  readonly variables?: readonly string[];
}

/** The reason of a request that cannot be sent as it is written; null for every other error. */
export function unsendable(error: unknown): SkipReason | null {
  if (!(error instanceof RequestError || error instanceof UnresolvedVariableError)) return null;
  const { what, where, todo } = error;
  return { cause: 'unsendable', text: what, where, todo };
}

/** When in a run a request was run: absent where it can be but once. Both count from 1. */
export interface Turn {
  readonly iteration?: number;
  /** A script may go back to a request that was run already. */
  readonly repeat?: number;
}

/** What scripts said of a request. */
export type Told = Pick<Exchange, 'assertions' | 'scriptErrors'>;

/**
 * What a runner says of one planned request: exactly one of exchange and skip. Test scripts run also where it could not be
 * sent; `told` is what they said.
 */
export type RunOutcome = Turn & { readonly planned: PlannedRequest } & (
    | { readonly exchange: Exchange; readonly skipped?: never }
    | { readonly skipped: SkipReason; readonly told?: Told; readonly exchange?: never }
  );

/** The turn of an outcome, without what is the same for every one. */
export function turnOf(context: RunContext, iteration: number, repeat: number): Turn {
  if (context.iterations.length <= 1 && repeat === 1) return ONLY;
  return {
    ...(context.iterations.length > 1 && { iteration: iteration + 1 }),
    ...(repeat > 1 && { repeat }),
  };
}

/** The turn of what is run once: one for all. */
const ONLY: Turn = Object.freeze({});

/** What servers set during a run. `setBy` is when the request was begun that a cookie comes from. */
export interface RunCookies {
  jar: CookieJar | null;
  readonly setBy: WeakMap<object, number>;
}

/**
 * What a run needs besides its plan.
 *
 * Shape: `scope` is this run's own; captured values are set in it. `target` is an origin that everything is sent to.
 *        `onCapture` hears each captured value, `onScriptSet` each text that a script sets, before anything else does.
 * Units: `timeoutMs` for a request without a setting of its own; `delayMs` between two requests.
 */
export interface RunContext {
  readonly collection: Collection;
  readonly scope: VariableScope;
  readonly guard: HostGuard;
  readonly target: string | null;
  readonly timeoutMs: number;
  /** How many requests are under way at the same time, and how many of them at one origin. */
  readonly concurrency: number;
  readonly perOrigin: number;
  readonly delayMs: number;
  /** The run stops at the first failure. */
  readonly bail?: boolean;
  /** The row of data of each iteration; one without data is an empty row. */
  readonly iterations: readonly Readonly<Record<string, unknown>>[];
  /** Makes the values that an iteration after the first begins with, of all that Driftgate makes or captures. */
  readonly ownValues: () => OwnValues;
  /** Hears that an iteration is over, while the scope still is as it has left it; of the last one nobody tells. */
  readonly onIterationEnd?: () => void;
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
  /** What the client shows of itself to servers that ask for it. */
  readonly clientCertificate: ClientCertificate | null;
  /** What servers set during this run, for the typed runner; made when the first cookie comes. */
  readonly cookies: RunCookies;
  /** How the typed runner sends again what failed for the moment; without it, nothing is sent twice. */
  readonly retry?: RetryPolicy;
  /** Requests, by key, of which it is known before the run that they cannot be tested. */
  readonly blocked?: ReadonlyMap<string, SkipReason>;
  readonly onCapture: (name: string, value: string) => void;
  readonly onScriptSet: (name: string, value: string) => void;
}

/** How long a runner that is stopped waits for answers. Units: milliseconds. */
export const GRACE_MS = 3000;

/** The names that `--runner` knows. */
export type RunnerName = 'newman' | 'typed';

/**
 * Plan + context → one outcome a planned request and turn, in the order in which they begin.
 *
 * Shape: `each` makes of an outcome, as soon as it is there, what the runner gives in its place. So bodies need not wait for
 *        requests that began earlier and take longer.
 * A request that cannot be sent as it is written is skipped with that reason. Errors: RunnerError (the runner itself failed).
 */
export interface Runner {
  readonly name: RunnerName;
  run<T>(plan: Plan, context: RunContext, each: (outcome: RunOutcome) => T): AsyncIterable<T>;
  /**
   * Ends what is running: nothing more is sent, and what is under way has so long to be answered, because it may make something
   * that has to be removed. A stopped runner can run again. @default graceMs `GRACE_MS`
   */
  stop(graceMs?: number): void;
  /** Closes connections and processes. A closed runner can run again. */
  close(): Promise<void>;
}
