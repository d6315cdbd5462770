import { RequestError } from '../../errors';
import type { Exchange, ReceivedResponse, SentRequest } from '../../exchange/exchange';
import { failureOf } from '../../exchange/failure';
import type { Plan, PlannedRequest } from '../../plan/plan';
import { captured } from '../capture';
import { foreignHost, refuseOwnFault, refuseSilentGaps, refuseUnresolved } from '../checks';
import { TokenUnavailable } from '../oauth2/unavailable';
import type { RunContext, Runner, RunOutcome, SkipReason } from '../runner';
import { SkipBook, skippedByScript } from '../skips';
import { Authorised } from './authorised';
import { buildRequest, isPlain } from './build';
import { HttpClient } from './client';
import { deliveryOf } from './delivery';
import { postmanItem, resolved, takeOver } from './postman-request';
import { Queue, Slots } from './schedule';
import { ScriptHost, type ScriptOutcome } from './script-host';
import { scriptServices } from './script-services';
import { type Answer, type Sender, sendFollowing } from './send';
import { responseJson } from './sign';

/**
 * Our own runner: keep-alive, bounded concurrency, and a script engine only for requests that have scripts.
 *
 * Requests that change something run alone and in collection order; read-only ones between them run at the same time
 * as far as their variables let them. The outcomes come in collection order either way.
 */
export class TypedRunner implements Runner {
  readonly name = 'typed';
  #client: HttpClient | null = null;
  readonly #live = new Set<TypedRun>();

