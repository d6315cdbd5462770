import { placeholderOf } from '../collection/placeholder';
import { isRecord, type JsonRecord, jsonType } from '../json';
import { dataPatternOf, mapPatternsOf } from './data-keys';
import { FORMATS, hasFormat } from './formats';

/** How a value is read. */
export interface Reading {
  /** Words such as `"<string>"` stand for types: so in examples of converters, and never in recorded traffic. */
  readonly placeholders: boolean;
}

/** How saved examples are read. */
export const EXAMPLES: Reading = { placeholders: true };

/** How recorded and live responses are read. */
export const RECORDED: Reading = { placeholders: false };

/** More names than this that look like data are a map, and kept as one. */
const MOST_DATA_KEYS = 20;
/** More names than anybody would document are data, whatever they look like. */
const MOST_KEYS = 500;

/** A set of values is an enum where it is this small, and every value came this often. */
const MOST_VALUES = 8;
const LEAST_TIMES = 3;
const LEAST_IN_ALL = 20;
/** A constant that somebody named: one word of letters, as `in_progress`, and no code as `EUR` or `DE`. */
const SYMBOL = /^(?=.{2,32}$)([a-z]+([_-][a-z]+)*|(?=.{4})[A-Z]+([_-][A-Z]+)*)$/;

interface Property {
  shape: Shape;
  count: number;
  /** The first place that it had in any object. */
  place: number;
}

/**
 * What was seen at one place of a body, over all samples: a summary that grows with the shape and not with the samples.
 *
 * Samples merge: a property that one of them lacks is optional, null in one is nullable, an integer and a fraction are
 * a number, items of lists are one shape. The order of samples means nothing.
 */
export class Shape {
  /** How often each JSON type was seen; `any` for a placeholder that says nothing. */
  readonly #types = new Map<string, number>();
  /** Formats that every text so far had; null before the first text. */
  #formats: readonly string[] | null = null;
  /** How often each text came; null where they are too many, or no symbols. */
  #texts: Map<string, number> | null = new Map();
  readonly #properties = new Map<string, Property>();
  #dataKeys = 0;
  /** Shapes of values by the pattern of their names, once those are too many; the empty pattern is that of all names. */
  readonly #patterns = new Map<string, Shape>();
  #items: Shape | null = null;
  /** A word stood for an object, of which nothing else is known. */
  #isOpen = false;

  /** Adds what one sample has at this place. */
  add(value: unknown, reading: Reading = EXAMPLES): void {
    if (typeof value === 'string') {
      this.#addText(value, reading);
      return;
    }
    // A number that no double can hold is none for the validator either.
    this.#saw(typeof value === 'number' && !Number.isFinite(value) ? 'any' : jsonType(value));
    if (Array.isArray(value)) {
      if (value.length > 0) this.#items ??= new Shape();
      for (const item of value) this.#items?.add(item, reading);
    } else if (isRecord(value)) {
      for (const [place, name] of Object.keys(value).entries()) {
        this.#valueAt(name, place, 1).add(value[name], reading);
      }
    }
  }

