import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CollectionFormatError, SourceError } from '../errors';
import { isRecord } from '../json';
import { parseJson } from './json-text';
import {
  addressOfLink,
  collectionAddress,
  factsIn,
  type PublishedFacts,
  pageLink,
  publishedFacts,
} from './published';

/** A document as it was read, before anything is made of it. */
export interface SourceDocument {
  readonly json: unknown;
  /** What a later `pull` reads again: a file name, an address, or the page of published documentation. */
  readonly source: string;
  /** Facts of published documentation, from its metadata or from the collection itself. */
  readonly published: PublishedFacts | null;
}

const FETCH_TIMEOUT_MS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a collection document from a file, an address, a published link or a metadata document.
 *
 * A file is looked for from `directory`. A metadata document holds no request; the collection it describes is fetched
 * instead. `todo` is what to do without network.
 * Errors: SourceError (no such file, no network, an HTTP error), CollectionFormatError (not JSON).
 */
export async function readSource(
  source: string,
  directory: string,
  todo = 'check the network and try again',
): Promise<SourceDocument> {
  const isAddress = /^https?:\/\//.test(source);
  const address = isAddress ? (addressOfLink(source) ?? source) : null;
  const json =
    address === null ? await readJsonFile(resolve(directory, source)) : await fetchJson(address, todo);
  const facts = publishedFacts(json);
  if (facts === null) {
    return { json, source, published: isRecord(json) ? factsIn(json.info) : null };
  }
  const collection = collectionAddress(facts, json, source);
  const hint = `${source} is only the metadata of "${facts.name}", the pin is kept; try again with network`;
  return { json: await fetchJson(collection, hint), source: pageLink(facts), published: facts };
}

async function readJsonFile(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const what = code === 'ENOENT' ? 'no such file' : `cannot read the file (${code})`;
    throw new SourceError(what, file, 'give the path of a Postman collection', { cause });
  }
  return parseJson(text, file);
}

async function fetchJson(address: string, todo: string): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    throw new SourceError(`cannot fetch the collection (${reasonOf(cause)})`, address, todo, { cause });
  }
  if (!response.ok) {
    throw new SourceError(`the server answered ${response.status}`, address, 'check the address');
  }
  if (text.length > MAX_BYTES) {
    throw new SourceError(`more than ${MAX_BYTES} bytes`, address, 'give the collection as a file');
  }
  if (/^\s*</.test(text)) {
    throw new CollectionFormatError(
      'HTML instead of JSON',
      address,
      'give the link of a published collection',
    );
  }
  return parseJson(text, address, 'check the address');
}

/** The innermost code or name of a failed fetch, such as `ENOTFOUND`; errors of another realm are no `instanceof Error`. */
function reasonOf(error: unknown): string {
  let innermost = error as { code?: string; name?: string; cause?: unknown };
  while (typeof innermost.cause === 'object' && innermost.cause !== null) innermost = innermost.cause;
  return innermost.code ?? innermost.name ?? 'unknown reason';
}
