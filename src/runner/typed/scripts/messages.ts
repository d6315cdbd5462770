import type { Assertion } from '../../../exchange/exchange';
import type { SdkObject } from '../postman-libraries';

/** What the thread of the scripts knows from its start. */
export interface ScriptThreadData {
  /** How a console line that tells of a variable which nobody foresaw begins. */
  readonly mark: string;
}

/** What the thread of the scripts is told. `close` ends it. */
export type ToScripts =
  | { readonly type: 'execute'; readonly id: string; readonly job: ScriptJob }
  | {
      readonly type: 'dispatch';
      readonly id: string;
      readonly event: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'ping' }
  | { readonly type: 'close' };

/** A script and what it is given. Source: postman-sandbox 4.7.1, `execute` of `lib/postman-sandbox.js`. */
export interface ScriptJob {
  readonly target: object;
  /** The variables, the request, the response and the like. */
  readonly context: object;
  readonly options: object;
}

/** What it answers: questions of a script that runs, and how it ended. */
export type FromScripts =
  | { readonly type: 'pong' }
  | { readonly type: 'asks'; readonly id: string; readonly ask: ScriptAsk }
  | { readonly type: 'done'; readonly id: string; readonly executed: Executed };

/** What a script wants of its host: a request, or a call of the cookie store; with what postman-sandbox tells of it. */
export interface ScriptAsk {
  readonly what: 'request' | 'cookies';
  readonly args: readonly SdkObject[];
}

/** What one script did. */
export interface Executed {
  readonly assertions: readonly Assertion[];
  readonly errors: readonly string[];
  readonly isSkipped: boolean;
  /** A variable that it touched and nobody foresaw. */
  readonly unforeseen: string | null;
  /** The variables, the request and the next request as it left them; null where it did not get to its end. */
  readonly result: SdkObject | null;
}
