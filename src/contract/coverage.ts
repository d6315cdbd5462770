import type { CollectionRequest } from '../collection/model';
import { isRecord } from '../json';
import { formatPointer } from '../json-pointer';
import type { SchemaPlace } from './schema-index';
import type { SchemaStore } from './store';
import { idOf, propertyId } from './walk';

/**
 * What is documented of a request that is to be covered.
 *
 * Shape: `statuses` are those with an example or a schema. `properties` are those that the schemas of the answered statuses
 *        name: the identity of where each is named, with the status and JSON Pointer at which it is returned, which has
 *        `*` for indexes and keys of maps. (An object of so many names of its own takes ten times the memory.)
 */
export interface Documented {
  readonly key: string;
  readonly hasExample: boolean;
  readonly hasSchema: boolean;
  readonly statuses: readonly number[];
  readonly properties: readonly (readonly [id: string, place: string])[];
}

/** What is documented of a request; of its properties, those of these statuses. */
export function documentedOf(
  store: SchemaStore,
  request: CollectionRequest,
  answered: Iterable<number>,
): Omit<Documented, 'key'> {
  const examples = request.examples.flatMap(({ code }) => code ?? []);
  const schemas = store.statusesOf(request.key);
  const properties = [...answered].map((status) => {
    const contract = store.contractOf(request, status);
    return contract === null ? [] : propertiesOf(store, contract.place, status);
  });
  const [only = [], ...others] = properties;
  return {
    hasExample: examples.length > 0,
    hasSchema: schemas.length > 0,
    statuses: [...new Set([...examples, ...schemas])].sort((a, b) => a - b),
    properties: others.length === 0 ? only : [...new Map(properties.flat())],
  };
}

/** By the place of a contract, which requests with the same schema share as long as it is in use. */
const known = new WeakMap<SchemaPlace, Map<number, Documented['properties']>>();

function propertiesOf(store: SchemaStore, place: SchemaPlace, status: number): Documented['properties'] {
  const own = known.get(place) ?? new Map<number, Documented['properties']>();
  known.set(place, own);
  const found = own.get(status);
  if (found !== undefined) return found;
  const collected = new Map<string, string>();
  collect(store, store.schemaAt(place), place, `${status} `, collected, new Set());
  const made = [...collected];
  own.set(status, made);
  return made;
}

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];
const CHOICES = ['allOf', 'anyOf', 'oneOf'];
const CONDITIONS = ['if', 'then', 'else'];
const ENTRIES = ['items', 'additionalItems', 'unevaluatedItems', 'contains', 'additionalProperties'];

/**
 * Every property that is named from a schema on, each schema once. It is not asked of the store place by place, which would
 * remember every place of every schema for nobody.
 */
function collect(
  store: SchemaStore,
  schema: unknown,
  place: SchemaPlace,
  pointer: string,
  found: Map<string, string>,
  seen: Set<string>,
): void {
  if (!isRecord(schema)) return;
  const id = idOf(place);
  if (seen.has(id)) return;
  seen.add(id);
  const go = (inner: unknown, tokens: readonly (string | number)[], at = pointer) => {
    // Most of what a schema holds are no schemas, or hold nothing more.
    if (!isRecord(inner)) return;
    collect(store, inner, { ...place, pointer: place.pointer + formatPointer(tokens) }, at, found, seen);
  };
  for (const [name, inner] of namesIn(schema.properties)) {
    // What must not be there is not missed.
    if (inner === false) continue;
    const here = pointer + formatPointer([name]);
    found.set(propertyId(place, name), here);
    go(inner, ['properties', name], here);
  }
  if (REFERENCES.some((keyword) => schema[keyword] !== undefined)) {
    for (const reference of store.references(schema, place))
      collect(store, store.schemaAt(reference), reference, pointer, found, seen);
  }
  for (const keyword of [...CHOICES, 'prefixItems', 'items']) {
    const list = schema[keyword];
    const at = CHOICES.includes(keyword) ? pointer : `${pointer}/*`;
    if (Array.isArray(list)) for (const [index, inner] of list.entries()) go(inner, [keyword, index], at);
  }
  for (const keyword of CONDITIONS) go(schema[keyword], [keyword]);
  for (const keyword of [...ENTRIES, 'unevaluatedProperties']) go(schema[keyword], [keyword], `${pointer}/*`);
  for (const keyword of ['patternProperties', 'dependentSchemas', 'dependencies']) {
    const at = keyword === 'patternProperties' ? `${pointer}/*` : pointer;
    for (const [name, inner] of namesIn(schema[keyword])) go(inner, [keyword, name], at);
  }
}

function namesIn(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** What hears of each property that a value has and a schema names: the identity of where it is named. */
export type PropertyListener = (id: string) => void;

/**
 * The properties that answers had, as far as schemas name them: of each request, which of its schemas' names were there.
 * What grows is the number of names that are documented, not that of answers.
 */
export class ReturnedProperties {
  readonly #heard = new Map<string, readonly string[]>();
  /** By the first of them: requests with the same schema share one list. */
  readonly #lists = new Map<string, readonly string[]>();
  #key = '';
  #fresh: string[] = [];

  /** What hears of the properties of an answer of a request, until they are taken. */
  listenerFor(key: string): PropertyListener {
    const heard = new Set(this.#heard.get(key));
    this.#key = key;
    this.#fresh = [];
    return (id) => {
      if (heard.has(id)) return;
      heard.add(id);
      this.#fresh.push(id);
    };
  }

  /** The identities of those that were heard of for the first time since this was asked. */
  take(): readonly string[] {
    if (this.#fresh.length === 0) return [];
    const fresh = this.#shared(this.#fresh);
    const before = this.#heard.get(this.#key);
    this.#heard.set(this.#key, before === undefined ? fresh : [...before, ...fresh]);
    this.#fresh = [];
    return fresh;
  }

  #shared(list: readonly string[]): readonly string[] {
    const [first = ''] = list;
    const known = this.#lists.get(first);
    if (known?.length === list.length && known.every((id, at) => id === list[at])) return known;
    this.#lists.set(first, list);
    return list;
  }
}
