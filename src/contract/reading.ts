import { MOST_LEVELS } from '../json';
import { formatPointer } from '../json-pointer';
import { isExact } from './decimal';

/** A name that stands more than once in one object, with a value each time. */
export interface Repetition {
  readonly pointer: string;
  readonly texts: readonly string[];
}

/**
 * A JSON body as its text says it, where `JSON.parse` loses something.
 *
 * Shape: `numbers` are the literals, by pointer, that no double holds (`9007199254740993`, `1e400`) or that a double
 *        shows in another way (`-0`); in `value` one that is beyond all doubles is the largest. `repeated` are names
 *        whose values differ: readers disagree on which of them counts.
 */
export interface Reading {
  readonly value: unknown;
  readonly numbers: ReadonlyMap<string, string>;
  readonly repeated: readonly Repetition[];
}

const NOTHING: Pick<Reading, 'numbers' | 'repeated'> = { numbers: new Map(), repeated: [] };

/** Sixteen digits in a row, an exponent or a negative zero: all that can make a number another than its double. */
const SUSPICIOUS = /\d{16}|[\d.]{17}|\d[eE][+-]?\d|-0(?![.\d])/;

/** The body as JSON; null where it does not parse, or is nested deeper than anything could walk. */
export function readJson(body: string): Reading | null {
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const names = countNames(value);
  if (names === null) return null;
  // A text that merely looks like a name makes this more, and then the text is read once again for nothing.
  const isRepeated = countOf(text, /"\s*:/g) !== names;
  if (!isRepeated && !SUSPICIOUS.test(text)) return { value, ...NOTHING };
  return { ...scan(text), value: withinDoubles(value) };
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  while (pattern.test(text)) count += 1;
  return count;
}

/** How many names the objects of a value have; null where it is nested too deep. */
function countNames(value: unknown, level = 0): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (level > MOST_LEVELS) return null;
  const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let sum = Array.isArray(value) ? 0 : inner.length;
  for (const one of inner) {
    const names = countNames(one, level + 1);
    if (names === null) return null;
    sum += names;
  }
  return sum;
}

/** Numbers that no double reaches are infinite to `JSON.parse`, and numbers of JSON they are nevertheless. */
function withinDoubles(value: unknown): unknown {
  if (typeof value === 'number') return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  if (typeof value !== 'object' || value === null) return value;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'number' ? !Number.isFinite(inner) : typeof inner === 'object')
      Object.defineProperty(value, name, {
        value: withinDoubles(inner),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return value;
}

function scan(text: string): Pick<Reading, 'numbers' | 'repeated'> {
  const numbers = new Map<string, string>();
  const repetitions = new Map<string, string[]>();
  // Of each object that is open: its names with their values' texts.
  const open: Map<string, string[]>[] = [];
  const starts: { name: string | null; offset: number }[] = [];
  let name: string | null = null;
  const ended = (from: { name: string | null; offset: number } | undefined, end: number) => {
    const names = open.at(-1);
    if (from?.name == null || names === undefined) return;
    names.set(from.name, [...(names.get(from.name) ?? []), text.slice(from.offset, end)]);
  };
  const begin = (offset: number) => {
    starts.push({ name, offset });
    name = null;
  };
  const close = (pointer: string, offset: number, length: number) => {
    const names = open.pop();
    for (const [key, texts] of names ?? []) {
      if (new Set(texts).size > 1) repetitions.set(pointer + formatPointer([key]), texts);
    }
    ended(starts.pop(), offset + length);
  };
  const paths: string[] = [];
  const { visit } = require('jsonc-parser') as typeof import('jsonc-parser');
  visit(text, {
    onObjectBegin: (offset, _length, _line, _column, path) => {
      paths.push(formatPointer(path()));
      begin(offset);
      open.push(new Map());
    },
    onObjectProperty: (property) => {
      name = property;
    },
    onObjectEnd: (offset, length) => close(paths.pop() ?? '', offset, length),
    onArrayBegin: (offset) => {
      begin(offset);
      // Items have no names, and those of what stands around must not be taken for theirs.
      open.push(new Map());
    },
    onArrayEnd: (offset, length) => close('', offset, length),
    onLiteralValue: (value, offset, length, _line, _column, path) => {
      if (typeof value === 'number') {
        const literal = text.slice(offset, offset + length);
        if (!isExact(literal)) numbers.set(formatPointer(path()), literal);
      }
      ended({ name, offset }, offset + length);
      name = null;
    },
  });
  return {
    numbers,
    repeated: [...repetitions].map(([pointer, texts]) => ({ pointer, texts })),
  };
}
