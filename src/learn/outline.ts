import type { SchemaPlace, SchemaStore } from '../contract/store';
import { isRecord, jsonType } from '../json';
import { SAME_SHAPE } from './learner';

/** What a schema says of the whole of a value, through `$ref` and `allOf`. */
interface Outline {
  /** Null where it says nothing of the type. */
  types: ReadonlySet<string> | null;
  readonly declared: Set<string>;
  readonly required: Set<string>;
  /** A choice, or a map: what its names are is not known from here. */
  isOpen: boolean;
}

const OPENING = ['anyOf', 'oneOf', 'if', 'patternProperties', 'not', '$dynamicRef', '$recursiveRef'];

/** How much a value looks like what a schema describes, from 0 (something else) to 1. */
export function likenessTo(store: SchemaStore, place: SchemaPlace, value: unknown): number {
  const { types, declared, required, isOpen } = outlineOf(store, place);
  const type = jsonType(value);
  const isOfType = types === null || types.has(type) || (type === 'integer' && types.has('number'));
  if (!isOfType) return 0;
  if (!isRecord(value) || isOpen || declared.size === 0) return 1;
  const names = Object.keys(value);
  const shared = names.filter((name) => declared.has(name)).length;
  const all = new Set([...names, ...required]).size;
  return all === 0 ? 1 : shared / all;
}

/** Whether a body is another answer than the one that a schema describes, and not a drifted one. */
export function isDistinct(store: SchemaStore, place: SchemaPlace, value: unknown): boolean {
  const likeness = likenessTo(store, place, value);
  if (likeness >= SAME_SHAPE) return false;
  const { types } = outlineOf(store, place);
  const isPlain = (type: string) => type !== 'object' && type !== 'array';
  // One plain value in place of another is a change of type.
  return !(types !== null && [...types].every(isPlain) && isPlain(jsonType(value))) && value !== null;
}

/** The variant of a choice that a value is nearest to, or null where it is like none of them. */
export function nearestOf(
  store: SchemaStore,
  variants: readonly SchemaPlace[],
  value: unknown,
): SchemaPlace | null {
  let best: { readonly place: SchemaPlace; readonly score: number } | null = null;
  for (const place of variants) {
    const likeness = likenessTo(store, place, value);
    if (likeness < SAME_SHAPE) continue;
    // Of variants with the same names, a constant tells which is meant.
    const score = likeness - brokenConstants(store, place, value) / 100;
    if (best === null || score > best.score) best = { place, score };
  }
  return best?.place ?? null;
}

function brokenConstants(store: SchemaStore, place: SchemaPlace, value: unknown): number {
  const validate = store.validator(place);
  validate(value);
  return (validate.errors ?? []).filter(({ keyword }) => keyword === 'const' || keyword === 'enum').length;
}

function outlineOf(store: SchemaStore, place: SchemaPlace, seen = new Set<string>()): Outline {
  const outline: Outline = { types: null, declared: new Set(), required: new Set(), isOpen: false };
  const id = `${place.file}#${place.pointer}`;
  const schema = store.schemaAt(place);
  if (!isRecord(schema) || seen.has(id)) return outline;
  seen.add(id);
  const { type, properties, required, additionalProperties, allOf, $ref } = schema;
  if (typeof type === 'string') outline.types = new Set([type]);
  if (Array.isArray(type)) outline.types = new Set(type.map(String));
  if (isRecord(properties)) for (const name of Object.keys(properties)) outline.declared.add(name);
  if (Array.isArray(required)) for (const name of required) outline.required.add(String(name));
  outline.isOpen =
    OPENING.some((keyword) => schema[keyword] !== undefined) ||
    additionalProperties === true ||
    isRecord(additionalProperties);
  const parts = Array.isArray(allOf)
    ? allOf.map((_, at) => ({ ...place, pointer: `${place.pointer}/allOf/${at}` }))
    : [];
  const target = typeof $ref === 'string' ? store.resolve($ref, place) : null;
  for (const part of target === null ? parts : [...parts, target]) {
    const inner = outlineOf(store, part, seen);
    outline.types ??= inner.types;
    outline.isOpen ||= inner.isOpen;
    for (const name of inner.declared) outline.declared.add(name);
    for (const name of inner.required) outline.required.add(name);
  }
  return outline;
}
