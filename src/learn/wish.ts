import type { SchemaPlace } from '../contract/store';
import { canonicalJson } from '../json';
import { Learner } from './learner';
import { type Reading, Shape } from './shape';

/** Whose response it was, and where in its body: `*` stands for the index of an item. */
export interface Where {
  readonly key: string;
  readonly status: number;
  readonly pointer: string;
}

/** So many values are no set that anybody wrote down. */
export const MOST_VALUES = 50;

/**
 * What the samples ask of one schema object: everything in it that any of them contradicts.
 *
 * Wishes add up, and their order means nothing.
 */
export class Wish {
  where: Where;
  /** Values of types that it does not allow. */
  types: Shape | null = null;
  /** Values that its `enum` or `const` does not name. */
  readonly values = new Map<string, unknown>();
  /** Required properties that were missing. */
  readonly optional = new Set<string>();
  /** Limits that do not hold → the one that would. */
  readonly limits = new Map<string, number>();
  /** Keywords, as paths, that do not hold and have no wider form. */
  readonly dropped = new Map<string, readonly string[]>();
  /** Objects of the properties that no schema names. */
  properties: Shape | null = null;
  /** Bodies that none of its variants is like, by the keyword of the choice. */
  readonly variants = new Map<string, Learner>();
  /** Choices that have to allow null. */
  readonly nullable = new Set<string>();
  /** Its `oneOf` is fitted by several variants, or changes: one of them is enough from now on. */
  isAnyOf = false;
  /** Values where nothing is allowed at all (`false`). */
  instead: Shape | null = null;
  /** Bodies unlike the whole of the schema. */
  others: Learner | null = null;
  /** How many bodies contradict what stands below. */
  evidence = 0;

  constructor(
    readonly place: SchemaPlace,
    where: Where,
  ) {
    this.where = where;
  }

  addType(value: unknown, reading: Reading): void {
    this.types ??= new Shape();
    this.types.add(value, reading);
  }

  addValue(value: unknown): void {
    if (this.values.size <= MOST_VALUES) this.values.set(canonicalJson(value), value);
  }

  addLimit(keyword: string, limit: number): void {
    const known = this.limits.get(keyword);
    const wider = keyword.startsWith('max') ? Math.max : Math.min;
    this.limits.set(keyword, known === undefined ? limit : wider(known, limit));
  }

  addDropped(path: readonly string[]): void {
    this.dropped.set(JSON.stringify(path), path);
  }

  addProperty(name: string, value: unknown, reading: Reading): void {
    this.properties ??= new Shape();
    this.properties.add(Object.fromEntries([[name, value]]), reading);
  }

  addVariant(keyword: string, name: string, value: unknown, reading: Reading): void {
    const learner = this.variants.get(keyword) ?? new Learner(reading);
    this.variants.set(keyword, learner);
    learner.add(name, value);
  }

  addInstead(value: unknown, reading: Reading): void {
    this.instead ??= new Shape();
    this.instead.add(value, reading);
  }

  addOther(name: string, value: unknown, reading: Reading): void {
    this.others ??= new Learner(reading);
    this.others.add(name, value);
  }
}

/** The wishes of many samples, by place. */
export class Wishes {
  readonly #byPlace = new Map<string, Wish>();
  /** How often something was wished for. */
  made = 0;

  /** The wish of a place, to be added to. The first place by name is where it is told. */
  at(place: SchemaPlace, where: Where): Wish {
    this.made += 1;
    const id = `${place.file}#${place.pointer}`;
    const known = this.#byPlace.get(id);
    if (known === undefined) {
      const wish = new Wish(place, where);
      this.#byPlace.set(id, wish);
      return wish;
    }
    if (orderOf(where) < orderOf(known.where)) known.where = where;
    return known;
  }

  /** All of them, by file and place. */
  all(): Wish[] {
    return [...this.#byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wish]) => wish);
  }
}

function orderOf({ key, status, pointer }: Where): string {
  return `${key} ${status} ${pointer}`;
}
