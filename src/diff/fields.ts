import { isRecord } from '../json';
import { Shape } from '../learn/shape';
import { type Change, type ChangeRule, change } from './change';

/** The JSON types at every place of some bodies; items of lists share the place `*`. */
export type Fields = ReadonlyMap<string, string>;

/** The places and types of bodies that merge into one shape. */
export function fieldsOf(bodies: readonly unknown[]): Fields {
  const shape = new Shape();
  for (const body of bodies) shape.add(body);
  const fields = new Map<string, string>();
  walk(shape.schema(), '', fields);
  return fields;
}

function walk(schema: unknown, pointer: string, fields: Map<string, string>): void {
  if (!isRecord(schema)) return;
  fields.set(pointer, [schema.type ?? 'any'].flat().join(' or '));
  if (isRecord(schema.properties)) {
    for (const [name, inner] of Object.entries(schema.properties)) {
      walk(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, fields);
    }
  }
  const [entry] = isRecord(schema.patternProperties) ? Object.values(schema.patternProperties) : [];
  for (const inner of [schema.items, entry, schema.additionalProperties]) {
    walk(inner, `${pointer}/*`, fields);
  }
}

/** What is there on one side only, and what has another type; only the outermost place of a new or lost part. */
export function fieldChanges(
  key: string,
  place: string,
  before: Fields,
  after: Fields,
  rules: { readonly added: ChangeRule; readonly removed: ChangeRule; readonly type: ChangeRule },
): Change[] {
  const lacks = (fields: Fields, pointer: string): boolean => !fields.has(pointer);
  const isOutermost = (pointer: string, fields: Fields) => !lacks(fields, pointer.replace(/\/[^/]*$/, ''));
  const changes: Change[] = [];
  for (const [pointer, type] of after) {
    if (lacks(before, pointer) && isOutermost(pointer, before)) {
      changes.push(change(rules.added, key, `${place}${pointer}`, null, type));
    }
  }
  for (const [pointer, type] of before) {
    const other = after.get(pointer);
    if (other === undefined) {
      if (isOutermost(pointer, after))
        changes.push(change(rules.removed, key, `${place}${pointer}`, type, null));
    } else if (other !== type) {
      changes.push(change(rules.type, key, `${place}${pointer}`, type, other));
    }
  }
  return changes;
}
