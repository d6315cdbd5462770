import type AjvClass from 'ajv';
import type { Options } from 'ajv';
import { isRecord } from '../json';

/** The JSON Schema dialects we read, by the `$schema` that declares them. */
const DIALECTS: readonly {
  readonly pattern: RegExp;
  readonly hasAnchors?: true;
  readonly load: () => new (options: Options) => AjvClass;
  /** The meta-schema of a dialect that its class does not know by itself. */
  readonly meta?: () => object;
}[] = [
  {
    pattern: /\/draft\/2020-12\/schema#?$/,
    hasAnchors: true,
    load: () => require('ajv/dist/2020').default,
  },
  {
    pattern: /\/draft\/2019-09\/schema#?$/,
    hasAnchors: true,
    load: () => require('ajv/dist/2019').default,
  },
  { pattern: /\/draft-07\/schema#?$/, load: () => require('ajv').default },
  {
    pattern: /\/draft-06\/schema#?$/,
    load: () => require('ajv').default,
    meta: () => require('ajv/dist/refs/json-schema-draft-06.json'),
  },
  { pattern: /\/draft-04\/schema#?$/, load: () => require('ajv-draft-04').default },
];

/** The last of the dialects that have the keywords of a plain schema in common. */
export const LAST_PLAIN_DIALECT = 2;

/** Keywords of OpenAPI that only describe: schemas are copied from there, and nothing can break them. */
const DESCRIBING = ['example', 'externalDocs', 'xml', 'discriminator'];

const OPTIONS: Options = {
  // What a dialect does not know would otherwise be ignored, and an ignored keyword checks nothing.
  strict: true,
  strictRequired: false,
  strictTuples: false,
  allowUnionTypes: true,
  allErrors: true,
  // Findings need the value and the schema object that refused it.
  verbose: true,
  // `required: ["toString"]` would otherwise hold for every object.
  ownProperties: true,
  // Tidying the generated code takes longer than what it saves in any run.
  code: { optimize: false },
};

/** The dialect of a schema as an index for `createAjv`, or -1 for one that we do not read; 2020-12 is the default. */
export function dialectOf(schema: unknown): number {
  if (!isRecord(schema) || typeof schema.$schema !== 'string') return 0;
  const declared = schema.$schema;
  return DIALECTS.findIndex(({ pattern }) => pattern.test(declared));
}

/**
 * A validator of one dialect with the given `x-` annotations and what OpenAPI describes with allowed. Loaded when first needed.
 *
 * `whole` files must say the type of what they describe; a part of one may have left that to what stands around it.
 */
export function createAjv(dialect: number, annotations: readonly string[], whole: boolean): AjvClass {
  const row = DIALECTS[dialect];
  if (row === undefined) throw new RangeError(`no dialect ${dialect}`);
  const Ajv = row.load();
  const ajv = new Ajv({ ...OPTIONS, strictTypes: whole });
  (require('ajv-formats') as { default: (ajv: AjvClass) => void }).default(ajv);
  (require('./equality') as typeof import('./equality')).addEquality(ajv);
  // Ajv resolves anchors, and yet calls their keyword unknown.
  if (row.hasAnchors === true) ajv.addKeyword({ keyword: '$anchor', schemaType: 'string' });
  if (row.meta !== undefined) ajv.addMetaSchema(row.meta());
  for (const name of [...DESCRIBING, ...annotations]) ajv.addKeyword({ keyword: name });
  return ajv;
}
