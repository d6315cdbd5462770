import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadCollection } from '../collection/load';
import type { Collection } from '../collection/model';
import { collectionId, type Lock, lockFileOf, type Pin, readPin } from '../collection/pin';
import { CONFIG_FILE, type Config, defaultConfig, readConfig } from '../config/config';
import { strayFiles } from '../contract/schema-files';
import type { SchemaStore } from '../contract/store';
import { commandText, PinMismatchError, SchemaCompileError } from '../errors';
import { readSource } from '../source/read';
import type { ProjectOptions } from './project';

/** What a project holds an API to, before any environment is known. */
export interface Contract {
  readonly config: Config;
  readonly collection: Collection;
  readonly lock: Lock | null;
}

/** Configuration and collection, by name or as configured. */
export async function loadContract(
  options: Pick<ProjectOptions, 'directory' | 'collection' | 'postmanApiKey' | 'stdin'>,
): Promise<Contract> {
  const { directory, collection: source } = options;
  if (source === undefined) {
    const config = readConfig(directory);
    return { config, ...lockedPin(config.collection) };
  }
  const isAddress = /^https?:\/\//.test(source);
  const file = resolve(directory, source);
  if (!isAddress) {
    const configured = existsSync(join(directory, CONFIG_FILE)) ? readConfig(directory) : null;
    if (configured?.collection === file) return { config: configured, ...lockedPin(file) };
    if (existsSync(lockFileOf(file))) return { config: defaultConfig(source, directory), ...readPin(file) };
  }
  const { postmanApiKey, stdin } = options;
  const document = await readSource(source, {
    directory,
    ...(postmanApiKey !== undefined && { postmanApiKey }),
    ...(stdin !== undefined && { stdin }),
  });
  const config = defaultConfig(isAddress ? `${new URL(source).pathname}.json` : source, directory);
  const collection = loadCollection(document.json, source, collectionId(config.collection));
  return { config, collection, lock: null };
}

/** The configured collection is a pin, and a pin without its lock could be anything. */
function lockedPin(file: string): Pin {
  const pin = readPin(file);
  if (pin.lock !== null) return pin;
  const todo = `restore it from version control, or pin the collection with ${commandText('pull <source>')}`;
  throw new PinMismatchError('the pin has no lock', lockFileOf(file), todo);
}

/** Refuses schemas that no request has. Errors: SchemaCompileError. */
export function refuseStrays(store: SchemaStore, collection: Collection): void {
  const [first, ...more] = strayFiles(store.files, collection);
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  throw new SchemaCompileError(
    'a schema that belongs to no request',
    `${store.label}/${first}${others}`,
    `rename it after a key of ${commandText('list')}, or remove it`,
  );
}
