import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReportError, SourceError } from '../errors';
import type { Report } from './report';

const TODO = 'give the report.json of a run';

/** Reads a `report.json`, held to its schema. Errors: ReportError, also for one of a newer version. */
export function readReport(file: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new ReportError(code === undefined ? 'is no JSON' : `cannot be read (${code})`, file, TODO, {
      cause,
    });
  }
  const { version } = (json ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > 1) {
    throw new ReportError(`is version ${version} of the report`, file, 'a newer Driftgate reads it');
  }
  const Ajv2020 = (require('ajv/dist/2020') as typeof import('ajv/dist/2020')).default;
  const schema = require('./report.schema.json') as object;
  const validate = new Ajv2020({ strict: true, strictRequired: false }).compile<Report>(schema);
  if (validate(json)) return json;
  const [fault] = validate.errors ?? [];
  throw new ReportError(`is no report: ${fault?.instancePath || '/'} ${fault?.message ?? ''}`, file, TODO);
}

/** The report of the last run, of the directory that its reports are in. Errors: SourceError where there is none; ReportError. */
export function lastReport(directory: string): Report {
  const file = join(directory, 'report.json');
  if (existsSync(file)) return readReport(file);
  throw new SourceError('no report of a run', file, 'run it again, or say where it is with --reports');
}
