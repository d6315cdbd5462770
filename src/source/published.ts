import { isRecord, stringAt } from '../json';
import { urlOf } from '../url';

/**
 * What Postman's public documentation says of a published collection besides the collection itself.
 *
 * Source: the metadata document (`/view/metadata/{publishedId}`), recognised by `collection.info` without
 *         `collection.item`.
 */
export interface PublishedFacts {
  readonly name: string;
  readonly publishedId: string;
  readonly owner: string;
  readonly collectionId?: string;
  readonly versionTag?: string;
  readonly publishDate?: string;
}

/** Where Postman serves published documentation when the document itself names no other place. */
const DOCUMENTER_ORIGIN = 'https://documenter.gw.postman.com';

/** The facts of a metadata document, or null where the document is something else. */
export function publishedFacts(document: unknown): PublishedFacts | null {
  if (!isRecord(document) || !isRecord(document.collection)) return null;
  const { info, item } = document.collection;
  if (!isRecord(info) || item !== undefined) return null;
  return factsIn(info, stringAt(document, 'activeVersionTag'));
}

/** The facts that `info` of published documentation holds, be it the metadata or the collection itself. */
export function factsIn(info: unknown, versionTag?: string): PublishedFacts | null {
  if (!isRecord(info)) return null;
  const publishedId = stringAt(info, 'publishedId');
  const owner = stringAt(info, 'owner');
  if (publishedId === undefined || owner === undefined) return null;
  const collectionId = stringAt(info, 'collectionId') ?? stringAt(info, '_postman_id');
  const version = stringAt(info, 'activeVersionTag') ?? versionTag;
  const publishDate = stringAt(info, 'publishDate');
  return {
    name: stringAt(info, 'name') ?? publishedId,
    publishedId,
    owner,
    ...(collectionId !== undefined && { collectionId }),
    ...(version !== undefined && { versionTag: version }),
    ...(publishDate !== undefined && { publishDate }),
  };
}

/**
 * The address of the collection that a metadata document describes.
 *
 * The document's own origin is used where it is known (published documentation also lives on custom domains).
 */
export function collectionAddress(facts: PublishedFacts, document: unknown, readFrom: string): string {
  const canonical = isRecord(document) ? stringAt(document, 'canonicalUrl') : undefined;
  const origin = originOf(readFrom) ?? originOf(canonical) ?? DOCUMENTER_ORIGIN;
  return publishedAddress(origin, facts.owner, facts.publishedId, facts.versionTag ?? 'latest');
}

/** `https://…/view/{owner}/{publishedId}` and `…/view/metadata/{publishedId}` as the address of JSON, else null. */
export function addressOfLink(link: string): string | null {
  const view = /^(https?:\/\/[^/]+)\/view\/(\d+)\/([A-Za-z0-9-]+)\/?(?:[?#].*)?$/.exec(link);
  if (view === null) return null;
  const [, origin = '', owner = '', publishedId = ''] = view;
  const version = /[?&]version=([^&#]+)/.exec(link)?.[1] ?? 'latest';
  // documenter.getpostman.com serves the page; the JSON is under the same path there.
  return publishedAddress(origin, owner, publishedId, version);
}

/** The address of the metadata of a bare published id. */
export function metadataAddress(publishedId: string): string {
  return `${DOCUMENTER_ORIGIN}/view/metadata/${encodeURIComponent(publishedId)}`;
}

/** The human page of a published collection, which is what the lock keeps as its source. */
export function pageLink(facts: PublishedFacts): string {
  return `https://documenter.getpostman.com/view/${facts.owner}/${facts.publishedId}`;
}

/** The address of a published collection's JSON. */
export function publishedAddress(
  origin: string,
  owner: string,
  publishedId: string,
  versionTag: string,
): string {
  const query = new URLSearchParams({ segregateAuth: 'true', versionTag });
  return `${origin}/api/collections/${encodeURIComponent(owner)}/${encodeURIComponent(publishedId)}?${query}`;
}

function originOf(address: string | undefined): string | null {
  return address !== undefined && /^https?:\/\//.test(address) ? (urlOf(address)?.origin ?? null) : null;
}
