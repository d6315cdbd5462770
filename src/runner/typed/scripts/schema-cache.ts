import type { SdkObject } from '../postman-libraries';

/**
 * A script that lets `jsonSchema` of the sandbox keep what its validator compiled, of the schemas and of their meta-schema, for
 * the scripts that come later. Without it each call makes a validator anew, which takes longer than all else that a script does.
 *
 * It calls it once itself, with the response that it is given: what scripts have in common is compiled by then.
 */
export const KEEP_COMPILED_SCHEMAS = `(${keepCompiled.toString()})(require('chai'));
pm.test('ready', () => pm.response.to.have.jsonSchema({}));`;

/** It runs inside the sandbox, where nothing of this module is known. Source: Ajv 6, `cache` and `serialize`; chai, `overwriteMethod`. */
function keepCompiled(chai: SdkObject): void {
  const MAX_SCHEMAS = 100;
  const kept: Record<string, object> = {};
  // The first one that is asked for, by our own call: each validator begins with the same object.
  let metaSchema: unknown = null;
  const serialize = (schema: unknown) => {
    metaSchema ??= schema;
    return schema === metaSchema ? 'meta-schema' : JSON.stringify(schema);
  };
  const newCache = () => {
    const schemas = new Map();
    return {
      get: (key: string) => schemas.get(key),
      put: (key: string, schema: object) => {
        if (schemas.size >= MAX_SCHEMAS) schemas.clear();
        schemas.set(key, schema);
      },
      del: (key: string) => schemas.delete(key),
      clear: () => schemas.clear(),
    };
  };
  /** Whether a value is JSON that says all by itself: what else there may be, its text would not tell apart. */
  const isJson = (value: unknown): boolean => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
    if (typeof value === 'number') return Number.isFinite(value);
    if (typeof value !== 'object') return false;
    if (Array.isArray(value)) return Array.from(value).every(isJson);
    return (
      Object.getPrototypeOf(value) === Object.prototype &&
      Object.keys(value).length === Reflect.ownKeys(value).length &&
      Object.entries(value).every(([key, one]) => !['$id', '$ref', 'toJSON'].includes(key) && isJson(one))
    );
  };
  const textOf = (schema: unknown): string | null => {
    try {
      return isJson(schema) ? JSON.stringify(schema) : null;
    } catch {
      return null;
    }
  };
  chai.Assertion.overwriteMethod(
    'jsonSchema',
    (check: (...args: unknown[]) => void) =>
      function (this: object, schema: unknown, options?: Record<string, unknown>, ...rest: unknown[]) {
        const values = Object.values(options ?? {});
        // Formats, keywords and the like are the script's own: what they are cannot be compared.
        const isPlain = values.every((value) => typeof value === 'boolean');
        const text = isPlain ? textOf(schema) : null;
        if (text === null) return check.call(this, schema, options, ...rest);
        const key = JSON.stringify(options ?? {});
        kept[key] ??= newCache();
        const given = Object.assign({ cache: kept[key], serialize }, options);
        // What is compiled reads the schema again and again, and the script may change its own.
        return check.call(this, JSON.parse(text), given, ...rest);
      },
  );
}
