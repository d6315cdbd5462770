/**
 * A text as a URL, against a base where there is one; null where it is none.
 *
 * `URL.canParse` is asked by nobody: once Node 20 has optimised it, it says no to hosts in other letters (`ü.example`).
 */
export function urlOf(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
