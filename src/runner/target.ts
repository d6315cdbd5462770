import type { JsonRecord } from '../json';

/** A URL of the collection with another origin: everything else of it stays. */
export function atTarget(url: JsonRecord, target: string): JsonRecord {
  const { protocol, hostname, port } = new URL(target);
  const { port: _, raw: __, ...rest } = url;
  return { ...rest, protocol: protocol.slice(0, -1), host: [hostname], ...(port !== '' && { port }) };
}

/** A URL without path has none for Postman's libraries either: an empty list would be a slash behind whatever stands there. */
export function withoutEmptyPath(url: JsonRecord): JsonRecord {
  const { path, ...rest } = url;
  return Array.isArray(path) && path.length === 0 ? rest : url;
}
