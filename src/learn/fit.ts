import type { ErrorObject } from 'ajv';
import { placeholderOf, withoutPlaceholders } from '../collection/placeholder';
import type { SchemaPlace, SchemaStore } from '../contract/store';
import { undeclared } from '../contract/undeclared';
import { itemPlaces, propertyPlaces } from '../contract/walk';
import { isRecord, type JsonRecord } from '../json';
import { formatPointer } from '../json-pointer';
import { isDistinct, nearestOf } from './outline';
import type { Reading } from './shape';
import type { Where, Wish, Wishes } from './wish';

/** A body that a contract is held to, and how it is told. */
export interface FitSample {
  readonly key: string;
  readonly status: number;
  readonly name: string;
  readonly body: unknown;
  readonly reading: Reading;
}

/**
 * Asks of the schema at a place, and of those that it refers to, whatever would have to change for a body to hold.
 *
 * A sample that holds asks for nothing. `isFixed` keeps the variants of the root as they are: a body that fits none becomes
 * one of its own. Gives false where the body does not hold and nothing could be asked for that would help.
 */
export function askFor(
  store: SchemaStore,
  root: SchemaPlace,
  sample: FitSample,
  wishes: Wishes,
  isFixed = false,
): boolean {
  const { body, reading } = sample;
  const hasWords = reading.placeholders && hasPlaceholder(body);
  const filled = hasWords ? withoutPlaceholders(body) : body;
  const holds = store.accepts(root, filled);
  const unknown = new Set(undeclared(store, [root], filled).map(({ pointer }) => pointer));
  if (holds && unknown.size === 0 && !hasWords) return true;
  const before = wishes.made;
  const where = { key: sample.key, status: sample.status, pointer: '' };
  const schema = store.schemaAt(root);
  if (!holds && isRecord(schema) && isDistinct(store, root, filled) && canSplit(schema)) {
    wishes.at(root, where).addOther(sample.name, body, reading);
    return true;
  }
  const walker = new Walker(store, sample, wishes, unknown, isFixed ? root : null);
  walker.walk([root], body, filled, '', '');
  if (wishes.made === before && !holds && !hasWords) walker.dropWhatFails(root, filled);
  if (wishes.made === before) return holds || hasWords;
  const evidence = walker.evidence ?? root;
  wishes.at(evidence, where).evidence += 1;
  return true;
}

/** A root that refers into itself by place would not, when it were moved. */
function canSplit(schema: JsonRecord): boolean {
  return !/"\$(ref|dynamicRef|recursiveRef)":"#(?!\/(\$defs|definitions)\/)/.test(JSON.stringify(schema));
}

function hasPlaceholder(value: unknown): boolean {
  if (typeof value === 'string') return placeholderOf(value) !== null;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasPlaceholder);
}

/** Keywords whose limit can be moved to where the value is. */
const LIMITS: Readonly<Record<string, (value: unknown) => number>> = {
  minimum: Number,
  maximum: Number,
  minLength: (text) => [...String(text)].length,
  maxLength: (text) => [...String(text)].length,
  minItems: (list) => (list as unknown[]).length,
  maxItems: (list) => (list as unknown[]).length,
  minProperties: (object) => Object.keys(object as object).length,
  maxProperties: (object) => Object.keys(object as object).length,
};

interface Applied {
  readonly schema: JsonRecord;
  readonly place: SchemaPlace;
}

class Walker {
  /** The variant of the root that the body was taken for: evidence counts there. */
  evidence: SchemaPlace | null = null;
  /** Pointers of properties that a closed schema refused, and has been asked to name. */
  readonly #forbidden = new Set<string>();
  /** Pointers of everything that an unknown property stands in. */
  readonly #leadsToUnknown = new Set<string>();

