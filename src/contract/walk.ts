import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';
import { placeBelow } from './schema-index';
import type { SchemaPlace, SchemaStore } from './store';

/** A schema object that applies to a value, and where it stands. */
export interface Applicable {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly place: SchemaPlace;
}

/** A property that a schema object names: what of the schema applies to it, and the identity of where it is named. */
export interface NamedProperty {
  readonly places: readonly SchemaPlace[];
  readonly id: string;
}

const OBJECT_KEYWORDS = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'];

/** A schema object that applies, with what a walk asks of it again and again. */
export class SchemaNode implements Applicable {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly place: SchemaPlace;
  /** The keyword by which it says something of properties, if any. */
  readonly describing: string | undefined;
  readonly #named = new Map<string, NamedProperty>();

  constructor(schema: Readonly<Record<string, unknown>>, place: SchemaPlace) {
    this.schema = schema;
    this.place = place;
    this.describing = OBJECT_KEYWORDS.find((keyword) => schema[keyword] !== undefined);
  }

  /** What is said of a property of this name, where it is named outright. */
  named(name: string): NamedProperty | null {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const { properties } = this.schema;
    if (!isRecord(properties) || !Object.hasOwn(properties, name)) return null;
    const made = { places: propertyPlaces(this, name).places, id: propertyId(this.place, name) };
    this.#named.set(name, made);
    return made;
  }
}

/** The identity of where a property is named. */
export function propertyId(place: SchemaPlace, name: string): string {
  return `${idOf(place)}/properties${formatPointer([name])}`;
}

/** What makes other schemas apply to a value than the one at hand. */
const APPLICATORS = [
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'allOf',
  'anyOf',
  'oneOf',
  'dependentSchemas',
  'dependencies',
  'if',
];

/**
 * The schema objects that apply to a value at a place: through references, `allOf`, conditions, and the variants that
 * accept it. Where no variant does, that is said already, and all of them count as known unless only `accepting` ones are
 * asked for. What stands at the places in `seen` is left out.
 */
export function applicable(
  store: SchemaStore,
  place: SchemaPlace,
  value: unknown,
  seen: Set<string> = new Set(),
  accepting = false,
): readonly SchemaNode[] {
  const alone = seen.size === 0 ? aloneAt(store, place) : null;
  if (alone !== null) return alone;
  const schema = store.schemaAt(place);
  if (!isRecord(schema)) return [];
  const id = idOf(place);
  if (seen.has(id)) return [];
  seen.add(id);
  const below = (keyword: string): SchemaPlace => placeBelow(place, keyword);
  const inside: SchemaPlace[] = [...store.references(schema, place)];
  if (Array.isArray(schema.allOf)) inside.push(...schema.allOf.map((_, at) => below(`allOf/${at}`)));
  for (const keyword of ['anyOf', 'oneOf']) {
    const variants = schema[keyword];
    if (!Array.isArray(variants)) continue;
    const all = variants.map((_, at) => below(`${keyword}/${at}`));
    const fitting = all.filter((variant) => store.mayAccept(variant, value));
    inside.push(...(fitting.length > 0 || accepting ? fitting : all));
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    const names = Object.keys(isRecord(schema[keyword]) ? schema[keyword] : {});
    const present = isRecord(value) ? names.filter((name) => Object.hasOwn(value, name)) : [];
    inside.push(...present.map((name) => placeBelow(place, keyword, name)));
  }
  if (schema.if !== undefined) {
    // What a condition that holds names is named.
    if (store.mayAccept(below('if'), value)) inside.push(below('if'), below('then'));
    if (!store.standsAlone(place) || !store.accepts(below('if'), value)) inside.push(below('else'));
  }
  return [
    new SchemaNode(schema, place),
    ...inside.flatMap((next) => applicable(store, next, value, seen, accepting)),
  ];
}

/** By store: the same place is another schema in another one. */
const known = new WeakMap<SchemaStore, WeakMap<SchemaPlace, readonly SchemaNode[] | null>>();

/** What applies at a place whatever the value is; null where the value decides. */
export function aloneAt(store: SchemaStore, place: SchemaPlace): readonly SchemaNode[] | null {
  const own = known.get(store) ?? new WeakMap<SchemaPlace, readonly SchemaNode[] | null>();
  known.set(store, own);
  const found = own.get(place);
  if (found !== undefined) return found;
  const schema = store.schemaAt(place);
  const isAlone = isRecord(schema) && APPLICATORS.every((keyword) => schema[keyword] === undefined);
  const made = isAlone ? [new SchemaNode(schema, place)] : isRecord(schema) ? null : [];
  own.set(place, made);
  return made;
}

/** The identity of a place. */
export function idOf({ file, pointer }: SchemaPlace): string {
  return `${file}#${pointer}`;
}