  /** Adds all that another shape has seen. */
  merge(other: Shape): void {
    for (const [type, count] of other.#types) this.#types.set(type, (this.#types.get(type) ?? 0) + count);
    if (other.#formats !== null) this.#narrow(other.#formats);
    this.#isOpen ||= other.#isOpen;
    if (other.#texts === null) this.#texts = null;
    else for (const [text, count] of other.#texts) this.#count(text, count);
    if (other.#items !== null) {
      this.#items ??= new Shape();
      this.#items.merge(other.#items);
    }
    for (const [pattern, shape] of other.#patterns) {
      this.#fold(pattern === '' ? () => true : (name) => dataPatternOf(name) !== null);
      this.#patternShape(pattern).merge(shape);
    }
    for (const [name, { shape, count, place }] of other.#properties) {
      this.#valueAt(name, place, count).merge(shape);
    }
  }

  /** The JSON types that were seen; `any` among them where nothing is known. */
  types(): string[] {
    return this.#schemaTypes();
  }

  /** The JSON Schema of everything that was seen. `isRich` says that the samples are many, and differ. */
  schema(isRich = false): JsonRecord {
    const types = this.#schemaTypes();
    // Null alone says that a value may be absent, and nothing of what it is when it is there.
    if (types.length === 0 || types.includes('any') || (types.length === 1 && types[0] === 'null')) return {};
    return {
      type: types.length === 1 ? types[0] : types,
      ...(types.includes('string') && this.#textSchema(types, isRich)),
      ...(types.includes('object') && this.#objectSchema(isRich)),
      ...(types.includes('array') && this.#items !== null && { items: this.#items.schema(isRich) }),
    };
  }

  /** The members of the objects that were seen, name by name, and the patterns of those that are too many to be kept. */
  members(): { properties: { name: string; schema: JsonRecord; count: number }[]; patterns: string[] } {
    const properties = this.#inOrder().map(([name, { shape, count }]) => ({
      name,
      schema: shape.schema(),
      count,
    }));
    return { properties, patterns: [...this.#patterns.keys()].sort() };
  }

  #saw(type: string): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  #addText(text: string, { placeholders }: Reading): void {
    const placeholder = placeholders ? placeholderOf(text) : null;
    if (placeholder === null) {
      this.#saw('string');
      const candidates = (this.#formats ?? FORMATS) as typeof FORMATS;
      if (candidates.length > 0) this.#formats = candidates.filter((format) => hasFormat(text, format));
      this.#count(text, 1);
      return;
    }
    for (const type of placeholder.types) this.#saw(type);
    this.#isOpen ||= placeholder.types.includes('object');
    this.#texts = null;
    if (placeholder.types.includes('string')) {
      this.#narrow(placeholder.format === undefined ? [] : [placeholder.format]);
    }
  }

  #count(text: string, times: number): void {
    if (this.#texts === null) return;
    this.#texts.set(text, (this.#texts.get(text) ?? 0) + times);
    if (this.#texts.size > MOST_VALUES || !SYMBOL.test(text)) this.#texts = null;
  }

  #narrow(formats: readonly string[]): void {
    this.#formats = (this.#formats ?? formats).filter((format) => formats.includes(format));
  }

  #schemaTypes(): string[] {
    const seen = [...this.#types.keys()].sort();
    // A fraction among integers makes all of them numbers.
    const types = seen.includes('number') ? seen.filter((type) => type !== 'integer') : seen;
    return [...types.filter((type) => type !== 'null'), ...(types.includes('null') ? ['null'] : [])];
  }

  #textSchema(types: readonly string[], isRich: boolean): JsonRecord {
    const [format] = this.#formats ?? [];
    if (format !== undefined) return { format };
    const counts = [...(this.#texts ?? [])];
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const isSet =
      isRich &&
      counts.length > 1 &&
      counts.every(([, count]) => count >= LEAST_TIMES) &&
      total >= LEAST_IN_ALL &&
      types.every((type) => type === 'string' || type === 'null');
    if (!isSet) return {};
    return { enum: [...counts.map(([text]) => text).sort(), ...(types.includes('null') ? [null] : [])] };
  }

  #objectSchema(isRich: boolean): JsonRecord {
    const properties = this.#inOrder();
    const names = properties.map(([name]) => name);
    const patterns = [...this.#patterns.keys()].sort();
    const keys = names.length === 0 ? patterns : mapPatternsOf(names);
    const isMap = patterns.includes('') || (keys !== null && keys.length > 0);
    if (isMap) {
      const values = new Shape();
      for (const [, { shape }] of properties) values.merge(shape);
      for (const shape of this.#patterns.values()) values.merge(shape);
      const entry = values.schema();
      if (patterns.includes('')) return { additionalProperties: entry };
      // A name that is unlike them is no entry, and new.
      const all = [...new Set([...(keys ?? []), ...patterns])].sort();
      return { patternProperties: Object.fromEntries(all.map((pattern) => [pattern, entry])) };
    }
    const objects = this.#types.get('object') ?? 0;
    const required = properties.filter(([, { count }]) => count === objects).map(([name]) => name);
    const isKnown = names.length > 0 || (patterns.length === 0 && !this.#isOpen);
    return {
      ...(required.length > 0 && { required }),
      // Objects that were all empty have no property that is known: whatever comes is new.
      ...(isKnown && {
        properties: Object.fromEntries(properties.map(([name, { shape }]) => [name, shape.schema(isRich)])),
      }),
      ...(patterns.length > 0 && {
        patternProperties: Object.fromEntries(
          patterns.map((pattern) => [pattern, this.#patterns.get(pattern)?.schema() ?? {}]),
        ),
      }),
    };
  }

  #inOrder(): [string, Property][] {
    return [...this.#properties].sort(([a, one], [b, other]) => one.place - other.place || (a < b ? -1 : 1));
  }

  /** The shape of the values of a name, counted as seen. */
  #valueAt(name: string, place: number, times: number): Shape {
    const pattern = dataPatternOf(name);
    if (this.#patterns.has('')) return this.#patternShape('');
    if (pattern !== null && this.#patterns.size > 0) return this.#patternShape(pattern);
    const known = this.#properties.get(name);
    if (known !== undefined) {
      known.count += times;
      known.place = Math.min(known.place, place);
      return known.shape;
    }
    const shape = new Shape();
    this.#properties.set(name, { shape, count: times, place });
    if (pattern !== null) this.#dataKeys += 1;
    if (this.#properties.size > MOST_KEYS) {
      this.#fold(() => true);
      return this.#patternShape('');
    }
    if (this.#dataKeys > MOST_DATA_KEYS) {
      this.#fold((one) => dataPatternOf(one) !== null);
      return this.#patternShape(pattern ?? '');
    }
    return shape;
  }

  #patternShape(pattern: string): Shape {
    const key = this.#patterns.has('') ? '' : pattern;
    const shape = this.#patterns.get(key) ?? new Shape();
    this.#patterns.set(key, shape);
    return shape;
  }

  /** Turns names into patterns: from now on only what their values have in common is kept. */
  #fold(isFolded: (name: string) => boolean): void {
    const isAll = isFolded('');
    if (isAll) {
      const all = new Shape();
      for (const shape of this.#patterns.values()) all.merge(shape);
      this.#patterns.clear();
      this.#patterns.set('', all);
    }
    for (const [name, { shape }] of [...this.#properties].filter(([one]) => isFolded(one))) {
      this.#properties.delete(name);
      this.#patternShape(isAll ? '' : (dataPatternOf(name) ?? '')).merge(shape);
    }
    this.#dataKeys = 0;
  }
}
