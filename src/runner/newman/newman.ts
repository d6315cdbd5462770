import { RunnerError } from '../../errors';
import { decodeText } from '../../exchange/decode';
import type { Exchange } from '../../exchange/exchange';
import { isNetworkFault } from '../../exchange/failure';
import { scriptYields } from '../../plan/needs';
import type { Plan, PlannedRequest } from '../../plan/plan';
import { urlOf } from '../../url';
import { captured } from '../capture';
import { foreignHost, refuseOwnFault, refuseSilentGaps, refuseUnresolved } from '../checks';
import { beginIteration, ownValuesOf } from '../iterations';
import { withoutToken } from '../oauth2/unavailable';
import { GRACE_MS, type RunContext, type Runner, type RunOutcome, turnOf, unsendable } from '../runner';
import { SkipBook, skippedByScript } from '../skips';
import { NO_TOKENS, runCopy } from './copy';
import { NewmanProcess } from './process';
import { Progress } from './progress';
import type { NewmanItem } from './protocol';
import type { PlanTokens } from './tokens';

/** How our agents tell of a host that is not allowed. */
const REFUSED = 'EHOSTREFUSED';

/** Runs the plan through Newman, in a process of its own, and reads exchanges from its events. */
export class NewmanRunner implements Runner {
  readonly name = 'newman';
  readonly #process = new NewmanProcess();
  /** Variables that scripts of the current plan set. */
  #scripted: ReadonlySet<string> = new Set();
  #tokens: PlanTokens = NO_TOKENS;
  #isStopped = false;

  async *run<T>(plan: Plan, context: RunContext, each: (outcome: RunOutcome) => T): AsyncGenerator<T> {
    const { collection, scope, guard, target, directory, insecure, proxies } = context;
    const { extraCaCerts, clientCertificate } = context;
    const skips = new SkipBook(plan.requests);
    this.#isStopped = false;
    this.#tokens = await tokensFor(plan.requests, context);
    if (this.#isStopped) return;
    const progress = new Progress(plan.requests);
    this.#scripted = new Set(plan.requests.flatMap(({ request }) => scriptYields(request)));
    const passedOver = (iteration: number) =>
      progress.next().map(({ planned, text }) => {
        const skipped = { cause: 'script' as const, text };
        skips.skipped(planned.request.key, skipped);
        return each({ ...turnOf(context, iteration, 1), planned, skipped });
      });
    let iteration = 0;
    const own = ownValuesOf(context);
    beginIteration(context, 0);
    const events = this.#process.run({
      collection: runCopy(collection, plan.requests, target, this.#tokens),
      environment: { ...named(scope), values: scope.list('environment') },
      globals: { values: scope.list('globals') },
      iterations: context.iterations,
      own,
      delayMs: context.delayMs,
      hosts: guard.hosts,
      timeoutsMs: Object.fromEntries(
        plan.requests.map(({ request, settings }) => [request.id, settings.timeoutMs ?? context.timeoutMs]),
      ),
      directory,
      captures: Object.fromEntries(
        plan.requests.flatMap(({ request, captures }) =>
          Object.keys(captures).length > 0 ? [[request.id, captures]] : [],
        ),
      ),
      scripted: [...this.#scripted],
      insecure,
      proxies,
      extraCaCerts,
      clientCertificate,
    });
    for await (const event of events) {
      if (event.type === 'end' && event.error !== null) {
        throw new RunnerError(`Newman stopped: ${event.error}`, 'runner newman', 'see the message');
      }
      if (event.type !== 'item') continue;
      for (; iteration < event.item.iteration; iteration += 1) {
        yield* passedOver(iteration);
        beginIteration(context, iteration + 1, own[iteration + 1]);
      }
      const { planned, repeat } = progress.heard(event.item.id);
      const outcome = this.#outcome(planned, event.item, skips, context);
      yield each({ ...turnOf(context, iteration, repeat), ...outcome });
    }
    // Of what comes after a stop nothing is known.
    if (this.#isStopped) return;
    for (; iteration < context.iterations.length; iteration += 1) yield* passedOver(iteration);
  }

  stop(graceMs = GRACE_MS): void {
    this.#isStopped = true;
    this.#process.stop(graceMs);
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  /** What cannot be sent as it is written is told as that, though Newman has sent it by then. */
  #outcome(planned: PlannedRequest, item: NewmanItem, skips: SkipBook, context: RunContext): RunOutcome {
    try {
      return this.#judged(planned, item, skips, context);
    } catch (error) {
      const skipped = unsendable(error);
      if (skipped === null) throw error;
      skips.skipped(planned.request.key, skipped);
      const { failure, assertions, scriptErrors } = item;
      const isUnsendable = failure !== null && failure.code !== REFUSED && !isNetworkFault(failure);
      return { planned, skipped, ...(isUnsendable && { told: { assertions, scriptErrors } }) };
    }
  }

  #judged(planned: PlannedRequest, item: NewmanItem, skips: SkipBook, context: RunContext): RunOutcome {
    const { scope } = context;
    const { key } = planned.request;
    for (const [name, value] of Object.entries(item.variables)) {
      context.onScriptSet(name, value);
      if (this.#scripted.has(name)) scope.set(name, value);
    }
    const reason = skips.reasonFor(planned, scope, item.sent === null ? null : urlOf(item.sent.url));
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
    if (item.failure?.code === REFUSED && foreign !== undefined) throw foreignHost(foreign, key);
    refuseOwnFault(item.failure, key);
    refuseUnresolved(item.sent, key);
    refuseSilentGaps(planned.request, item.sent);
    const exchange = exchangeOf(key, item, wireOf(item) ?? item.sent);
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

function wireOf({ wire }: NewmanItem): Exchange['sent'] | null {
  if (wire === null) return null;
  const { body: bytes, ...rest } = wire;
  const body = Buffer.from(bytes).toString('utf8');
  return { ...rest, body };
}

function exchangeOf(key: string, item: NewmanItem, sent: Exchange['sent']): Exchange {
  const { response, failure, refusedRedirect, refusedHosts, scriptErrors } = item;
  const foreign = failure === null ? refusedHosts.map((host) => `a script may not reach ${host}`) : [];
  return {
    key,
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

function named({ environmentName }: RunContext['scope']): { name?: string } {
  return environmentName === undefined ? {} : { name: environmentName };
}
