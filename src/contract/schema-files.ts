import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection } from '../collection/model';
import { SchemaCompileError } from '../errors';

/** The schema files of a folder, by their paths in it; a folder that is not there has none. */
export function schemaFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return read(folder, () => filesIn(folder))
    .filter((file) => file.endsWith('.json'))
    .sort();
}

/**
 * All that is below a folder, also behind links; folders too, because one that is named like a schema is none. Node's own recursive
 * listing looks at every file once more.
 */
function filesIn(folder: string, above = '', around: readonly string[] = []): string[] {
  const here = realpathSync(join(folder, above));
  // A link that leads back to where it stands would be followed for ever.
  if (around.includes(here)) return [];
  return readdirSync(here, { withFileTypes: true }).flatMap((entry) => {
    const path = `${above}${entry.name}`;
    const isFolder = entry.isSymbolicLink() ? leadsToFolder(join(folder, path)) : entry.isDirectory();
    return isFolder ? [path, ...filesIn(folder, `${path}/`, [...around, here])] : [path];
  });
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}

/** The text of every schema file of a folder, by its path from there. Errors: SchemaCompileError for one that cannot be read. */
export function readSchemas(folder: string): Map<string, string> {
  const textOf = (path: string) => read(path, () => readFileSync(path, 'utf8'));
  return new Map(schemaFiles(folder).map((file) => [file, textOf(join(folder, file))]));
}

function read<T>(path: string, how: () => T): T {
  try {
    return how();
  } catch (cause) {
    const what = `the schemas cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new SchemaCompileError(what, path, 'give a folder of files that can be read', { cause });
  }
}

/** Schema files that belong to no request of the collection: most likely a renamed request's. */
export function strayFiles(files: readonly string[], collection: Collection): string[] {
  const keys = new Set(collection.requests.map(({ key }) => key));
  return files.filter((file) => !file.startsWith('shared/') && !keys.has(file.replace(/\.\d{3}\.json$/, '')));
}

/** A schema that cannot be used: `where` is its file, with the line where that is known. */
export function compileError(where: string, what: string, cause?: unknown): SchemaCompileError {
  return new SchemaCompileError(`the schema does not compile: ${what}`, where, 'correct the schema', {
    cause,
  });
}
