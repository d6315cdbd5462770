import { isRecord } from '../json';

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isAnything = (): boolean => true;
const isType = (value: unknown): boolean => typeof value === 'string' && TYPES.has(value);
const areUnique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const areSchemas = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isPlainSchema);
const areNamed = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isPlainSchema);

function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}

/** What each keyword may be: those that the drafts 07, 2019-09 and 2020-12 have in common, and no other meaning of them. */
const KEYWORDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  $schema: isText,
  $comment: isText,
  title: isText,
  description: isText,
  format: isText,
  pattern: isPattern,
  $ref: (value) => typeof value === 'string' && /^[\w./#$~-]+$/.test(value),
  type: (value) =>
    isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType) && areUnique(value)),
  required: (value) => Array.isArray(value) && value.every(isText) && areUnique(value),
  enum: (value) =>
    Array.isArray(value) && value.length > 0 && areUnique(value.map((one) => JSON.stringify(one))),
  const: isAnything,
  default: isAnything,
  examples: Array.isArray,
  deprecated: isFlag,
  readOnly: isFlag,
  writeOnly: isFlag,
  uniqueItems: isFlag,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => isNumber(value) && Number(value) > 0,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minProperties: isCount,
  maxProperties: isCount,
  items: isPlainSchema,
  additionalProperties: isPlainSchema,
  not: isPlainSchema,
  properties: areNamed,
  $defs: areNamed,
  patternProperties: (value) => areNamed(value) && Object.keys(value as object).every(isPattern),
  allOf: areSchemas,
  anyOf: areSchemas,
  oneOf: areSchemas,
};

/**
 * Whether a schema plainly is one, by the keywords that nearly all have. Any other may be one as well: then its dialect's
 * meta-schema has to say, which takes longer to compile than most runs take.
 */
export function isPlainSchema(schema: unknown): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isRecord(schema)) return false;
  return Object.entries(schema).every(([keyword, value]) =>
    Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword]?.(value) : keyword.startsWith('x-'),
  );
}
