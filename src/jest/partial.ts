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

/** By run: what test files left that ran in this very process, where they need not be written to be read. */
const inProcess = new Map<string, Partial[]>();

/** Leaves a partial result: in the run's directory, unless the run was begun by this process. */
export function leavePartial(directory: string, partial: Partial): void {
  const own = inProcess.get(directory);
  if (own !== undefined) own.push(partial);
  else writeFileSync(join(directory, `${randomUUID()}.json`), JSON.stringify(partial));
}

/** All partial results of a run, which are given once. */
export function takePartials(directory: string): Partial[] {
  const own = inProcess.get(directory) ?? [];
  inProcess.delete(directory);
  const files = readdirSync(directory).filter((file) => file.endsWith('.json') && file !== PLANNED);
  const read = files.map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Partial);
  return [...own, ...read];
}

/** Begins a run in its directory, with the keys that a whole one must have tested. */
export function beginRun(directory: string, keys: readonly string[]): void {
  inProcess.set(directory, []);
  writeFileSync(join(directory, PLANNED), JSON.stringify(keys));
}

/** Those keys. */
export function readPlanned(directory: string): string[] {
  const file = join(directory, PLANNED);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}
