import type { JsonRecord } from '../json';
import type { Where } from './wish';

/** One thing that a schema takes from now on, and did not before. */
export interface Change extends Where {
  /** The schema file by its path from the folder of schemas. */
  readonly file: string;
  readonly was: string;
  readonly now: string;
}

/** `customers/create-customer 200 /user/phone: string -> string or null`, and the file where it is another's too. */
export function lineOf({ file, was, now, ...where }: Change): string {
  const shared = file === `${where.key}.${where.status}.json` ? '' : ` (in ${file})`;
  return `${placeOf(where)}: ${was} -> ${now}${shared}`;
}

/** `customers/create-customer 200 /user/phone`: whose response, and where in it. */
export function placeOf({ key, status, pointer }: Where): string {
  return `${key} ${status}${pointer === '' ? '' : ` ${pointer}`}`;
}

/** A schema in a few words. */
export function describe(schema: JsonRecord): string {
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  if (types.length === 0) return 'anything';
  return `${types.join(' or ')}${typeof schema.format === 'string' ? ` (${schema.format})` : ''}`;
}

/** What a variant is called. */
export function nameOf({ title, ...schema }: JsonRecord): string {
  return typeof title === 'string' ? `the variant "${title}"` : `a variant of ${describe(schema)}`;
}

/** Values as a choice; a few of many. */
export function listed(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value) ?? '');
  const shown =
    texts.length > 8 ? [...texts.slice(0, 3), `${texts.length - 6} more`, ...texts.slice(-3)] : texts;
  return shown.join(' or ');
}
