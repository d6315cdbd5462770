import type { ErrorObject } from 'ajv';
import { type Finding, finding } from '../findings/finding';
import type { FindingKind } from '../findings/kinds';
import { isRecord, jsonType } from '../json';
import { formatPointer } from '../json-pointer';
import type { SchemaPlace, SchemaStore } from './store';
import { valueText } from './values';

/** A difference of this weight says that a variant was never meant, where a smaller one says that it drifted. */
const OTHER_SHAPE = 100;
const OTHER_CONSTANT = 10;

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
  const covered = new Set<ErrorObject>();
  // From the outermost, which comes last: in a recursive schema an inner choice would cover the one that it stands in.
  for (const choice of errors.filter(isChoice).reverse()) {
    if (covered.has(choice)) continue;
    const inside = reachable(store, choice.schema);
    for (const error of errors) {
      const isBelow = error !== choice && isWithin(error.instancePath, choice.instancePath);
      if (isBelow && isObject(error.parentSchema) && inside.has(error.parentSchema)) covered.add(error);
    }
  }
  const own = errors
    .filter((error) => !covered.has(error))
    .filter(({ keyword, parentSchema }) => keyword !== without || parentSchema !== root);
  // What `if` chose says itself why it was refused.
  const said = own
    .filter(({ keyword }) => keyword !== 'if')
    .flatMap((error) =>
      isChoice(error) ? nearest(store, error, prefix) : [toFinding(store, error, prefix)],
    );
  // What was refused is never explained by nothing.
  return said.length > 0 ? said : own.slice(-1).map((error) => toFinding(store, error, prefix));
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** `oneOf` that fails because several variants fit has no nearest one. */
function isChoice(error: ErrorObject): boolean {
  return (
    error.keyword === 'anyOf' || (error.keyword === 'oneOf' && !Array.isArray(error.params.passingSchemas))
  );
}

function nearest(store: SchemaStore, error: ErrorObject, prefix: string): Finding[] {
  const at = store.placeOf(error.parentSchema);
  const variants = Array.isArray(error.schema) ? error.schema : [];
  if (at === null || variants.length === 0) return [toFinding(store, error, prefix)];
  const pointer = prefix + error.instancePath;
  const explained = variants.map((_, index) =>
    explain(store, { ...at, pointer: `${at.pointer}/${error.keyword}/${index}` }, error.data, {
      prefix: pointer,
    }),
  );
  // A variant that refuses null says nothing that the others do not: null is what is unexpected.
  if (error.data === null) return [toFinding(store, { ...error, keyword: 'type' }, prefix)];
  const score = (findings: readonly Finding[]) =>
    findings.reduce((sum, { kind, pointer: where }) => sum + weight(kind, where === pointer), 0);
  // By itself a variant may take what it refuses here, where a `$dynamicRef` in it means something else.
  const refusing = explained.filter((findings) => findings.length > 0);
  const best = refusing.reduce(
    (first, next) => (score(next) < score(first) ? next : first),
    refusing[0] ?? [],
  );
  // A closed variant refuses what is merely new; but a value that no variant takes is another value.
  return isAdditive(best) ? [toFinding(store, error, prefix), ...best] : best;
}

/** Whether differences are such that a consumer does not notice. */
export function isAdditive(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'additive');
}

function weight(kind: FindingKind, isRoot: boolean): number {
  if (kind === 'type-changed' && isRoot) return OTHER_SHAPE;
  return kind === 'enum-value-unknown' ? OTHER_CONSTANT : 1;
}

function toFinding(store: SchemaStore, error: ErrorObject, prefix: string): Finding {
  const { keyword, params, data } = error;
  const at = store.placeOf(error.parentSchema);
  const schema = at === null ? {} : { schema: `${store.label}/${at.file}#${at.pointer}/${keyword}` };
  const here = prefix + error.instancePath;
  const actual = valueText(data, here);
  const make = (kind: FindingKind, pointer: string, expected: string, received: string, message: string) =>
    finding(kind, pointer, { expected, actual: received, message, ...schema });

  switch (keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies': {
      const pointer = here + formatPointer([String(params.missingProperty)]);
      return make('property-missing', pointer, 'the property', 'nothing', 'a required property is missing');
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      const value = isRecord(data) ? data[name] : undefined;
      const pointer = here + formatPointer([name]);
      return make('property-undeclared', pointer, 'nothing', valueText(value, pointer), UNDECLARED);
    }
    case 'type': {
      const types = expectedTypes(error);
      if (data === null)
        return make('null-unexpected', here, types, 'null', `null where ${types} is documented`);
      const received = `${jsonType(data)} ${actual}`;
      return make('type-changed', here, types, received, `${types} became ${jsonType(data)}`);
    }
    case 'enum':
    case 'const': {
      const allowed = keyword === 'enum' ? params.allowedValues : [params.allowedValue];
      const expected = (allowed as unknown[]).map((value) => JSON.stringify(value)).join(' or ');
      if (data === null)
        return make('null-unexpected', here, expected, 'null', 'null is not one of the values');
      return make('enum-value-unknown', here, expected, actual, 'the value is not one of those documented');
    }
    case 'format':
      return make('format-violated', here, String(params.format), actual, `the value is no ${params.format}`);
    default:
      return make(
        'constraint-violated',
        here,
        `${keyword} ${JSON.stringify(error.schema) ?? ''}`,
        actual,
        error.message ?? `${keyword} does not hold`,
      );
  }
}

/** What the report says of a property that no schema names. */
export const UNDECLARED = 'the schema does not know this property';

function expectedTypes(error: ErrorObject): string {
  const { type } = error.params;
  if (error.keyword === 'type' && type !== undefined)
    return Array.isArray(type) ? type.join(' or ') : String(type);
  return 'a value';
}

/** Every schema object that a value may meet below a schema, through references too. */
function reachable(store: SchemaStore, schema: unknown, seen: Set<object> = new Set()): Set<object> {
  if (!isObject(schema) || seen.has(schema)) return seen;
  seen.add(schema);
  const place = store.placeOf(schema);
  if (isRecord(schema) && typeof schema.$ref === 'string' && place !== null) {
    const target = store.resolve(schema.$ref, place);
    if (target !== null) reachable(store, store.schemaAt(target), seen);
  }
  for (const inner of Object.values(schema)) reachable(store, inner, seen);
  return seen;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
