import { RequestError } from '../../errors';
import type { Exchange } from '../../exchange/exchange';
import { failureOf } from '../../exchange/failure';
import type { Plan, PlannedRequest } from '../../plan/plan';
import { captured } from '../capture';
import { foreignHost, refuseOwnFault, refuseSilentGaps } from '../checks';
import type { RunContext, Runner, RunOutcome } from '../runner';
import { SkipBook } from '../skips';
import { buildRequest, refuseUnsupported } from './build';
import { HttpClient } from './client';
import { type Sender, sendFollowing } from './send';

/**
 * Our own runner: keep-alive, bounded concurrency, no script engine.
 *
 * Requests that change something run alone and in collection order; read-only ones between them run at the same time
 * as far as their variables let them. The outcomes come in collection order either way.
 */
export class TypedRunner implements Runner {
  readonly name = 'typed';
  #client: HttpClient | null = null;
  readonly #live = new Set<TypedRun>();

  async *run(plan: Plan, context: RunContext): AsyncGenerator<RunOutcome> {
    refuseUnsupported(plan.requests);
    this.#client ??= new HttpClient({ ...context, maxSockets: context.concurrency });
    const sender = { client: this.#client, guard: context.guard, cookies: context.cookies };
    const run = new TypedRun(context, sender, new SkipBook(plan.requests));
    this.#live.add(run);
    try {
      for (const outcome of run.schedule(plan.requests)) yield await outcome;
    } finally {
      run.stop();
      this.#live.delete(run);
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
  #stopped = false;

  constructor(context: RunContext, sender: Sender, skips: SkipBook) {
    this.#context = context;
    this.#sender = sender;
    this.#skips = skips;
  }

  /** Nothing is sent any more; what is under way ends by itself. */
  stop(): void {
    this.#stopped = true;
  }

  /** One promise a planned request. Each starts when those it must wait for are settled. */
  schedule(plan: readonly PlannedRequest[]): Promise<RunOutcome>[] {
    const slots = new Slots(this.#context.concurrency);
    // Only what started since the last change can still be under way: everything before it was waited for.
    let recent: { planned: PlannedRequest; settled: Promise<unknown> }[] = [];
    return plan.map((planned) => {
      const before = recent
        .filter((other) => mustWaitFor(planned, other.planned))
        .map(({ settled }) => settled);
      const outcome = Promise.all(before).then(() => slots.use(() => this.#one(planned)));
      // A rejection is answered where the outcome is awaited; here it must not end the process.
      const entry = { planned, settled: outcome.catch(() => this.stop()) };
      if (planned.safe) recent.push(entry);
      else recent = [entry];
      return outcome;
    });
  }

  async #one(planned: PlannedRequest): Promise<RunOutcome> {
    const { request } = planned;
    const { scope, target, guard } = this.#context;
    if (this.#stopped) {
      return { planned, skipped: { cause: 'stopped', text: 'the run stopped at an earlier request' } };
    }
    const reason = this.#skips.reasonFor(planned, scope);
    if (reason !== null) return this.#skip(planned, reason);
    const { sent, unresolved } = buildRequest(request, scope, target);
    if (unresolved.length > 0) {
      throw new RequestError(`unresolved {{${unresolved.join('}}, {{')}}}`, request.key, 'give it a value');
    }
    refuseSilentGaps(request, sent);
    const url = new URL(sent.url);
    if (!guard.allows(url)) throw foreignHost(url.host, request.key);
    const down = this.#skips.reasonFor(planned, scope, url);
    if (down !== null) return this.#skip(planned, down);

    const exchange = await this.#exchange(planned, sent);
    refuseOwnFault(exchange.failure, request.key);
    this.#skips.sent(request.key, exchange);
    for (const [name, value] of Object.entries(captured(planned, exchange))) {
      this.#context.onCapture(name, value);
      scope.set(name, value);
    }
    return { planned, exchange };
  }

  #skip(planned: PlannedRequest, skipped: NonNullable<RunOutcome['skipped']>): RunOutcome {
    this.#skips.skipped(planned.request.key, skipped);
    return { planned, skipped };
  }

  async #exchange({ request, settings }: PlannedRequest, sent: Exchange['sent']): Promise<Exchange> {
    const timeoutMs = settings.timeoutMs ?? this.#context.timeoutMs;
    const follow = request.behavior.followRedirects !== false;
    const startedAt = Date.now();
    const start = performance.now();
    const shared = () => ({
      key: request.key,
      runner: 'typed',
      startedAt,
      durationMs: performance.now() - start,
      attempts: 1,
      assertions: [],
      scriptErrors: [],
    });
    try {
      const answer = await sendFollowing(this.#sender, sent, timeoutMs, follow);
      return { ...shared(), failure: null, ...answer };
    } catch (error) {
      return { ...shared(), sent, response: null, failure: failureOf(error) };
    }
  }
}

/** What changes something runs alone; a read waits for what changes something and for what it stands on. */
function mustWaitFor(later: PlannedRequest, earlier: PlannedRequest): boolean {
  return (
    !later.safe ||
    !earlier.safe ||
    later.needs.some((name) => earlier.yields.includes(name)) ||
    later.after.includes(earlier.request.key)
  );
}

/** Lets at most so many steps run at the same time. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async use<T>(step: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    try {
      return await step();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
