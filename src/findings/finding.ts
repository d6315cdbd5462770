import { type FindingKind, type Severity, severityOf } from './kinds';

/**
 * One difference between an exchange and its contract.
 *
 * Shape: `pointer` is a JSON Pointer into the response body (`''` is the whole body; for `header-missing` it is
 *        `/headers/<name>`); `place` is it with `*` for array indexes and for the keys of maps, where it has any.
 *        `expected` and `actual` are short texts, never whole bodies. `schema` is the schema file and, behind `#`, the
 *        pointer of the keyword that was broken; `schemaLine` is the line on which that stands, from 1, and `keyword`
 *        its name. What is `accepted` fails nothing; `expired` is an acceptance that has ended. `samples` is on how many
 *        samples that schema rests, where it says so. `firstSeen` is when the first run of its unbroken streak began
 *        (RFC 3339), where there is a history, and `flapping` that it comes and goes in it.
 * Units: `count` is the number of places (array items, entries of a map) that differ in the same way.
 */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly place?: string;
  readonly schema?: string;
  readonly schemaLine?: number;
  readonly keyword?: string;
  readonly samples?: number;
  readonly expected: string;
  readonly actual: string;
  readonly count: number;
  readonly firstSeen?: string;
  readonly flapping?: true;
  readonly message: string;
  readonly accepted?: Terms;
  readonly expired?: Terms;
}

/** On what terms a difference is accepted: `until` is the last day, as `YYYY-MM-DD` in UTC. */
export interface Terms {
  readonly reason: string;
  readonly until: string;
}

/** Whether a finding counts: what is accepted fails nothing and is told apart. */
export function isOpen({ accepted }: Finding): boolean {
  return accepted === undefined;
}

/**
 * Whether a finding says that what was answered is another thing than what is documented of the request: an outage, a refusal,
 * another status. Such an answer neither covers nor widens, and shows nothing of what is accepted.
 */
export function isOfOtherAnswer({ kind, severity }: Pick<Finding, 'kind' | 'severity'>): boolean {
  return severity === 'down' || kind === 'status-changed' || kind === 'undocumented-status';
}

/** Makes a finding; its severity always comes from the table of kinds. */
export function finding(
  kind: FindingKind,
  pointer: string,
  details: { expected: string; actual: string; message: string; schema?: string; keyword?: string },
): Finding {
  return { kind, severity: severityOf(kind), pointer, count: 1, ...details };
}

/**
 * Merges differences that are the same at many places into one finding with a count, and gives each its `place`, which
 * `generalise` makes of a pointer: only value and schema can say whether a token of it is an index, the key of a map's
 * entry or the name of a property.
 */
export function mergeRepeats(
  findings: readonly Finding[],
  generalise: (found: Finding) => string,
): Finding[] {
  const merged = new Map<string, Finding>();
  for (const next of findings) {
    const place = generalise(next);
    const identity = `${next.kind} ${place}`;
    const seen = merged.get(identity);
    const first = seen ?? { ...next, ...(place !== next.pointer && { place }), count: 0 };
    merged.set(identity, { ...first, count: first.count + next.count });
  }
  return [...merged.values()];
}

/** Where a finding stands on whatever item: the part of its identity that survives reordering. */
export function placeOf({ pointer, place }: { pointer: string; place?: string | undefined }): string {
  return place ?? pointer;
}
