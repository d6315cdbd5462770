import type { PlannedRequest } from '../../plan/plan';

/** Whether a request may run beside others: it changes nothing, neither there nor, by a script, here. */
function isFree({ safe, request }: PlannedRequest): boolean {
  return safe && request.scripts.every(({ source }) => source.trim() === '');
}

/** What has to be settled before a request: what changes something runs alone; a read waits for what it stands on. */
export class Queue {
  /** The last request that ran alone: everything before it was waited for. */
  #barrier: Promise<void> = Promise.resolve();
  #since: Promise<void>[] = [];
  readonly #yielders = new Map<string, Promise<void>[]>();
  readonly #keys = new Map<string, Promise<void>>();

  before(planned: PlannedRequest): readonly Promise<void>[] {
    if (!isFree(planned)) return [this.#barrier, ...this.#since];
    return [
      this.#barrier,
      ...planned.needs.flatMap((name) => this.#yielders.get(name) ?? []),
      ...planned.after.flatMap((key) => this.#keys.get(key) ?? []),
    ];
  }

  add(planned: PlannedRequest, settled: Promise<void>): void {
    if (!isFree(planned)) {
      this.#barrier = settled;
      this.#since = [];
      this.#yielders.clear();
      this.#keys.clear();
      return;
    }
    this.#since.push(settled);
    this.#keys.set(planned.request.key, settled);
    for (const name of planned.yields)
      this.#yielders.set(name, [...(this.#yielders.get(name) ?? []), settled]);
  }
}

/** Lets at most so many steps run at the same time. */
export class Slots {
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
