import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import { answerIn } from '../collection/example';
import type { Collection, CollectionRequest } from '../collection/model';
import { SchemaCompileError } from '../errors';
import { isRecord } from '../json';
import { formatPointer, getPointer } from '../json-pointer';
import { parseJson } from '../source/json-text';
import { createAjv, dialectOf } from './dialects';

/** The place of a schema object: the file it stands in and its JSON Pointer there. */
export interface SchemaPlace {
  readonly file: string;
  readonly pointer: string;
}

/** The contract of one request and status. */
export interface ResponseContract {
  readonly place: SchemaPlace;
  /** The schema that a run holds the response to: the whole, or the variant of the first example. */
  readonly expected: SchemaPlace;
  /** The title of that variant, where the status has several. */
  readonly variant: string | null;
  /** The other titled variants. */
  readonly others: readonly { readonly title: string; readonly place: SchemaPlace }[];
}

/** The keyword of a schema's root that holds the titled variants of a status. */
export const VARIANTS = 'anyOf';

/**
 * All schemas of a collection, read and compiled before the first request.
 *
 * By convention the schema of request key `K` and status `S` is `K.S.json`; any file may `$ref` another by its
 * relative path. Errors: SchemaCompileError naming the first file that does not compile.
 */
export class SchemaStore {
  readonly folder: string;
  readonly #files = new Map<string, unknown>();
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #places = new WeakMap<object, SchemaPlace>();
  /** What was looked up at a place, by the identity of the place: items of a list share one. */
  readonly #found = new WeakMap<SchemaPlace, unknown>();
  readonly #anchors = new Map<string, SchemaPlace>();
  readonly #annotations = new Set<string>();
  readonly #ajvs = new Map<string, Ajv>();
  /** File → the first file with the same text: one compiled schema serves all of them. */
  readonly #twins = new Map<string, string>();
  /** Twins that were compiled by themselves, by their kind of validator. */
  readonly #apart = new Set<string>();
  readonly #statuses = new Map<string, number[]>();

  /** The folder as findings name it. */
  readonly label: string;

  private constructor(folder: string, label: string) {
    this.folder = folder;
    this.label = label;
  }

  /** Reads a folder of schemas and compiles every file in it. A folder that is not there has no schemas. */
  static load(folder: string, label = folder): SchemaStore {
    return SchemaStore.of(readSchemas(folder), folder, label);
  }

