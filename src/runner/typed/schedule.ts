/** So many steps are begun ahead at least: chains whose turn comes late can run beside those that began early. */
const MIN_WINDOW = 512;

/** One execution of one step of the plan, which may be a repeat of it. */
export interface Entry<T> {
  /** Place in the plan. */
  readonly at: number;
  /** How often this step has begun in this iteration, from 1. */
  readonly repeat: number;
  /** Where its request went, once it was sent. */
  sentTo: string | null;
  result: Promise<T>;
  /** What it waits for; empty once nobody can send it again. */
  waits: readonly Entry<T>[];
  readonly run: (entry: Entry<T>) => Promise<T>;
}

/**
 * Starts steps as early as what they wait for allows, at most so many at the same time, and gives their results in the
 * order in which they were begun.
 */
export class Schedule<T> {
  readonly #slots: Slots;
  readonly #window: number;
  #open = 0;
  #onSettled: () => void = () => {};
  readonly #entries: (Entry<T> | undefined)[] = [];
  readonly #latest = new Map<number, Entry<T>>();
  #taken = 0;
  #ended = false;
  #wake: () => void = () => {};

  constructor(concurrency: number) {
    this.#slots = new Slots(concurrency);
    this.#window = Math.max(MIN_WINDOW, concurrency * 4);
  }

  /** Waits until another step may begin: what waits takes memory, and only so much of it can be of use. */
  async room(): Promise<void> {
    while (this.#open >= this.#window) {
      await new Promise<void>((resolve) => {
        this.#onSettled = resolve;
      });
    }
  }

  /** Begins a step: it runs when the latest executions of the steps in `waits` are settled. */
  begin(at: number, repeat: number, waits: readonly number[], run: Entry<T>['run']): Entry<T> {
    const before = waits.flatMap((other) => this.#latest.get(other) ?? []);
    const entry: Entry<T> = {
      at,
      repeat,
      sentTo: null,
      // It is set right below; an entry is what it runs with.
      result: undefined as unknown as Promise<T>,
      waits: before,
      run,
    };
    entry.result = this.#start(entry);
    this.#open += 1;
    void settled(entry).then(() => {
      this.#open -= 1;
      this.#onSettled();
    });
    this.#latest.set(at, entry);
    this.#entries.push(entry);
    this.#wake();
    return entry;
  }

  /** Nothing more is begun. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** The results, in the order in which the steps were begun. Errors: those of the steps. */
  async *results(): AsyncGenerator<T> {
    for (;;) {
      const entry = this.#entries[this.#taken];
      if (entry === undefined) {
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      await settled(entry);
      // Who has seen it is done with it.
      this.#entries[this.#taken] = undefined;
      this.#taken += 1;
      const value = await entry.result;
      entry.waits = [];
      yield value;
    }
  }

  /** Waits until everything that was begun is settled. */
  async idle(): Promise<void> {
    for (const entry of [...this.#latest.values()]) await settled(entry);
  }

  /** Waits for one of them, also where it is run anew meanwhile. */
  async settled(entry: Entry<T>): Promise<void> {
    await settled(entry);
  }

  /** What was begun after this one and sent already; and with each of these, what has waited for it. */
  sentAfter(entry: Entry<T>, isAffected: (other: Entry<T>) => boolean): Entry<T>[] {
    const place = this.#entries.indexOf(entry, this.#taken);
    const found = new Set<Entry<T>>();
    if (place < 0) return [];
    for (const other of this.#entries.slice(place + 1)) {
      if (other === undefined || other.sentTo === null) continue;
      if (isAffected(other) || other.waits.some((waited) => found.has(waited))) found.add(other);
    }
    return [...found];
  }

  /** Runs entries anew: what they gave before is dropped. */
  again(entries: readonly Entry<T>[]): void {
    for (const entry of entries) {
      const old = entry.result.catch(() => {});
      entry.sentTo = null;
      entry.result = old.then(() => this.#start(entry));
      entry.result.catch(() => {});
    }
  }

  #start(entry: Entry<T>): Promise<T> {
    const waited = Promise.all(entry.waits.map(settled));
    const result = waited.then(() => this.#slots.use(() => entry.run(entry)));
    // A rejection is answered where the result is awaited; here it must not end the process.
    result.catch(() => {});
    return result;
  }
}

/** Waits for the last execution of an entry, however it ends. */
async function settled<T>(entry: Entry<T>): Promise<void> {
  for (let seen: Promise<T> | null = null; seen !== entry.result; ) {
    seen = entry.result;
    await seen.catch(() => {});
  }
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
