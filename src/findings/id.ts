import { createHash } from 'node:crypto';
import { type Finding, placeOf } from './finding';

/**
 * The short name of a finding, by which `accept` takes it: eight hexadecimal digits of the SHA-256 of its identity (request
 * key, status, kind and place), so that it is the same tomorrow.
 */
export function findingId(
  of: Pick<Finding, 'kind' | 'pointer' | 'place'> & { readonly key: string; readonly status: number | null },
): string {
  const { key, status, kind } = of;
  return createHash('sha256')
    .update(JSON.stringify([key, status, kind, placeOf(of)]))
    .digest('hex')
    .slice(0, 8);
}
