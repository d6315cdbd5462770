import type { AuthTemplate } from '../collection/model';
import type { PlannedRequest } from './plan';

/** Auth that signs a request with what it found out for the one before. */
const CHALLENGED: ReadonlySet<string> = new Set(['digest', 'hawk', 'ntlm']);

/** What a request waits for, and the variable, setting or rule that says so. */
export interface Wait {
  /** Place in the plan. */
  readonly at: number;
  readonly why: string;
  /** The answer is enough: what scripts make of it is none of this one's business. */
  readonly isForAnswer?: boolean;
}

/**
 * One request of the plan in the graph of what runs after what.
 *
 * Shape: `waits` are places before this one, nearest cause first. A `barrier` runs alone: everything before it is waited for,
 *        and everything after waits for it; the text says why. `steers` says that its scripts may name the next request.
 */
export interface Step {
  readonly planned: PlannedRequest;
  readonly waits: readonly Wait[];
  readonly barrier: string | null;
  readonly steers: boolean;
}

/**
 * Plan → the graph of what has to be settled before what.
 *
 * Requests that share no variable do not wait for one another, unless one of them changes something and nothing says
 * what: a write is bound to the chain of requests that share its variables, and one without any is a barrier. So is
 * everything that cannot be read. Writes keep their order among each other.
 */
export function orderOf(plan: readonly PlannedRequest[]): readonly Step[] {
  const touched = plan.map(touchedBy);
  const chains = chainsOf(plan, touched);
  const graph = new Graph();
  const challenged = new Map<AuthTemplate, number>();
  return plan.map((planned, at) => {
    const { reads, writes } = touched[at] as Touched;
    const { access } = planned;
    const chain = chains[at] ?? null;
    const barrier = barrierOf(planned, chain);
    const waits =
      barrier === null ? graph.waitsOf(planned, { reads, writes, chain }) : graph.waitsOfBarrier();
    const { auth } = planned.request;
    if (auth !== null && CHALLENGED.has(auth.type)) {
      const before = challenged.get(auth);
      const why = `is signed by the same ${auth.type} auth before`;
      if (before !== undefined && waits.every((wait) => wait.at !== before)) waits.push({ at: before, why });
      challenged.set(auth, at);
    }
    graph.add(at, planned, { reads, writes, chain, isBarrier: barrier !== null });
    const steers = access !== null && (access.steers || access.unreadable !== null);
    return { planned, waits, barrier, steers };
  });
}

interface Touched {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** The variables that a request stands on and those that it changes, with what its scripts do. */
function touchedBy({ needs, scriptReads, captures, access }: PlannedRequest): Touched {
  return {
    reads: [...new Set([...needs, ...scriptReads, ...(access?.reads ?? [])])],
    writes: [...new Set([...Object.keys(captures), ...(access?.writes ?? [])])],
  };
}

function barrierOf({ safe, request, access }: PlannedRequest, chain: number | null): string | null {
  if (access !== null && access.unreadable !== null) return `its script cannot be read: ${access.unreadable}`;
  if (access?.steers === true) return 'its script may name the next request';
  if (access?.isolated === false) return 'its script sends requests or uses cookies by itself';
  return safe || chain !== null ? null : `${request.method} changes something, and no variable says what`;
}

/**
 * The chain of each request: those that are bound to one another by variables which a run changes, or by `after`. A
 * request that shares none is in no chain.
 */
function chainsOf(plan: readonly PlannedRequest[], touched: readonly Touched[]): (number | null)[] {
  const changed = new Set(touched.flatMap(({ writes }) => writes));
  const parents = plan.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    // Paths are shortened as they are walked, or a long chain would be walked again and again.
    for (let step = at; step !== root; ) {
      const next = parents[step] ?? root;
      parents[step] = root;
      step = next;
    }
    return root;
  };
  const linked = new Set<number>();
  const link = (one: number, other: number): void => {
    parents[rootOf(one)] = rootOf(other);
    linked.add(one).add(other);
  };
  const holders = new Map<string, number>();
  const places = new Map(plan.map(({ request }, at) => [request.key, at]));
  for (const [at, { reads, writes }] of touched.entries()) {
    for (const name of new Set([...reads, ...writes])) {
      if (!changed.has(name)) continue;
      const holder = holders.get(name);
      if (holder !== undefined) link(at, holder);
      holders.set(name, at);
    }
    for (const key of plan[at]?.after ?? []) {
      const other = places.get(key);
      if (other !== undefined && other !== at) link(at, other);
    }
  }
  return plan.map((_, at) => (linked.has(at) ? rootOf(at) : null));
}

