import type { JsonRecord } from '../json';

/** A URL of the collection with another origin: everything else of it stays. */
export function atTarget(url: JsonRecord, target: string): JsonRecord {
  const { protocol, hostname, port } = new URL(target);
  const { port: _, raw: __, ...rest } = url;
  return { ...rest, protocol: protocol.slice(0, -1), host: [hostname], ...(port !== '' && { port }) };
}
