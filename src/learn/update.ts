import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Collection } from '../collection/model';
import { readSchemas, SchemaStore } from '../contract/store';
import { UsageError } from '../errors';
import type { Exchange } from '../exchange/exchange';
import type { Edit } from './changes';
import { type Contracts, filesAfter, type Learned, learnContracts } from './learn';
import { sampleOf } from './samples';
import { type Change, lineOf } from './words';

/** Schema files that change, with their new texts, and one line for every change in them. */
export interface Update {
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly Change[];
  readonly lines: readonly string[];
  readonly stuck: Learned['stuck'];
}

/** The schemas of a folder as they are written there. */
export function readContracts(folder: string, label: string): Contracts {
  return { folder, label, texts: readSchemas(folder) };
}

/** What a run would change in the schemas to take what was answered. It writes nothing: `writeUpdate` does. */
export async function updateFrom(
  collection: Collection,
  contracts: Contracts,
  exchanges: readonly Exchange[],
): Promise<Update> {
  const samples = exchanges.map(sampleOf).filter((sample) => typeof sample !== 'string');
  const { edits, stuck } = await learnContracts(collection, contracts, () => samples);
  return { ...updateOf(contracts, edits), stuck };
}

/**
 * The files after some of the edits; the number of samples is kept where anything else changes.
 *
 * Errors: SchemaCompileError where the edits that are left do not stand without the others.
 */
export function updateOf(
  contracts: Contracts,
  edits: readonly Edit[],
  isWanted: (change: Change) => boolean = () => true,
): Omit<Update, 'stuck'> {
  const changes = edits.flatMap(({ change }) => (change === null || !isWanted(change) ? [] : [change]));
  const wanted = new Set(changes);
  const touched = new Set(changes.map(({ file }) => file));
  const made = edits.filter(({ change, file }) => (change === null ? touched.has(file) : wanted.has(change)));
  const files = filesAfter(contracts, made);
  SchemaStore.of(new Map([...contracts.texts, ...files]), contracts.folder, contracts.label);
  return { files, changes, lines: changes.map(lineOf) };
}

/** Writes the files of an update into the folder of schemas. Errors: UsageError. */
export function writeUpdate({ folder }: Contracts, { files }: Pick<Update, 'files'>): void {
  for (const [file, text] of files) {
    const path = join(folder, file);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (cause) {
      throw new UsageError('cannot write the schema', path, 'make the folder of schemas writable', { cause });
    }
  }
}
