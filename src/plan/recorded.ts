import type { Collection, CollectionRequest } from '../collection/model';
import { decoded } from '../percent';
import { urlOf } from '../url';
import { matchesOf } from './match';

/** A request as it was recorded: the whole address, and the body as text where it has one. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
}

/**
 * The key of the request of a collection that a recorded one is: by method and URL template, the most literal match first;
 * what cannot be told apart is the first in collection order. Null where none fits.
 *
 * A host that is written in the collection must be that of the recorded address; a variable may be any.
 */
export function matchRequest(
  collection: Collection,
  { method, url, body = '' }: RecordedRequest,
): string | null {
  const address = urlOf(url);
  if (address === null) return null;
  const { host, pathname, searchParams } = address;
  const path = pathname === '/' ? [] : pathname.slice(1).split('/').map(decoded);
  const candidates = collection.requests.filter((request) => isAtHost(request, host));
  const received = { method: method.toUpperCase(), path, query: searchParams, body };
  // `//host/path` is an address without its scheme; to Postman all of it is a path.
  const bare = candidates.filter(({ url }) => url.host.length === 0 && url.path[0] === '');
  const [first] = matchesOf(bare, { ...received, path: ['', host, ...path] });
  if (first !== undefined) return first.request.key;
  // Where any host and any base path would do, only a name that both have says that they belong together.
  const best = matchesOf(candidates, received).find(
    ({ request, literal }) => literal > 0 || path.length === request.url.path.length,
  );
  return best?.request.key ?? null;
}

/** The host of a request where it is written out; null where a variable stands for it. */
const HOSTS = new WeakMap<CollectionRequest, { readonly host: string | null }>();

function isAtHost(request: CollectionRequest, host: string): boolean {
  const known = HOSTS.get(request) ?? { host: hostOf(request) };
  HOSTS.set(request, known);
  return known.host === null || known.host === host;
}

function hostOf({ url }: CollectionRequest): string | null {
  const name = url.host.join('.');
  if (name === '' || name.includes('{{') || url.port?.includes('{{') === true) return null;
  const address = `${url.protocol ?? 'https'}://${name}${url.port === undefined ? '' : `:${url.port}`}`;
  // The standard port of a scheme goes without saying.
  return urlOf(address)?.host ?? name;
}
