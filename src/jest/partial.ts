import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Documented } from '../contract/coverage';
import type { Basis, ReportHead, ResultRow } from '../report/build';

/** What one test file leaves for the reporter: its rows, or why it could not test. */
export interface Partial {
  readonly head: ReportHead;
  readonly rows: readonly ResultRow[];
  readonly error: string | null;
  readonly basis: Basis & { readonly documented: readonly Documented[] };
}

const PLANNED = 'planned.json';

/** Leaves a partial result in the run's directory. */
export function leavePartial(directory: string, partial: Partial): void {
  writeFileSync(join(directory, `${randomUUID()}.json`), JSON.stringify(partial));
}

/** All partial results of a run. */
export function readPartials(directory: string): Partial[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json') && file !== PLANNED);
  return files.map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Partial);
}

/** Leaves the keys that a whole run must have tested. */
export function leavePlanned(directory: string, keys: readonly string[]): void {
  writeFileSync(join(directory, PLANNED), JSON.stringify(keys));
}

/** Those keys. */
export function readPlanned(directory: string): string[] {
  const file = join(directory, PLANNED);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}
