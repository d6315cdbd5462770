import type { BodyTemplate } from '../collection/model';
import { isRecord } from '../json';
import { indented, propertyName, union } from './schema-type';

/** A variable that stands for a whole JSON value, such as `"amount": {{amount}}`. */
const BARE = /(?<=[:[,]\s*)\{\{[^{}]+\}\}(?=\s*[,\]}])/g;
/** No text of a collection; it stands for a value of unknown type. */
const ANY = '\u0000any';

/**
 * The TypeScript type of what a flow may change in a JSON body: any of its fields, `null` where one is to be left out.
 * `never` where the body is no JSON.
 */
export function bodyChangesType(body: BodyTemplate | null): string {
  if (body?.mode !== 'raw') return 'never';
  try {
    return changesOf(JSON.parse(body.raw.replace(BARE, JSON.stringify(ANY))));
  } catch {
    return 'never';
  }
}

function changesOf(value: unknown): string {
  if (!isRecord(value)) return elementOf(value);
  const lines = Object.entries(value).map(
    ([name, inner]) => `readonly ${propertyName(name)}?: ${orNull(changesOf(inner))};`,
  );
  return lines.length === 0 ? '{ readonly [name: string]: unknown }' : `{\n${indented(lines.join('\n'))}\n}`;
}

function elementOf(value: unknown): string {
  if (value === ANY || value === null) return 'unknown';
  if (!Array.isArray(value)) return typeof value;
  const elements = union(value.map(changesOf));
  return elements === '' ? 'readonly unknown[]' : `readonly (${elements})[]`;
}

function orNull(type: string): string {
  return type === 'unknown' ? type : `${type} | null`;
}
