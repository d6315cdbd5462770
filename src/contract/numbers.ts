import { type Finding, finding } from '../findings/finding';
import { getPointer, parsePointer, setPointer } from '../json-pointer';
import { isCredentialName } from '../masking/masker';
import { compareNumbers, isMultiple, isWhole } from './decimal';
import type { Repetition } from './reading';
import type { SchemaStore } from './store';
import { equalItems, typesOf } from './values';
import type { Applicable, Walk } from './walk';

/** Keywords whose verdict on a number hangs on each of its digits. */
const NUMERIC = /^(type|const|enum|minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf)$/;

/**
 * What a validator said of numbers that no double holds, said anew by their digits: `found` without its verdicts on them,
 * and with what their schemas really say. `numbers` are their literals by pointer.
 */
export function byDigits(
  found: readonly Finding[],
  numbers: ReadonlyMap<string, string>,
  store: SchemaStore,
  { value, walk }: { readonly value: unknown; readonly walk: Walk },
): Finding[] {
  const kept: Finding[] = [];
  const exact: Finding[] = [];
  const applying = new Map([...numbers.keys()].map((pointer) => [pointer, walk.at(parsePointer(pointer))]));
  for (const one of found) {
    const literal = numbers.get(one.pointer);
    const isJudged = applying.get(one.pointer)?.some((schema) => judges(store, schema, one)) === true;
    if (literal === undefined) {
      if (one.keyword !== 'uniqueItems' || !differByDigits(value, one.pointer, numbers)) kept.push(one);
    } else if (!isJudged) kept.push({ ...one, actual: one.actual.replace(DIGITS, literal) });
  }
  for (const [pointer, literal] of numbers) {
    for (const one of applying.get(pointer) ?? []) exact.push(...verdicts(store, one, pointer, literal));
  }
  return [...kept, ...exact];
}

/** Whether the items of a list that are equal as doubles are not so as they are written. */
function differByDigits(value: unknown, pointer: string, numbers: ReadonlyMap<string, string>): boolean {
  const inside = [...numbers].filter(([at]) => at.startsWith(`${pointer}/`));
  if (inside.length === 0) return false;
  const items: unknown = structuredClone(getPointer(value, pointer));
  for (const [at, literal] of inside) setPointer(items, at.slice(pointer.length), { literal });
  return Array.isArray(items) && equalItems(items) === null;
}

const DIGITS = /-?[\d.]+(e[+-]?\d+)?$/;

/** Whether a difference is one that the digits decide: not so that a number stands where none may. */
function judges(
  store: SchemaStore,
  { schema, place }: Applicable,
  { keyword = '', schema: at }: Finding,
): boolean {
  if (!NUMERIC.test(keyword) || at !== `${store.label}/${place.file}#${place.pointer}/${keyword}`)
    return false;
  return keyword !== 'type' || typesOf(schema).some((type) => type === 'integer' || type === 'number');
}

function verdicts(
  store: SchemaStore,
  { schema, place }: Applicable,
  pointer: string,
  literal: string,
): Finding[] {
  const types = typesOf(schema);
  const at = (keyword: string) => ({
    schema: `${store.label}/${place.file}#${place.pointer}/${keyword}`,
    keyword,
  });
  const written = (path: string) =>
    store.numberAt({ ...place, pointer: `${place.pointer}/${path}` }) ??
    String(getPointer(schema, `/${path}`));
  const refused: Finding[] = [];
  const received = isHidden(pointer) ? '[hidden]' : literal;
  const refuse = (
    keyword: string,
    kind: Finding['kind'],
    expected: string,
    actual: string,
    message: string,
  ) => refused.push(finding(kind, pointer, { expected, actual, message, ...at(keyword) }));

  if (types.includes('integer') && !types.includes('number') && !isWhole(literal)) {
    refuse('type', 'type-changed', 'integer', `number ${received}`, 'integer became number');
  }
  const isAllowed = (value: unknown, path: string) =>
    typeof value === 'number' && compareNumbers(literal, written(path)) === 0;
  const say = (value: unknown, path: string) =>
    typeof value === 'number' ? written(path) : JSON.stringify(value);
  const unknown = 'the value is not one of those documented';
  if (schema.const !== undefined && !isAllowed(schema.const, 'const')) {
    refuse('const', 'enum-value-unknown', say(schema.const, 'const'), received, unknown);
  }
  const values = Array.isArray(schema.enum) ? schema.enum : null;
  if (values !== null && !values.some((value, index) => isAllowed(value, `enum/${index}`))) {
    const expected = values.map((value, index) => say(value, `enum/${index}`)).join(' or ');
    refuse('enum', 'enum-value-unknown', expected, received, unknown);
  }
  for (const [keyword, word, strictWord, side, strict] of [
    ['minimum', 'at least', 'more than', 'below', 'exclusiveMinimum'],
    ['maximum', 'at most', 'less than', 'above', 'exclusiveMaximum'],
  ] as const) {
    const sign = keyword === 'minimum' ? -1 : 1;
    const message = `a number ${side} its documented bound`;
    const beyond = (limit: string) => sign * compareNumbers(literal, limit);
    if (typeof schema[keyword] === 'number') {
      // Draft-04 says by a boolean that the bound itself is not allowed.
      const isStrict = schema[strict] === true;
      const limit = written(keyword);
      if (beyond(limit) > 0 || (isStrict && beyond(limit) === 0))
        refuse(keyword, 'constraint-violated', `${isStrict ? strictWord : word} ${limit}`, received, message);
    }
    if (typeof schema[strict] === 'number' && beyond(written(strict)) >= 0) {
      refuse(strict, 'constraint-violated', `${strictWord} ${written(strict)}`, received, message);
    }
  }
  if (typeof schema.multipleOf === 'number' && isMultiple(literal, written('multipleOf')) === false) {
    const expected = `a multiple of ${written('multipleOf')}`;
    refuse('multipleOf', 'constraint-violated', expected, received, 'a number between the documented steps');
  }
  return refused;
}

/** What is wrong with names that stand more than once in one object: readers disagree on which value counts. */
export function repeatedNames(repeated: readonly Repetition[]): Finding[] {
  return repeated.map(({ pointer, texts }) => {
    const shown = isHidden(pointer) ? '[hidden]' : [...new Set(texts)].join(' and ');
    return finding('constraint-violated', pointer, {
      expected: 'the name once',
      actual: `it ${texts.length} times: ${shown}`,
      message: 'the same name more than once; readers disagree on which value counts',
    });
  });
}

function isHidden(pointer: string): boolean {
  return isCredentialName(pointer.split('/').at(-1) ?? '');
}
