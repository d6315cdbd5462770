import { join } from 'node:path';
import type Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { CollectionRequest } from '../collection/model';
import { SchemaCompileError } from '../errors';
import { isRecord } from '../json';
import { getPointer } from '../json-pointer';
import { parseJson } from '../source/json-text';
import { compileFault } from './compile-fault';
import { createAjv, dialectOf, LAST_PLAIN_DIALECT } from './dialects';
import { Latest } from './latest';
import { isPlainSchema } from './plain-schema';
import { type ResponseContract, responseContract } from './response-contract';
import { compileError, readSchemas } from './schema-files';
import { placeAbove, SchemaIndex, type SchemaPlace, uriOf } from './schema-index';
import { SchemaText } from './schema-text';

export type { ResponseContract } from './response-contract';
export type { SchemaPlace } from './schema-index';

/** The annotation that says on how many samples a schema rests. */
export const SAMPLES = 'x-samples';

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
  readonly #texts = new Map<string, SchemaText>();
  readonly #accepting = new WeakMap<SchemaPlace, ValidateFunction>();
  readonly #references = new WeakMap<SchemaPlace, SchemaPlace[]>();
  readonly #index = new SchemaIndex();
  /** Those that were asked for last: what is looked up at their places takes many times as much as the schemas do. */
  readonly #contracts = new Latest<CollectionRequest, Map<number, ResponseContract | null>>();
  /** Where their files begin, by file: those with the same text share what is looked up. */
  readonly #roots = new Latest<string, SchemaPlace>();
  /** What was looked up at a place, by the identity of the place: items of a list share one. */
  readonly #found = new WeakMap<SchemaPlace, unknown>();
  readonly #annotations = new Set<string>();
  readonly #ajvs = new Map<string, Ajv>();
  /** File → the first file with the same text: one compiled schema serves all of them. */
  readonly #twins = new Map<string, string>();
  /** Twins that were compiled by themselves, by their kind of validator. */
  readonly #apart = new Set<string>();
  /** The files with a dynamic reference in them. */
  readonly #dynamic = new Set<string>();
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
      store.#texts.set(file, store.#texts.get(twin) ?? new SchemaText(text.replace(/^\uFEFF/, '')));
      if (DYNAMIC.test(text)) store.#dynamic.add(file);
      const [, key, status] = /^(.*)\.(\d{3})\.json$/s.exec(file) ?? [];
      if (key !== undefined) store.#statuses.set(key, [...store.statusesOf(key), Number(status)]);
    }
    store.#register();
    for (const [file, twin] of store.#twins) if (file === twin) store.validator({ file, pointer: '' });
    return store;
  }

  /** The names of all schema files. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
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
    const known = this.#contracts.get(request, () => new Map<number, ResponseContract | null>());
    const contract = known.get(status);
    if (contract !== undefined) return contract;
    const file = `${request.key}.${status}.json`;
    const twin = this.#twins.get(file) ?? file;
    const place = this.#roots.get(twin, () => ({ file: twin, pointer: '' }));
    const root = this.#files.get(twin);
    const accepts = (at: SchemaPlace, value: unknown) => this.accepts(at, value);
    // What means another thing by itself cannot be held to as one variant.
    const isWhole = this.#dynamic.has(twin);
    const example = request.examples.find(({ code }) => code === status);
    const found =
      root === undefined ? null : responseContract(file, place, isWhole ? {} : root, example, accepts);
    known.set(status, found);
    return found;
  }

  /** Whether an example or a schema says what a request answers. */
  documents(request: CollectionRequest): boolean {
    return request.examples.some(({ code }) => code !== null) || this.statusesOf(request.key).length > 0;
  }

  /** Whether a value holds to the schema at a place. */
  accepts(place: SchemaPlace, value: unknown): boolean {
    let validate = this.#accepting.get(place);
    if (validate === undefined) {
      const file = this.#twins.get(place.file) ?? place.file;
      validate = this.validator({ file, pointer: place.pointer });
      this.#accepting.set(place, validate);
    }
    return validate(value) === true;
  }

  /**
   * Whether a place means by itself what it means in its file: a dynamic reference in a part of a file means what stands
   * around it, which a validator of that part alone cannot know.
   */
  standsAlone({ file, pointer }: SchemaPlace): boolean {
    return pointer === '' || !this.#dynamic.has(file);
  }

  /** `accepts`, and true where a place does not stand alone. */
  mayAccept(place: SchemaPlace, value: unknown): boolean {
    return !this.standsAlone(place) || this.accepts(place, value);
  }

  /** The compiled schema at a place; each is compiled once. Errors: SchemaCompileError. */
  validator(place: SchemaPlace): ValidateFunction {
    const uri = uriOf(place);
    const known = this.#validators.get(uri);
    if (known !== undefined) return known;
    const ajv = this.#ajvFor(place);
    try {
      // A twin is compiled by itself only to say where it was broken.
      const apart = `${place.pointer === ''} ${place.file}`;
      if (this.#twins.get(place.file) !== place.file && !this.#apart.has(apart)) {
        this.#apart.add(apart);
        this.#separate(place.file);
        this.#add(ajv, place.file);
      }
      const validate = ajv.getSchema(uri);
      if (validate === undefined) throw new Error('no such schema');
      this.#validators.set(uri, validate);
      return validate;
    } catch (cause) {
      if (cause instanceof SchemaCompileError) throw cause;
      throw this.#compileError(ajv, place.file, cause);
    }
  }

  #compileError({ errors }: Ajv, file: string, cause: unknown): SchemaCompileError {
    const because = this.#foreignReference(file, cause);
    const fault = compileFault(cause, errors ?? [], file, this.#files, because);
    const line = fault.place === null ? undefined : this.lineOf(fault.place);
    const path = join(this.folder, fault.place?.file ?? file);
    return compileError(line === undefined ? path : `${path}:${line}`, fault.what, cause);
  }

  /** A reference to a file of another dialect: the validator knows nothing of that file, and can only miss it. */
  #foreignReference(file: string, cause: unknown): string | null {
    const [, ref] = /^can't resolve reference (\S+) from id/.exec(String((cause as Error).message)) ?? [];
    const target = ref === undefined ? null : this.#index.resolve(ref, { file, pointer: '' });
    if (target === null || dialectOf(this.#files.get(target.file)) === dialectOf(this.#files.get(file)))
      return null;
    return `refers to ${target.file}, which has another $schema (both must have the same)`;
  }

  /** Where a schema object stands, by its identity. */
  placeOf(schema: unknown): SchemaPlace | null {
    return this.#index.placeOf(schema);
  }

  /** The line, from 1, of what a pointer names in a file. */
  lineOf({ file, pointer }: SchemaPlace): number | undefined {
    return this.#texts.get(file)?.lineOf(pointer);
  }

  /** A number of a file as it is written there. */
  numberAt({ file, pointer }: SchemaPlace): string | undefined {
    return this.#texts.get(file)?.numberAt(pointer);
  }

  /** On how many samples a place of a schema rests: what `x-samples` says there or nearest around it. */
  samplesAt({ file, pointer }: SchemaPlace): number | undefined {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const schema = this.schemaAt({ file, pointer: at });
      const samples = isRecord(schema) ? schema[SAMPLES] : undefined;
      if (typeof samples === 'number') return samples;
      if (at === '') return undefined;
    }
  }

  /** The schema object at a place. */
  schemaAt(place: SchemaPlace): unknown {
    if (place.pointer === '') return this.#files.get(place.file);
    if (!this.#found.has(place)) {
      const above = placeAbove(place) ?? { place: { file: place.file, pointer: '' }, pointer: place.pointer };
      this.#found.set(place, getPointer(this.schemaAt(above.place), above.pointer));
    }
    return this.#found.get(place);
  }

  /** The place that a `$ref` standing in `from` means, or null where it leads out of the folder. */
  resolve(ref: string, from: SchemaPlace): SchemaPlace | null {
    return this.#index.resolve(ref, from);
  }

  /** The places that the references of a schema object mean, dynamic ones where they lead from here. */
  references(schema: Readonly<Record<string, unknown>>, from: SchemaPlace): SchemaPlace[] {
    const known = this.#references.get(from);
    if (known !== undefined) return known;
    const { $ref, $dynamicRef, $recursiveRef } = schema;
    const found = [
      typeof $ref === 'string' ? this.#index.resolve($ref, from) : null,
      ...[$dynamicRef, $recursiveRef].map((ref) =>
        typeof ref === 'string' ? this.#index.resolveDynamic(ref, from) : null,
      ),
    ].filter((place) => place !== null);
    this.#references.set(from, found);
    return found;
  }

  #register(): void {
    for (const [file, schema] of this.#files) {
      if (this.#twins.get(file) !== file) continue;
      for (const name of this.#index.add(schema, file)) this.#annotations.add(name);
      if (dialectOf(schema) < 0) {
        const declared = isRecord(schema) ? String(schema.$schema) : '';
        throw compileError(join(this.folder, file), `unknown dialect ${declared}`);
      }
      if (!isRecord(schema) && typeof schema !== 'boolean') {
        throw compileError(join(this.folder, file), 'a schema is an object');
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
    this.#index.add(own, file);
  }

  #add(ajv: Ajv, name: string): void {
    try {
      const schema = this.#files.get(name) as object;
      // Its own meta-schema is compiled for what is not plainly a schema alone.
      const validates = dialectOf(schema) > LAST_PLAIN_DIALECT || !isPlainSchema(schema);
      ajv.addSchema(schema, uriOf({ file: name, pointer: '' }), undefined, validates);
    } catch (cause) {
      throw this.#compileError(ajv, name, cause);
    }
  }
}

const DYNAMIC = /"\$(dynamicRef|recursiveRef)"/;

/** What makes the meaning of a schema depend on where it stands, or on what stands elsewhere. */
const REFERS = /"\$(ref|id|anchor|dynamicRef|dynamicAnchor|recursiveRef|recursiveAnchor)"|"id"\s*:\s*"/;
