import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Collection } from '../collection/model';
import { readSchemas } from '../contract/schema-files';
import { SchemaStore } from '../contract/store';
import { UsageError } from '../errors';
import type { Exchange } from '../exchange/exchange';
import { makeFolder } from '../folder';
import type { Edit } from './changes';
import { type Contracts, type Learned, learnContracts } from './learn';
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
  const wanted = edits.filter(({ change }) => change === null || isWanted(change));
  const touched = new Set(wanted.flatMap(({ change }) => change?.file ?? []));
  const texts = new Map(contracts.texts);
  const changes: Change[] = [];
  for (const { file, change, apply } of wanted.filter((edit) => touched.has(edit.file))) {
    const before = texts.get(file) ?? null;
    const after = apply(before);
    // Where what it stands on was not wanted, it finds no place.
    if (after === before || after === null) continue;
    texts.set(file, after);
    if (change !== null) changes.push(change);
  }
  SchemaStore.of(texts, contracts.folder, contracts.label);
  const files = new Map([...texts].filter(([file, text]) => contracts.texts.get(file) !== text));
  return { files, changes, lines: changes.map(lineOf) };
}

/** Writes the files of an update into the folder of schemas. Errors: UsageError. */
export function writeUpdate({ folder }: Contracts, { files }: Pick<Update, 'files'>): void {
  for (const [file, text] of files) {
    const path = join(folder, file);
    try {
      makeFolder(dirname(path));
      writeFileSync(path, text);
    } catch (cause) {
      throw new UsageError('cannot write the schema', path, 'make the folder of schemas writable', { cause });
    }
  }
}
