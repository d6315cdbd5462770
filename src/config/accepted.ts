import { ConfigError } from '../errors';
import { formatPointer } from '../json-pointer';

/**
 * A known difference that fails nothing until the end of a day.
 *
 * Shape: `key` is a request key in which `*` is any text, `pointer` the place of a finding, in which `*` is any text between
 *        two slashes, `**` any text, and what stands behind a backslash is meant as it is. Without a `status` it is any.
 * Units: `until` is the last day on which it holds, as `YYYY-MM-DD` in UTC.
 */
export interface Acceptance {
  readonly key: string;
  readonly status?: number;
  readonly kind: string;
  readonly pointer: string;
  readonly until: string;
  readonly reason: string;
}

/** What is accepted for longer is not looked at again. Units: days. */
export const LONGEST_ACCEPTANCE = 366;

/** Why a day cannot be the last one of an acceptance, or null where it can. `today` is as `until`. */
export function untilFault(until: string, today: string): string | null {
  const time = Date.parse(`${until}T00:00:00Z`);
  const isDay = Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === until;
  if (!isDay) return 'must be a day that is written as YYYY-MM-DD';
  const days = (time - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
  return days > LONGEST_ACCEPTANCE ? `must be at most ${LONGEST_ACCEPTANCE} days ahead` : null;
}

/** Holds the days of all acceptances to be such. Errors: ConfigError with the JSON Pointer of the first fault. */
export function checkAccepted(accepted: readonly Acceptance[], file: string, today: string): void {
  for (const [at, { until }] of accepted.entries()) {
    const fault = untilFault(until, today);
    if (fault === null) continue;
    const pointer = formatPointer(['accepted', String(at), 'until']);
    throw new ConfigError(`${pointer} ${fault}`, file, 'see docs/accepting.md');
  }
}

/** Whether an acceptance names a request. */
export function namesRequest({ key: pattern }: Pick<Acceptance, 'key'>, key: string): boolean {
  return pattern === key || patternOf(pattern.replaceAll('*', '**')).test(key);
}

/** Whether an acceptance names a place. */
export function namesPlace({ pointer: pattern }: Pick<Acceptance, 'pointer'>, place: string): boolean {
  return patternOf(pattern).test(place);
}

/** The pattern that names a place and no other; a `*` that stands for an index or an entry stays one. */
export function patternOfPlace(place: string): string {
  const tokens = place.split('/');
  return tokens.map((token) => (token === '*' ? token : token.replace(/[\\*]/g, '\\$&'))).join('/');
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.replace(/\\(.)|\*\*+|\*|[.+?^${}()|[\]\\]/gs, (found, escaped?: string) => {
    if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (found.startsWith('**')) return '.*';
    return found === '*' ? '[^/]*' : `\\${found}`;
  });
  const made = new RegExp(`^${source}$`, 's');
  patterns.set(pattern, made);
  return made;
}
