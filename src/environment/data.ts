import { readFileSync } from 'node:fs';
import { EnvironmentError } from '../errors';
import { isRecord } from '../json';
import { decodeDocument } from '../source/bytes';
import { parseJson } from '../source/json-text';

/** The values of one iteration, by variable name. */
export type DataRow = Readonly<Record<string, unknown>>;

/**
 * The rows of a data file: a JSON array of objects, or CSV with the names in its first line.
 *
 * Shape: CSV fields without quotes that look like numbers are numbers, as in Newman, whose CSV reader this is.
 * Errors: EnvironmentError for a file that cannot be read, or has no row.
 */
export function readDataRows(file: string): readonly DataRow[] {
  const text = textOf(file, 'data');
  const rows = /^\s*[[{]/.test(text) ? parseJson(text, file) : csvRows(text, file);
  if (!Array.isArray(rows) || !rows.every(isRecord)) {
    throw new EnvironmentError(
      'the data is no list of objects',
      file,
      'give a JSON array of objects, or CSV',
    );
  }
  if (rows.length === 0) throw new EnvironmentError('the data has no row', file, 'nothing would be tested');
  return rows;
}

/**
 * The enabled values of an environment or of globals that Postman exported, of the types that they have there. What has no
 * name is left out, and what has no value is empty, as in Newman.
 *
 * Errors: EnvironmentError for a file that cannot be read or is no such export.
 */
export function readPostmanVariables(file: string, what: 'environment' | 'globals'): Record<string, unknown> {
  const json = parseJson(textOf(file, what), file);
  // What comes from Postman's own API is wrapped once more.
  const holder = isRecord(json) && isRecord(json[what]) ? json[what] : json;
  const values = Array.isArray(holder) ? holder : isRecord(holder) ? holder.values : undefined;
  if (!Array.isArray(values)) {
    throw new EnvironmentError(`not ${what} of Postman's: no "values"`, file, 'export it from Postman anew');
  }
  const entries = values.filter(isRecord).flatMap(({ key, value = '', type, enabled, disabled }) => {
    const isOff = enabled === false || disabled === true;
    return isOff || typeof key !== 'string' || key === '' ? [] : [[key, ofType(value, type)]];
  });
  return Object.fromEntries(entries);
}

/** Postman keeps a text beside the type that is meant by it. Source: postman-collection, `Variable.types`. */
function ofType(value: unknown, type: unknown): unknown {
  return type === 'number' ? Number(value) : type === 'boolean' ? Boolean(value) : value;
}

function textOf(file: string, what: string): string {
  try {
    return decodeDocument(readFileSync(file)).text.replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new EnvironmentError(`cannot read the ${what}`, file, 'check that it is a readable file', {
      cause,
    });
  }
}

function csvRows(text: string, file: string): unknown {
  const parse = require('csv-parse/lib/sync') as (text: string, options: object) => unknown;
  try {
    // Newman's own options.
    return parse(text, {
      columns: true,
      escape: '"',
      cast: (field: string, { quoting }: { quoting: boolean }) =>
        !quoting && Number(field) - Number.parseFloat(field) + 1 >= 0 ? Number.parseFloat(field) : field,
      trim: true,
      relax: true,
      relax_column_count: true,
      bom: true,
    });
  } catch (cause) {
    throw new EnvironmentError(`not CSV: ${(cause as Error).message}`, file, 'correct the file', { cause });
  }
}
