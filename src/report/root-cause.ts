import { finding } from '../findings/finding';
import type { ResultRow } from './build';

/**
 * One root cause is one finding: what else it caused is skipped with that reason.
 *
 * Two causes are the environment's: an origin that cannot be reached, and one that refuses every single request
 * (5xx or 401 and 403 throughout).
 */
export function settleRootCauses(rows: readonly ResultRow[]): ResultRow[] {
  return refusedThroughout(originsDown(rows));
}

function originsDown(rows: readonly ResultRow[]): ResultRow[] {
  const said = new Set<string>();
  return rows.map((entry) => {
    const origin = entry.downOrigin;
    if (origin === undefined) return entry;
    if (!said.has(origin)) {
      said.add(origin);
      return entry;
    }
    const code = entry.row.findings[0]?.actual ?? 'no answer';
    return skipped(entry, `${origin} is down (${code})`, origin);
  });
}

function refusedThroughout(rows: readonly ResultRow[]): ResultRow[] {
  const answered = rows.filter(({ row }) => row.status !== null);
  const refuses = (status: number) => status >= 500 || status === 401 || status === 403;
  // A failure that the collection documents and the run expects is a pass, and no refusal.
  const all = answered.every(
    ({ row }) => row.outcome === 'failed' && row.status !== null && refuses(row.status),
  );
  const first = answered[0];
  if (first === undefined || !all || rows.some(({ downOrigin }) => downOrigin !== undefined))
    return [...rows];

  const statuses = [...new Set(answered.map(({ row }) => row.status))].sort().join(' and ');
  const credentials = statuses === '401' || statuses === '403' || statuses === '401 and 403';
  const message = credentials
    ? `every request was answered ${statuses}: the credentials are refused`
    : `every request was answered ${statuses}: the environment is not working`;
  const cause = finding('unreachable', '', {
    expected: 'an answer other than a refusal',
    actual: `${statuses} throughout`,
    message,
  });
  return rows.map((entry) => {
    if (entry === first) return { ...entry, row: { ...entry.row, findings: [cause] } };
    return entry.row.status === null && entry.skip?.cause === 'selection' ? entry : skipped(entry, message);
  });
}

function skipped(entry: ResultRow, text: string, origin?: string): ResultRow {
  return {
    order: entry.order,
    skip: { cause: 'origin-down', text, ...(origin !== undefined && { origin }) },
    row: { ...entry.row, outcome: 'skipped', reason: text, findings: [], assertions: [] },
  };
}
