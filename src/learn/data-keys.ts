/** Names that are data: ids, numbers, dates, locales and addresses, as the pattern of a schema. */
const DATA_KEYS = [
  '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  '^\\d+$',
  '^\\d{4}-\\d{2}-\\d{2}',
  '^[a-z]{2}[-_][A-Z]{2}$',
  '^(?=\\d*[a-f])(?=[a-f]*\\d)[0-9a-f]{16,}$',
  '^[^@\\s]+@[^@\\s]+$',
].map((pattern) => ({ pattern, regex: new RegExp(pattern, 'u') }));

/** Languages whose codes are not also words that people name properties with, as `id`, `no` and `to` are. */
const LANGUAGES = new Set(
  'ar bg cs da de el en es et fi fr he hr hu it ja ko lt lv nl nn pl pt ro ru sk sl sv th tr uk vi zh'.split(
    ' ',
  ),
);

/** The pattern of the names like this one, where it is data; null for a name that somebody chose. */
export function dataPatternOf(name: string): string | null {
  return DATA_KEYS.find(({ regex }) => regex.test(name))?.pattern ?? null;
}

const LANGUAGE_KEYS = '^[a-z]{2}$';

/** The patterns of the names of an object where they are all data, so that it is a map; null where it is none. */
export function mapPatternsOf(names: readonly string[]): string[] | null {
  const patterns = names.map((name) => dataPatternOf(name) ?? (LANGUAGES.has(name) ? LANGUAGE_KEYS : null));
  // One language alone may be a word all the same.
  if (names.length === 0 || (names.length === 1 && patterns[0] === LANGUAGE_KEYS)) return null;
  const known = patterns.filter((pattern) => pattern !== null);
  return known.length === names.length ? [...new Set(known)] : null;
}
