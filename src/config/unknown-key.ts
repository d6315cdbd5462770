import { join, relative } from 'node:path';
import { isRecord } from '../json';
import { nearest } from '../nearest';

/**
 * What is to be said of the first key that an object has and its schema has not, with the nearest one that it might have
 * and what that one is; null where there is none, or the schema takes any.
 */
export function unknownKey(schema: unknown, value: unknown): string | null {
  if (!isRecord(schema) || schema.additionalProperties !== false || !isRecord(value)) return null;
  const known = isRecord(schema.properties) ? schema.properties : {};
  const key = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (key === undefined) return null;
  const meant = nearest(key, Object.keys(known));
  if (meant === null) return `has an unknown key "${key}" (known are ${Object.keys(known).join(', ')})`;
  const { description } = known[meant] as { readonly description?: string };
  const what = description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
  return `has an unknown key "${key}"; did you mean "${meant}"?${what}`;
}

/** Where what a configuration may say is described: in the documents of the Driftgate that runs, wherever that is. */
export function seeDocument(): string {
  const file = join(__dirname, '../../docs/configuration.md');
  const near = relative(process.cwd(), file);
  return `see ${near.startsWith('..') ? file : near}`;
}
