import { canonicalJson, isRecord, type JsonRecord, recordsIn, textOf } from '../json';
import type { Notes } from './notes';

/** Auth set at this place: null where the document only repeats what is inherited anyway. */
export function ownAuth(auth: unknown, inherited: JsonRecord | null, notes: Notes): JsonRecord | null {
  const own = normaliseAuth(auth, notes);
  const isCopy = isRecord(auth) && auth.isInherited === true;
  if (!isCopy || canonicalJson(own) !== canonicalJson(inherited)) return own;
  notes.changed('auth-copied');
  return null;
}

/**
 * Auth as `{type, [type]: [{key, value, type}]}`: v2.0.0 has an object there, v2.1.0 a list, published documentation
 * a list wrapped in `…Config`. Passed on unconverted, the last one would be sent without credentials.
 */
export function normaliseAuth(auth: unknown, notes: Notes): JsonRecord | null {
  if (!isRecord(auth) || typeof auth.type !== 'string') return null;
  if (auth.type === 'noauth') return { type: 'noauth' };
  const attributes = auth[auth.type];
  const lists = isRecord(attributes)
    ? Object.entries(attributes).filter(([name, value]) => name.endsWith('Config') && Array.isArray(value))
    : [];
  if (lists.length > 0) notes.changed('auth-wrapped');
  const entries = Array.isArray(attributes)
    ? recordsIn(attributes)
    : lists.length > 0
      ? lists.flatMap(([, list]) => recordsIn(list))
      : Object.entries(isRecord(attributes) ? attributes : {}).map(([key, value]) => ({ key, value }));
  return {
    type: auth.type,
    [auth.type]: entries.map((entry) => ({
      key: textOf(entry.key),
      value: entry.value ?? '',
      type: typeof (entry.value ?? '') === 'string' ? 'string' : 'any',
    })),
  };
}
