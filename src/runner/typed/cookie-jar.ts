/** A cookie, with the calls of it that we need. */
export interface Cookie {
  readonly key: string;
  readonly value: string;
  readonly domain: string | null;
  cookieString(): string;
  toJSON(): object;
}

/** What a client keeps of the cookies of servers. */
export interface CookieJar {
  /** The store behind `pm.cookies.jar()`. */
  readonly store: object;
  setCookie(text: string, url: string, options: object): Promise<Cookie | undefined>;
  getCookies(url: string): Promise<Cookie[]>;
  getCookiesSync(url: string): Cookie[];
  getCookieString(url: string): Promise<string>;
}

interface Library {
  readonly CookieJar: new (store: undefined, options: object) => CookieJar;
  readonly Cookie: { fromJSON(json: unknown): Cookie | null };
}

/** Newman's own: another one may know other public suffixes, and keep other cookies. Loaded with the first cookie. */
function library(): Library {
  return require('@postman/tough-cookie') as Library;
}

/** An empty jar that keeps a cookie without a name too, as Newman's does. */
export function newJar(): CookieJar {
  const { CookieJar } = library();
  return new CookieJar(undefined, { looseMode: true });
}

/** A cookie of its JSON; null where it is none. */
export function cookieOf(json: unknown): Cookie | null {
  return library().Cookie.fromJSON(json);
}
