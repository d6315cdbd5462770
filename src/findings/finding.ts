import { type FindingKind, type Severity, severityOf } from './kinds';

/**
 * One difference between an exchange and its contract.
 *
 * Shape: `pointer` is a JSON Pointer into the response body (`''` is the whole body; for `header-missing` it is
 *        `/headers/<name>`). `expected` and `actual` are short texts, never whole bodies. `schema` is the schema
 *        file and, behind `#`, the pointer of the keyword that was broken.
 * Units: `count` is the number of places (array items) that differ in the same way.
 */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly schema?: string;
  readonly expected: string;
  readonly actual: string;
  readonly count: number;
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

/** A pointer with array indexes replaced by `*`: the part of a finding's identity that survives reordering. */
export function pointerWithoutIndexes(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** Merges differences that are the same at many array items into one finding with a count. */
export function mergeRepeats(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const next of findings) {
    const identity = `${next.kind} ${pointerWithoutIndexes(next.pointer)}`;
    const seen = merged.get(identity);
    merged.set(identity, seen === undefined ? next : { ...seen, count: seen.count + next.count });
  }
  return [...merged.values()];
}
