import type { CollectionRequest } from '../../collection/model';
import { RunnerError } from '../../errors';
import { orderOf, type Step } from '../../plan/order';
import type { Plan, PlannedRequest } from '../../plan/plan';
import { beginIteration } from '../iterations';
import { type RunContext, type SkipReason, type Turn, turnOf } from '../runner';
import { type Entry, Schedule, settled } from './schedule';

/** A collection that goes back to a request more often than this does not end by itself. */
const MAX_REPEATS = 1_000;

/** What one request gave, and where its scripts said to go on: null is the end, undefined the next one in order. */
export interface Walked<T> {
  readonly value: T;
  readonly next?: string | null | undefined;
}

/** What a walk does at each request. */
export interface Walker<T> {
  run(step: Step, entry: Entry<Walked<T>>, turn: Turn): Promise<Walked<T>>;
  /** A request that scripts have passed over. */
  skip(planned: PlannedRequest, reason: SkipReason, turn: Turn): T;
}

/**
 * Walks over a plan, iteration by iteration, as its order allows and its scripts say.
 *
 * Errors: those of the walker; RunnerError for a loop without end or a script that was read wrongly.
 */
export class Walk<T> {
  readonly #steps: readonly Step[];
  readonly #context: RunContext;
  readonly #walker: Walker<T>;
  readonly #schedule: Schedule<Walked<T>>;
  #stopped = false;

  constructor(plan: Plan, context: RunContext, walker: Walker<T>) {
    this.#steps = orderOf(plan.requests);
    this.#context = context;
    this.#walker = walker;
    this.#schedule = new Schedule(context.concurrency);
  }

  /** What is not begun yet is not begun any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Every result, in the order in which the requests begin. */
  async *results(): AsyncGenerator<T> {
    let failure: unknown;
    const walking = this.#walk()
      .catch((error) => {
        failure = error;
      })
      .finally(() => this.#schedule.end());
    for await (const { value } of this.#schedule.results()) yield value;
    await walking;
    if (failure !== undefined) throw failure;
  }

  /**
   * A response changed a cookie. What started already, though it comes later, and was sent with other cookies than it would
   * have had is sent again: it is only read. From here on everything runs in order, because what cookies mean nobody can read.
   *
   * Errors: RunnerError where one of them changes something and cannot be sent twice.
   */
  cookieChanged(entry: Entry<Walked<T>>, name: string, isSentTo: (url: string) => boolean): void {
    this.#schedule.goInOrder();
    const late = this.#schedule.startedAfter(entry, ({ sentTo }) => sentTo !== null && isSentTo(sentTo));
    const write = late.find(({ at }) => this.#steps[at]?.planned.safe === false);
    const keyOf = ({ at }: Entry<Walked<T>>) => this.#steps[at]?.planned.request.key ?? '';
    if (write !== undefined) {
      throw new RunnerError(
        `${keyOf(entry)} sets the cookie ${name}, and this was sent beside it`,
        keyOf(write),
        'name the one in "after" of the other in driftgate.config.json, or use --concurrency 1',
      );
    }
    this.#schedule.again(late);
  }

  /** A variable got a value that stands on other variables, of which the plan knows nothing: from here on all is in order. */
  goInOrder(): void {
    this.#schedule.goInOrder();
  }

  /** Waits for what is under way. */
  idle(): Promise<void> {
    return this.#schedule.idle();
  }

  async #walk(): Promise<void> {
    for (const iteration of this.#context.iterations.keys()) {
      if (this.#stopped) return;
      beginIteration(this.#context, iteration);
      await this.#iteration(iteration);
      await this.#schedule.idle();
    }
  }

  async #iteration(iteration: number): Promise<void> {
    const { bail = false } = this.#context;
    const repeats = new Map<number, number>();
    const passedOver = new Map<number, string>();
    for (let at = 0; at < this.#steps.length && !this.#stopped; ) {
      const step = this.#steps[at] as Step;
      const repeat = (repeats.get(at) ?? 0) + 1;
      if (repeat > MAX_REPEATS) throw endless(step, repeat);
      repeats.set(at, repeat);
      passedOver.delete(at);
      const turn = turnOf(this.#context, iteration, repeat);
      await this.#schedule.room();
      // Who stops at a failure has to see all of a request first.
      const waits = bail ? step.waits.map(({ at, why }) => ({ at, why })) : step.waits;
      const entry = this.#schedule.begin(at, waits, async (self) => {
        const walked = await this.#walker.run(step, self, turn);
        if (walked.next !== undefined && !step.steers) throw unforeseen(step);
        return walked;
      });
      if (!step.steers) {
        at += 1;
        continue;
      }
      await settled(entry);
      const next = await entry.result.then(
        (walked) => walked.next,
        () => undefined,
      );
      const to = this.#placeOf(next, at);
      const how =
        next === null || to === this.#steps.length
          ? 'ended the run'
          : `went on at ${this.#steps[to]?.planned.request.key}`;
      for (let between = at + 1; between < to; between += 1) {
        if (!repeats.has(between)) passedOver.set(between, `a script of ${step.planned.request.key} ${how}`);
      }
      at = to;
    }
    for (const [at, text] of passedOver) {
      const { planned } = this.#steps[at] as Step;
      const turn = turnOf(this.#context, iteration, 1);
      this.#schedule.begin(at, [], async () => ({
        value: this.#walker.skip(planned, { cause: 'script', text }, turn),
      }));
    }
  }

  /** Where a script goes on, as Newman finds it: by id, else the last of that name; and it ends where it finds nothing. */
  #placeOf(next: string | null | undefined, at: number): number {
    if (next === undefined) return at + 1;
    if (next === null) return this.#steps.length;
    const find = (is: (request: CollectionRequest) => boolean) =>
      this.#steps.findLastIndex(({ planned }) => is(planned.request));
    const place = find(({ id }) => id === next);
    if (place >= 0) return place;
    const named = find(({ name }) => name === next.trim());
    return named >= 0 ? named : this.#steps.length;
  }
}

function endless({ planned }: Step, repeat: number): RunnerError {
  return new RunnerError(
    `scripts go back to it without end (${repeat} times)`,
    planned.request.key,
    'correct the loop in the collection',
  );
}

function unforeseen({ planned }: Step): RunnerError {
  return new RunnerError(
    'its script names the next request, which the plan did not know of',
    planned.request.key,
    'this is a fault of Driftgate: report it, and run with --concurrency 1 meanwhile',
  );
}
