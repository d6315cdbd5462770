/** Scheme and authority of an address, as far as they say its origin by themselves. */
const AUTHORITY = /^https?:\/\/[^/?#\\]+/i;

const MOST_ORIGINS = 256;

/** By scheme and authority. A run has few of them, and several stations ask for each request. */
const origins = new Map<string, URL>();

/** The root of the server that an address leads to; null where the text is no address. */
export function rootOf(url: string): URL | null {
  const [authority] = AUTHORITY.exec(url) ?? [];
  if (authority === undefined) return URL.canParse(url) ? new URL(url) : null;
  const known = origins.get(authority);
  if (known !== undefined) return known;
  if (!URL.canParse(authority)) return null;
  if (origins.size >= MOST_ORIGINS) origins.clear();
  const root = new URL(authority);
  origins.set(authority, root);
  return root;
}

/** The origin of an address, or the text itself where it is none. */
export function originOf(url: string): string {
  return rootOf(url)?.origin ?? url;
}
