import type { Collection, CollectionRequest } from '../collection/model';
import { isRecord } from '../json';
import { getPointer } from '../json-pointer';

/** Two requests that are one, before and after; null where it is there on one side only. */
export type Pair =
  | { readonly before: CollectionRequest; readonly after: CollectionRequest }
  | { readonly before: CollectionRequest; readonly after: null }
  | { readonly before: null; readonly after: CollectionRequest };

/** Pairs the requests of two collections: by id, then by method and path, then by name, each only once. */
export function pairsOf(before: Collection, after: Collection): Pair[] {
  const left = new Set(before.requests);
  const pairs = new Map<CollectionRequest, CollectionRequest>();
  const identities: ((collection: Collection, request: CollectionRequest) => string | null)[] = [
    (collection, { pointer }) => {
      const item = getPointer(collection.document, pointer);
      return isRecord(item) && typeof item.id === 'string' ? item.id : null;
    },
    // Where several share both, the name among them decides first.
    (_collection, { method, url, key }) => `${method} ${templateOf(url.path)} ${key}`,
    (_collection, { method, url }) => `${method} ${templateOf(url.path)}`,
    (_collection, { key }) => key,
  ];
  for (const identity of identities) {
    const known = new Map<string, CollectionRequest[]>();
    for (const request of before.requests) {
      const id = left.has(request) ? identity(before, request) : null;
      if (id !== null) known.set(id, [...(known.get(id) ?? []), request]);
    }
    for (const request of after.requests) {
      const id = pairs.has(request) ? null : identity(after, request);
      const found = id === null ? undefined : known.get(id)?.shift();
      if (found === undefined) continue;
      pairs.set(request, found);
      left.delete(found);
    }
  }
  return [
    ...[...left].map((request): Pair => ({ before: request, after: null })),
    ...after.requests.map((request): Pair => {
      const found = pairs.get(request);
      return found === undefined ? { before: null, after: request } : { before: found, after: request };
    }),
  ];
}

/** A path in which names of variables do not matter. */
export function templateOf(path: readonly string[]): string {
  return path.map((part) => (part.startsWith(':') ? ':' : part.replace(/\{\{[^{}]*\}\}/g, ':'))).join('/');
}
