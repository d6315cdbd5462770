import type { ErrorObject } from 'ajv';
import { type Finding, finding } from '../findings/finding';
import { isRecord, jsonType } from '../json';
import { formatPointer } from '../json-pointer';
import { toFinding, typesText } from './keywords';
import type { SchemaPlace, SchemaStore } from './store';
import { undeclared, unknownName } from './undeclared';
import { applicable, propertyPlaces } from './walk';

/** A difference of this weight says that a variant was never meant, where a smaller one says that it drifted. */
const OTHER_SHAPE = 1e6;
const OTHER_CONSTANT = 1e3;
/** What decides between variants with equally many differences. */
const UNKNOWN_NAME = 1e-3;

/**
 * Why a value does not hold to the schema at a place, as findings at their pointers.
 *
 * A failing `anyOf` or `oneOf` is explained by its nearest variant alone. Empty where the value holds. `prefix` is
 * where the value stands; `without` leaves out what that choice of the schema itself says.
 */
export function explain(
  store: SchemaStore,
  place: SchemaPlace,
  value: unknown,
  { prefix = '', without }: { prefix?: string; without?: string } = {},
): Finding[] {
  if (store.accepts(place, value)) return [];
  const validate = store.validator(place);
  validate(value);
  const errors = [...(validate.errors ?? [])];
  const root = store.schemaAt(place);
  const own = outermost(store, errors).filter(
    ({ keyword, parentSchema }) => keyword !== without || parentSchema !== root,
  );
  // What `if` chose says itself why it was refused.
  const said = withoutEchoes(own.filter(({ keyword }) => keyword !== 'if')).flatMap((error) =>
    isChoice(error) ? nearest(store, error, prefix) : [toFinding(store, error, prefix)],
  );
  // What was refused is never explained by nothing.
  return said.length > 0 ? said : own.slice(-1).map((error) => toFinding(store, error, prefix));
}

/** Whether differences are such that a consumer does not notice. */
export function isAdditive(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'additive');
}

/** `oneOf` that fails because several variants fit has no nearest one. */
function isChoice(error: ErrorObject): boolean {
  return (
    error.keyword === 'anyOf' || (error.keyword === 'oneOf' && !Array.isArray(error.params.passingSchemas))
  );
}

/** Keywords whose schema is tried, so that what fails in it is no difference by itself. */
const TRYING = new Set(['anyOf', 'oneOf', 'contains']);

/**
 * The errors without those that only say why something that was tried does not fit. The validator lists them right before
 * the keyword that tried.
 */
function outermost(store: SchemaStore, errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  // From the end: in a recursive schema an inner choice would cover the one that it stands in.
  for (let at = errors.length - 1; at >= 0; at -= 1) {
    const error = errors[at];
    if (error === undefined) continue;
    // The errors inside say of which name it is.
    const isEcho = error.keyword === 'propertyNames' && errors[at - 1]?.propertyName !== undefined;
    if (!isEcho) kept.push(error);
    if (!TRYING.has(error.keyword) || !isObject(error.schema)) continue;
    const inside = reachable(store, error.schema);
    while (at > 0 && isTriedBy(errors[at - 1], error, inside)) at -= 1;
  }
  return kept.reverse();
}

function isTriedBy(inner: ErrorObject | undefined, outer: ErrorObject, inside: ReadonlySet<object>): boolean {
  return (
    inner !== undefined &&
    (inner.instancePath === outer.instancePath || inner.instancePath.startsWith(`${outer.instancePath}/`)) &&
    (isObject(inner.parentSchema) ? inside.has(inner.parentSchema) : inner.keyword === 'false schema')
  );
}

/** Another type breaks every other keyword of the same schema too, and a value that is not allowed its format. */
function withoutEchoes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const typed = new Map<unknown, Set<string>>();
  const listed = new Map<unknown, Set<string>>();
  const note = (map: typeof typed, { parentSchema, instancePath }: ErrorObject) =>
    map.set(parentSchema, (map.get(parentSchema) ?? new Set()).add(instancePath));
  for (const error of errors) {
    if (error.keyword === 'type') note(typed, error);
    if (error.keyword === 'enum' || error.keyword === 'const') note(listed, error);
  }
  return errors.filter(({ keyword, parentSchema, instancePath, propertyName }) => {
    if (propertyName !== undefined || keyword === 'type') return true;
    if (typed.get(parentSchema)?.has(instancePath) === true) return false;
    return (
      !/^(format|pattern|(min|max)Length)$/.test(keyword) || !listed.get(parentSchema)?.has(instancePath)
    );
  });
}

