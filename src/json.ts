/** A parsed JSON object. */
export type JsonRecord = Record<string, unknown>;

/** Whether a parsed JSON value is an object (not null, not an array). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property as a string where it is one and not empty. */
export function stringAt(record: JsonRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Any parsed JSON value as text: a text as it is, everything else as JSON. `String` would fail on an object whose own
 * `toString` is data.
 */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The items of a value that should be a list of objects; anything else is an empty list. */
export function recordsIn(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/**
 * The value with a patch applied: fields of objects are merged, `null` takes a field out, everything else replaces.
 * Source: RFC 7396.
 */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged = new Map(Object.entries(isRecord(value) ? value : {}));
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), change));
  }
  return Object.fromEntries(merged);
}

/** What walks a value by calling itself must not be led deeper than this. */
export const MOST_LEVELS = 500;

/** Whether a parsed JSON value is nested deeper than anything that people or programs write. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return true;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Array.isArray(one) ? one : Object.values(one)) {
        if (typeof inner === 'object' && inner !== null) next.push(inner);
      }
    }
    level = next;
  }
  return false;
}

/** JSON with object keys sorted at every level, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  const chunks: string[] = [];
  eachCanonicalChunk(value, (chunk) => chunks.push(chunk));
  return chunks.join('');
}

const CHUNK_PARTS = 1_024;
const MOST_QUOTED = 1_000;

/** The same, chunk by chunk: the text of a large document need not be in memory as a whole. */
export function eachCanonicalChunk(value: unknown, take: (chunk: string) => void): void {
  let parts: string[] = [];
  // A document has few names, each of them many times.
  const quoted = new Map<string, string>();
  const quote = (name: string): string => {
    const known = quoted.get(name) ?? `${JSON.stringify(name)}:`;
    if (quoted.size < MOST_QUOTED) quoted.set(name, known);
    return known;
  };
  const write = (inner: unknown): void => {
    if (parts.length > CHUNK_PARTS) {
      take(parts.join(''));
      parts = [];
    }
    if (Array.isArray(inner)) {
      parts.push('[');
      for (let at = 0; at < inner.length; at += 1) {
        if (at > 0) parts.push(',');
        write(inner[at] ?? null);
      }
      parts.push(']');
    } else if (isRecord(inner)) {
      let opening = '{';
      for (const name of sortedNames(inner)) {
        if (inner[name] === undefined) continue;
        parts.push(opening, quote(name));
        write(inner[name]);
        opening = ',';
      }
      parts.push(opening === '{' ? '{}' : '}');
    } else {
      parts.push(JSON.stringify(inner) ?? 'null');
    }
  };
  write(value);
  take(parts.join(''));
}

/** Names that are array indexes stand before all others, as every object has them. */
function sortedNames(value: JsonRecord): string[] {
  const names = Object.keys(value);
  const first = names.findIndex((name) => !/^(0|[1-9]\d{0,9})$/.test(name) || Number(name) >= 2 ** 32 - 1);
  if (first < 0) return names;
  if (first === 0) return names.sort();
  return [...names.slice(0, first), ...names.slice(first).sort()];
}

/** The JSON Schema name of a value's type, `integer` and `number` being told apart. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
