import type { SchemaPlace, SchemaStore } from '../contract/store';
import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';

/** Names for the schemas that others refer to; each is declared once. */
export interface NamedTypes {
  /** The TypeScript name of the schema at a place; it will be declared by that name. */
  nameOf(place: SchemaPlace): string;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

/**
 * The TypeScript type of what a schema accepts.
 *
 * Properties that a schema does not declare are left out of the type, so that a misspelt field does not compile.
 * What TypeScript has no words for (ranges, patterns, `not`, conditions) is left out too.
 */
export function typeOf(store: SchemaStore, place: SchemaPlace, named: NamedTypes): string {
  return union(typesOf(store, store.schemaAt(place), place, named));
}

function typesOf(store: SchemaStore, schema: unknown, place: SchemaPlace, named: NamedTypes): string[] {
  if (schema === false) return ['never'];
  if (!isRecord(schema)) return ['unknown'];
  const at = (...path: string[]): SchemaPlace => ({
    file: place.file,
    pointer: place.pointer + formatPointer(path),
  });
  const all = [...own(store, schema, at, named)];
  if (typeof schema.$ref === 'string') {
    const target = store.resolve(schema.$ref, place);
    all.push(target === null ? 'unknown' : named.nameOf(target));
  }
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const choices = schema[keyword];
    if (Array.isArray(choices)) {
      all.push(
        union(choices.flatMap((choice, index) => typesOf(store, choice, at(keyword, String(index)), named))),
      );
    }
  }
  if (Array.isArray(schema.allOf)) {
    all.push(
      ...schema.allOf.map((part, index) => union(typesOf(store, part, at('allOf', String(index)), named))),
    );
  }
  const known = all.filter((type) => type !== 'unknown');
  if (known.length <= 1) return known.length === 0 ? ['unknown'] : known;
  return [known.map(grouped).join(' & ')];
}

/** What `const`, `enum`, `type`, `properties` and `items` of this one schema say: nothing, or one type. */
function own(
  store: SchemaStore,
  schema: Readonly<Record<string, unknown>>,
  at: (...path: string[]) => SchemaPlace,
  named: NamedTypes,
): string[] {
  if ('const' in schema) return [JSON.stringify(schema.const)];
  if (Array.isArray(schema.enum)) return [union(schema.enum.map((value) => JSON.stringify(value)))];
  const isObject = isRecord(schema.properties) || isRecord(schema.patternProperties);
  const declared = schema.type ?? (isObject ? 'object' : 'items' in schema ? 'array' : []);
  const types = (Array.isArray(declared) ? declared : [declared]).map((type) => {
    if (type === 'object') return objectType(store, schema, at, named);
    if (type === 'array') return arrayType(store, schema, at, named);
    return PRIMITIVES[String(type)] ?? 'unknown';
  });
  return types.length === 0 ? [] : [union(types)];
}

function objectType(
  store: SchemaStore,
  schema: Readonly<Record<string, unknown>>,
  at: (...path: string[]) => SchemaPlace,
  named: NamedTypes,
): string {
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  if (properties.length > 0) {
    const lines = properties.map(([name, inner]) => {
      const type = union(typesOf(store, inner, at('properties', name), named));
      return `${comment(inner)}readonly ${propertyName(name)}${required.has(name) ? '' : '?'}: ${type};`;
    });
    return `{\n${indented(lines.join('\n'))}\n}`;
  }
  const values = [
    ...(isRecord(schema.additionalProperties)
      ? typesOf(store, schema.additionalProperties, at('additionalProperties'), named)
      : []),
    ...(isRecord(schema.patternProperties)
      ? Object.entries(schema.patternProperties).flatMap(([pattern, inner]) =>
          typesOf(store, inner, at('patternProperties', pattern), named),
        )
      : []),
  ];
  return `{ readonly [name: string]: ${values.length === 0 ? 'unknown' : union(values)} }`;
}

function arrayType(
  store: SchemaStore,
  schema: Readonly<Record<string, unknown>>,
  at: (...path: string[]) => SchemaPlace,
  named: NamedTypes,
): string {
  const items = schema.items;
  const item = isRecord(items) ? union(typesOf(store, items, at('items'), named)) : 'unknown';
  return `readonly ${/^[\w.]+$/.test(item) ? item : `(${item})`}[]`;
}

/** A description as a doc comment before a declaration, or nothing. */
export function comment(schema: unknown): string {
  const text = isRecord(schema) && typeof schema.description === 'string' ? schema.description : '';
  return text === '' ? '' : `/** ${text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ')} */\n`;
}

/** Every line two spaces further in. */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** A property's name as TypeScript writes it. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** One type of several. */
export function union(types: readonly string[]): string {
  return types.includes('unknown') ? 'unknown' : [...new Set(types)].join(' | ');
}

function grouped(type: string): string {
  return type.includes('|') ? `(${type})` : type;
}
