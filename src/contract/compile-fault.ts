import type { ErrorObject } from 'ajv';
import { formatPointer } from '../json-pointer';
import { shorten } from '../masking/shorten';
import { decoded } from '../percent';
import { BASE, type Content, contentOf, type SchemaPlace } from './schema-index';

/** Why schemas do not compile, in one sentence that begins with the pointer; `place` where it is known. */
export interface CompileFault {
  readonly place: SchemaPlace | null;
  readonly what: string;
}

/** A name in a schema file with what it holds. */
interface Entry extends SchemaPlace {
  readonly name: string;
  readonly value: unknown;
  readonly content: Content;
}

const REFERENCE = /^\$(ref|dynamicRef|recursiveRef)$/;

/** Faults that the validator tells without a place: how they are found again, and said. */
const FAULTS: readonly {
  readonly message: RegExp;
  readonly isAt: (entry: Entry, said: string) => boolean;
  readonly what: (reason: string) => string;
  /** What is written is the name and not its value. */
  readonly isName?: true;
}[] = [
  {
    message: /^strict mode: unknown keyword: "(.*)"$/s,
    isAt: ({ name, content }, said) => content === 'schema' && name === said,
    what: () => 'is an unknown keyword',
    isName: true,
  },
  {
    message: /^unknown format "(.*)" ignored in schema/s,
    isAt: ({ name, value }, said) => name === 'format' && value === said,
    what: () => 'must be a known format',
  },
  {
    message: /^Invalid regular expression: \/(.*)\/[a-z]*: (.*)$/s,
    isAt: ({ name, value }, said) => name === 'pattern' && value === said,
    what: (reason) => `must be a regular expression (${reason})`,
  },
  {
    message: /^can't resolve reference (\S+) from id/,
    isAt: ({ name, value }, said) => REFERENCE.test(name) && value === said,
    what: () => 'must lead to a schema of the folder',
  },
];

/**
 * What an error of the validator means, in `file` or in one of the `files` that it refers to. `errors` are the validator's own
 * of a schema that is none; `because` is said in place of what the validator says of the place.
 */
export function compileFault(
  cause: unknown,
  errors: readonly ErrorObject[],
  file: string,
  files: ReadonlyMap<string, unknown>,
  because: string | null,
): CompileFault {
  const message = String((cause as { message?: unknown }).message ?? cause);
  const invalid = message.startsWith('schema is invalid') ? worst(errors) : undefined;
  if (invalid !== undefined) {
    const place = { file, pointer: invalid.instancePath };
    return { place, what: said(place, reasonOf(invalid), invalid.data) };
  }
  for (const { message: pattern, isAt, what, isName } of FAULTS) {
    const [, text = '', reason = ''] = pattern.exec(message) ?? [];
    if (text === '') continue;
    const entry = find([file, ...files.keys()], files, (one) => isAt(one, text));
    if (entry === undefined) break;
    return { place: entry, what: said(entry, because ?? what(reason), isName ? undefined : entry.value) };
  }
  const [, uri, pointer] = /^.* at "([^"#]*)#?([^"]*)" \(strict\w*\)$/s.exec(message) ?? [];
  const name = decoded(uri?.replace(BASE, '') ?? '');
  if (pointer !== undefined && files.has(name)) {
    const place = { file: name, pointer: decoded(pointer) };
    const plain = message.replace(/^strict mode: /, '').replace(/ at "[^"]*" \(strict\w*\)$/, '');
    return { place, what: `${place.pointer || '/'}: ${plain}` };
  }
  return { place: null, what: because ?? message.replaceAll(BASE, '') };
}

/** A keyword of several forms is refused by each of them: the first refusal, or one of a part of what that refuses. */
function worst(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const within = errors.filter(({ instancePath }) =>
    `${instancePath}/`.startsWith(`${errors[0]?.instancePath}/`),
  );
  return within.sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
}

function reasonOf({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
  if (keyword === 'type') return `must be ${[params.type].flat().join(' or ')}`;
  return message;
}

function said({ pointer }: SchemaPlace, what: string, value: unknown): string {
  return `${pointer || '/'} ${what}${value === undefined ? '' : `, and is ${shorten(JSON.stringify(value))}`}`;
}

function find(
  order: readonly string[],
  files: ReadonlyMap<string, unknown>,
  isIt: (entry: Entry) => boolean,
): Entry | undefined {
  for (const file of order) {
    for (const entry of entriesIn(files.get(file), { file, pointer: '' }, 'schema')) {
      if (isIt(entry)) return entry;
    }
  }
  return undefined;
}

function* entriesIn(holder: unknown, { file, pointer }: SchemaPlace, content: Content): Iterable<Entry> {
  if (typeof holder !== 'object' || holder === null || content === 'data') return;
  for (const [name, value] of Object.entries(holder)) {
    const place = { file, pointer: pointer + formatPointer([name]) };
    yield { ...place, name, value, content };
    yield* entriesIn(value, place, contentOf(name, content));
  }
}
