import { join, resolve } from 'node:path';
import type { Example } from '../../../src/collection/model';
import { readPin } from '../../../src/collection/pin';
import { readConfig } from '../../../src/config/config';
import { checkExchange } from '../../../src/contract/check';
import { SchemaStore } from '../../../src/contract/store';
import { isRecord } from '../../../src/json';
import { formatPointer, removePointer, setPointer } from '../../../src/json-pointer';
import { describeRequests, type PlannedRequest } from '../../../src/plan/plan';
import { exchangeOf, responseOf } from '../collections';
import { compileSchemas, readSchema, schemaFiles } from './pack';

/**
 * Every schema of the pack is held to every difference that it promises to see: each required property is taken out of
 * its example, each value gets every other type, and each that is never null becomes null.
 */

const ROOT = resolve(__dirname, '../../..');
const config = readConfig(ROOT);
const store = SchemaStore.load(join(ROOT, 'schemas/starter-pack'));
const described = describeRequests(readPin(config.collection).collection, config);
const validatorOf = compileSchemas();

type Schema = Readonly<Record<string, unknown>>;
/** A schema with the file that it stands in, which its references start from. */
interface Placed {
  readonly schema: Schema;
  readonly file: string;
}

const visited = new Set<string>();

/** What a schema says of a value, through references, `allOf`, and the choice that the value holds. */
function flattened({ schema, file }: Placed, value: unknown): Placed[] {
  visited.add(file);
  const parts: Placed[] = [{ schema, file }];
  const of = (name: string) => (Array.isArray(schema[name]) ? (schema[name] as Schema[]) : []);
  if (typeof schema.$ref === 'string') {
    const target = new URL(schema.$ref, `https://pack.test/${file}`).pathname.slice(1);
    parts.push({ schema: readSchema(target), file: target });
  }
  parts.push(...of('allOf').map((part) => ({ schema: part, file })));
  const choice = of('anyOf').find((one) => holds({ schema: one, file }, value));
  if (choice !== undefined) parts.push({ schema: choice, file });
  const [own, ...others] = parts;
  return own === undefined ? [] : [own, ...others.flatMap((part) => flattened(part, value))];
}

/** Enough to tell the choices of this pack apart: their required properties and constants. */
function holds(placed: Placed, value: unknown): boolean {
  if (!isRecord(value)) return true;
  return flattened({ ...placed, schema: { ...placed.schema, anyOf: undefined } }, value).every(
    ({ schema }) => {
      const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
      const properties = isRecord(schema.properties) ? schema.properties : {};
      return (
        required.every((name) => Object.hasOwn(value, name)) &&
        Object.entries(properties).every(
          ([name, inner]) =>
            !isRecord(inner) ||
            !Array.isArray(inner.enum) ||
            !(name in value) ||
            inner.enum.includes(value[name]),
        )
      );
    },
  );
}

interface Mutation {
  readonly pointer: string;
  readonly what: string;
  readonly apply: (body: unknown) => void;
}

const OTHERS: readonly [type: string, value: unknown][] = [
  ['string', 'text of another type'],
  ['number', 1.5],
  ['boolean', true],
  ['object', {}],
  ['array', []],
  ['null', null],
];

/** Every difference that the schemas forbid at and below a place of the value. */
function mutationsOf(placed: readonly Placed[], value: unknown, path: readonly string[]): Mutation[] {
  const all = placed.flatMap((one) => flattened(one, value));
  const pointer = formatPointer([...path]);
  const types = all.flatMap(({ schema }) => (schema.type === undefined ? [] : [[schema.type].flat()]));
  const chosen = all.flatMap(({ schema }) => (Array.isArray(schema.anyOf) ? (schema.anyOf as Schema[]) : []));
  const allowed = (type: string) =>
    types.every((list) => list.includes(type)) || chosen.some((choice) => choice.type === type);
  const forbidden = types.length === 0 ? [] : OTHERS.filter(([type]) => !allowed(type));
  const here = forbidden.map(
    ([type, other]): Mutation => ({
      pointer,
      what: `becomes ${type}`,
      apply: (body) => setPointer(body, pointer, other),
    }),
  );
  return [...(path.length === 0 ? [] : here), ...below(all, value, path)];
}

function below(all: readonly Placed[], value: unknown, path: readonly string[]): Mutation[] {
  if (Array.isArray(value)) {
    const items = all.flatMap(({ schema, file }) =>
      isRecord(schema.items) ? [{ schema: schema.items, file }] : [],
    );
    return value.flatMap((item, index) => mutationsOf(items, item, [...path, String(index)]));
  }
  if (!isRecord(value)) return [];
  const required = new Set(
    all.flatMap(({ schema }) => (Array.isArray(schema.required) ? schema.required : [])),
  );
  return Object.entries(value).flatMap(([name, inner]) => {
    const pointer = formatPointer([...path, name]);
    const removal: Mutation = { pointer, what: 'is missing', apply: (body) => removePointer(body, pointer) };
    const schemas = all.flatMap(({ schema, file }): Placed[] => {
      const own = isRecord(schema.properties) ? schema.properties[name] : undefined;
      const other = own ?? schema.additionalProperties;
      return isRecord(other) ? [{ schema: other, file }] : [];
    });
    return [...(required.has(name) ? [removal] : []), ...mutationsOf(schemas, inner, [...path, name])];
  });
}

/** The request as if this were its only example: the run then expects its status and its shape. */
function expecting(planned: PlannedRequest, example: Example): PlannedRequest {
  return { ...planned, settings: {}, request: { ...planned.request, examples: [example] } };
}

let tried = 0;
const examples = described.flatMap((planned) =>
  planned.request.examples.map((example) => ({
    title: `${planned.request.key} ${example.code} ${example.name}`,
    planned,
    example,
  })),
);

test.each(examples)('$title: every difference is found', ({ planned, example }) => {
  const file = `${planned.request.key}.${example.code}.json`;
  const check = (body: unknown) => {
    const headers = [['Content-Type', 'application/json']] as const;
    const response = responseOf(JSON.stringify(body), { status: example.code ?? 0, headers });
    return checkExchange(expecting(planned, example), exchangeOf({ response }), store);
  };
  const body = (): unknown => JSON.parse(example.body);
  expect(check(body())).toEqual([]);
  expect(validatorOf(file)(body())).toBe(true);
  const mutations = mutationsOf([{ schema: readSchema(file), file }], body(), []);
  // Even the smallest error has a status that must be there, be a text, and be no null.
  expect(mutations.length).toBeGreaterThan(2);
  const missed = mutations.filter(({ pointer, apply }) => {
    const changed = body();
    apply(changed);
    return !check(changed).some((found) => found.severity === 'breaking' && found.pointer === pointer);
  });
  tried += mutations.length;
  expect(missed.map(({ pointer, what }) => `${pointer} ${what}`)).toEqual([]);
});

test('every schema of the pack was held to its differences', () => {
  expect([...visited].sort()).toEqual([...schemaFiles()].sort());
  // The number is for people to read.
  process.stdout.write(`schemas of the Starter Pack: ${tried} differences tried, every one found\n`);
});
