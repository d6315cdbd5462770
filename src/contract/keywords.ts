import type { ErrorObject } from 'ajv';
import { type Finding, finding } from '../findings/finding';
import type { FindingKind } from '../findings/kinds';
import { isRecord, jsonType } from '../json';
import { formatPointer } from '../json-pointer';
import type { SchemaStore } from './store';
import { equalItems, UNDECLARED, valueText } from './values';

/** More values of an `enum` than these tell no reader more. */
const MOST_VALUES = 8;

/** What one failed keyword says of a value, as a finding. `prefix` is where the validated value stands. */
export function toFinding(store: SchemaStore, error: ErrorObject, prefix: string): Finding {
  const { keyword, params, data } = error;
  const at = store.placeOf(error.parentSchema);
  const schema = at === null ? {} : { schema: `${store.label}/${at.file}#${at.pointer}/${keyword}` };
  const here = prefix + error.instancePath;
  const actual = valueText(data, here);
  const make = (kind: FindingKind, pointer: string, expected: string, received: string, message: string) =>
    finding(kind, pointer, { expected, actual: received, message, keyword, ...schema });
  // Of a property's name and not of its value.
  if (error.propertyName !== undefined) {
    const expected = `names that are ${constraintOf(error).expected}`;
    const name = JSON.stringify(error.propertyName);
    return make('constraint-violated', here, expected, `the name ${name}`, 'a property has another name');
  }

  switch (keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies': {
      const pointer = here + formatPointer([String(params.missingProperty)]);
      const why =
        keyword === 'required'
          ? 'a required property is missing'
          : `a property that ${JSON.stringify(params.property)} requires is missing`;
      const wanted =
        keyword === 'required' ? 'the property' : `the property beside ${JSON.stringify(params.property)}`;
      return make('property-missing', pointer, wanted, 'nothing', why);
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      const value = isRecord(data) ? data[name] : undefined;
      const pointer = here + formatPointer([name]);
      return make('property-undeclared', pointer, 'no such property', valueText(value, pointer), UNDECLARED);
    }
    case 'type': {
      const types = typesText(params.type);
      if (data === null)
        return make('null-unexpected', here, types, 'null', `null where ${types} is documented`);
      const received = jsonType(data);
      const shown = received === 'object' || received === 'array' ? '' : `${received} `;
      const message = `${types} became ${received}`;
      return make('type-changed', here, types, `${shown}${actual}`, message);
    }
    case 'enum':
    case 'const': {
      const allowed = keyword === 'enum' ? params.allowedValues : [params.allowedValue];
      const expected = valuesText(allowed as unknown[], here);
      if (data === null)
        return make('null-unexpected', here, expected, 'null', 'null is not one of the values');
      return make('enum-value-unknown', here, expected, actual, 'the value is not one of those documented');
    }
    case 'format': {
      const message = `the value is no ${params.format}`;
      return make('format-violated', here, formatText(String(params.format)), actual, message);
    }
    default: {
      const { expected, received, message } = constraintOf(error);
      // A length without its text would leave a reader searching.
      const isText = typeof data === 'string' && received !== undefined;
      const shown = isText ? `${actual}, ${received}` : (received ?? actual);
      return make('constraint-violated', here, expected, shown, message);
    }
  }
}

/** Types as a reader says them. */
export function typesText(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.every((one) => one === undefined) ? 'a value' : types.join(' or ');
}

/** `a date`, `an email`. */
function formatText(format: string): string {
  return `${/^[aeio]/.test(format) ? 'an' : 'a'} ${format}`;
}

/** Values that are allowed, as a reader says them. */
export function valuesText(values: readonly unknown[], pointer: string): string {
  const shown = values.slice(0, MOST_VALUES).map((value) => valueText(value, pointer));
  const more = values.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} others`] : [])].join(' or ');
}

const BOUNDS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

const COMPARISONS: Readonly<Record<string, string>> = { '<': 'less than', '>': 'more than' };

/** How each limit counts, by its keyword without `min` and `max`. */
const MEASURES: Readonly<Record<string, { word: string; of: (value: unknown) => number }>> = {
  Length: { word: 'character', of: (value) => [...String(value)].length },
  Items: { word: 'item', of: (value) => (Array.isArray(value) ? value.length : 0) },
  Properties: { word: 'property', of: (value) => Object.keys(value as object).length },
};

interface Constraint {
  readonly expected: string;
  readonly received?: string;
  readonly message: string;
}

/** A bound, pattern or other constraint in words. */
function constraintOf({ keyword, params, schema, data, message = '' }: ErrorObject): Constraint {
  const [, side, what] = /^(min|max)(Length|Items|Properties)$/.exec(keyword) ?? [];
  const measure = what === undefined ? undefined : MEASURES[what];
  if (measure !== undefined) return limit(side === 'min', Number(schema), measure.of(data), measure.word);
  const bound = BOUNDS[keyword];
  if (bound !== undefined) {
    // Draft-04 says by another keyword whether the bound itself is allowed.
    const expected = `${COMPARISONS[String(params.comparison)] ?? bound} ${params.limit}`;
    const side = /max/i.test(keyword) ? 'above' : 'below';
    return { expected, message: `a number ${side} its documented bound` };
  }
  switch (keyword) {
    case 'multipleOf':
      return { expected: `a multiple of ${schema}`, message: 'a number between the documented steps' };
    case 'pattern':
      return { expected: `a match of ${schema}`, message: 'the value does not match its documented pattern' };
    case 'uniqueItems':
      return {
        expected: 'items that differ',
        received: `items ${equalItems(data as unknown[])?.join(' and ')}, which are equal`,
        message: 'two items of the array are equal',
      };
    case 'items':
    case 'additionalItems':
    case 'unevaluatedItems': {
      const limitOf = Number(params.limit ?? params.len);
      return limit(false, limitOf, MEASURES.Items?.of(data) ?? 0, 'item');
    }
    case 'contains':
      return {
        expected: `at least ${params.minContains ?? 1} that fit "contains"`,
        message: 'the array has too few or too many items of a kind that must be there',
      };
    case 'oneOf':
      return Array.isArray(params.passingSchemas)
        ? {
            expected: 'exactly one variant that fits',
            received: `variants ${params.passingSchemas.join(' and ')}, which both fit`,
            message: 'several variants of "oneOf" take the value, which exactly one may',
          }
        : { expected: 'a documented variant', message: 'no documented variant takes the value' };
    case 'anyOf':
      return { expected: 'a documented variant', message: 'no documented variant takes the value' };
    case 'not':
      return { expected: 'no value that fits "not"', message: 'the value is one that must not come' };
    case 'false schema':
      return { expected: 'nothing', message: 'there must be nothing here' };
    case 'type':
      return { expected: typesText(params.type), message };
    case 'format':
      return { expected: formatText(String(params.format)), message };
    case 'enum':
      return { expected: valuesText(params.allowedValues as unknown[], ''), message };
    default:
      return { expected: `${keyword} ${JSON.stringify(schema) ?? ''}`, message };
  }
}

function limit(isLeast: boolean, allowed: number, received: number, word: string): Constraint {
  const counted = (count: number) =>
    `${count} ${count === 1 ? word : word.replace(/y$/, 'ie')}${count === 1 ? '' : 's'}`;
  return {
    expected: `at ${isLeast ? 'least' : 'most'} ${counted(allowed)}`,
    received: counted(received),
    message: `${isLeast ? 'fewer' : 'more'} than documented`,
  };
}