interface Node {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly chain: number | null;
}

/** What was added since the last barrier, by what later requests may stand on. */
class Graph {
  #barrier: number | null = null;
  readonly #since: number[] = [];
  readonly #writers = new Map<string, number>();
  readonly #readers = new Map<string, number[]>();
  readonly #keys = new Map<string, number>();
  /** The last write of each chain, and the reads of it since. */
  readonly #lastWrite = new Map<number, number>();
  readonly #readsSince = new Map<number, number[]>();
  /** Two writes may meet in one thing that they name differently: they keep their order. */
  #latestWrite: number | null = null;
  /** Reads that are in no chain, and how many of them the writes of each chain have waited for. */
  #unchained: number[] = [];
  readonly #waitedFor = new Map<number, number>();
  /** Whether the host answers at all is asked once, and its first cookies are there for everybody. */
  #first: number | null = null;
  /** Others may have to run in order by what it gives a variable, which is known at its end. */
  #firstWrites = false;

  waitsOfBarrier(): Wait[] {
    const all = this.#since.map((at) => ({ at, why: 'comes before' }));
    return all.length > 0 || this.#barrier === null ? all : [{ at: this.#barrier, why: 'runs alone' }];
  }

  waitsOf(planned: PlannedRequest, { reads, writes, chain }: Node): Wait[] {
    const waits = new Map<number, string>();
    const wait = (at: number | undefined, why: string) => {
      if (at !== undefined && !waits.has(at)) waits.set(at, why);
    };
    for (const name of reads) wait(this.#writers.get(name), `gives {{${name}}}`);
    for (const key of planned.after) wait(this.#keys.get(key), 'configured as `after`');
    for (const name of writes) {
      for (const reader of this.#readers.get(name) ?? []) wait(reader, `uses {{${name}}} before it changes`);
      wait(this.#writers.get(name), `changes {{${name}}} before`);
    }
    if (planned.safe) {
      if (chain !== null) wait(this.#lastWrite.get(chain), 'changes something of the same chain');
      else for (const at of this.#lastWrite.values()) wait(at, 'changes something');
    } else if (chain !== null) {
      wait(this.#latestWrite ?? undefined, 'changes something before');
      for (const at of this.#readsSince.get(chain) ?? []) wait(at, 'reads before this changes something');
      const unchained = this.#unchained.slice(this.#waitedFor.get(chain) ?? 0);
      for (const at of unchained) wait(at, 'reads before this changes something');
    }
    if (waits.size > 0) return [...waits].map(([at, why]) => ({ at, why }));
    if (this.#barrier !== null) return [{ at: this.#barrier, why: 'runs alone' }];
    if (this.#first === null) return [];
    const why = 'is the first, and says whether anything answers';
    return [{ at: this.#first, why, ...(!this.#firstWrites && { isForAnswer: true }) }];
  }

  add(
    at: number,
    { request, safe }: PlannedRequest,
    { reads, writes, chain, isBarrier }: Node & { isBarrier: boolean },
  ): void {
    if (isBarrier) {
      this.#barrier = at;
      this.#latestWrite = null;
      this.#since.length = 0;
      this.#unchained = [];
      for (const map of [
        this.#writers,
        this.#readers,
        this.#keys,
        this.#lastWrite,
        this.#readsSince,
        this.#waitedFor,
      ])
        map.clear();
      return;
    }
    this.#since.push(at);
    if (this.#first === null) {
      this.#first = at;
      this.#firstWrites = writes.length > 0;
    }
    this.#keys.set(request.key, at);
    for (const name of writes) {
      this.#writers.set(name, at);
      this.#readers.delete(name);
    }
    for (const name of reads) pushTo(this.#readers, name, at);
    if (safe) {
      if (chain !== null) pushTo(this.#readsSince, chain, at);
      else this.#unchained.push(at);
    } else if (chain !== null) {
      this.#lastWrite.set(chain, at);
      this.#latestWrite = at;
      this.#readsSince.delete(chain);
      this.#waitedFor.set(chain, this.#unchained.length);
    }
  }
}

function pushTo<K>(map: Map<K, number[]>, key: K, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}
