import { isBodyless } from '../contract/check';
import type { Documented } from '../contract/coverage';
import { isOfOtherAnswer } from '../findings/finding';
import type { ResultRow } from './build';
import { groupBy } from './group';
import { type Coverage, type Gap, isAside, type Ratio } from './report';

const MOST_PROPERTIES = 20;

/**
 * Documented requests, each once, and all rows of a run → what of them was covered. One request is looked at after the
 * other, so that what is known of thousands of them is never there at the same time.
 */
export function coverageOf(documented: Iterable<Documented>, rows: readonly ResultRow[]): Coverage {
  // What ran for other requests is no test, and how often it does depends on how a run is split.
  const tests = rows.filter(({ row }) => !isAside(row));
  const rowsOf = new Map(groupBy(tests, ({ row }) => row.key).map((of) => [of[0]?.row.key ?? '', of]));
  const all = { requests: 0, statuses: 0, properties: 0 };
  const covered = { requests: 0, statuses: 0, properties: 0 };
  const without = { example: [] as string[], schema: [] as string[], body: [] as string[] };
  const gaps: Gap[] = [];
  for (const one of documented) {
    const { key, hasExample, hasSchema, statuses } = one;
    const seen = seenIn(rowsOf.get(key) ?? []);
    const places = placesOf(one.properties);
    const gap = gapOf(one, places, seen);
    all.requests += 1;
    all.statuses += statuses.length;
    all.properties += places.size;
    if (seen.isHeld) covered.requests += 1;
    covered.statuses += statuses.length - gap.statuses.length;
    covered.properties += places.size - gap.missing;
    if (!hasExample) without.example.push(key);
    if (!hasSchema) without.schema.push(key);
    if (seen.statuses.size > 0 && !seen.isChecked) without.body.push(key);
    if (gap.statuses.length > 0 || gap.missing > 0) gaps.push(gap);
  }
  return {
    requests: ratioOf(all.requests, covered.requests),
    statuses: ratioOf(all.statuses, covered.statuses),
    properties: ratioOf(all.properties, covered.properties),
    withoutExample: without.example,
    withoutSchema: without.schema,
    withoutBody: without.body,
    gaps,
  };
}

/** Test files of one run know each their own part of a request's answers → each request once, in the order of `keys`. */
export function mergeDocumented(parts: readonly Documented[], keys: readonly string[]): Documented[] {
  const requests = new Map<string, Documented>();
  for (const one of parts) {
    const known = requests.get(one.key)?.properties ?? [];
    requests.set(one.key, { ...one, properties: [...new Map([...known, ...one.properties])] });
  }
  const order = new Map(keys.map((key, at) => [key, at]));
  return [...requests.values()].sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}

/** What the answers of one request were, and how they were held. */
interface Seen {
  readonly statuses: ReadonlySet<number>;
  readonly properties: ReadonlySet<string>;
  readonly isHeld: boolean;
  readonly isChecked: boolean;
}

function isHeld({ row, body }: ResultRow): boolean {
  if (body === 'schema') return true;
  return row.status !== null && !row.findings.some(isOfOtherAnswer) && isBodyless(row.method, row.status);
}

function seenIn(rows: readonly ResultRow[]): Seen {
  const seen = {
    statuses: new Set<number>(),
    properties: new Set<string>(),
    isHeld: false,
    isChecked: false,
  };
  for (const row of rows) {
    const { status, outcome } = row.row;
    if (status === null) continue;
    seen.statuses.add(status);
    for (const id of row.returned ?? []) seen.properties.add(id);
    if (outcome === 'skipped') continue;
    seen.isHeld ||= isHeld(row);
    seen.isChecked ||= isHeld(row) || row.body === 'mediaType';
  }
  return seen;
}

/** By the list of them, which requests with the same schema share. */
const known = new WeakMap<Documented['properties'], ReadonlySet<string>>();

function placesOf(properties: Documented['properties']): ReadonlySet<string> {
  const places = known.get(properties) ?? new Set(properties.map(([, place]) => place));
  known.set(properties, places);
  return places;
}

/** Several variants may name the same place: it is returned where one of them was. */
function gapOf({ key, statuses, properties }: Documented, places: ReadonlySet<string>, seen: Seen): Gap {
  const isReturned = ([id]: (typeof properties)[number]) => seen.properties.has(id);
  const isWhole = properties.every(isReturned);
  const returned = new Set(isWhole ? [] : properties.filter(isReturned).map(([, place]) => place));
  const missing = isWhole ? [] : [...places].filter((place) => !returned.has(place));
  return {
    key,
    statuses: statuses.filter((status) => !seen.statuses.has(status)),
    properties: missing.slice(0, MOST_PROPERTIES),
    missing: missing.length,
  };
}

function ratioOf(all: number, covered: number): Ratio {
  return { all, covered, ratio: all === 0 ? null : Math.round((covered / all) * 10_000) / 10_000 };
}