function nearest(store: SchemaStore, error: ErrorObject, prefix: string): Finding[] {
  const at = store.placeOf(error.parentSchema);
  const variants = Array.isArray(error.schema) ? error.schema : [];
  if (at === null || variants.length === 0 || !store.standsAlone({ ...at, pointer: `${at.pointer}/0` }))
    return [toFinding(store, error, prefix)];
  const pointer = prefix + error.instancePath;
  const schema = `${store.label}/${at.file}#${at.pointer}/${error.keyword}`;
  const all = variants.map((_, index) => ({ ...at, pointer: `${at.pointer}/${error.keyword}/${index}` }));
  const named = all.filter((place) => !takesNothing(store, place));
  const isNamed = (name: string) =>
    named.some((place) =>
      applicable(store, place, error.data).some((one) => propertyPlaces(one, name).places.length > 0),
    );
  const isAnother = isRecord(error.data) && Object.keys(error.data).some(isNamed);
  // Where nothing of it is known to any other, it is the answer without properties, and all of it is new.
  if (isRecord(error.data) && named.length < all.length && !isAnother)
    return Object.entries(error.data).map(([name, value]) => unknownName(pointer, name, value, schema));
  const places = isAnother ? named : all;
  const explained = places.map((place) => explain(store, place, error.data, { prefix: pointer }));
  const together = agreed(explained, error.data, pointer);
  if (together !== null) return [{ ...together, schema, keyword: error.keyword }];
  const telling = isRecord(error.data) ? tellingNames(store, places, error.data) : new Set<string>();
  for (const name of telling) {
    const unknown = explained.map((findings) =>
      findings.filter(isUnknownAt(pointer + formatPointer([name]))),
    );
    const none = agreed(unknown, error.data, pointer);
    if (none !== null) return [{ ...none, schema, keyword: error.keyword }];
  }
  const scores = explained.map((findings, index) =>
    scoreOf(store, findings, places[index] ?? at, error.data, pointer, telling),
  );
  // By itself a variant may take what it refuses here, where a `$dynamicRef` in it means something else.
  const refusing = explained.map((_, index) => index).filter((index) => explained[index]?.length !== 0);
  const best = refusing.reduce<number | undefined>(
    (first, next) => (first === undefined || (scores[next] ?? 0) < (scores[first] ?? 0) ? next : first),
    undefined,
  );
  const said = best === undefined ? [] : (explained[best] ?? []);
  // A closed variant refuses what is merely new; but a value that no variant takes is another value.
  return isAdditive(said) ? [toFinding(store, error, prefix), ...said] : said;
}

/** Whether the schema at a place takes no object but the empty one, as the variant of an answer without properties does. */
export function takesNothing(store: SchemaStore, place: SchemaPlace): boolean {
  const schema = store.schemaAt(place);
  return isRecord(schema) && schema.type === 'object' && schema.maxProperties === 0;
}

function isUnknownAt(pointer: string): (found: Finding) => boolean {
  return (found) => found.kind === 'enum-value-unknown' && found.pointer === pointer;
}

/**
 * What all variants say alike: that the type is another one, that the value, or what tells the variants apart, is none of
 * those documented. Together they say what would have been allowed.
 */
function agreed(explained: readonly Finding[][], data: unknown, pointer: string): Finding | null {
  const firsts = explained.flatMap((findings) => findings.slice(0, 1));
  const [first] = firsts;
  if (first === undefined || firsts.length < explained.length) return null;
  const isAbout = (one: Finding) => one.kind === first.kind && one.pointer === first.pointer;
  const isSole = explained.every((findings) => findings.length === 1);
  // A variant that refuses null says nothing that the others do not: null is what is unexpected.
  const isType = first.pointer === pointer && /^(type-changed|null-unexpected)$/.test(first.kind);
  const isValue = first.kind === 'enum-value-unknown' && isSole;
  if (!firsts.every(isAbout) || !(isType || isValue)) return null;
  const expected = [...new Set(firsts.flatMap((one) => one.expected.split(' or ')))].join(' or ');
  const message =
    data === null
      ? `null where ${expected} is documented`
      : isType
        ? `${typesText(expected)} became ${jsonType(data)}`
        : first.message;
  return finding(first.kind, first.pointer, { expected, actual: first.actual, message });
}

/** The properties by whose constants at least two variants are told apart. */
function tellingNames(
  store: SchemaStore,
  places: readonly SchemaPlace[],
  value: Readonly<Record<string, unknown>>,
): Set<string> {
  const counts = new Map<string, number>();
  for (const place of places) {
    const names = new Set(
      applicable(store, place, value).flatMap(({ schema: { properties } }) =>
        Object.entries(isRecord(properties) ? properties : {})
          .filter(([, inner]) => isRecord(inner) && (inner.const !== undefined || inner.enum !== undefined))
          .map(([name]) => name),
      ),
    );
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** How far a value is from a variant: fewer differences are nearer, and deeper ones leave more in common. */
function scoreOf(
  store: SchemaStore,
  findings: readonly Finding[],
  place: SchemaPlace,
  value: unknown,
  pointer: string,
  telling: ReadonlySet<string>,
): number {
  const constants = new Set([...telling].map((name) => pointer + formatPointer([name])));
  const differences = findings.reduce((sum, found) => {
    if (found.kind === 'type-changed' && found.pointer === pointer) return sum + OTHER_SHAPE;
    const isTelling = constants.has(found.pointer) && found.kind !== 'property-undeclared';
    const depth = found.pointer.slice(pointer.length).split('/').length;
    return sum + (isTelling ? OTHER_CONSTANT : 1) + UNKNOWN_NAME / depth;
  }, 0);
  return differences + UNKNOWN_NAME * undeclared(store, [place], value).length;
}

const reached = new WeakMap<object, ReadonlySet<object>>();

/** Every schema object that a value may meet below a schema, through references too. */
function reachable(store: SchemaStore, schema: object): ReadonlySet<object> {
  const known = reached.get(schema);
  if (known !== undefined) return known;
  const seen = new Set<object>();
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next) || seen.has(next)) continue;
    seen.add(next);
    const place = store.placeOf(next);
    if (isRecord(next) && place !== null) {
      open.push(...store.references(next, place).map((target) => store.schemaAt(target)));
    }
    open.push(...Object.values(next).filter(isObject));
  }
  reached.set(schema, seen);
  return seen;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
