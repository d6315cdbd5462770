import { type Finding, finding } from '../findings/finding';
import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';
import { UNDECLARED } from './explain';
import type { SchemaPlace, SchemaStore } from './store';
import { valueText } from './values';

/**
 * Properties that no schema names, found by walking schema and value together.
 *
 * Schemas stay open, so validation cannot say this. A schema that describes no property at all (`{"type":"object"}`)
 * documents a free-form object: nothing in it is undeclared. What only the variants `without` know counts as unknown.
 */
export function undeclared(
  store: SchemaStore,
  place: SchemaPlace,
  value: unknown,
  without: readonly SchemaPlace[] = [],
): Finding[] {
  return walk(store, [place], value, '', without);
}

function walk(
  store: SchemaStore,
  places: readonly SchemaPlace[],
  value: unknown,
  pointer: string,
  without: readonly SchemaPlace[] = [],
): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  const schemas = places.flatMap((place) => applicable(store, place, value, new Set(without.map(idOf))));
  if (Array.isArray(value)) {
    // Places of items are the same for all of a list, unless it is a tuple: remembered, they are looked up once.
    const isTuple = schemas.some(
      ({ schema }) => Array.isArray(schema.prefixItems) || Array.isArray(schema.items),
    );
    const all = isTuple ? null : schemas.flatMap(({ schema, place }) => itemPlaces(schema, place, 0));
    return value.flatMap((item: unknown, index) => {
      // Most values are neither objects nor lists, and nothing can be undeclared in them.
      if (typeof item !== 'object' || item === null) return NOTHING;
      const inside = all ?? schemas.flatMap(({ schema, place }) => itemPlaces(schema, place, index));
      return walk(store, inside, item, `${pointer}/${index}`);
    });
  }
  const describing = schemas.filter(({ schema }) =>
    OBJECT_KEYWORDS.some((keyword) => schema[keyword] !== undefined),
  );
  if (describing.length === 0) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const isLeaf = typeof inner !== 'object' || inner === null;
    if (isLeaf && describing.some(({ schema }) => names(schema, name))) return NOTHING;
    const here = pointer + formatPointer([name]);
    const inside = describing.flatMap(({ schema, place }) => propertyPlaces(schema, place, name));
    if (inside.length > 0) return walk(store, inside, inner, here);
    const details = { expected: 'nothing', actual: valueText(inner, here), message: UNDECLARED };
    return [
      finding('property-undeclared', here, { ...details, schema: `${store.label}/${places[0]?.file ?? ''}` }),
    ];
  });
}

const NOTHING: readonly Finding[] = [];

/** Whether a schema names a property outright. */
function names({ properties }: Applicable['schema'], name: string): boolean {
  return isRecord(properties) && Object.hasOwn(properties, name);
}

/** What makes other schemas apply to a value than the one at hand. */
const APPLICATORS = ['$ref', 'allOf', 'anyOf', 'oneOf', 'dependentSchemas', 'dependencies', 'if'];

const OBJECT_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'];

interface Applicable {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly place: SchemaPlace;
}

/** The schema objects that apply to a value at a place: through `$ref`, `allOf`, and the variants that accept it. */
function applicable(store: SchemaStore, place: SchemaPlace, value: object, seen: Set<string>): Applicable[] {
  const schema = store.schemaAt(place);
  if (!isRecord(schema)) return [];
  if (seen.size === 0 && APPLICATORS.every((keyword) => schema[keyword] === undefined))
    return [{ schema, place }];
  const id = idOf(place);
  if (seen.has(id)) return [];
  seen.add(id);
  const below = (keyword: string): SchemaPlace => ({ ...place, pointer: `${place.pointer}/${keyword}` });
  const inside: SchemaPlace[] = [];
  if (typeof schema.$ref === 'string') {
    const target = store.resolve(schema.$ref, place);
    if (target !== null) inside.push(target);
  }
  if (Array.isArray(schema.allOf)) inside.push(...schema.allOf.map((_, at) => below(`allOf/${at}`)));
  for (const keyword of ['anyOf', 'oneOf']) {
    const variants = schema[keyword];
    if (!Array.isArray(variants)) continue;
    const all = variants.map((_, at) => below(`${keyword}/${at}`));
    const accepting = all.filter((variant) => store.accepts(variant, value));
    // None fits: that is said already, and every variant's properties count as known.
    inside.push(...(accepting.length > 0 ? accepting : all));
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const names = Object.keys(isRecord(schema[keyword]) ? schema[keyword] : {});
    const present = names.filter((name) => Object.hasOwn(value, name));
    inside.push(...present.map((name) => below(`${keyword}${formatPointer([name])}`)));
  }
  if (schema.if !== undefined) {
    const branch = store.accepts(below('if'), value) ? 'then' : 'else';
    if (schema[branch] !== undefined) inside.push(below(branch));
  }
  return [{ schema, place }, ...inside.flatMap((next) => applicable(store, next, value, seen))];
}

function idOf({ file, pointer }: SchemaPlace): string {
  return `${file}#${pointer}`;
}

/** The schemas that a schema object has for a property, by its name, a pattern, or for all others. */
export function propertyPlaces(
  schema: Applicable['schema'],
  place: SchemaPlace,
  name: string,
): SchemaPlace[] {
  const found: SchemaPlace[] = [];
  const at = (tokens: string[]): SchemaPlace => ({
    ...place,
    pointer: place.pointer + formatPointer(tokens),
  });
  if (isRecord(schema.properties) && Object.hasOwn(schema.properties, name))
    found.push(at(['properties', name]));
  for (const pattern of Object.keys(isRecord(schema.patternProperties) ? schema.patternProperties : {})) {
    if (new RegExp(pattern, 'u').test(name)) found.push(at(['patternProperties', pattern]));
  }
  if (found.length > 0) return found;
  const rest = ['additionalProperties', 'unevaluatedProperties'].filter(
    (keyword) => schema[keyword] !== undefined && schema[keyword] !== false,
  );
  return rest.map((keyword) => at([keyword]));
}

/** The schemas that a schema object has for an item of a list. */
export function itemPlaces(schema: Applicable['schema'], place: SchemaPlace, index: number): SchemaPlace[] {
  const at = (pointer: string): SchemaPlace => ({ ...place, pointer: `${place.pointer}/${pointer}` });
  const tuple = Array.isArray(schema.prefixItems)
    ? 'prefixItems'
    : Array.isArray(schema.items)
      ? 'items'
      : null;
  const length = tuple === null ? 0 : (schema[tuple] as unknown[]).length;
  if (tuple !== null && index < length) return [at(`${tuple}/${index}`)];
  const rest = tuple === 'items' ? 'additionalItems' : 'items';
  return isRecord(schema[rest]) ? [at(rest)] : [];
}
