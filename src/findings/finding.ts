import { formatPointer, parsePointer } from '../json-pointer';
import { type FindingKind, type Severity, severityOf } from './kinds';

/**
 * One difference between an exchange and its contract.
 *
 * Shape: `pointer` is a JSON Pointer into the response body (`''` is the whole body; for `header-missing` it is
 *        `/headers/<name>`); `place` is it with `*` for array indexes, where it has any. `expected` and `actual` are short texts, never whole bodies. `schema` is the schema
 *        file and, behind `#`, the pointer of the keyword that was broken.
 *        `firstSeen` is when the first run of its unbroken streak began (RFC 3339), where there is a history.
 * Units: `count` is the number of places (array items) that differ in the same way.
 */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly place?: string;
  readonly schema?: string;
  readonly expected: string;
  readonly actual: string;
  readonly count: number;
  readonly firstSeen?: string;
  readonly message: string;
}

/** Makes a finding; its severity always comes from the table of kinds. */
export function finding(
  kind: FindingKind,
  pointer: string,
  details: { expected: string; actual: string; message: string; schema?: string },
): Finding {
  return { kind, severity: severityOf(kind), pointer, count: 1, ...details };
}

/**
 * Merges differences of a value that are the same at many array items into one finding with a count, and gives each
 * its `place`: only the value can say whether a number in a pointer is an index or the name of a property.
 */
export function mergeRepeats(findings: readonly Finding[], value: unknown): Finding[] {
  const merged = new Map<string, Finding>();
  for (const next of findings) {
    const place = withoutIndexes(next.pointer, value);
    const identity = `${next.kind} ${place}`;
    const seen = merged.get(identity);
    const first = seen ?? { ...next, ...(place !== next.pointer && { place }), count: 0 };
    merged.set(identity, { ...first, count: first.count + next.count });
  }
  return [...merged.values()];
}

/** Where a finding stands on whatever item: the part of its identity that survives reordering. */
export function placeOf({ pointer, place }: Finding): string {
  return place ?? pointer;
}

function withoutIndexes(pointer: string, value: unknown): string {
  let current = value;
  const tokens = parsePointer(pointer).map((token) => {
    const isItem = Array.isArray(current);
    current = typeof current === 'object' && current !== null ? Reflect.get(current, token) : undefined;
    return isItem ? '*' : token;
  });
  return formatPointer(tokens);
}
