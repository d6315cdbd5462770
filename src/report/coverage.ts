import { isBodyless } from '../contract/check';
import type { Documented } from '../contract/coverage';
import type { ResultRow } from './build';
import { type Coverage, type Gap, isAside, type Ratio } from './report';

const MOST_PROPERTIES = 20;

/** Documented requests, each once or in parts, and all rows of a run → what of them was covered. */
export function coverageOf(documented: readonly Documented[], rows: readonly ResultRow[]): Coverage {
  const seen = new Map<string, Seen>();
  for (const row of rows) {
    const { key, status } = row.row;
    // What ran for other requests is no test, and how often it does depends on how a run is split.
    if (isAside(row.row)) continue;
    const known = seen.get(key) ?? {
      statuses: new Set(),
      properties: new Set(),
      isHeld: false,
      isChecked: false,
    };
    seen.set(key, known);
    if (status === null) continue;
    known.statuses.add(status);
    for (const id of row.returned ?? []) known.properties.add(id);
    if (row.row.outcome === 'skipped') continue;
    known.isHeld ||= isHeld(row);
    known.isChecked ||= isHeld(row) || row.body === 'mediaType';
  }
  const requests = merged(documented);
  const keysOf = (isMeant: (one: Documented) => boolean) => requests.filter(isMeant).map(({ key }) => key);
  const gaps = requests.map((one) => gapOf(one, seen.get(one.key)));
  const sum = (of: (one: Documented) => number) => requests.reduce((total, one) => total + of(one), 0);
  const statuses = sum((one) => one.statuses.length);
  const properties = sum((one) => placesIn(one.properties).length);
  const unseen = gaps.reduce((total, gap) => total + gap.statuses.length, 0);
  const missing = gaps.reduce((total, gap) => total + gap.missing, 0);
  return {
    requests: ratioOf(requests.length, keysOf(({ key }) => seen.get(key)?.isHeld === true).length),
    statuses: ratioOf(statuses, statuses - unseen),
    properties: ratioOf(properties, properties - missing),
    withoutExample: keysOf(({ hasExample }) => !hasExample),
    withoutSchema: keysOf(({ hasSchema }) => !hasSchema),
    withoutBody: keysOf(
      ({ key }) => (seen.get(key)?.statuses.size ?? 0) > 0 && seen.get(key)?.isChecked === false,
    ),
    gaps: gaps.filter((gap) => gap.statuses.length > 0 || gap.missing > 0),
  };
}

interface Seen {
  readonly statuses: Set<number>;
  readonly properties: Set<string>;
  isHeld: boolean;
  isChecked: boolean;
}

function isHeld({ row, body }: ResultRow): boolean {
  if (body === 'schema') return true;
  const isMeant = !row.findings.some(({ kind }) => /^(status-changed|undocumented-status)$/.test(kind));
  return row.status !== null && isMeant && isBodyless(row.method, row.status);
}

/** Test files of one run know each their own part of a request's answers. */
function merged(documented: readonly Documented[]): Documented[] {
  const requests = new Map<string, Documented>();
  for (const one of documented) {
    const properties = { ...requests.get(one.key)?.properties, ...one.properties };
    requests.set(one.key, { ...one, properties });
  }
  return [...requests.values()];
}

/** Several variants may name the same place. */
function placesIn(properties: Documented['properties']): string[] {
  return [...new Set(Object.values(properties))];
}

function gapOf({ key, statuses, properties }: Documented, seen: Seen | undefined): Gap {
  const returned = new Set(
    Object.entries(properties).flatMap(([id, place]) => (seen?.properties.has(id) === true ? [place] : [])),
  );
  const missing = placesIn(properties).filter((place) => !returned.has(place));
  return {
    key,
    statuses: statuses.filter((status) => seen?.statuses.has(status) !== true),
    properties: missing.slice(0, MOST_PROPERTIES),
    missing: missing.length,
  };
}

function ratioOf(all: number, covered: number): Ratio {
  return { all, covered, ratio: all === 0 ? null : Math.round((covered / all) * 10_000) / 10_000 };
}
