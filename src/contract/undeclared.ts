import { type Finding, finding } from '../findings/finding';
import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';
import type { PropertyListener } from './coverage';
import type { SchemaPlace, SchemaStore } from './store';
import { UNDECLARED, valueText } from './values';
import { type Applicable, applicable, differsByItem, idOf, itemPlaces, propertyPlaces } from './walk';

/**
 * Properties that no schema names, found by walking schema and value together.
 *
 * Schemas stay open, so validation cannot say this. A schema that describes no property at all (`{"type":"object"}`)
 * documents a free-form object: nothing in it is undeclared. What only the variants `without` know counts as unknown.
 * `returned` hears of the properties that are named, as often as they are there.
 */
export function undeclared(
  store: SchemaStore,
  place: SchemaPlace,
  value: unknown,
  without: readonly SchemaPlace[] = [],
  returned?: PropertyListener,
): Finding[] {
  return walk(store, [place], value, '', returned, without);
}

function walk(
  store: SchemaStore,
  places: readonly SchemaPlace[],
  value: unknown,
  pointer: string,
  returned: PropertyListener | undefined,
  without: readonly SchemaPlace[] = [],
): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  const schemas = places.flatMap((place) => applicable(store, place, value, new Set(without.map(idOf))));
  if (Array.isArray(value)) {
    // Places of items are the same for all of a list, unless the schema tells them apart: remembered, they are looked up once.
    const all = schemas.some(differsByItem)
      ? null
      : schemas.flatMap((schema) => itemPlaces(store, schema, 0, undefined));
    return value.flatMap((item: unknown, index) => {
      // Most values are neither objects nor lists, and nothing can be undeclared in them.
      if (typeof item !== 'object' || item === null) return NOTHING;
      const inside = all ?? schemas.flatMap((schema) => itemPlaces(store, schema, index, item));
      return walk(store, inside, item, `${pointer}/${index}`, returned);
    });
  }
  const describing = schemas.filter(({ schema }) =>
    OBJECT_KEYWORDS.some((keyword) => schema[keyword] !== undefined),
  );
  const [first] = describing;
  if (first === undefined) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const isLeaf = typeof inner !== 'object' || inner === null;
    let isNamed = false;
    for (const one of describing) {
      if (!names(one.schema, name)) continue;
      isNamed = true;
      returned?.(one, name);
    }
    if (isLeaf && isNamed) return NOTHING;
    const here = pointer + formatPointer([name]);
    const inside = describing.flatMap((schema) => propertyPlaces(schema, name).places);
    if (inside.length > 0) return walk(store, inside, inner, here, returned);
    const details = { expected: 'no such property', actual: valueText(inner, here), message: UNDECLARED };
    return [finding('property-undeclared', here, { ...details, schema: placeText(store, first) })];
  });
}

const NOTHING: readonly Finding[] = [];

/** Where the property would have been named. */
function placeText(store: SchemaStore, { schema, place }: Applicable): string {
  const keyword = OBJECT_KEYWORDS.find((name) => schema[name] !== undefined) ?? '';
  return `${store.label}/${place.file}#${place.pointer}/${keyword}`;
}

/** Whether a schema names a property outright. */
function names({ properties }: Applicable['schema'], name: string): boolean {
  return isRecord(properties) && Object.hasOwn(properties, name);
}

const OBJECT_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'];
