import type { Collection, CollectionRequest } from '../collection/model';
import type { CaptureSource, Captures, Config } from '../config/config';
import type { PlannedRequest } from '../plan/plan';
import { variablesIn } from '../variables/resolve';
import { type Candidate, candidatesOf, FIT } from './candidates';
import { pathOf, savedValues } from './evidence';
import { singular, wordsOf } from './words';

/** A capture that an example speaks for: what to write into the configuration, and why. */
export interface CaptureProposal {
  /** The request whose response yields it. */
  readonly key: string;
  readonly variable: string;
  readonly source: CaptureSource;
  readonly why: string;
}

/** What a variable is if an earlier response is to give it, and not a person. */
const ID_WORDS = new Set('id uuid guid token jwt cursor sid etag ref'.split(' '));
/** What it may be as well, where the request creates just that. */
const KEY_WORDS = new Set('key code number name slug reference handle'.split(' '));
/** Names of variables that say nothing without what stands before them in a path. */
const BARE_WORDS = new Set([...KEY_WORDS, 'id', 'uuid', 'guid', 'ref']);
/** How many names a path through a list may have. */
const MAX_LISTED_DEPTH = 3;
/** Usual names of the one token that a login answers. */
const TOKENS = new Set('token accesstoken authtoken bearertoken jwt jwttoken'.split(' '));

/**
 * The captures that a collection's own examples speak for: a request needs a variable that nobody gives, and the success
 * example of an earlier one plainly has it.
 *
 * `given` are variables that an environment is known to give: only what is beyond doubt is proposed for them. It would rather propose nothing than a wrong one: at most one source a
 * variable, and none where two are equally plain. Evidence is, in this order: the very value stood in the variable's place
 * when a later example was saved, the name, that the request creates something, and that the value is in no list.
 */
export function proposeCaptures(
  collection: Collection,
  described: readonly PlannedRequest[],
  config: Config,
  given: ReadonlySet<string> = new Set(),
): CaptureProposal[] {
  const open = openVariables(collection, described, config);
  if (open.size === 0) return [];
  const index = new CandidateIndex(described);
  return [...open].flatMap(([variable, users]) => {
    const saved = new Set(
      users.flatMap(({ request }) => [...savedValues(collection.document, request, variable)]),
    );
    const before = described.findIndex(({ needs }) => needs.includes(variable));
    const best = bestOf(index.of(variable, users, before, saved));
    if (best === null || (given.has(variable) && !isBeyondDoubt(best))) return [];
    const { key, source, status } = best.candidate;
    const proof = best.isProven ? ', and the example of a later request was saved with that very value' : '';
    return [{ key, variable, source, why: `its ${status} example has it${proof}` }];
  });
}

/** Proposals as the `captures` of a configuration. */
export function capturesOf(proposals: readonly CaptureProposal[]): Captures {
  const captures: Record<string, Record<string, CaptureSource>> = {};
  for (const { key, variable, source } of proposals) captures[key] = { ...captures[key], [variable]: source };
  return captures;
}

/** The variables that nobody gives, in the order in which they are needed, with the requests that need each. */
function openVariables(
  { variables }: Collection,
  described: readonly PlannedRequest[],
  config: Config,
): Map<string, PlannedRequest[]> {
  const given = new Set([
    ...variables.filter(({ value, disabled }) => value !== '' && disabled !== true).map(({ key }) => key),
    ...Object.keys(config.variables),
    ...described.flatMap(({ yields }) => yields),
  ]);
  // Where a request goes is for the environment to say, never for a response.
  const places = new Set(described.flatMap(({ request }) => placeVariables(request)));
  const open = new Map<string, PlannedRequest[]>();
  for (const planned of described) {
    for (const name of planned.needs) {
      if (given.has(name) || places.has(name)) continue;
      open.set(name, [...(open.get(name) ?? []), planned]);
    }
  }
  return open;
}

function placeVariables({ url }: CollectionRequest): string[] {
  return [url.protocol ?? '', ...url.host, url.port ?? ''].flatMap(variablesIn);
}

interface Scored {
  readonly candidate: Candidate;
  readonly fit: number;
  /** The very value was sent in the variable's place. */
  readonly isProven: boolean;
}

/** Every example's values by their names and by themselves: collections of thousands of values are asked often. */
class CandidateIndex {
  readonly #byName = new Map<string, Candidate[]>();
  readonly #byValue = new Map<string, Candidate[]>();

