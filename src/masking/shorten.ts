const MAX_LENGTH = 80;

/** A masked text with its middle left out where it is long. Units: characters. */
export function shorten(text: string, longest = MAX_LENGTH): string {
  if (text.length <= longest) return text;
  const half = (longest - 1) / 2;
  return `${text.slice(0, Math.ceil(half))}…${text.slice(text.length - Math.floor(half))}`;
}
