import { RunnerError } from '../../errors';
import type { PlannedRequest } from '../../plan/plan';

/** Where Newman is in the plan: what it ran, how often, and what its scripts made it pass over. */
export class Progress {
  readonly #plan: readonly PlannedRequest[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #runs = new Map<number, number>();
  readonly #passed = new Map<number, string>();
  #last: number | null = null;

  constructor(plan: readonly PlannedRequest[]) {
    this.#plan = plan;
    this.#places = new Map(plan.map(({ request }, at) => [request.id, at]));
  }

  /** Hears that an item was run. Errors: RunnerError for one that was not planned. */
  heard(id: string): { planned: PlannedRequest; repeat: number } {
    const at = this.#places.get(id);
    const planned = at === undefined ? undefined : this.#plan[at];
    if (at === undefined || planned === undefined) {
      throw new RunnerError(`Newman ran ${id}, which was not planned`, 'runner newman', 'report this');
    }
    const repeat = (this.#runs.get(at) ?? 0) + 1;
    this.#passOver(at, `went on at ${planned.request.key}`);
    this.#runs.set(at, repeat);
    this.#passed.delete(at);
    this.#last = at;
    return { planned, repeat };
  }

  /** Ends an iteration: what it left out, and why. */
  next(): { planned: PlannedRequest; text: string }[] {
    this.#passOver(this.#plan.length, 'ended the run');
    const left = [...this.#passed].flatMap(([at, text]) => {
      const planned = this.#plan[at];
      return planned === undefined ? [] : [{ planned, text }];
    });
    this.#runs.clear();
    this.#passed.clear();
    this.#last = null;
    return left;
  }

  #passOver(to: number, how: string): void {
    const from = this.#last === null ? 0 : this.#last + 1;
    const by = this.#last === null ? 'the collection' : (this.#plan[this.#last]?.request.key ?? '');
    for (let at = from; at < to; at += 1) {
      if (!this.#runs.has(at)) this.#passed.set(at, `a script of ${by} ${how}`);
    }
  }
}
