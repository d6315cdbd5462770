import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CollectionFormatError, commandText, PinMismatchError, SourceError } from '../errors';
import { isRecord } from '../json';
import { parseJson } from '../source/json-text';
import { loadCollection, sha256 } from './load';
import type { AuthTemplate, Collection, UrlTemplate } from './model';
import { grantOf, tokenUrlsOf } from './oauth2';

/**
 * What is known of a pinned collection: where it came from, what exactly was pinned, and whom it may talk to.
 *
 * Shape: `hosts` are host templates as they stand in the URLs (`{{core_host}}`, `api.example.com:8443`); `scripts`
 *        maps the JSON Pointer of each script to its SHA-256. `reconstruction` says, where it is there, that the pin
 *        is not the published document and why.
 */
export interface Lock {
  readonly lockVersion: 1;
  readonly source: string;
  readonly name: string;
  readonly publishedId?: string;
  readonly collectionId?: string;
  readonly owner?: string;
  readonly versionTag?: string;
  readonly publishDate?: string;
  readonly reconstruction?: string;
  readonly sha256: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
}

/** The part of a lock that says where the pin came from. */
export type Provenance = Omit<Lock, 'lockVersion' | 'sha256' | 'scripts' | 'hosts'>;

const FACTS = ['publishedId', 'collectionId', 'owner', 'versionTag', 'publishDate'] as const;

/** Where a pin came from, with those facts of its publication that are known. */
export function provenanceOf(
  source: string,
  name: string,
  facts: { readonly [Name in (typeof FACTS)[number]]?: string | undefined },
): Provenance {
  const known = FACTS.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]] as const]));
  return { source, name, ...Object.fromEntries(known) };
}

/** A pinned collection with its lock; a collection given as a plain file has none. */
export interface Pin {
  readonly collection: Collection;
  readonly lock: Lock | null;
}

/** `starter-pack` of `collections/starter-pack.postman_collection.json`. */
export function collectionId(file: string): string {
  return basename(file)
    .replace(/\.json$/i, '')
    .replace(/\.postman_collection$/i, '');
}

/** The lock file that belongs to a collection file. */
export function lockFileOf(file: string): string {
  return join(dirname(file), `${collectionId(file)}.lock.json`);
}

/**
 * Reads a pin and holds it to its lock.
 *
 * Errors: SourceError (no such file), CollectionFormatError, PinMismatchError (the pin or one of its scripts is not
 *         what was pinned).
 */
export function readPin(file: string): Pin {
  const collection = loadCollection(parseJson(readText(file), file), file, collectionId(file));
  const lockFile = lockFileOf(file);
  const lock = existsSync(lockFile) ? readLock(lockFile) : null;
  if (lock !== null) {
    const expected = lockOf(collection, lock);
    const changed = Object.keys({ ...expected.scripts, ...lock.scripts }).filter(
      (pointer) => expected.scripts[pointer] !== lock.scripts[pointer],
    );
    if (expected.sha256 !== lock.sha256 || changed.length > 0) {
      const what =
        changed.length > 0 ? `scripts changed at ${changed.join(' ')}` : 'the pin does not match its lock';
      throw new PinMismatchError(
        what,
        `${file} and ${lockFile}`,
        `restore both from version control, or pin anew with ${commandText('pull')}`,
      );
    }
  }
  return { collection, lock };
}

/** The lock of a collection as it is now. */
export function lockOf(collection: Collection, provenance: Provenance): Lock {
  const scripts = new Map(
    collection.requests.flatMap(({ scripts }) =>
      scripts.map(({ pointer, source }) => [pointer, sha256(source)]),
    ),
  );
  return {
    lockVersion: 1,
    ...provenance,
    sha256: collection.sha256,
    scripts: Object.fromEntries([...scripts].sort()),
    hosts: hostsOf(collection),
  };
}

/** Writes a collection and its lock as the new pin. */
export function writePin(file: string, collection: Collection, provenance: Provenance): void {
  writeFileSync(file, `${JSON.stringify(collection.document, null, 2)}\n`);
  writeFileSync(lockFileOf(file), `${JSON.stringify(lockOf(collection, provenance), null, 2)}\n`);
}

/** The lock beside a collection file, or null where there is none. */
export function readLock(lockFile: string): Lock {
  const lock = parseJson(readText(lockFile), lockFile, 'restore it from version control');
  if (
    !isRecord(lock) ||
    lock.lockVersion !== 1 ||
    typeof lock.sha256 !== 'string' ||
    !isRecord(lock.scripts)
  ) {
    throw new CollectionFormatError(
      'not a lock file of version 1',
      lockFile,
      'restore it from version control',
    );
  }
  return lock as unknown as Lock;
}

/** A URL's host and port as written, with its variables still in it. */
export function hostTemplate(url: UrlTemplate): string {
  return url.host.join('.') + (url.port === undefined ? '' : `:${url.port}`);
}

/** The hosts that a collection's requests go to and that give their tokens, with their variables still in them. */
export function hostsOf(collection: Collection): string[] {
  const hosts = collection.requests.flatMap(({ url, auth }) => [hostTemplate(url), ...tokenHosts(auth)]);
  return [...new Set(hosts)].filter((host) => host !== '').sort();
}

/** Host and port of the addresses that give a request's tokens; none where a browser is needed to get one. */
function tokenHosts(auth: AuthTemplate | null): string[] {
  if (auth === null || grantOf(auth) === null) return [];
  return Object.values(tokenUrlsOf(auth)).map((address) =>
    (address.replace(/^[^/]*:\/\//, '').split(/[/?#]/)[0] ?? '').replace(/^.*@/, ''),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const what = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot read the file';
    throw new SourceError(what, file, 'give the path of a Postman collection', { cause });
  }
}
