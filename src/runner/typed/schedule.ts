import type { Wait } from '../../plan/order';

/** So many steps are begun ahead at least: chains whose turn comes late can run beside those that began early. */
const MIN_WINDOW = 64;

/** One execution of one step of the plan, which may be a repeat of it. */
export interface Entry<T> {
  /** Place in the plan. */
  readonly at: number;
  /** When it was begun, among all entries of this process. */
  readonly order: number;
  /** Where its request went, once it was sent. */
  sentTo: string | null;
  /** Takes back what it changed among the variables; null where it has not started. */
  undo: (() => void) | null;
  result: Promise<T>;
  isOpen: boolean;
  /** Its response is there, if any comes; its scripts may still run. */
  isAnswered: boolean;
  /** Who waits for no more than that. */
  onAnswered: (() => void)[] | null;
  /** Whose answer it waits for. */
  asks: Entry<T> | null;
  /** What it waits for, and what was begun before it; nothing once nobody can send it again. */
  waits: readonly Entry<T>[];
  previous: Entry<T> | null;
  /** Nobody runs again what was taken. */
  run: (entry: Entry<T>) => Promise<T>;
}

const NOTHING: readonly never[] = Object.freeze([]);
const taken = (): Promise<never> => Promise.reject(new Error('its result was taken'));

let begun = 0;

/**
 * Starts steps as early as what they wait for allows, at most so many at the same time, and gives their results in the
 * order in which they were begun.
 */
export class Schedule<T> {
  readonly #slots: Slots;
  readonly #window: number;
  readonly #entries: (Entry<T> | undefined)[] = [];
  readonly #latest = new Map<number, Entry<T>>();
  #last: Entry<T> | null = null;
  #taken = 0;
  #open = 0;
  #isInOrder: boolean;
  #ended = false;
  #wake: () => void = () => {};
  #onSettled: () => void = () => {};

  constructor(concurrency: number) {
    this.#slots = new Slots(concurrency);
    this.#window = Math.max(MIN_WINDOW, concurrency * 4);
    this.#isInOrder = concurrency === 1;
  }

  /** Waits until another step may begin: what waits takes memory, and only so much of it can be of use. */
  async room(): Promise<void> {
    while (this.#open >= this.#window) {
      await new Promise<void>((resolve) => {
        this.#onSettled = resolve;
      });
    }
  }

  /** From here on nothing starts before all that was begun earlier is settled. */
  goInOrder(): void {
    this.#isInOrder = true;
  }

  /** Begins a step: it runs when the latest executions of the steps in `waits` are settled, or answered where that is enough. */
  begin(at: number, waits: readonly Wait[], run: Entry<T>['run']): Entry<T> {
    begun += 1;
    const asked = waits.find(({ isForAnswer }) => isForAnswer === true);
    const settles = waits.filter((wait) => wait !== asked);
    const entry: Entry<T> = {
      at,
      order: begun,
      sentTo: null,
      undo: null,
      // It is set right below; an entry is what it runs with.
      result: undefined as unknown as Promise<T>,
      isOpen: true,
      isAnswered: false,
      onAnswered: null,
      asks: asked === undefined ? null : (this.#latest.get(asked.at) ?? null),
      waits: settles.flatMap((other) => this.#latest.get(other.at) ?? []),
      previous: this.#last,
      run,
    };
    this.#launch(entry, Promise.resolve());
    this.#open += 1;
    void settled(entry).then(() => {
      this.#open -= 1;
      this.#onSettled();
    });
    this.#latest.set(at, entry);
    this.#entries.push(entry);
    this.#last = entry;
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
      // Who has seen it is done with it, and with all that it waited for.
      this.#entries[this.#taken] = undefined;
      this.#taken += 1;
      entry.waits = NOTHING;
      entry.asks = null;
      entry.previous = null;
      entry.undo = null;
      entry.sentTo = null;
      entry.run = taken;
      yield await entry.result;
    }
  }

  /** Waits until everything that was begun is settled. */
  async idle(): Promise<void> {
    for (const entry of [...this.#latest.values()]) await settled(entry);
  }

  /** What was begun after this one and has started: where it is affected, or has waited for what is. */
  startedAfter(entry: Entry<T>, isAffected: (other: Entry<T>) => boolean): Entry<T>[] {
    const place = this.#entries.indexOf(entry, this.#taken);
    const found = new Set<Entry<T>>();
    if (place < 0) return [];
    for (const other of this.#entries.slice(place + 1)) {
      if (other === undefined || other.undo === null) continue;
      if (isAffected(other) || other.waits.some((waited) => found.has(waited))) found.add(other);
    }
    return [...found];
  }

  /** Runs entries anew, when all of them are settled: what they gave and changed before is taken back. */
  again(entries: readonly Entry<T>[]): void {
    const olds = Promise.all(entries.map(({ result }) => result.catch(() => {})));
    const ready = olds.then(() => {
      for (const { undo } of entries.toReversed()) undo?.();
    });
    for (const entry of entries) {
      entry.sentTo = null;
      this.#launch(entry, ready);
    }
  }

  #launch(entry: Entry<T>, ready: Promise<unknown>): void {
    const result = ready.then(() => this.#start(entry));
    const close = () => {
      if (entry.result === result) entry.isOpen = false;
    };
    entry.isOpen = true;
    entry.result = result;
    // A rejection is answered where the result is awaited; here it must not end the process.
    result.then(close, close);
  }

  async #start(entry: Entry<T>): Promise<T> {
    const open = entry.waits.filter((wait) => wait.isOpen);
    if (open.length > 0) await Promise.all(open.map(settled));
    if (entry.asks?.isOpen) await answered(entry.asks);
    for (;;) {
      if (this.#isInOrder && entry.previous !== null) await settled(entry.previous);
      await this.#slots.take();
      // Meanwhile the order may have become one.
      if (!this.#isInOrder || entry.previous?.isOpen !== true) break;
      this.#slots.give();
    }
    try {
      return await entry.run(entry);
    } finally {
      this.#slots.give();
    }
  }
}

/** Waits for the last execution of an entry, however it ends. */
export async function settled<T>(entry: Entry<T>): Promise<void> {
  for (let seen: Promise<T> | null = null; seen !== entry.result; ) {
    seen = entry.result;
    await seen.catch(() => {});
  }
}

/** Tells those who wait for an answer that it is there. */
export function tellAnswered<T>(entry: Entry<T>): void {
  entry.isAnswered = true;
  for (const hear of entry.onAnswered ?? []) hear();
  entry.onAnswered = null;
}

/** Waits for the answer of an entry, or for its end where none comes. */
function answered<T>(entry: Entry<T>): Promise<void> {
  return new Promise((resolve) => {
    if (entry.isAnswered) resolve();
    entry.onAnswered ??= [];
    entry.onAnswered.push(resolve);
    void settled(entry).then(resolve);
  });
}

/** Lets at most so many steps run at the same time. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
