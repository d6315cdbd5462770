import { urlOf } from '../url';

/** Scheme and authority of an address, as far as they say its origin by themselves: `URL` drops blanks at the end of a text. */
const AUTHORITY = /^https?:\/\/[^\s\p{Cc}/?#\\]+(?=[/?#\\]|$)/iu;

const MOST_ORIGINS = 256;

/** By scheme and authority. A run has few of them, and several stations ask for each request. */
const origins = new Map<string, URL>();

/** The root of the server that an address leads to; null where the text is no address. */
export function rootOf(url: string): URL | null {
  const [authority] = AUTHORITY.exec(url) ?? [];
  if (authority === undefined) return urlOf(url);
  const known = origins.get(authority);
  if (known !== undefined) return known;
  const root = urlOf(authority);
  if (origins.size >= MOST_ORIGINS) origins.clear();
  if (root !== null) origins.set(authority, root);
  return root;
}

/** The origin of an address, or the text itself where it is none. */
export function originOf(url: string): string {
  return rootOf(url)?.origin ?? url;
}
