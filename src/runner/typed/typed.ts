import { scriptsOf } from '../../collection/model';
import type { Plan } from '../../plan/plan';
import { GRACE_MS, type RunContext, type Runner, type RunOutcome } from '../runner';
import { SkipBook } from '../skips';
import { HttpClient } from './client';
import { tellAnswered } from './schedule';
import { type Listener, STOPPED, TypedRun } from './typed-run';
import { Walk } from './walk';

/** A run that is not over: no more of it begins, or what is under way ends as well. */
interface Live {
  stop(): void;
  close(): void;
  late?: NodeJS.Timeout;
}

/**
 * Our own runner: keep-alive, bounded concurrency, and a script engine only for requests that have scripts.
 *
 * What runs beside what is said by the order of the plan (`plan/order.ts`); the outcomes come in the order in which
 * requests begin.
 */
export class TypedRunner implements Runner {
  readonly name = 'typed';
  #client: HttpClient | null = null;
  readonly #live = new Set<Live>();

  async *run<T>(plan: Plan, context: RunContext, each: (outcome: RunOutcome) => T): AsyncGenerator<T> {
    this.#client ??= new HttpClient({ ...context, maxSockets: context.perOrigin });
    const sender = { client: this.#client, guard: context.guard, cookies: context.cookies };
    const run = new TypedRun(context, sender, new SkipBook(plan.requests, context.blocked));
    // It gets ready while the first requests are built and under way.
    if (plan.requests.some(({ request }) => scriptsOf(request).length > 0)) run.startScripts();
    const walk: Walk<T> = new Walk(plan, context, {
      run: async (step, entry, turn) => {
        if (run.isStopped) return { value: each({ ...turn, planned: step.planned, skipped: STOPPED }) };
        const isAlone = context.concurrency === 1;
        const listener: Listener = {
          order: entry.order,
          onStart: (undo) => {
            entry.undo = undo;
          },
          onSent: (url) => {
            entry.sentTo = url;
          },
          onAnswered: () => tellAnswered(entry),
          onNested: () => walk.goInOrder(),
          ...(!isAlone && {
            onCookie: (name: string, isSentTo: (url: string) => boolean) =>
              walk.cookieChanged(entry, name, isSentTo),
          }),
        };
        try {
          const { outcome, next } = await run.one(step, (turn.iteration ?? 1) - 1, listener);
          return { value: each({ ...turn, ...outcome }), next };
        } catch (error) {
          // What comes later is not worth sending any more.
          run.stop();
          throw error;
        }
      },
      skip: (planned, skipped, turn) => each({ ...turn, planned, skipped }),
    });
    const live: Live = {
      stop: () => {
        run.stop();
        walk.stop();
      },
      close: () => run.close(),
    };
    this.#live.add(live);
    try {
      yield* walk.results();
    } finally {
      live.stop();
      this.#live.delete(live);
      // What is under way may still make something that has to be removed.
      await walk.idle();
      clearTimeout(live.late);
      run.close();
    }
  }

  stop(graceMs = GRACE_MS): void {
    for (const live of this.#live) {
      live.stop();
      if (Number.isFinite(graceMs)) live.late ??= setTimeout(() => void this.close(), graceMs);
    }
  }

  async close(): Promise<void> {
    for (const live of this.#live) {
      live.stop();
      live.close();
    }
    this.#client?.close();
    this.#client = null;
  }
}
