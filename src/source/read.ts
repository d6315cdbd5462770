import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CollectionFormatError, SourceError } from '../errors';
import { isRecord, recordsIn, stringAt } from '../json';
import { decodeDocument } from './bytes';
import { type FetchOptions, fetchDocument } from './fetch';
import { parseJson } from './json-text';
import { isPage, readPage } from './page';
import {
  addressOfLink,
  collectionAddress,
  factsIn,
  metadataAddress,
  type PublishedFacts,
  pageLink,
  publishedAddress,
  publishedFacts,
} from './published';
import { isCollectionFolder, readFolder } from './v3';

/** A document as it was read, before anything is made of it. */
export interface SourceDocument {
  readonly json: unknown;
  /** What a later `pull` reads again: a file name, an address, or the page of published documentation. */
  readonly source: string;
  /** Facts of published documentation, from its metadata or from the collection itself. */
  readonly published: PublishedFacts | null;
  /** What had to be guessed to read it, one sentence each. */
  readonly notes: readonly string[];
}

/** Where and how a source is read. `todo` is what to do without network. */
export interface ReadOptions {
  readonly directory: string;
  readonly todo?: string;
  /** For the Postman API, and sent to nobody else. */
  readonly postmanApiKey?: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly fetch?: Partial<FetchOptions>;
}

const POSTMAN_API = 'https://api.getpostman.com';
const POSTMAN_API_HOSTS = new Set(['api.getpostman.com', 'api.postman.com']);
const UID = /^\d+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PUBLISHED_ID = /^[A-Za-z0-9]{8,12}$/;

/**
 * Reads a collection document.
 *
 * `source` is a file, a folder of format 3, `-` for standard input, an address, the link of published documentation on any
 * domain, its bare id, a metadata document, or the uid of a collection in Postman. One collection of a data dump is
 * named after a `#`. A metadata document and a page hold no request; what they describe is fetched instead.
 * Errors: SourceError (no such file, no network, an HTTP error), CollectionFormatError (not JSON).
 */
export async function readSource(source: string, options: ReadOptions): Promise<SourceDocument> {
  const reader = new SourceReader(options);
  if (source === '-') return reader.ofText(await reader.standardInput(), '-', '-');
  const address = reader.addressOf(source);
  if (address !== null) return reader.ofAddress(address, source);
  return reader.ofFile(source);
}

class SourceReader {
  readonly #options: ReadOptions;
  readonly #notes: string[] = [];

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** The address that a source stands for, or null where it is a file. */
  addressOf(source: string): string | null {
    if (/^https?:\/\//.test(source)) return addressOfLink(source) ?? source;
    if (isThere(resolve(this.#options.directory, source))) return null;
    if (UID.test(source)) return `${POSTMAN_API}/collections/${source}`;
    return PUBLISHED_ID.test(source) ? metadataAddress(source) : null;
  }

  async ofAddress(address: string, source: string): Promise<SourceDocument> {
    const text = await this.#fetch(address, this.#options.todo ?? 'check the network and try again');
    if (!isPage(text)) return this.ofText(text, address, source);
    const page = readPage(text, address);
    const { owner, publishedId, versionTag = 'latest' } = page;
    const named =
      owner === undefined || publishedId === undefined
        ? undefined
        : publishedAddress(new URL(address).origin, owner, publishedId, versionTag);
    const collection = page.address ?? named;
    if (collection === undefined) {
      const todo = 'give the link of published documentation, or the collection as a file';
      throw new CollectionFormatError('HTML instead of JSON', address, todo);
    }
    return this.ofText(await this.#fetch(collection, 'try again with network'), collection, source);
  }

  async ofFile(source: string): Promise<SourceDocument> {
    const { directory } = this.#options;
    // A name after the last # chooses one collection of a data dump; but a file name may have a # itself.
    const hash = source.lastIndexOf('#');
    const isWhole = hash < 0 || isThere(resolve(directory, source));
    const path = resolve(directory, isWhole ? source : source.slice(0, hash));
    const chosen = isWhole ? undefined : source.slice(hash + 1);
    if (isFolder(path)) {
      if (isCollectionFolder(path)) return { json: readFolder(path), source, published: null, notes: [] };
      throw new SourceError('no collection in this folder', path, 'give a folder with *.request.yaml files');
    }
    return this.ofText(this.#decoded(await readBytes(path), path), path, source, chosen);
  }

  /** `place` is what errors name, `source` what a later pull reads again. */
  async ofText(text: string, place: string, source: string, chosen?: string): Promise<SourceDocument> {
    const todo = /^https?:/.test(place) ? 'check the address' : undefined;
    const json = chooseFromDump(parseJson(text, place, todo), place, chosen);
    const facts = publishedFacts(json);
    if (facts === null) {
      const inner = isRecord(json) && isRecord(json.collection) ? json.collection : json;
      return { json, source, published: isRecord(inner) ? factsIn(inner.info) : null, notes: this.#notes };
    }
    const hint = `${source} is only the metadata of "${facts.name}", the pin is kept; try again with network`;
    const collection = collectionAddress(facts, json, /^https?:/.test(place) ? place : source);
    const fetched = parseJson(await this.#fetch(collection, hint), collection, 'check the address');
    return { json: fetched, source: pageLink(facts), published: facts, notes: this.#notes };
  }

  async standardInput(): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#options.stdin ?? process.stdin) chunks.push(Buffer.from(chunk));
    return this.#decoded(Buffer.concat(chunks), 'standard input');
  }

  async #fetch(address: string, todo: string): Promise<string> {
    const { postmanApiKey, fetch: fetchOptions } = this.#options;
    const isPostmanApi = POSTMAN_API_HOSTS.has(new URL(address).hostname);
    if (isPostmanApi && postmanApiKey === undefined) {
      const what = 'the Postman API needs a key';
      throw new SourceError(what, address, 'set POSTMAN_API_KEY, or give --postman-api-key');
    }
    const bytes = await fetchDocument(address, {
      ...fetchOptions,
      todo,
      ...(isPostmanApi && postmanApiKey !== undefined && { headers: { 'x-api-key': postmanApiKey } }),
    });
    return this.#decoded(bytes, address);
  }

  #decoded(bytes: Uint8Array, place: string): string {
    const { text, encoding } = decodeDocument(bytes);
    if (encoding !== 'utf-8') this.#notes.push(`${place} is read as ${encoding}`);
    return text;
  }
}

/** One collection of a Postman data dump (`collections[]`); anything else as it is. */
function chooseFromDump(json: unknown, place: string, chosen: string | undefined): unknown {
  const isDump = isRecord(json) && Array.isArray(json.collections) && json.item === undefined;
  if (!isDump) {
    if (chosen === undefined) return json;
    throw new SourceError(`no data dump, so nothing named "${chosen}"`, place, 'give the file without #');
  }
  const collections = recordsIn(json.collections);
  const nameOf = (collection: (typeof collections)[number]): string =>
    (isRecord(collection.info) ? stringAt(collection.info, 'name') : stringAt(collection, 'name')) ??
    'unnamed';
  const names = collections.map(nameOf);
  const found = chosen === undefined ? collections : collections.filter((one) => nameOf(one) === chosen);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  const what = found.length === 0 ? `no collection named "${chosen ?? ''}"` : `${found.length} collections`;
  throw new SourceError(what, place, `choose one as ${place}#NAME: ${names.slice(0, 20).join(', ')}`);
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const what = code === 'ENOENT' ? 'no such file' : `cannot read the file (${code})`;
    throw new SourceError(what, file, 'give the path of a Postman collection', { cause });
  }
}
