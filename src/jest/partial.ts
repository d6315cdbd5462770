import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportHead, ResultRow } from '../report/build';

/** What one test file leaves for the reporter: its rows, or why it could not test. */
export interface Partial {
  readonly head: ReportHead;
  readonly rows: readonly ResultRow[];
  readonly error: string | null;
}

/** Leaves a partial result in the run's directory. */
export function leavePartial(directory: string, partial: Partial): void {
  writeFileSync(join(directory, `${randomUUID()}.json`), JSON.stringify(partial));
}

/** All partial results of a run. */
export function readPartials(directory: string): Partial[] {
  return readdirSync(directory).map(
    (file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Partial,
  );
}
