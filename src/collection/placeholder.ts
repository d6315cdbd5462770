import { isRecord } from '../json';

/**
 * Words that converters from OpenAPI write in place of values, and the JSON Schema that each stands for. A word that is
 * none of these says nothing of the value.
 */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  string: { type: 'string' },
  byte: { type: 'string' },
  binary: { type: 'string' },
  password: { type: 'string' },
  char: { type: 'string' },
  integer: { type: 'integer' },
  int: { type: 'integer' },
  int32: { type: 'integer' },
  int64: { type: 'integer' },
  long: { type: 'integer' },
  number: { type: 'number' },
  float: { type: 'number' },
  double: { type: 'number' },
  decimal: { type: 'number' },
  boolean: { type: 'boolean' },
  bool: { type: 'boolean' },
  object: { type: 'object' },
  array: { type: 'array' },
  null: { type: 'null' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  'date-time': { type: 'string', format: 'date-time' },
  time: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  guid: { type: 'string', format: 'uuid' },
  uri: { type: 'string' },
  url: { type: 'string' },
  email: { type: 'string', format: 'email' },
  ipv4: { type: 'string', format: 'ipv4' },
  ipv6: { type: 'string', format: 'ipv6' },
};

/** What a placeholder stands for: its types (`["any"]` where nothing is known) and a format. */
export interface Placeholder {
  readonly types: readonly string[];
  readonly format?: string;
}

/** A value for each word that has a form; any other text is good enough for what has none. */
const VALUES: Readonly<Record<string, unknown>> = {
  integer: 1,
  number: 1.5,
  boolean: true,
  object: {},
  array: [],
  null: null,
  date: '2026-01-05',
  'date-time': '2026-01-05T10:00:00Z',
  uuid: '6f1d2c9e-10aa-41f1-9d55-0b5a2f7c4e10',
  email: 'somebody@example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

/** A body with a value in place of every placeholder, as a server would answer it. */
export function withoutPlaceholders(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, withoutPlaceholders(inner)]),
    );
  }
  const placeholder = typeof value === 'string' ? placeholderOf(value) : null;
  if (placeholder === null) return value;
  const { types, format } = placeholder;
  const word = format ?? types.find((type) => type !== 'null') ?? 'null';
  return Object.hasOwn(VALUES, word) ? VALUES[word] : 'text';
}

/** `"<string>"` and `"<string,null>"` as the types that they stand for; null where a text is a value. */
export function placeholderOf(text: string): Placeholder | null {
  const inner = /^<([^<>]{1,200})>$/.exec(text)?.[1];
  if (inner === undefined) return null;
  const words = inner.split(/[,|]/).map((word) => word.trim().toLowerCase());
  const known = words.map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined));
  if (known.some((schema) => schema === undefined)) return { types: ['any'] };
  const formats = known.flatMap((schema) => schema?.format ?? []);
  const types = [...new Set(known.map((schema) => schema?.type ?? 'any'))];
  const [format] = formats;
  return { types, ...(formats.length === 1 && format !== undefined && { format }) };
}
