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
  places: readonly SchemaPlace[],
  value: unknown,
  without: readonly SchemaPlace[] = [],
  returned?: PropertyListener,
): Finding[] {
  const walker = new Walker(store, returned);
  walker.walk(places, value, new Set(without.map(idOf)));
  return walker.found;
}

/** Most values hold, so that nothing is made of a place before something is found there. */
class Walker {
  readonly found: Finding[] = [];
  readonly #store: SchemaStore;
  readonly #returned: PropertyListener | undefined;
  /** Where the walk is. */
  readonly #tokens: (string | number)[] = [];

  constructor(store: SchemaStore, returned: PropertyListener | undefined) {
    this.#store = store;
    this.#returned = returned;
  }

  walk(places: readonly SchemaPlace[], value: unknown, without?: Set<string>): void {
    if (typeof value !== 'object' || value === null) return;
    const [only, ...others] = places;
    if (only === undefined) return;
    const schemas =
      others.length === 0
        ? applicable(this.#store, only, value, without)
        : places.flatMap((place) => applicable(this.#store, place, value, new Set(without)));
    if (Array.isArray(value)) this.#walkItems(schemas, value);
    else this.#walkProperties(schemas, value as Readonly<Record<string, unknown>>);
  }

  #walkItems(schemas: readonly Applicable[], items: readonly unknown[]): void {
    // Places of items are the same for all of a list, unless the schema tells them apart: remembered, they are looked up once.
    const all = schemas.some(differsByItem)
      ? null
      : schemas.flatMap((schema) => itemPlaces(this.#store, schema, 0, undefined));
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      // Most values are neither objects nor lists, and nothing can be undeclared in them.
      if (typeof item !== 'object' || item === null) continue;
      this.#tokens.push(index);
      this.walk(all ?? schemas.flatMap((schema) => itemPlaces(this.#store, schema, index, item)), item);
      this.#tokens.pop();
    }
  }

  #walkProperties(schemas: readonly Applicable[], value: Readonly<Record<string, unknown>>): void {
    const describing = schemas.filter(describes);
    const [first] = describing;
    if (first === undefined) return;
    for (const name of Object.keys(value)) {
      const inner = value[name];
      const isLeaf = typeof inner !== 'object' || inner === null;
      if (this.#isNamed(describing, name) && isLeaf) continue;
      const inside =
        describing.length === 1
          ? propertyPlaces(first, name).places
          : describing.flatMap((schema) => propertyPlaces(schema, name).places);
      if (inside.length === 0) {
        const around = formatPointer(this.#tokens);
        this.found.push(unknownName(around, name, inner, placeText(this.#store, first)));
        continue;
      }
      this.#tokens.push(name);
      this.walk(inside, inner);
      this.#tokens.pop();
    }
  }

  /** Whether a schema names the property; whoever listens hears of each that does. */
  #isNamed(describing: readonly Applicable[], name: string): boolean {
    if (this.#returned === undefined) return describing.some(({ schema }) => names(schema, name));
    let isNamed = false;
    for (const one of describing) {
      if (!names(one.schema, name)) continue;
      isNamed = true;
      this.#returned(one, name);
    }
    return isNamed;
  }
}

/** What is said of a property of the object at a pointer that no schema names; `schema` is where it would have been named. */
export function unknownName(pointer: string, name: string, value: unknown, schema: string): Finding {
  const here = pointer + formatPointer([name]);
  const details = { expected: 'no such property', actual: valueText(value, here), message: UNDECLARED };
  return finding('property-undeclared', here, { ...details, schema });
}

/** Where the property would have been named. */
function placeText(store: SchemaStore, { schema, place }: Applicable): string {
  const keyword = OBJECT_KEYWORDS.find((name) => schema[name] !== undefined) ?? '';
  return `${store.label}/${place.file}#${place.pointer}/${keyword}`;
}

/** Whether a schema names a property outright. */
function names({ properties }: Applicable['schema'], name: string): boolean {
  return isRecord(properties) && Object.hasOwn(properties, name);
}

function describes({ schema }: Applicable): boolean {
  return OBJECT_KEYWORDS.some((keyword) => schema[keyword] !== undefined);
}

const OBJECT_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'];
