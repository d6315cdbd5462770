import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const ROOT = resolve(__dirname, '../../..');
const SCHEMAS = join(ROOT, 'schemas/starter-pack');

/** The parts of the pin that the tests read. */
export interface PinnedRequest {
  readonly name: string;
  readonly id: string;
  readonly request: {
    readonly method: string;
    readonly description: string;
    readonly url: { readonly raw: string };
    readonly header: readonly { readonly key: string; readonly value: string }[];
    readonly body?: { readonly raw: string };
    readonly auth?: PinnedAuth;
  };
  readonly response: readonly {
    readonly name: string;
    readonly code: number;
    readonly header: readonly { readonly key: string; readonly value: string }[];
    readonly body: string;
  }[];
}

interface PinnedAuth {
  readonly type: string;
  readonly basic: readonly { readonly key: string; readonly value: string }[];
}

interface Pin {
  readonly item: readonly {
    readonly name: string;
    readonly auth?: PinnedAuth;
    readonly item: readonly PinnedRequest[];
  }[];
}

/** Every request of the pin with its key, in order; `auth` is its own or that of its folder. */
export function pinnedRequests(): {
  readonly key: string;
  readonly item: PinnedRequest;
  readonly auth: PinnedAuth | undefined;
}[] {
  const file = join(ROOT, 'collections/starter-pack.postman_collection.json');
  const pin = JSON.parse(readFileSync(file, 'utf8')) as Pin;
  return pin.item.flatMap((folder) =>
    folder.item.map((item) => ({
      key: `${slug(folder.name)}/${slug(item.name)}`,
      item,
      auth: item.request.auth ?? folder.auth,
    })),
  );
}

/** The schema files, relative to the folder of the pack. */
export function schemaFiles(): string[] {
  const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.json')).map((file) => file.replaceAll('\\', '/'));
}

/** A schema as written. */
export function readSchema(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as Record<string, unknown>;
}

/**
 * Compiles the pack in Ajv's strict mode; the result gives the validator of a file. With `variant`, a root of
 * variants is narrowed to its first one, which is the success.
 */
export function compileSchemas(): (file: string, variant?: 'success') => ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    ownProperties: true,
  });
  addFormats(ajv);
  ajv.addVocabulary(['x-source']);
  const uri = (file: string): string => `https://schemas.example/starter-pack/${file}`;
  const files = schemaFiles();
  for (const file of files) {
    ajv.addSchema(readSchema(file), uri(file));
  }
  return (file, variant) => {
    const first = variant !== undefined && 'anyOf' in readSchema(file) ? '#/anyOf/0' : '';
    const validate = files.includes(file) ? ajv.getSchema(`${uri(file)}${first}`) : undefined;
    if (validate === undefined) {
      throw new Error(`no schema ${file}`);
    }
    return validate;
  };
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
