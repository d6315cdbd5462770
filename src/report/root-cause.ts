import { LEAST_TIMEOUTS } from '../exchange/hanging';
import { type Finding, finding } from '../findings/finding';
import type { ResultRow } from './build';

/**
 * One root cause is one finding: what else it caused is skipped with that reason.
 *
 * Two causes are the environment's: an origin that cannot be reached or hangs, and a host that refuses every single request
 * (5xx or 401 and 403 throughout; of a host that was sent one request alone, 502 to 504).
 */
export function settleRootCauses(rows: readonly ResultRow[]): ResultRow[] {
  return refusedThroughout(originsDown(rows));
}

function originsDown(rows: readonly ResultRow[]): ResultRow[] {
  const said = new Set<string>();
  const hanging = originsHanging(rows);
  return rows.map((entry) => {
    const hangs = isTimeout(entry) && entry.origin !== undefined && hanging.has(entry.origin);
    const origin = hangs ? entry.origin : entry.downOrigin;
    if (origin === undefined) return entry;
    if (!said.has(origin)) {
      said.add(origin);
      return entry;
    }
    const code = entry.row.findings[0]?.actual ?? 'no answer';
    return skipped(entry, `${origin} is down (${code})`, origin);
  });
}

/** Origins that answered nothing, and let so many requests wait in vain; what two runners send counts once. */
function originsHanging(rows: readonly ResultRow[]): Set<string> {
  const waited = new Map<string, Set<string>>();
  for (const { origin, row } of rows.filter(isTimeout)) {
    if (origin === undefined) continue;
    const turn = JSON.stringify([row.key, row.iteration, row.repeat]);
    waited.set(origin, (waited.get(origin) ?? new Set()).add(turn));
  }
  const answered = new Set(rows.filter(({ row }) => row.status !== null).map(({ origin }) => origin));
  const hanging = [...waited].filter(([origin, { size }]) => size >= LEAST_TIMEOUTS && !answered.has(origin));
  return new Set(hanging.map(([origin]) => origin));
}

function isTimeout({ row }: ResultRow): boolean {
  return row.findings.some(({ kind }) => kind === 'timeout');
}

/** One refusal may be that request's own; two without an exception are the environment's. */
const LEAST_REFUSALS = 2;
/** What is said in the place of an API that cannot be asked, or by one that takes no requests: of no request in particular. */
const NOT_THERE = new Set([502, 503, 504]);

function refusedThroughout(rows: readonly ResultRow[]): ResultRow[] {
  const hosts = new Set(rows.map(({ row }) => hostOf(row.url)));
  const messages = new Map([...hosts].map((host) => [host, refusalOf(host, rows)]));
  const said = new Set<string>();
  return rows.map((entry) => {
    const host = hostOf(entry.row.url);
    const cause = messages.get(host);
    if (cause == null) return entry;
    if (entry.row.status !== null && !said.has(host)) {
      said.add(host);
      return { ...entry, row: { ...entry.row, findings: [cause] } };
    }
    return entry.row.status === null && entry.skip?.cause === 'selection'
      ? entry
      : skipped(entry, cause.message);
  });
}

/** Whether a status says that the host refuses whoever asks, or does not work. */
function isRefusal(status: number): boolean {
  return status >= 500 || status === 401 || status === 403;
}

/** What to say of a host that refused everything, or null where it did not. */
function refusalOf(host: string, rows: readonly ResultRow[]): Finding | null {
  const answered = rows.filter(({ row }) => hostOf(row.url) === host && row.status !== null);
  const statuses = answered.map(({ row }) => row.status ?? 0);
  // A refusal that the collection documents and the run expects is a pass.
  const all = answered.every(({ row }) => row.outcome === 'failed') && statuses.every(isRefusal);
  // Two runners that send one request are refused once.
  const countOf = (some: readonly ResultRow[]) => new Set(some.map(({ row }) => row.key)).size;
  // What failed without an answer was asked as well.
  const asked = rows.filter(({ row }) => hostOf(row.url) === host && row.outcome === 'failed');
  const isOne = countOf(asked) < LEAST_REFUSALS;
  const isEnough =
    countOf(answered) >= LEAST_REFUSALS ||
    (isOne && answered.length > 0 && statuses.every((status) => NOT_THERE.has(status)));
  if (!all || !isEnough) return null;
  const shown = [...new Set(statuses)].sort().join(' and ');
  const reason = statuses.every((status) => status < 500)
    ? 'the credentials are refused'
    : 'the host is not working';
  // Who is to look there needs the address and not its variable; at the end a terminal does not cut it out of the line.
  const address = answered.find(({ origin }) => origin !== undefined)?.origin ?? host;
  return finding('unreachable', '', {
    expected: 'an answer other than a refusal',
    actual: `${shown} throughout`,
    message: `${reason}: ${isOne ? 'one request,' : 'every request was'} answered ${shown} by ${address}`,
  });
}

/** Scheme and host of a planned URL, with their variables: the credentials of an API belong to its host. */
function hostOf(url: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]+/i.exec(url)?.[0] ?? url;
}

function skipped(entry: ResultRow, text: string, origin?: string): ResultRow {
  const { detail: _, ...row } = entry.row;
  return {
    order: entry.order,
    skip: { cause: 'origin-down', text, ...(origin !== undefined && { origin }) },
    row: { ...row, outcome: 'skipped', reason: text, findings: [], assertions: [] },
  };
}
