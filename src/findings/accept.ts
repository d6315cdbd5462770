import { type Acceptance, namesPlace, namesRequest } from '../config/accepted';
import { type Finding, isOfOtherAnswer, placeOf } from './finding';

/** Whose a finding is. */
export interface Owner {
  readonly key: string;
  readonly status: number | null;
}

/** Whether a difference is the one that an acceptance is for, expired or not. An environment that is down is never one. */
export function isAcceptedBy(entry: Acceptance, { key, status }: Owner, found: Finding): boolean {
  return (
    found.severity !== 'down' &&
    found.kind === entry.kind &&
    (entry.status === undefined || entry.status === status) &&
    namesRequest(entry, key) &&
    namesPlace(entry, placeOf(found))
  );
}

/**
 * The finding with the acceptance that it is covered by, the one that holds the longest; one that ended is named in its
 * message. `today` is written as `until`.
 */
export function withAcceptance(
  found: Finding,
  owner: Owner,
  accepted: readonly Acceptance[],
  today: string,
): Finding {
  const [first] = accepted
    .filter((entry) => isAcceptedBy(entry, owner, found))
    .sort((a, b) => (a.until < b.until ? 1 : -1));
  if (first === undefined) return found;
  const { reason, until } = first;
  if (until >= today) return { ...found, accepted: { reason, until } };
  const message = `${found.message}; its acceptance expired on ${until}`;
  return { ...found, message, expired: { reason, until } };
}

/**
 * The acceptances that nothing needs any more: every request that they name was answered, and none differed so.
 *
 * `keys` are those of the collection that are sent at all, `rows` what was received.
 */
export function unusedAcceptances(
  accepted: readonly Acceptance[],
  keys: readonly string[],
  rows: readonly (Owner & { readonly findings: readonly Finding[] })[],
): Acceptance[] {
  if (accepted.length === 0) return [];
  const answered = new Set(
    rows.flatMap(({ key, status, findings }) =>
      status === null || findings.some(isOfOtherAnswer) ? [] : [key],
    ),
  );
  return accepted.filter((entry) => {
    const named = keys.filter((key) => namesRequest(entry, key));
    return (
      named.length > 0 &&
      named.every((key) => answered.has(key)) &&
      !rows.some((row) => row.findings.some((found) => isAcceptedBy(entry, row, found)))
    );
  });
}