  async *run(plan: Plan, context: RunContext): AsyncGenerator<RunOutcome> {
    this.#client ??= new HttpClient({ ...context, maxSockets: context.concurrency });
    const sender = { client: this.#client, guard: context.guard, cookies: context.cookies };
    const run = new TypedRun(context, sender, new SkipBook(plan.requests));
    this.#live.add(run);
    try {
      const outcomes: (Promise<RunOutcome> | undefined)[] = run.schedule(plan.requests);
      for (const [at, outcome] of outcomes.entries()) {
        // Who has seen it is done with it: a run must not keep the bodies of all its responses.
        outcomes[at] = undefined;
        if (outcome !== undefined) yield await outcome;
      }
    } finally {
      run.stop();
      this.#live.delete(run);
      await run.close();
    }
  }

  async close(): Promise<void> {
    for (const run of this.#live) run.stop();
    this.#client?.close();
    this.#client = null;
  }
}

class TypedRun {
  readonly #context: RunContext;
  readonly #sender: Sender;
  readonly #skips: SkipBook;
  readonly #authorised: Authorised;
  readonly #scripts = new ScriptHost();
  #stopped = false;
  /** Where a script said to go on: everything before is passed over; null is the end. */
  #next: { readonly key: string | null; readonly by: string } | null = null;
  #plan: readonly PlannedRequest[] = [];

  constructor(context: RunContext, sender: Sender, skips: SkipBook) {
    this.#context = context;
    this.#sender = sender;
    this.#skips = skips;
    this.#authorised = new Authorised(context, sender.client, skips);
  }

  /** Nothing is sent any more; what is under way ends by itself. */
  stop(): void {
    this.#stopped = true;
  }

  /** Ends the script engine, where there was one. */
  close(): Promise<void> {
    return this.#scripts.close();
  }

  /** One promise a planned request. Each starts when those it must wait for are settled. */
  schedule(plan: readonly PlannedRequest[]): Promise<RunOutcome>[] {
    this.#plan = plan;
    const slots = new Slots(this.#context.concurrency);
    const queue = new Queue();
    return plan.map((planned) => {
      const outcome = Promise.all(queue.before(planned)).then(() => slots.use(() => this.#one(planned)));
      // A rejection is answered where the outcome is awaited; here it must not end the process.
      queue.add(
        planned,
        outcome.then(
          () => {},
          () => this.stop(),
        ),
      );
      return outcome;
    });
  }

  async #one(planned: PlannedRequest): Promise<RunOutcome> {
    const { request } = planned;
    const { scope, target } = this.#context;
    if (this.#stopped) {
      return { planned, skipped: { cause: 'stopped', text: 'the run stopped at an earlier request' } };
    }
    const passed = this.#passedOver(request.key);
    const reason = passed ?? this.#skips.reasonFor(planned, scope);
    if (reason !== null) return this.#skip(planned, reason);
    const outcome = isPlain(request)
      ? await this.#authorised.plain(planned, (one) =>
          this.#plain(one, buildRequest(one.request, scope, target)),
        )
      : await this.#scripted(planned);
    const { exchange } = outcome;
    if (exchange === undefined) return outcome;
    refuseOwnFault(exchange.failure, request.key);
    this.#skips.sent(request.key, exchange);
    for (const [name, value] of Object.entries(captured(planned, exchange))) {
      this.#context.onCapture(name, value);
      scope.set(name, value);
    }
    return outcome;
  }

  /** Why a script of an earlier request leaves this one out, or null where none does. */
  #passedOver(key: string): SkipReason | null {
    if (this.#next === null) return null;
    const { key: next, by } = this.#next;
    if (next === key) this.#next = null;
    if (this.#next === null) return null;
    const text = next === null ? `a script of ${by} ended the run` : `a script of ${by} went on at ${next}`;
    return { cause: 'script', text };
  }

  #skip(planned: PlannedRequest, skipped: SkipReason): RunOutcome {
    this.#skips.skipped(planned.request.key, skipped);
    return { planned, skipped };
  }

  async #plain(
    planned: PlannedRequest,
    { sent, unresolved }: { sent: SentRequest; unresolved: readonly string[] },
  ): Promise<RunOutcome> {
    const { request, settings } = planned;
    if (unresolved.length > 0) {
      throw new RequestError(`unresolved {{${unresolved.join('}}, {{')}}}`, request.key, 'give it a value');
    }
    refuseSilentGaps(request, sent);
    const down = this.#refuseOrSkip(planned, sent);
    if (down !== null) return this.#skip(planned, down);
    const timeoutMs = settings.timeoutMs ?? this.#context.timeoutMs;
    const delivery = deliveryOf(request.behavior);
    const timer = startTimer();
    try {
      const answer = await sendFollowing(this.#sender, sent, timeoutMs, delivery);
      return { planned, exchange: exchangeOf(request.key, timer, answer) };
    } catch (error) {
      return { planned, exchange: exchangeOf(request.key, timer, { sent, failure: failureOf(error) }) };
    }
  }

  /** A host that is not allowed is an error; one that is down already is a reason to skip. */
  #refuseOrSkip(planned: PlannedRequest, { url }: SentRequest): SkipReason | null {
    const to = new URL(url);
    if (!this.#context.guard.allows(to)) throw foreignHost(to.host, planned.request.key);
    return this.#skips.reasonFor(planned, this.#context.scope, to);
  }

  async #scripted(planned: PlannedRequest): Promise<RunOutcome> {
    const { request, settings } = planned;
    const { scope, collection, target, directory } = this.#context;
    const { key } = request;
    const script: ScriptOutcome = {
      assertions: [],
      errors: [],
      request: null,
      isSkipped: false,
      next: undefined,
    };
    const services = scriptServices(this.#context, this.#sender, key, (text) => script.errors.push(text));
    const item = postmanItem(collection, request, target);
    const run = (listen: 'prerequest' | 'test', context: Readonly<Record<string, unknown>>) =>
      this.#scripts.run(request, listen, scope, context, services, script);
    await run('prerequest', { request: item.item.request.toJSON(), data: {}, cookies: [] });
    if (script.isSkipped) {
      this.#follow(script, key);
      return this.#skip(planned, skippedByScript(script.assertions, script.errors));
    }
    if (script.request !== null) takeOver(item, script.request);
    const delivery = deliveryOf(request.behavior);
    const timeoutMs = settings.timeoutMs ?? this.#context.timeoutMs;
    let timer = startTimer();
    let last: SentRequest | null = null;
    let down: SkipReason | null = null;
    let exchange: Exchange;
    let seen: Record<string, unknown> = { request: item.item.request.toJSON(), data: {}, cookies: [] };
    try {
      const {
        request: signed,
        attempts,
        ...answer
      } = await this.#authorised.signed(planned, resolved(item, scope), {
        key,
        directory,
        send: (sent) => {
          refuseUnresolved(sent, key);
          refuseSilentGaps(request, sent);
          down = this.#refuseOrSkip(planned, sent);
          if (down !== null) throw new Error(down.text);
          last = sent;
          timer = startTimer();
          return sendFollowing(this.#sender, sent, timeoutMs, delivery);
        },
      });
      exchange = { ...exchangeOf(key, timer, answer), attempts };
      const response = responseJson(answer.response, exchange.durationMs);
      const cookies = await services.cookiesOf(answer.sent.url);
      seen = { request: signed.toJSON(), response, cookies, data: {} };
    } catch (error) {
      if (down !== null) return this.#skip(planned, down);
      if (error instanceof TokenUnavailable) return this.#authorised.unavailable(planned, error);
      // What was never sent is our own error, and says what is wrong by itself.
      if (last === null || error instanceof RequestError) throw error;
      exchange = exchangeOf(key, timer, { sent: last, failure: failureOf(error) });
    }
    await run('test', seen);
    this.#follow(script, key);
    return { planned, exchange: { ...exchange, assertions: script.assertions, scriptErrors: script.errors } };
  }

  /** `setNextRequest`, as far as a plan can follow it: onwards. */
  #follow({ next }: ScriptOutcome, by: string): void {
    if (next === undefined) return;
    if (next === null) {
      this.#next = { key: null, by };
      return;
    }
    const at = this.#plan.findIndex(({ request }) => request.key === by);
    const to = this.#plan.findIndex(
      ({ request }) => request.name === next || request.key === next || request.pointer === next,
    );
    if (to >= 0 && to <= at) {
      throw new RequestError(
        `a script goes back to ${next}`,
        by,
        'a plan runs each request once; take the loop out of the collection',
      );
    }
    // Newman ends a run whose next request it does not find.
    this.#next =
      to < 0 ? { key: null, by } : to === at + 1 ? null : { key: this.#plan[to]?.request.key ?? null, by };
  }
}

function startTimer(): { startedAt: number; elapsedMs(): number } {
  const startedAt = Date.now();
  const start = performance.now();
  return { startedAt, elapsedMs: () => performance.now() - start };
}

function exchangeOf(
  key: string,
  timer: ReturnType<typeof startTimer>,
  answer: Answer | { readonly sent: SentRequest; readonly failure: Exchange['failure'] },
): Exchange {
  const { response = null, ...rest } = { failure: null, ...answer } as Partial<Answer> & typeof answer;
  return {
    failure: null,
    ...rest,
    response: response === null ? null : withoutBytes(response),
    key,
    runner: 'typed',
    startedAt: timer.startedAt,
    durationMs: timer.elapsedMs(),
    attempts: 1,
    assertions: [],
    scriptErrors: [],
  };
}

/** Nothing after the scripts reads the bytes; the text alone stays until the request is checked. */
function withoutBytes({ bytes: _, ...response }: ReceivedResponse): ReceivedResponse {
  return response;
}
