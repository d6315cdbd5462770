import type * as Transformer from 'postman-collection-transformer';
import { CollectionFormatError } from '../errors';
import { isRecord, type JsonRecord, recordsIn, textOf } from '../json';
import type { Notes } from './notes';

/** Whether a document is a collection of format 1: requests in a list, tied to folders by their ids. */
export function isV1(root: JsonRecord): boolean {
  return Array.isArray(root.requests) && root.info === undefined && root.item === undefined;
}

/**
 * A collection of format 1 → v2.1, by Postman's own converter.
 *
 * A request that stands in no order is in none of Postman's views, so it is named and left out.
 * Errors: CollectionFormatError where the converter gives up.
 */
export function convertV1(root: JsonRecord, file: string, notes: Notes): JsonRecord {
  const requests = recordsIn(root.requests);
  const ordered = new Set(
    [root, ...recordsIn(root.folders)].flatMap(({ order }) =>
      Array.isArray(order) ? order.map(textOf) : [],
    ),
  );
  for (const [index, request] of requests.entries()) {
    if (!ordered.has(textOf(request.id))) {
      notes.warn(`/requests/${index}`, 'stands in no order, so it is not run');
    }
  }
  const { convert } = require('postman-collection-transformer') as typeof Transformer;
  let converted: unknown;
  let fault: unknown = null;
  const options = { inputVersion: '1.0.0', outputVersion: '2.1.0', retainIds: true };
  try {
    // It calls back before it returns.
    convert(structuredClone(root), options, (error, result) => {
      fault = error;
      converted = result;
    });
  } catch (cause) {
    fault = cause;
  }
  if (fault !== null || !isRecord(converted)) {
    const reason = (fault as { message?: string } | null)?.message ?? 'nothing came of it';
    const todo = 'export it from Postman as Collection v2.1';
    throw new CollectionFormatError(`format 1 cannot be converted: ${reason}`, file, todo, { cause: fault });
  }
  notes.changed('format-v1', requests.length);
  return converted;
}
