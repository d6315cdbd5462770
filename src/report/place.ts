import type { Finding } from '../findings/finding';
import { visible } from './escape';
import type { Report } from './report';

/** A line of a file of the repository. */
export interface RepositoryPlace {
  /** From the root of the project, with `/` between folders. */
  readonly file: string;
  readonly line: number;
}

const LONGEST_PATH = 1000;
const CONFIG_FILE = 'driftgate.config.json';

/** The line of the schema that a finding breaks; null where it names none, or one outside the repository. */
export function schemaPlaceOf(found: Finding & { readonly schemaLine?: number }): RepositoryPlace | null {
  const file = found.schema?.split('#', 1).join() ?? '';
  if (!isInside(file)) return null;
  const { schemaLine: line = 1 } = found;
  return { file, line: Number.isSafeInteger(line) && line > 0 ? line : 1 };
}

/** Where a report is shown that no schema speaks of: the lock of its collection, else the configuration. */
export function lockPlaceOf({ collection: { lockFile = '' } }: Report): RepositoryPlace {
  return { file: isInside(lockFile) ? lockFile : CONFIG_FILE, line: 1 };
}

/** Whether a path leads to a file below the root, and to nothing else however it is read. */
function isInside(path: string): boolean {
  if (path === '' || path.length > LONGEST_PATH || visible(path) !== path) return false;
  return !/^\/|^[a-z]:|[\\<>"|?*]|^[a-z+.-]+:/i.test(path) && !path.split('/').includes('..');
}