  /** Compiles the files of a folder from their texts, whether they are written there already or not. */
  static of(texts: ReadonlyMap<string, string>, folder: string, label = folder): SchemaStore {
    const store = new SchemaStore(folder, label);
    // A reference may lead from anywhere to anywhere, and means another thing in another file.
    const isPlain = [...texts.values()].every((text) => !REFERS.test(text));
    const first = new Map<string, string>();
    for (const [file, text] of texts) {
      const twin = (isPlain ? first.get(text) : undefined) ?? file;
      if (twin === file) first.set(text, file);
      store.#twins.set(file, twin);
      store.#files.set(file, twin === file ? parseJson(text, join(folder, file)) : store.#files.get(twin));
      const [, key, status] = /^(.*)\.(\d{3})\.json$/s.exec(file) ?? [];
      if (key !== undefined) store.#statuses.set(key, [...store.statusesOf(key), Number(status)]);
    }
    store.#register();
    for (const [file, twin] of store.#twins) if (file === twin) store.validator({ file, pointer: '' });
    return store;
  }

  /** Whether there is a schema file of this name. */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** The statuses of a request that have a schema. */
  statusesOf(key: string): readonly number[] {
    return this.#statuses.get(key) ?? [];
  }

  /** The contract of a request and status, or null where the status has no schema. */
  contractOf(request: CollectionRequest, status: number): ResponseContract | null {
    const place = { file: `${request.key}.${status}.json`, pointer: '' };
    const root = this.#files.get(place.file);
    if (root === undefined) return null;
    const variants = titledVariants(root).map(({ title, at }) => ({
      title,
      place: { ...place, pointer: at },
    }));
    const example = request.examples.find(({ code }) => code === status);
    const expected = example === undefined ? undefined : this.#variantOf(variants, example.body);
    return {
      place,
      expected: expected?.place ?? place,
      variant: expected?.title ?? null,
      others: variants.filter((variant) => variant !== expected),
    };
  }

  /** Whether an example or a schema says what a request answers. */
  documents(request: CollectionRequest): boolean {
    return request.examples.some(({ code }) => code !== null) || this.statusesOf(request.key).length > 0;
  }

  /** Whether a value holds to the schema at a place. */
  accepts({ file, pointer }: SchemaPlace, value: unknown): boolean {
    return this.validator({ file: this.#twins.get(file) ?? file, pointer })(value) === true;
  }

  /** The compiled schema at a place; each is compiled once. Errors: SchemaCompileError. */
  validator(place: SchemaPlace): ValidateFunction {
    const uri = uriOf(place);
    const known = this.#validators.get(uri);
    if (known !== undefined) return known;
    try {
      const ajv = this.#ajvFor(place);
      // A twin is compiled by itself only to say where it was broken.
      if (
        this.#twins.get(place.file) !== place.file &&
        !this.#apart.has(`${place.pointer === ''} ${place.file}`)
      ) {
        this.#apart.add(`${place.pointer === ''} ${place.file}`);
        this.#separate(place.file);
        this.#add(ajv, place.file);
      }
      const validate = ajv.getSchema(uri);
      if (validate === undefined) throw new Error('no such schema');
      this.#validators.set(uri, validate);
      return validate;
    } catch (cause) {
      if (cause instanceof SchemaCompileError) throw cause;
      throw compileError(join(this.folder, place.file), cause);
    }
  }

  /** Where a schema object stands, by its identity. */
  placeOf(schema: unknown): SchemaPlace | null {
    return typeof schema === 'object' && schema !== null ? (this.#places.get(schema) ?? null) : null;
  }

  /** The schema object at a place. */
  schemaAt(place: SchemaPlace): unknown {
    const root = this.#files.get(place.file);
    if (place.pointer === '') return root;
    if (!this.#found.has(place)) this.#found.set(place, getPointer(root, place.pointer));
    return this.#found.get(place);
  }

  /** The place that a `$ref` standing in `from` means, or null where it leads out of the folder. */
  resolve(ref: string, from: SchemaPlace): SchemaPlace | null {
    const [path = '', fragment = ''] = ref.split('#', 2);
    const url = path === '' ? null : new URL(path, uriOf({ file: from.file, pointer: '' }));
    const file = url === null ? from.file : decodeURIComponent(url.pathname.slice(1));
    const pointer = decodeURIComponent(fragment);
    if (pointer !== '' && !pointer.startsWith('/')) return this.#anchors.get(`${file}#${pointer}`) ?? null;
    return this.#files.has(file) ? { file, pointer } : null;
  }

  #register(): void {
    for (const [file, schema] of this.#files) {
      if (this.#twins.get(file) !== file) continue;
      for (const name of this.#index(schema, { file, pointer: '' })) this.#annotations.add(name);
      if (dialectOf(schema) < 0) {
        const declared = isRecord(schema) ? String(schema.$schema) : '';
        throw compileError(join(this.folder, file), new Error(`unknown dialect ${declared}`));
      }
      if (!isRecord(schema) && typeof schema !== 'boolean') {
        throw compileError(join(this.folder, file), new Error('a schema is an object'));
      }
    }
  }

  /** The validator of a place's dialect, which knows every file of that dialect. */
  #ajvFor({ file, pointer }: SchemaPlace): Ajv {
    const dialect = dialectOf(this.#files.get(file));
    const id = `${dialect} ${pointer === ''}`;
    const known = this.#ajvs.get(id);
    if (known !== undefined) return known;
    const ajv = createAjv(dialect, [...this.#annotations], pointer === '');
    for (const [name, schema] of this.#files) {
      if (dialectOf(schema) === dialect && this.#twins.get(name) === name) this.#add(ajv, name);
    }
    this.#ajvs.set(id, ajv);
    return ajv;
  }

  /** Gives a twin objects of its own, so that what they refuse is found in its own file. */
  #separate(file: string): void {
    const shared = this.#files.get(this.#twins.get(file) ?? file);
    if (this.#files.get(file) !== shared) return;
    const own = structuredClone(shared);
    this.#files.set(file, own);
    this.#index(own, { file, pointer: '' });
  }

  #add(ajv: Ajv, name: string): void {
    try {
      ajv.addSchema(this.#files.get(name) as object, uriOf({ file: name, pointer: '' }));
    } catch (cause) {
      throw compileError(join(this.folder, name), cause);
    }
  }

  /** Remembers where every object of a file and every anchor stands; gives the names of its `x-` annotations. */
  #index(schema: unknown, place: SchemaPlace, content: Content = 'schema'): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    this.#places.set(schema, place);
    const anchor = isRecord(schema) && content === 'schema' ? schema.$anchor : undefined;
    if (typeof anchor === 'string') this.#anchors.set(`${place.file}#${anchor}`, place);
    return Object.entries(schema).flatMap(([name, inner]: [string, unknown]) => {
      const below = { ...place, pointer: place.pointer + formatPointer([name]) };
      const annotations = this.#index(inner, below, contentOf(name, content));
      return content === 'schema' && name.startsWith('x-') ? [name, ...annotations] : annotations;
    });
  }

  #variantOf<T extends { place: SchemaPlace }>(variants: readonly T[], body: string): T | undefined {
    const answer = variants.length === 0 ? null : answerIn(body);
    return answer === null ? undefined : variants.find(({ place }) => this.accepts(place, answer.value));
  }
}

/** The text of every schema file of a folder, by its path from there. A folder that is not there has none. */
export function readSchemas(folder: string): Map<string, string> {
  return new Map(schemaFiles(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** Schema files that belong to no request of the collection: most likely a renamed request's. */
export function strayFiles(store: SchemaStore, collection: Collection): string[] {
  const keys = new Set(collection.requests.map(({ key }) => key));
  return schemaFiles(store.folder).filter(
    (file) => !file.startsWith('shared/') && !keys.has(file.replace(/\.\d{3}\.json$/, '')),
  );
}

/** What an object of a schema file holds: keywords, names that somebody chose, or values that mean nothing to us. */
type Content = 'schema' | 'names' | 'data';

const NAMING =
  /^(properties|patternProperties|\$defs|definitions|dependentSchemas|dependentRequired|dependencies)$/;
const QUOTING = /^(const|enum|default|examples|x-.*)$/;

function contentOf(name: string, around: Content): Content {
  if (around !== 'schema') return around === 'names' ? 'schema' : 'data';
  if (NAMING.test(name)) return 'names';
  return QUOTING.test(name) ? 'data' : 'schema';
}

function titledVariants(schema: unknown): { title: string; at: string }[] {
  const variants = isRecord(schema) ? schema[VARIANTS] : undefined;
  if (!Array.isArray(variants)) return [];
  const titles = variants.map((variant: unknown) => (isRecord(variant) ? variant.title : undefined));
  if (!titles.every((title) => typeof title === 'string')) return [];
  return titles.map((title, at) => ({ title: String(title), at: `/${VARIANTS}/${at}` }));
}

function schemaFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

/** What makes the meaning of a schema depend on where it stands, or on what stands elsewhere. */
const REFERS = /"\$(ref|id|anchor|dynamicRef|dynamicAnchor|recursiveRef|recursiveAnchor)"|"id"\s*:\s*"/;

/** A base of our own, so that relative references between files resolve as they do between folders. */
function uriOf({ file, pointer }: SchemaPlace): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  const fragment = pointer.split('/').map(encodeURIComponent).join('/');
  return `schema://contract/${path}${pointer === '' ? '' : `#${fragment}`}`;
}

function compileError(file: string, cause: unknown): SchemaCompileError {
  const message = String((cause as { message?: unknown }).message ?? cause).replaceAll(
    'schema://contract/',
    '',
  );
  return new SchemaCompileError(`the schema does not compile: ${message}`, file, 'correct the schema', {
    cause,
  });
}
