import { createHash } from 'node:crypto';
import { canonicalJson, isRecord, type JsonRecord } from '../json';
import { dataPatternOf } from './data-keys';
import { type Reading, Shape } from './shape';

/** Less than this of their properties in common, and two bodies are different answers. */
export const SAME_SHAPE = 0.5;

/** As many bodies have to differ before their values are taken for all that there are. */
const RICH = 20;

/** Sets of names that a family remembers; whoever sends more of them has no shape. */
const MOST_SIGNATURES = 1_000;

/** Bodies that are alike, each to at least one other. */
interface Family {
  readonly shape: Shape;
  readonly signatures: ReadonlySet<string>[];
  readonly differing: Set<string>;
  count: number;
  name: string;
}

/**
 * Learns the schema of one request and status from its bodies, one after the other, and keeps none of them.
 *
 * Bodies of one shape merge; those of distinct shapes are titled variants (`anyOf`), each with `x-samples`: on how many it
 * rests. Bodies in another order give the same schema.
 */
export class Learner {
  readonly #reading: Reading;
  readonly #families = new Set<Family>();
  /** The family of a set of names that was seen before. */
  readonly #known = new Map<string, Family>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** How many bodies were added. */
  get count(): number {
    return [...this.#families].reduce((sum, { count }) => sum + count, 0);
  }

  add(name: string, body: unknown): void {
    const names = signatureOf(body);
    const id = JSON.stringify([...names]);
    let family = this.#known.get(id);
    if (family === undefined) {
      family = this.#familyOf(names, name);
      if (family.signatures.length < MOST_SIGNATURES) {
        family.signatures.push(names);
        this.#known.set(id, family);
      }
    }
    family.shape.add(body, this.#reading);
    family.count += 1;
    if (name < family.name) family.name = name;
    if (family.differing.size < RICH) family.differing.add(digestOf(body));
  }

  /**
   * The schemas of the distinct shapes with their names, the most demanding one first. `amongOthers` says that they stand
   * beside other variants, of which none may take everything.
   */
  variants(amongOthers: boolean): { readonly name: string; readonly schema: JsonRecord }[] {
    const found = [...this.#families].map(({ shape, count, name, differing }) => {
      const schema = shape.schema(differing.size >= RICH);
      const told = amongOthers ? { ...schema, ...closing(shape, schema) } : schema;
      return { name, schema: { ...told, 'x-samples': count } };
    });
    const demands = ({ schema }: { schema: JsonRecord }) =>
      Array.isArray(schema.required) ? schema.required.length : 0;
    const textOf = (one: object) => canonicalJson(one);
    // Whoever asks which variant a body is takes the first that accepts it.
    return found.sort((a, b) => demands(b) - demands(a) || (textOf(a) < textOf(b) ? -1 : 1));
  }

  /** The whole schema file. */
  schema(title: string): JsonRecord {
    const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title };
    const isOne = this.#families.size === 1;
    const variants = this.variants(!isOne);
    return isOne ? { ...head, ...variants[0]?.schema } : { ...head, anyOf: titled(variants) };
  }

  /** The family that a new set of names belongs to. It may be what two of them have in common: then they are one. */
  #familyOf(names: ReadonlySet<string>, name: string): Family {
    const alike = [...this.#families].filter(({ signatures }) =>
      signatures.some((other) => likeness(names, other) >= SAME_SHAPE),
    );
    const [first, ...others] = alike;
    if (first === undefined) {
      const family = { shape: new Shape(), signatures: [], differing: new Set<string>(), count: 0, name };
      this.#families.add(family);
      return family;
    }
    for (const other of others) {
      first.shape.merge(other.shape);
      first.signatures.push(...other.signatures);
      for (const text of other.differing) first.differing.add(text);
      first.count += other.count;
      if (other.name < first.name) first.name = other.name;
      this.#families.delete(other);
      for (const [id, family] of this.#known) if (family === other) this.#known.set(id, first);
    }
    return first;
  }
}

/** What keeps a variant of nothing but empty objects, or of null, from taking what the others are for. */
function closing(shape: Shape, schema: JsonRecord): JsonRecord {
  const [type, ...others] = shape.types();
  if (others.length > 0) return {};
  if (type === 'null') return { type };
  const { properties, patternProperties, additionalProperties } = schema;
  const isBare = isRecord(properties) ? Object.keys(properties).length === 0 : true;
  const isEmpty = isBare && patternProperties === undefined && additionalProperties === undefined;
  return type === 'object' && isEmpty ? { maxProperties: 0 } : {};
}

/** Variants with titles that differ, from each other and from those that are taken. */
export function titled(
  variants: readonly { readonly name: string; readonly schema: JsonRecord }[],
  taken: readonly string[] = [],
): JsonRecord[] {
  const seen = new Set(taken);
  return variants.map(({ name, schema }) => {
    let title = name;
    for (let next = 2; seen.has(title); next += 1) title = `${name} ${next}`;
    seen.add(title);
    return { title, ...schema };
  });
}

/** Stands for a body, so that it need not be kept. */
function digestOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('base64');
}

/** What tells bodies apart: the names of an object, and for everything else whether it is a list. */
function signatureOf(body: unknown): ReadonlySet<string> {
  if (!isRecord(body)) return new Set([Array.isArray(body) ? '[]' : '""']);
  const names = Object.keys(body).map((name) => `.${dataPatternOf(name) ?? name}`);
  return new Set(['{}', ...names.sort()]);
}

/** The part of their names that two bodies have in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const isObject = one.has('{}');
  if (isObject !== other.has('{}')) return 0;
  if (!isObject) return one.size === other.size && [...one].every((name) => other.has(name)) ? 1 : 0;
  const shared = [...one].filter((name) => other.has(name)).length - 1;
  const all = one.size + other.size - 2 - shared;
  return all === 0 ? 1 : shared / all;
}