  constructor(described: readonly PlannedRequest[]) {
    for (const [at, { request }] of described.entries()) {
      for (const candidate of candidatesOf(request, at)) {
        for (const name of candidate.names.keys()) push(this.#byName, name, candidate);
        if (candidate.value !== null) push(this.#byValue, candidate.value, candidate);
      }
    }
  }

  /** The candidates for a variable that stand before the first request that needs it. */
  of(
    variable: string,
    users: readonly PlannedRequest[],
    before: number,
    saved: ReadonlySet<string>,
  ): Scored[] {
    const words = wordsOf(variable);
    const name = fullName(words, users);
    const fits = new Map<Candidate, number>();
    const note = (candidate: Candidate, fit: number) => {
      if (candidate.at < before) fits.set(candidate, Math.max(fit, fits.get(candidate) ?? 0));
    };
    if (name !== null) {
      for (const candidate of this.#byName.get(name) ?? []) note(candidate, candidate.names.get(name) ?? 0);
    }
    if (TOKENS.has(words.join(''))) {
      for (const synonym of TOKENS) {
        for (const candidate of this.#byName.get(synonym) ?? [])
          if (candidate.creates && !candidate.isListed && candidate.depth <= 2) note(candidate, FIT.synonym);
      }
    }
    for (const value of saved) {
      if (!isDistinct(value)) continue;
      for (const candidate of this.#byValue.get(value) ?? [])
        if (ID_WORDS.has(candidate.last)) note(candidate, 0);
    }
    const isInPath = users.some(({ request }) =>
      pathOf(request.url).some((part) => part.includes(`{{${variable}}}`)),
    );
    return [...fits].flatMap(([candidate, fit]) => {
      const isProven = candidate.value !== null && saved.has(candidate.value);
      const last = words.at(-1) ?? '';
      const isId = [last, candidate.last].some((word) => ID_WORDS.has(word));
      const isMadeKey = fit === FIT.created && [last, candidate.last].some((word) => KEY_WORDS.has(word));
      const isWhole = !isInPath || candidate.value === null || /^[\w.~@-][\w.~@:-]*$/.test(candidate.value);
      const isSure = isProven && isDistinct(candidate.value ?? '');
      // Deep in a list, an id is as likely one of something else.
      const isNear = isSure || !candidate.isListed || candidate.depth <= MAX_LISTED_DEPTH;
      return isWhole && isNear && (isSure || isId || isMadeKey) ? [{ candidate, fit, isProven }] : [];
    });
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The name to look for in one word: `id` alone is that of the one thing that it follows in every path. */
function fullName(words: readonly string[], users: readonly PlannedRequest[]): string | null {
  const name = words.join('');
  if (!BARE_WORDS.has(name)) return name;
  const owners = new Set(users.map(({ request }) => ownerIn(request, words)));
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined && owner !== null ? owner + name : null;
}

function ownerIn({ url }: CollectionRequest, words: readonly string[]): string | null {
  const path = pathOf(url);
  const at = path.findIndex((part) => {
    const inner = /^\{\{([^{}]+)\}\}$/.exec(part)?.[1];
    return inner !== undefined && wordsOf(inner).join('') === words.join('');
  });
  const owner = path[at - 1];
  return at < 1 || owner === undefined || variablesIn(owner).length > 0 ? null : singular(owner);
}

/** Long enough and mixed enough that two equal ones are no accident; dates and addresses are often equal. */
function isDistinct(value: string): boolean {
  return /^(?=.*\d)(?=.*[a-z])[\w-]{8,}$|^\d{10,}$/i.test(value) && !/^\d{4}-\d\d-\d\d/.test(value);
}

/** The plainest candidate; the nearest of equal ones. Two different values in one response leave it open. */
function bestOf(scored: readonly Scored[]): Scored | null {
  const sorted = [...scored].sort(
    (a, b) =>
      compare(rankOf(b), rankOf(a)) ||
      b.candidate.at - a.candidate.at ||
      a.candidate.depth - b.candidate.depth,
  );
  const [best] = sorted;
  if (best === undefined) return null;
  const equal = sorted.filter(
    (other) => other.candidate.at === best.candidate.at && compare(rankOf(other), rankOf(best)) === 0,
  );
  const isOpen = equal.some(
    ({ candidate }) =>
      candidate !== best.candidate && (candidate.value === null || candidate.value !== best.candidate.value),
  );
  return isOpen ? null : best;
}

function isBeyondDoubt({ candidate, fit, isProven }: Scored): boolean {
  return isProven || (fit === FIT.created && !candidate.isListed);
}

function rankOf({ candidate, fit, isProven }: Scored): number[] {
  const isPlain = fit >= FIT.resource;
  const from = Number(!candidate.isListed) * 2 + Number(candidate.creates);
  return [Number(isProven), Number(isPlain), from, fit, -candidate.depth];
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((value, at) => value - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
