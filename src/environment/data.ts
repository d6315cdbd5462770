import { readFileSync } from 'node:fs';
import { type PostmanVariables, readVariables } from '../collection/variables';
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
 * Errors: EnvironmentError for a file that cannot be read, or holds no rows.
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
  if (rows.length === 0) {
    throw new EnvironmentError(
      'the data has no row',
      file,
      'give it one an iteration, or leave out --iteration-data',
    );
  }
  return rows;
}

/** What Postman exported, and the name that it has there. */
export interface ExportedVariables extends PostmanVariables {
  readonly name?: string;
}

/**
 * The variables of an environment or of globals that Postman exported, of the types that they have there.
 *
 * Errors: EnvironmentError for a file that cannot be read or is no such export.
 */
export function readPostmanVariables(file: string, what: 'environment' | 'globals'): ExportedVariables {
  const json = parseJson(textOf(file, what), file);
  // What comes from Postman's own API is wrapped once more.
  const holder = isRecord(json) && isRecord(json[what]) ? json[what] : json;
  const values = Array.isArray(holder) ? holder : isRecord(holder) ? holder.values : undefined;
  if (!Array.isArray(values)) {
    throw new EnvironmentError(
      `no ${what} of Postman's: it has no "values"`,
      file,
      'export it from Postman anew',
    );
  }
  const name = isRecord(holder) ? holder.name : undefined;
  return { ...readVariables(values), ...(typeof name === 'string' && { name }) };
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
