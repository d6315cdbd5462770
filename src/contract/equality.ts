import type AjvClass from 'ajv';
import { _, type FuncKeywordDefinition } from 'ajv';
import { equalItems, isEqual } from './values';

/**
 * Has a validator compare values as JSON says, and not as JavaScript does: the comparison that Ajv brings calls what a body
 * names `toString` or `valueOf`, and fails on `{"toString": null}`. Besides it takes no list longer than its length to be
 * searched for equal items.
 */
export function addEquality(ajv: AjvClass): void {
  for (const definition of [CONST, ENUM, UNIQUE]) {
    ajv.removeKeyword(String(definition.keyword));
    ajv.addKeyword(definition);
  }
}

const CONST: FuncKeywordDefinition = {
  keyword: 'const',
  validate: (allowed: unknown, value: unknown) => isEqual(allowed, value),
  errors: false,
  error: {
    message: 'must be equal to constant',
    params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}`,
  },
};

const ENUM: FuncKeywordDefinition = {
  keyword: 'enum',
  schemaType: 'array',
  validate: (allowed: readonly unknown[], value: unknown) => allowed.some((one) => isEqual(one, value)),
  errors: false,
  error: {
    message: 'must be equal to one of the allowed values',
    params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
  },
};

const UNIQUE: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  validate: (wanted: boolean, items: readonly unknown[]) => !wanted || equalItems(items) === null,
  errors: false,
  error: { message: 'must NOT have duplicate items' },
};
