import { slug } from '../collection/key';
import type { PlannedRequest } from './plan';

/** Which requests are tested. Parts that are given must all agree; an empty selection is everything. */
export interface Selection {
  /**
   * Folder names or their slugs; a path is joined with `/`. Requests in subfolders belong to it. The empty name is that
   * of the requests which are in no folder.
   */
  readonly folders?: readonly string[];
  /** Request keys. */
  readonly only?: readonly string[];
  /** Read-only requests alone: nothing else is ever sent. */
  readonly safe?: boolean;
}

/** Whether a request is one of those selected. */
export function isSelected(planned: PlannedRequest, selection: Selection): boolean {
  const { folders = [], only = [], safe = false } = selection;
  const { request } = planned;
  return (
    (folders.length === 0 || folders.some((folder) => isNamed(request, folder))) &&
    (only.length === 0 || only.includes(request.key)) &&
    (!safe || planned.safe)
  );
}

/** Whether a request is in a folder of this name, or has it itself, as Newman's `--folder` takes both. */
export function isNamed({ folder, name }: PlannedRequest['request'], wanted: string): boolean {
  return isInFolder(folder, wanted) || (wanted !== '' && name === wanted);
}

/** Whether a folder path is, or lies in, the folder of this name (anywhere in the tree, as Newman's `--folder`). */
export function isInFolder(path: readonly string[], folder: string): boolean {
  if (folder === '') return path.length === 0;
  const wanted = folder.split('/').map(slug).join('/');
  const slugs = path.map(slug);
  // A slash may also belong to a folder's own name.
  if (slugs.includes(slug(folder))) return true;
  return slugs.some((_, from) => slugs.some((__, to) => slugs.slice(from, to + 1).join('/') === wanted));
}