/** What of a schema object applies to the property of this name, and whether it is named or an entry of a map. */
export function propertyPlaces(
  { schema, place }: Applicable,
  name: string,
): { places: SchemaPlace[]; isEntry: boolean } {
  const at = (keyword: string, inner?: string): SchemaPlace => placeBelow(place, keyword, inner);
  const isNamed = isRecord(schema.properties) && Object.hasOwn(schema.properties, name);
  const patterns = isRecord(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  const matching = patterns.filter((pattern) => regExpOf(pattern).test(name));
  const found = [
    ...(isNamed ? [at('properties', name)] : []),
    ...matching.map((pattern) => at('patternProperties', pattern)),
  ];
  if (found.length > 0) return { places: found, isEntry: !isNamed };
  const rest = ['additionalProperties', 'unevaluatedProperties'].filter(
    (keyword) => schema[keyword] !== undefined && schema[keyword] !== false,
  );
  return {
    places: rest.map((keyword) => at(keyword)),
    isEntry: rest.some((keyword) => isRecord(schema[keyword])),
  };
}

/** What of a schema object applies to the item at an index. */
export function itemPlaces(
  store: SchemaStore,
  { schema, place }: Applicable,
  index: number,
  item: unknown,
): SchemaPlace[] {
  const at = (pointer: string): SchemaPlace => placeBelow(place, pointer);
  const tuple = tupleOf(schema);
  const length = tuple === null ? 0 : (schema[tuple] as unknown[]).length;
  const contained = schema.contains !== undefined && store.mayAccept(at('contains'), item);
  const besides = contained ? [at('contains')] : [];
  if (tuple !== null && index < length) return [at(`${tuple}/${index}`), ...besides];
  const rest = tuple === 'items' ? 'additionalItems' : 'items';
  const keyword = [rest, 'unevaluatedItems'].find((one) => isRecord(schema[one]));
  return keyword === undefined ? besides : [at(keyword), ...besides];
}

/** Whether what applies to an item depends on which one it is. */
export function differsByItem({ schema }: Applicable): boolean {
  return tupleOf(schema) !== null || schema.contains !== undefined;
}

function tupleOf(schema: Applicable['schema']): 'prefixItems' | 'items' | null {
  if (Array.isArray(schema.prefixItems)) return 'prefixItems';
  return Array.isArray(schema.items) ? 'items' : null;
}

const regExps = new Map<string, RegExp>();

function regExpOf(pattern: string): RegExp {
  const known = regExps.get(pattern) ?? new RegExp(pattern, 'u');
  regExps.set(pattern, known);
  return known;
}

/**
 * One value beside its schema, entered at single places: what was found on the way to one is kept for the next.
 */
export class Walk {
  readonly #store: SchemaStore;
  readonly #root: SchemaPlace;
  readonly #value: unknown;
  readonly #known = new Map<unknown, readonly Applicable[]>();

  constructor(store: SchemaStore, root: SchemaPlace, value: unknown) {
    this.#store = store;
    this.#root = root;
    this.#value = value;
  }

  /** The tokens of a pointer with `*` for each that is an index or the key of a map's entry. */
  general(tokens: readonly string[], lastIsName: boolean): string[] {
    const steps = this.#steps(tokens);
    return tokens.map((token, at) => {
      const step = steps[at];
      if (step === undefined) return token;
      const isName = lastIsName && at === tokens.length - 1;
      return step.isItem || (step.isEntry && !isName) ? '*' : token;
    });
  }

  /** The schema objects that accept or simply hold for what stands at a pointer. */
  at(tokens: readonly string[]): Applicable[] {
    const last = this.#steps(tokens).at(-1);
    const places = tokens.length === 0 ? [this.#root] : (last?.places ?? []);
    const value = tokens.length === 0 ? this.#value : last?.value;
    const seen = new Set<string>();
    return places.flatMap((place) => applicable(this.#store, place, value, seen, true));
  }

  #steps(tokens: readonly string[]): Step[] {
    let places: readonly SchemaPlace[] = [this.#root];
    let value = this.#value;
    const steps: Step[] = [];
    for (const token of tokens) {
      if (typeof value !== 'object' || value === null) return steps;
      const isItem = Array.isArray(value);
      const around = this.#applicable(places, value);
      const inner: unknown = Object.hasOwn(value, token) ? Reflect.get(value, token) : undefined;
      const named = isItem ? [] : around.map((one) => propertyPlaces(one, token));
      const next = isItem
        ? around.flatMap((one) => itemPlaces(this.#store, one, Number(token), inner))
        : named.flatMap((one) => one.places);
      const isEntry =
        named.some((one) => one.isEntry) && named.every((one) => one.isEntry || one.places.length === 0);
      steps.push({ isItem, isEntry, places: next, value: inner });
      [places, value] = [next, inner];
    }
    return steps;
  }

  #applicable(places: readonly SchemaPlace[], value: object): readonly Applicable[] {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const found = places.flatMap((place) => applicable(this.#store, place, value, seen));
    this.#known.set(value, found);
    return found;
  }
}

interface Step {
  readonly isItem: boolean;
  readonly isEntry: boolean;
  readonly places: readonly SchemaPlace[];
  readonly value: unknown;
}
