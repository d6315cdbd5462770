import { isAbsolute, relative, resolve } from 'node:path';

/**
 * The file that a body names, or null where it lies outside of the project's folder: a collection from elsewhere must not
 * read what is ours.
 */
export function fileInside(directory: string, path: string): string | null {
  const file = resolve(directory, path);
  const inside = relative(directory, file);
  return inside.startsWith('..') || isAbsolute(inside) ? null : file;
}
