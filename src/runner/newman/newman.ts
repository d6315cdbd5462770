import { RunnerError } from '../../errors';
import { decodeText } from '../../exchange/decode';
import type { Exchange } from '../../exchange/exchange';
import { isCredentialName } from '../../masking/masker';
import { scriptYields } from '../../plan/needs';
import type { Plan, PlannedRequest } from '../../plan/plan';
import { captured } from '../capture';
import { foreignHost, refuseOwnFault, refuseSilentGaps, refuseUnresolved } from '../checks';
import { withoutToken } from '../oauth2/unavailable';
import type { RunContext, Runner, RunOutcome, SkipReason } from '../runner';
import { SkipBook, skippedByScript } from '../skips';
import { NO_TOKENS, runCopy } from './copy';
import { NewmanProcess } from './process';
import type { NewmanItem } from './protocol';
import type { PlanTokens } from './tokens';

/** Runs the plan through Newman, in a process of its own, and reads exchanges from its events. */
export class NewmanRunner implements Runner {
  readonly name = 'newman';
  readonly #process = new NewmanProcess();
  /** Variables that scripts of the current plan set. */
  #scripted: ReadonlySet<string> = new Set();
  #tokens: PlanTokens = NO_TOKENS;

  async *run(plan: Plan, context: RunContext): AsyncGenerator<RunOutcome> {
    const { collection, scope, guard, target, directory, insecure, proxies, extraCaCerts } = context;
    const skips = new SkipBook(plan.requests);
    this.#tokens = await tokensFor(plan.requests, context);
    const waiting = [...plan.requests];
    this.#scripted = new Set(plan.requests.flatMap(({ request }) => scriptYields(request)));
    let last = 'the collection';
    const skip = (planned: PlannedRequest, skipped: SkipReason): RunOutcome => {
      skips.skipped(planned.request.key, skipped);
      return { planned, skipped };
    };
    const events = this.#process.run({
      collection: runCopy(collection, plan.requests, target, this.#tokens),
      environment: scope.environment(),
      hosts: guard.hosts,
      timeoutsMs: Object.fromEntries(
        plan.requests.map(({ request, settings }) => [request.key, settings.timeoutMs ?? context.timeoutMs]),
      ),
      directory,
      scripted: [...this.#scripted],
      insecure,
      proxies,
      extraCaCerts,
    });
    for await (const event of events) {
      if (event.type === 'end' && event.error !== null) {
        throw new RunnerError(`Newman stopped: ${event.error}`, 'runner newman', 'see the message');
      }
      if (event.type !== 'item') continue;
      const { key } = event.item;
      const at = waiting.findIndex(({ request }) => request.key === key);
      if (at < 0) {
        throw new RunnerError(
          `Newman ran ${key}, which was not planned any more`,
          'runner newman',
          'a plan runs each request once; take the loop out of the collection',
        );
      }
      for (const planned of waiting.splice(0, at)) {
        yield skip(planned, { cause: 'script', text: `a script of ${last} went on at ${key}` });
      }
      for (const planned of waiting.splice(0, 1)) yield this.#outcome(planned, event.item, skips, context);
      last = key;
    }
    for (const planned of waiting)
      yield skip(planned, { cause: 'script', text: `a script of ${last} ended the run` });
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  #outcome(planned: PlannedRequest, item: NewmanItem, skips: SkipBook, context: RunContext): RunOutcome {
    const { scope } = context;
    const { key } = planned.request;
    for (const [name, value] of Object.entries(item.variables)) {
      if (isCredentialName(name)) context.onCapture(name, value);
      if (this.#scripted.has(name)) scope.set(name, value);
    }
    const reason = skips.reasonFor(planned, scope, item.sent === null ? undefined : urlOf(item.sent.url));
    const unavailable = this.#tokens.unavailable.get(key);
    if (unavailable !== undefined && reason === null) {
      const outcome = withoutToken(planned, unavailable, 'newman');
      if (outcome.exchange === undefined) skips.skipped(key, outcome.skipped);
      else skips.sent(key, outcome.exchange);
      return outcome;
    }
    if (item.sent === null || reason?.cause === 'origin-down') {
      const skipped = reason ?? skippedByScript(item.assertions, item.scriptErrors);
      skips.skipped(key, skipped);
      return { planned, skipped };
    }
    const foreign = item.refusedHosts[0];
    if (item.failure?.code === 'EHOSTREFUSED' && foreign !== undefined) throw foreignHost(foreign, key);
    refuseOwnFault(item.failure, key);
    refuseUnresolved(item.sent, key);
    refuseSilentGaps(planned.request, item.sent);
    const exchange = exchangeOf(item, item.sent);
    skips.sent(key, exchange);
    for (const [name, value] of Object.entries(captured(planned, exchange))) {
      context.onCapture(name, value);
      scope.set(name, value);
    }
    return { planned, exchange };
  }
}

/** What gets tokens is loaded with the first plan that has OAuth 2: most never do. */
async function tokensFor(plan: readonly PlannedRequest[], context: RunContext): Promise<PlanTokens> {
  if (!plan.some(({ request }) => request.auth?.type === 'oauth2')) return NO_TOKENS;
  const { tokensOf } = require('./tokens') as typeof import('./tokens');
  return tokensOf(plan, context);
}

function exchangeOf(item: NewmanItem, sent: Exchange['sent']): Exchange {
  const { response, failure, refusedRedirect, refusedHosts, scriptErrors } = item;
  const foreign = failure === null ? refusedHosts.map((host) => `a script may not reach ${host}`) : [];
  return {
    key: item.key,
    runner: 'newman',
    sent,
    response:
      response === null
        ? null
        : {
            ...response,
            body: decodeText(response.body, response.headers),
            sizeBytes: response.body.byteLength,
          },
    failure,
    ...(refusedRedirect !== null && { refusedRedirect }),
    startedAt: item.startedAt,
    durationMs: item.durationMs,
    attempts: 1,
    assertions: item.assertions,
    scriptErrors: [...scriptErrors, ...foreign],
  };
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
