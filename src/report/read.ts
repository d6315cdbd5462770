import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceError } from '../errors';
import { isRecord } from '../json';
import type { Report } from './report';

/** The report of the last run. Errors: SourceError where there is none, or one of another version. */
export function readReport(directory: string): Report {
  const file = join(directory, 'report.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'no report of a run' : 'the report cannot be read';
    throw new SourceError(what, file, 'run it again, or say where it is with --reports', { cause });
  }
  const version = isRecord(json) ? json.version : undefined;
  if (version !== 1 || !isRecord(json) || !Array.isArray(json.requests)) {
    throw new SourceError(`a report of version ${String(version)}, and not 1`, file, 'run it again');
  }
  return json as unknown as Report;
}
