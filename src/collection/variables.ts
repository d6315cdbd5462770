import { isRecord, type JsonRecord } from '../json';

/**
 * A variable that is `disabled`: scripts see it in a list, and nothing else does. It stands behind the one named `after`, or
 * first of all.
 */
export interface DisabledVariable {
  readonly key: string;
  readonly value: unknown;
  readonly after: string | null;
}

/**
 * A list of variables as Postman writes it.
 *
 * Shape: `values` of the last of each name. `unchecked` are names that Postman shows as switched off (`enabled: false`) and
 *        Newman uses nevertheless.
 */
export interface PostmanVariables {
  readonly values: Readonly<Record<string, unknown>>;
  readonly disabled: readonly DisabledVariable[];
  readonly unchecked: readonly string[];
}

/** A list of variables → what Newman makes of it; what has no name is left out. Source: postman-collection, `VariableScope`. */
export function readVariables(list: unknown): PostmanVariables {
  const named = (Array.isArray(list) ? list : []).filter(
    (entry): entry is JsonRecord & { key: string } =>
      isRecord(entry) && typeof entry.key === 'string' && entry.key !== '',
  );
  const checked = new Set(named.flatMap(({ key, ...entry }) => (isChecked(entry) ? [key] : [])));
  const values = new Map<string, unknown>();
  const disabled: DisabledVariable[] = [];
  const unchecked = new Set<string>();
  let after: string | null = null;
  for (const { key, value, type, ...entry } of named) {
    if (entry.disabled === true) {
      disabled.push({ key, value: ofType(value, type), after });
      continue;
    }
    // Who has one switched on beside it means that one: the other may be another server's, or its token.
    if (!isChecked(entry) && checked.has(key)) continue;
    if (!isChecked(entry)) unchecked.add(key);
    values.set(key, ofType(value, type));
    after = key;
  }
  return { values: Object.fromEntries(values), disabled, unchecked: [...unchecked] };
}

function isChecked({ enabled, disabled }: JsonRecord): boolean {
  return enabled !== false && disabled !== true;
}

/** Postman keeps a text beside the type that is meant by it. Source: postman-collection, `Variable.types`. */
export function ofType(value: unknown, type: unknown): unknown {
  if (value === undefined) return undefined;
  switch (String(type).toLowerCase()) {
    case 'string':
      return String(value);
    case 'number':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'array':
      return parsed(value, Array.isArray);
    case 'object':
      return parsed(value, isRecord);
    default:
      return value;
  }
}

/** A value as it stands in a text. Source: postman-collection, `Variable.toString`. */
export function variableText(value: unknown): string {
  if (value === undefined) return '';
  // In JSON it may be a value like any other.
  return value !== null && typeof value.toString !== 'function' ? '' : String(value);
}

function parsed(value: unknown, isMeant: (value: unknown) => boolean): unknown {
  let read: unknown = value;
  try {
    if (typeof value === 'string') read = JSON.parse(value);
  } catch {
    return undefined;
  }
  return isMeant(read) ? read : undefined;
}
