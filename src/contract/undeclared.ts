import { type Finding, finding } from '../findings/finding';
import { formatPointer } from '../json-pointer';
import type { PropertyListener } from './coverage';
import type { SchemaPlace, SchemaStore } from './store';
import { UNDECLARED, valueText } from './values';
import {
  aloneAt,
  applicable,
  differsByItem,
  idOf,
  itemPlaces,
  propertyPlaces,
  type SchemaNode,
} from './walk';

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
    this.#walkInto(schemas, value);
  }

  #walkInto(schemas: readonly SchemaNode[], value: object): void {
    if (Array.isArray(value)) this.#walkItems(schemas, value);
    else this.#walkProperties(schemas, value as Readonly<Record<string, unknown>>);
  }

  #walkItems(schemas: readonly SchemaNode[], items: readonly unknown[]): void {
    // Places of items are the same for all of a list, unless the schema tells them apart: remembered, they are looked up once.
    const all = schemas.some(differsByItem)
      ? null
      : schemas.flatMap((schema) => itemPlaces(this.#store, schema, 0, undefined));
    const alone = all?.map((place) => aloneAt(this.#store, place)) ?? [null];
    const fixed = alone.every((nodes) => nodes !== null) ? alone.flat() : null;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      // Most values are neither objects nor lists, and nothing can be undeclared in them.
      if (typeof item !== 'object' || item === null) continue;
      this.#tokens.push(index);
      if (fixed !== null) this.#walkInto(fixed, item);
      else this.walk(all ?? schemas.flatMap((schema) => itemPlaces(this.#store, schema, index, item)), item);
      this.#tokens.pop();
    }
  }

  #walkProperties(schemas: readonly SchemaNode[], value: Readonly<Record<string, unknown>>): void {
    const describing = schemas.every(describes) ? schemas : schemas.filter(describes);
    const [first] = describing;
    if (first === undefined) return;
    for (const name of Object.keys(value)) {
      const inner = value[name];
      const isLeaf = typeof inner !== 'object' || inner === null;
      if (this.#isNamed(describing, name) && isLeaf) continue;
      const inside = describing.flatMap(
        (node) => node.named(name)?.places ?? propertyPlaces(node, name).places,
      );
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
  #isNamed(describing: readonly SchemaNode[], name: string): boolean {
    let isNamed = false;
    for (const node of describing) {
      const property = node.named(name);
      if (property === null) continue;
      isNamed = true;
      this.#returned?.(property.id);
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

function describes({ describing }: SchemaNode): boolean {
  return describing !== undefined;
}

/** Where the property would have been named. */
function placeText(store: SchemaStore, { describing = '', place }: SchemaNode): string {
  return `${store.label}/${place.file}#${place.pointer}/${describing}`;
}
