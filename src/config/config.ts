import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type * as Ajv from 'ajv/dist/2020';
import { collectionId } from '../collection/pin';
import { type CollectionFormatError, ConfigError } from '../errors';
import { parseJson } from '../source/json-text';
import type { Acceptance } from './accepted';
import { type Captures, checkCaptures } from './captures';
import schema from './config.schema.json';
import { seeDocument, unknownKey } from './unknown-key';

export type { Acceptance } from './accepted';
export type { CaptureSource, Captures } from './captures';

/** What the configuration says of one request. Units: milliseconds. */
export interface RequestSettings {
  readonly safe?: boolean;
  readonly after?: readonly string[];
  readonly headers?: readonly string[];
  readonly latencyBudgetMs?: number;
  readonly timeoutMs?: number;
  readonly cleanup?: CleanupSettings;
}

/** The request that removes what another one made. Its variables are those that the other one's response yielded. */
export interface CleanupSettings {
  readonly request: string;
  /** Variables that have another name there, such as `{"user_id": "{{legacy_user_id}}"}`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What `driftgate health` does. */
export interface HealthSettings {
  /** Keys of requests that change something and are sent all the same. */
  readonly allow: readonly string[];
  readonly certificateDays: number;
  readonly retries: number;
  /** How "slower than its own history" is measured, as `history/trend.ts` says. Units: milliseconds. */
  readonly trend:
    | false
    | {
        readonly runs: number;
        readonly samples: number;
        readonly deviations: number;
        readonly floorMs: number;
      };
}

/** One who is told of a change of verdict. `url` is the placeholder of the secret address. */
export interface NotifierSettings {
  readonly url: string;
  readonly format?: 'json' | 'slack' | 'teams';
  readonly after?: number;
  readonly reminder?: string;
}

/** `driftgate.config.json`, with its paths made absolute. Its JSON Schema is `config.schema.json`. */
export interface Config {
  /** The folder of the configuration: where environment files and reports are. */
  readonly directory: string;
  readonly file: string;
  readonly collection: string;
  readonly schemas: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What stands in, in a read-only run, for what requests that change something would yield. */
  readonly safeVariables: Readonly<Record<string, string>>;
  readonly public: readonly string[];
  readonly hosts: readonly string[];
  readonly captures: Captures;
  readonly requests: Readonly<Record<string, RequestSettings>>;
  /** Known differences. Whether they hold depends on the day: see `config/accepted.ts`. */
  readonly accepted: readonly Acceptance[];
  readonly strict: boolean;
  /** The environment of a run that names none; without it, the embedded one. */
  readonly environment?: string;
  /** Who sends the requests where nobody says; without it, typed on the command line and both in Jest. */
  readonly runner?: 'typed' | 'newman' | 'both';
  /** What becomes of a request whose answer nothing documents: it fails the run, or is skipped with that reason. */
  readonly undocumented: 'fail' | 'skip';
  /** The file that runs are remembered in, or false where `driftgate run` is not to. */
  readonly history?: string | false;
  readonly health: HealthSettings;
  readonly notify: readonly NotifierSettings[];
}

/** The name of the configuration file. */
export const CONFIG_FILE = 'driftgate.config.json';

/** Reads the configuration of a folder. Errors: ConfigError with the JSON Pointer of the first fault. */
export function readConfig(directory: string): Config {
  const file = join(directory, CONFIG_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'no configuration' : `the configuration cannot be read (${code})`;
    throw new ConfigError(what, file, 'run inside a Driftgate project or name a collection', { cause });
  }
  const json = parseConfig(text, file);
  const validate = configValidator();
  if (!validate(json)) {
    // The last one is of the keyword that holds the others: of an alternative and not of what it tried first.
    const fault = validate.errors?.at(-1);
    // A key that is missing is most often there with another spelling.
    const unknown = KEYS.has(fault?.keyword ?? '') ? unknownKey(fault?.parentSchema, fault?.data) : null;
    const said = CHOICES.has(fault?.keyword ?? '') ? fault?.parentSchema?.description : undefined;
    const what = `${fault?.instancePath || '/'} ${unknown ?? said ?? fault?.message ?? 'is not valid'}`;
    throw new ConfigError(what, file, seeDocument());
  }
  checkCaptures(json.captures ?? {}, file);
  return withDefaults(json, dirname(resolve(file)));
}

let compiled: Ajv.ValidateFunction<ConfigFile> | null = null;

/**
 * Compiled once a process. That this schema is one is for a test to say: its meta-schema takes longer to compile than all
 * else here; and to make its code shorter takes longer than it saves.
 */
function configValidator(): Ajv.ValidateFunction<ConfigFile> {
  // Whoever only imports the engine does not wait for it.
  const { default: Ajv2020 } = require('ajv/dist/2020') as typeof Ajv;
  const options = { strict: true, allErrors: false, verbose: true, validateSchema: false };
  compiled ??= new Ajv2020({ ...options, code: { optimize: false } }).compile<ConfigFile>(schema);
  return compiled;
}

/** Keywords that ask for the keys of an object. */
const KEYS = new Set(['required', 'additionalProperties']);

/** Keywords whose own message says nothing; the description beside them in the schema begins with "must". */
const CHOICES = new Set(['oneOf', 'not']);

function parseConfig(text: string, file: string): unknown {
  try {
    return parseJson(text, file);
  } catch (cause) {
    const { what, where, todo } = cause as CollectionFormatError;
    throw new ConfigError(what, where, todo, { cause });
  }
}

/** The configuration of a collection file that stands alone: no captures, no settings, schemas beside the folder. */
export function defaultConfig(collection: string, directory: string): Config {
  return withDefaults({ collection: relative(directory, resolve(collection)) }, resolve(directory));
}

interface ConfigFile extends Partial<Omit<Config, 'directory' | 'file' | 'collection' | 'health'>> {
  readonly collection: string;
  readonly health?: Partial<Omit<HealthSettings, 'trend'>> & { readonly trend?: false | object };
}

const DEFAULT_TREND = { runs: 20, samples: 7, deviations: 6, floorMs: 250 };

function healthOf({ trend, ...health }: NonNullable<ConfigFile['health']> = {}): HealthSettings {
  const measured = trend === false ? (false as const) : { ...DEFAULT_TREND, ...trend };
  return { allow: [], certificateDays: 21, retries: 2, ...health, trend: measured };
}

function withDefaults(json: ConfigFile, directory: string): Config {
  return {
    directory,
    file: join(directory, CONFIG_FILE),
    collection: resolve(directory, json.collection),
    schemas: resolve(directory, json.schemas ?? join('schemas', collectionId(json.collection))),
    variables: json.variables ?? {},
    safeVariables: json.safeVariables ?? {},
    public: json.public ?? [],
    hosts: json.hosts ?? [],
    captures: json.captures ?? {},
    requests: json.requests ?? {},
    accepted: json.accepted ?? [],
    strict: json.strict ?? false,
    ...(json.environment !== undefined && { environment: json.environment }),
    ...(json.runner !== undefined && { runner: json.runner }),
    undocumented: json.undocumented ?? 'fail',
    ...(json.history !== undefined && {
      history: json.history === false ? json.history : resolve(directory, json.history),
    }),
    health: healthOf(json.health),
    notify: json.notify ?? [],
  };
}
