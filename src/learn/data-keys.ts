/** Names that are data: ids, numbers, dates, locales and addresses, as the pattern of a schema. */
const DATA_KEYS = [
  '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  '^\\d+$',
  '^\\d{4}-\\d{2}-\\d{2}',
  '^[a-z]{2}[-_][A-Z]{2}$',
  '^(?=[a-f]*\\d)[0-9a-f]{16,}$',
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

/** Whether the names of an object are all data, so that it is a map. */
export function areData(names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const isText = names.length > 1 && names.every((name) => LANGUAGES.has(name));
  return isText || names.every((name) => dataPatternOf(name) !== null);
}