  constructor(
    readonly store: SchemaStore,
    readonly sample: FitSample,
    readonly wishes: Wishes,
    /** Pointers of properties that no schema names. */
    readonly unknown: ReadonlySet<string>,
    /** A root whose variants are left as they are. */
    readonly fixed: SchemaPlace | null,
  ) {
    for (const pointer of unknown) {
      for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
        this.#leadsToUnknown.add(pointer.slice(0, end));
        if (end === 0) break;
      }
    }
  }

  /** `raw` is the value with its placeholders, `value` the one in their place; `at` is `pointer` with `*` for indexes. */
  walk(places: readonly SchemaPlace[], raw: unknown, value: unknown, pointer: string, at: string): void {
    const holds = places.every((place) => this.store.accepts(place, value));
    if (
      holds &&
      !this.#leadsToUnknown.has(pointer) &&
      !(this.sample.reading.placeholders && hasPlaceholder(raw))
    )
      return;
    const applied = places.flatMap((place) => this.#expand(place, raw, value, at, new Set()));
    for (const one of applied) this.#hold(one, raw, value, pointer, at);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        const inside = applied.flatMap((one) => itemPlaces(this.store, one, index, item));
        this.walk(inside, (raw as unknown[])[index], item, `${pointer}/${index}`, `${at}/*`);
      }
    } else if (isRecord(value)) {
      for (const name of Object.keys(value)) {
        const token = formatPointer([name]);
        const inside = applied.flatMap((one) => propertyPlaces(one, name).places);
        const own = (raw as JsonRecord)[name];
        if (this.#forbidden.has(pointer + token)) continue;
        if (inside.length === 0 && this.unknown.has(pointer + token)) this.#declare(applied, name, own, at);
        else this.walk(inside, own, value[name], pointer + token, at + token);
      }
    }
  }

  /** The last resort: the keywords that fail are taken out, wherever they stand. */
  dropWhatFails(root: SchemaPlace, value: unknown): void {
    const validate = this.store.validator(root);
    validate(value);
    for (const { parentSchema, keyword, instancePath } of validate.errors ?? []) {
      const place = this.store.placeOf(parentSchema);
      if (place !== null && keyword !== 'if') this.#at(place, instancePath).addDropped([keyword]);
    }
  }

  #at(place: SchemaPlace, pointer: string): Wish {
    const where: Where = { key: this.sample.key, status: this.sample.status, pointer };
    return this.wishes.at(place, where);
  }

  /** The schema objects that apply to a value: of a choice that none fits, the nearest. */
  #expand(place: SchemaPlace, raw: unknown, value: unknown, at: string, seen: Set<string>): Applied[] {
    const schema = this.store.schemaAt(place);
    const id = `${place.file}#${place.pointer}`;
    if (seen.has(id)) return [];
    seen.add(id);
    if (schema === false) this.#at(place, at).addInstead(raw, this.sample.reading);
    if (!isRecord(schema)) return [];
    const below = (path: string): SchemaPlace => ({ ...place, pointer: `${place.pointer}/${path}` });
    const inside: SchemaPlace[] = [];
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = schema[keyword];
      const target = typeof reference === 'string' ? this.store.resolve(reference, place) : null;
      if (target !== null) inside.push(target);
    }
    if (Array.isArray(schema.allOf)) inside.push(...schema.allOf.map((_, index) => below(`allOf/${index}`)));
    for (const keyword of ['anyOf', 'oneOf']) {
      const variants = schema[keyword];
      if (!Array.isArray(variants)) continue;
      const all = variants.map((_, index) => below(`${keyword}/${index}`));
      inside.push(...this.#chosen(place, keyword, all, raw, value, at));
    }
    for (const keyword of ['dependentSchemas', 'dependencies']) {
      const names = Object.keys(isRecord(schema[keyword]) ? schema[keyword] : {});
      const present = names.filter((name) => isRecord(value) && Object.hasOwn(value, name));
      inside.push(...present.map((name) => below(`${keyword}${formatPointer([name])}`)));
    }
    if (schema.if !== undefined) {
      const branch = this.store.accepts(below('if'), value) ? 'then' : 'else';
      if (schema[branch] !== undefined) inside.push(below(branch));
    }
    return [{ schema, place }, ...inside.flatMap((next) => this.#expand(next, raw, value, at, seen))];
  }

  #chosen(
    place: SchemaPlace,
    keyword: string,
    all: readonly SchemaPlace[],
    raw: unknown,
    value: unknown,
    at: string,
  ): readonly SchemaPlace[] {
    const isRoot = place.pointer === '' && at === '';
    const fitting = all.filter((variant) => this.store.accepts(variant, value));
    if (fitting.length > 0) {
      if (keyword === 'oneOf' && fitting.length > 1) this.#at(place, at).isAnyOf = true;
      if (isRoot) this.evidence ??= fitting[0] ?? null;
      return fitting;
    }
    const isFixed = this.fixed !== null && isRoot && place.file === this.fixed.file;
    const nearest = isFixed ? null : nearestOf(this.store, all, value);
    if (nearest !== null && isRoot) this.evidence ??= nearest;
    // What fits one variant alone may fit several once one of them is wider.
    if (keyword === 'oneOf' && !this.#isWord(raw)) this.#at(place, at).isAnyOf = true;
    if (nearest !== null) return [nearest];
    if (value === null) this.#at(place, at).nullable.add(keyword);
    else if (!this.#isWord(raw)) {
      this.#at(place, at).addVariant(keyword, this.sample.name, raw, this.sample.reading);
    }
    return [];
  }

  /** What the keywords of one schema object itself have against a value. */
  #hold({ place }: Applied, raw: unknown, value: unknown, pointer: string, at: string): void {
    const placeholder = this.#isWord(raw) ? placeholderOf(String(raw)) : null;
    if (placeholder !== null) {
      // A word stands for a type, and for no value that any other keyword could be held to.
      if (placeholder.types.includes('any')) return;
      for (const word of placeholder.types.map((type) => withoutPlaceholders(`<${type}>`))) {
        const isRefused = this.#ownErrors(place, word).some(({ keyword }) => keyword === 'type');
        if (isRefused) this.#at(place, at).addType(word, { placeholders: false });
      }
      return;
    }
    for (const error of this.#ownErrors(place, value)) {
      const name = error.params.additionalProperty ?? error.params.unevaluatedProperty;
      if (name !== undefined) this.#forbidden.add(pointer + formatPointer([String(name)]));
      this.#wish(error, place, raw, value, at);
    }
  }

  #ownErrors(place: SchemaPlace, value: unknown): ErrorObject[] {
    const validate = this.store.validator(place);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).filter(({ instancePath, parentSchema }) => {
      const at = this.store.placeOf(parentSchema);
      return instancePath === '' && at?.file === place.file && at.pointer === place.pointer;
    });
  }

  #wish(
    { keyword, params }: ErrorObject,
    place: SchemaPlace,
    raw: unknown,
    value: unknown,
    at: string,
  ): void {
    const { reading } = this.sample;
    const wish = (): Wish => this.#at(place, at);
    const name = (key: string): string => String(params[key]);
    const limit = LIMITS[keyword];
    if (keyword === 'type') wish().addType(raw, reading);
    else if (keyword === 'enum' || keyword === 'const') wish().addValue(value);
    else if (keyword === 'required') wish().optional.add(name('missingProperty'));
    else if (keyword === 'dependentRequired' || (keyword === 'dependencies' && params.property !== undefined))
      wish().addDropped([keyword, name('property')]);
    else if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
      const added = String(params.additionalProperty ?? params.unevaluatedProperty);
      wish().addProperty(added, (raw as JsonRecord)[added], reading);
    } else if (limit !== undefined && params.comparison !== '<' && params.comparison !== '>')
      wish().addLimit(keyword, limit(value));
    // What these refuse is told, and asked for, by what stands in them.
    else if (!/^(anyOf|oneOf|if|false schema|\$ref)$/.test(keyword)) wish().addDropped([keyword]);
  }

  /** A property that no schema names is named by the first that names any. */
  #declare(applied: readonly Applied[], name: string, raw: unknown, at: string): void {
    const holder =
      applied.find(({ schema }) => isRecord(schema.properties)) ??
      applied.find(
        ({ schema }) => isRecord(schema.patternProperties) || schema.additionalProperties === false,
      );
    if (holder !== undefined) this.#at(holder.place, at).addProperty(name, raw, this.sample.reading);
  }

  #isWord(raw: unknown): boolean {
    return this.sample.reading.placeholders && typeof raw === 'string' && placeholderOf(raw) !== null;
  }
}
