/** Percent escapes as what they stand for; a text that has others stays as it is. Source: RFC 3986, section 2.1. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
