import { fullFormats } from 'ajv-formats/dist/formats';
import { isRecord, type JsonRecord, jsonType } from '../json';
import { placeholderOf } from './placeholder';

/** Formats that a text may have by itself, the most telling first. */
const FORMATS = ['uuid', 'date-time', 'date', 'email', 'ipv4', 'ipv6', 'uri'] as const;
/** Keys that are data and no names: ids, numbers, dates, locales. */
const DATA_KEYS = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^\d+$/,
  /^\d{4}-\d{2}-\d{2}/,
  /^[a-z]{2}[-_][A-Z]{2}$/,
];

/**
 * What was seen at one place of a body, over all samples.
 *
 * Samples merge: a property that one of them lacks is optional, null in one is nullable, an integer and a fraction are
 * a number, items of lists are one shape.
 */
export class Shape {
  /** How often each JSON type was seen; `any` for a placeholder that says nothing. */
  readonly #types = new Map<string, number>();
  /** Formats that every text so far had; null before the first text. */
  #formats: readonly string[] | null = null;
  readonly #properties = new Map<string, { readonly shape: Shape; count: number }>();
  #items: Shape | null = null;

  /** Adds what one sample has at this place. */
  add(value: unknown): void {
    if (typeof value === 'string') {
      this.#addText(value);
      return;
    }
    this.#saw(jsonType(value));
    if (Array.isArray(value)) {
      if (value.length > 0) this.#items ??= new Shape();
      for (const item of value) this.#items?.add(item);
    } else if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) {
        const property = this.#properties.get(name) ?? { shape: new Shape(), count: 0 };
        property.count += 1;
        property.shape.add(inner);
        this.#properties.set(name, property);
      }
    }
  }

  /** The JSON Schema of everything that was seen. */
  schema(): JsonRecord {
    const types = this.#schemaTypes();
    // Null alone says that a value may be absent, and nothing of what it is when it is there.
    if (types.length === 0 || types.includes('any') || (types.length === 1 && types[0] === 'null')) return {};
    return {
      type: types.length === 1 ? types[0] : types,
      ...(types.includes('string') && this.#formatOfAll()),
      ...(types.includes('object') && this.#objectSchema()),
      ...(types.includes('array') && this.#items !== null && { items: this.#items.schema() }),
    };
  }

  #saw(type: string): void {
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  #addText(text: string): void {
    const placeholder = placeholderOf(text);
    if (placeholder === null) {
      this.#saw('string');
      this.#narrow(FORMATS.filter((format) => hasFormat(text, format)));
      return;
    }
    for (const type of placeholder.types) this.#saw(type);
    if (placeholder.types.includes('string')) {
      this.#narrow(placeholder.format === undefined ? [] : [placeholder.format]);
    }
  }

  #narrow(formats: readonly string[]): void {
    this.#formats =
      this.#formats === null ? formats : this.#formats.filter((format) => formats.includes(format));
  }

  #schemaTypes(): string[] {
    const seen = [...this.#types.keys()];
    // A fraction among integers makes all of them numbers.
    const types = seen.includes('number') ? seen.filter((type) => type !== 'integer') : seen;
    return [...types.filter((type) => type !== 'null'), ...(types.includes('null') ? ['null'] : [])];
  }

  #formatOfAll(): JsonRecord {
    const [format] = this.#formats ?? [];
    return format === undefined ? {} : { format };
  }

  #objectSchema(): JsonRecord {
    const properties = [...this.#properties];
    if (properties.length === 0) return {};
    if (this.#isMap()) {
      const values = new Shape();
      for (const [, { shape }] of properties) values.#merge(shape);
      return { additionalProperties: values.schema() };
    }
    const objects = this.#types.get('object') ?? 0;
    const required = properties.filter(([, { count }]) => count === objects).map(([name]) => name);
    return {
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(properties.map(([name, { shape }]) => [name, shape.schema()])),
    };
  }

  #isMap(): boolean {
    const names = [...this.#properties.keys()];
    return DATA_KEYS.some((pattern) => names.every((name) => pattern.test(name)));
  }

  #merge(other: Shape): void {
    for (const [type, count] of other.#types) this.#types.set(type, (this.#types.get(type) ?? 0) + count);
    if (other.#formats !== null) this.#narrow(other.#formats);
    if (other.#items !== null) {
      this.#items ??= new Shape();
      this.#items.#merge(other.#items);
    }
    for (const [name, { shape, count }] of other.#properties) {
      const property = this.#properties.get(name) ?? { shape: new Shape(), count: 0 };
      property.count += count;
      property.shape.#merge(shape);
      this.#properties.set(name, property);
    }
  }
}

/** By the very check that a response will be held to, so that an example never breaks its own schema. */
function hasFormat(text: string, name: (typeof FORMATS)[number]): boolean {
  const format: unknown = fullFormats[name];
  const check: unknown = isRecord(format) && 'validate' in format ? format.validate : format;
  if (check instanceof RegExp) return check.test(text);
  return typeof check === 'function' && check(text) === true;
}
