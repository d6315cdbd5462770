import { relative, resolve } from 'node:path';
import type { Collection } from '../collection/model';
import { collectionId, type Lock } from '../collection/pin';
import { checkAccepted } from '../config/accepted';
import type { Config } from '../config/config';
import { checkConfig } from '../config/settings';
import { SchemaStore } from '../contract/store';
import { type ExportedVariables, readPostmanVariables } from '../environment/data';
import { type Environment, readEnvironment } from '../environment/environment';
import type { Masker } from '../masking/masker';
import { describeRequests } from '../plan/plan';
import type { RunCommand } from '../report/report';
import type { ClientCertificate } from '../runner/client-certificate';
import { HostGuard } from '../runner/host-guard';
import type { OwnValues } from '../runner/iterations';
import type { TokenCache } from '../runner/oauth2/token-source';
import { resolveText, variablesIn } from '../variables/resolve';
import type { VariableScope } from '../variables/scope';
import { type Contract, loadContract, refuseStrays } from './contract';
import { givenTo, iterationsOf, textsOf } from './given';
import { stoodBack } from './placeholders';
import { maskerFor, secretVariables } from './secrets';
import { allowedHosts, clientCertificateOf, originOf, readPem } from './target';

/** A server that an environment brings along, such as the sandbox. The engine only knows that it can be started. */
export interface EmbeddedServer {
  /** The name of the environment that it stands for. */
  readonly name: string;
  /** Values that fit the server, before it is started. `names` are the variables that the collection needs. */
  variablesFor(collection: Collection, names: readonly string[]): Readonly<Record<string, string>>;
  start(
    variables: Readonly<Record<string, string>>,
    collection: Collection,
  ): Promise<{ readonly origin: string; close(): Promise<void> }>;
}

/** What a run is made of. Units: milliseconds. */
export interface ProjectOptions {
  readonly directory: string;
  /** A collection other than the configured one: file, address, published link or metadata document. */
  readonly collection?: string;
  readonly environment?: string;
  readonly target?: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  /** The first one is the default environment. */
  readonly embedded: readonly EmbeddedServer[];
  /** How the command line asked for the run; secrets in it are masked. */
  readonly command?: RunCommand;
  readonly timeoutMs?: number;
  readonly concurrency?: number;
  /** How many requests are under way at one origin; without it, `concurrency`. */
  readonly perOrigin?: number;
  readonly delayMs?: number;
  /** How often the collection runs; without it, once a row of the data. */
  readonly iterationCount?: number;
  /** File of rows, JSON or CSV: one an iteration. */
  readonly data?: string;
  /** File of an environment that Postman exported. */
  readonly environmentFile?: string;
  /** File of globals that Postman exported, and single ones that win over it. */
  readonly globalsFile?: string;
  readonly globals?: Readonly<Record<string, string>>;
  /** Where files of bodies are; without it, the project's folder. */
  readonly workingDirectory?: string;
  readonly insecure?: boolean;
  /** The target is an embedded server that another process started: reports name it and not its port. */
  readonly isEmbedded?: boolean;
  /** File of PEM certificates to trust. */
  readonly extraCaCerts?: string;
  /** Files of a PEM certificate and its key for servers that ask for one; the key may stand with the certificate. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly clientPassphrase?: string;
  readonly strict?: boolean;
  /** Nothing is sent: no server is started, and an environment that nobody named need not be there. */
  readonly offline?: boolean;
  /** Read-only requests alone: the configured `safeVariables` hold. */
  readonly safe?: boolean;
  /** A health check: read-only requests, and those that the configuration allows it. */
  readonly health?: boolean;
  /** For a collection that is read from the Postman API. */
  readonly postmanApiKey?: string;
  /** For a collection that is read from standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Milliseconds since 1970; without it, the machine's clock. */
  readonly now?: () => number;
  /** Hears of configuration and collection as soon as they are read, long before the rest is settled. */
  readonly onContract?: (contract: Contract) => void;
}

/** Everything that is settled before the first request; what cannot be settled is an error by now. */
export interface Project {
  readonly config: Config;
  readonly collection: Collection;
  readonly lock: Lock | null;
  readonly environment: Environment;
  readonly store: SchemaStore;
  readonly masker: Masker;
  /** Variables whose captured values are secrets as well. */
  readonly secretNames: ReadonlySet<string>;
  /** Variables with a value before the first request. */
  readonly provided: ReadonlyMap<string, string>;
  readonly guard: HostGuard;
  readonly target: string | null;
  /** Where requests go, as reports say it. */
  readonly targetLabel: string;
  /** As it was given. */
  readonly command: RunCommand | null;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly perOrigin: number;
  readonly delayMs: number;
  /** The row of data of each iteration. */
  readonly iterations: readonly Readonly<Record<string, unknown>>[];
  /** Where files of bodies are. */
  readonly workingDirectory: string;
  readonly insecure: boolean;
  /** Whether requests go through the proxies of the environment. An embedded server is always reached straight. */
  readonly proxies: boolean;
  /** Whether the requests go to an embedded server, which gives no tokens and asks for none. */
  readonly isEmbedded: boolean;
  /** The OAuth 2 tokens that were got so far, for all runs and runners. */
  readonly tokens: TokenCache;
  readonly extraCaCerts: string | null;
  readonly clientCertificate: ClientCertificate | null;
  readonly strict: boolean;
  /** The day of the run, as `YYYY-MM-DD` in UTC: what is accepted depends on it. */
  readonly today: string;
  /**
   * What an iteration begins with, of all that is made for a run or captured in it: values that differ from those of every
   * other, and what the environment gives.
   */
  ownValues(): OwnValues;
  /** A new scope for one run: values that are made once a run differ from those of every other. */
  newScope(): VariableScope;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_CONCURRENCY = 16;

/**
 * Loads configuration, pin, environment and schemas, and starts the embedded server where the environment is its own.
 *
 * Errors: every kind of DriftgateError; nothing has been sent when one is thrown.
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const contract = await loadContract(options);
  options.onContract?.(contract);
  const { config: read, collection: pinned, lock } = contract;
  const today = new Date((options.now ?? Date.now)()).toISOString().slice(0, 10);
  checkConfig(read, pinned);
  const config = options.health === true ? withAllowed(read) : read;
  checkAccepted(config.accepted, config.file, today);
  const store = SchemaStore.load(config.schemas, relative(config.directory, config.schemas) || '.');
  refuseStrays(store, pinned);

  const isOwn = options.collection === undefined;
  const exported =
    options.environmentFile === undefined
      ? undefined
      : readPostmanVariables(resolve(options.directory, options.environmentFile), 'environment');
  const name =
    options.environment ??
    (options.environmentFile === undefined ? undefined : nameOfFile(options.environmentFile)) ??
    config.environment ??
    (isOwn ? (options.embedded[0]?.name ?? 'sandbox') : COLLECTION_ENVIRONMENT);
  const embedded = options.embedded.find((server) => server.name === name);
  const whole = environmentOf(name, embedded, exported, options, config, pinned);
  const { environment, collection, placeholders } = stoodBack(whole, pinned, config);
  const given = givenTo(collection, environment, exported, options, placeholders);
  const { globals } = given;
  const iterations = iterationsOf(options);
  const target = options.target === undefined ? null : originOf(options.target);
  // All that a person can have got wrong is read before a server is started, which nobody would stop then.
  const extraCaCerts = options.extraCaCerts === undefined ? null : readPem(options.extraCaCerts);
  const clientCertificate = clientCertificateOf(options);
  const server =
    target === null && embedded !== undefined && options.offline !== true
      ? await embedded.start(whole.variables, collection)
      : null;
  const sentTo = target ?? server?.origin ?? null;
  const guard = new HostGuard(
    sentTo === null ? allowedHosts(collection, lock, config, given.trusted) : [sentTo],
  );
  const isEmbedded = server !== null || options.isEmbedded === true;
  const fixed = given.scope(environment.variables);
  const globalTexts = textsOf(globals);
  const made = {
    ...config.variables,
    ...((options.safe ?? options.health) === true && config.safeVariables),
  };
  const newValues = (): Record<string, unknown> => {
    const values = Object.entries(made).map(([key, value]) => [key, resolveText(value, fixed).text]);
    return { ...Object.fromEntries(values), ...environment.variables, ...environment.values };
  };
  const own = new Set([...Object.keys(made), ...Object.values(config.captures).flatMap(Object.keys)]);
  const { concurrency = DEFAULT_CONCURRENCY, delayMs = 0 } = options;
  return {
    config,
    collection,
    lock,
    environment,
    store,
    masker: maskerFor(collection, environment, config.public, {
      globals: globalTexts,
      rows: iterations,
      disabled: given.disabled,
    }),
    secretNames: new Set(secretVariables(collection)),
    provided: new Map(
      Object.entries({
        ...placeholders,
        ...globalTexts,
        ...textsOf(given.collection),
        ...made,
        ...environment.variables,
        ...textsOf(...iterations),
      }),
    ),
    guard,
    target: sentTo,
    targetLabel: isEmbedded ? `embedded ${name}` : (sentTo ?? guard.hosts.join(' ')),
    command: options.command ?? null,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    // What is to wait between two requests cannot send two at the same time.
    concurrency: delayMs > 0 ? 1 : concurrency,
    perOrigin: options.perOrigin ?? concurrency,
    delayMs,
    iterations,
    workingDirectory: resolve(options.directory, options.workingDirectory ?? config.directory),
    insecure: options.insecure ?? false,
    proxies: !isEmbedded,
    isEmbedded,
    tokens: new Map(),
    extraCaCerts,
    clientCertificate,
    strict: options.strict ?? config.strict,
    today,
    ownValues: () => {
      const values = newValues();
      return Object.fromEntries(
        [...own].map((name) => [name, Object.hasOwn(values, name) ? values[name] : undefined]),
      );
    },
    newScope: () => given.scope(newValues()),
    close: async () => server?.close(),
  };
}

/** What a health check may send is selected as what only reads is. */
function withAllowed(config: Config): Config {
  const allowed = config.health.allow.map((key) => [key, { ...config.requests[key], safe: true }] as const);
  return { ...config, requests: { ...config.requests, ...Object.fromEntries(allowed) } };
}

/** The environment of a collection that is named on the command line: its own variables and the `.env` file. */
const COLLECTION_ENVIRONMENT = 'collection';

/** A name for an environment, of the file that it is in. */
function nameOfFile(file: string): string {
  return collectionId(file.replace(/\.postman_environment(\.json)?$/, '')) || 'exported';
}

function environmentOf(
  name: string,
  embedded: EmbeddedServer | undefined,
  exported: ExportedVariables | undefined,
  options: ProjectOptions,
  config: Config,
  collection: Collection,
): Environment {
  const names = describeRequests(collection, config).flatMap(({ needs }) => needs);
  const standIns = Object.values(config.safeVariables).flatMap(variablesIn);
  const isOptional = options.offline === true && options.environment === undefined;
  const own = name === COLLECTION_ENVIRONMENT || isOptional ? {} : null;
  return readEnvironment({
    name,
    directory: config.directory,
    defaults: embedded?.variablesFor(collection, [...new Set(names)]) ?? own,
    ...(exported !== undefined && { exported: exported.values }),
    processEnv: options.processEnv,
    names: [...new Set([...names, ...Object.keys(config.variables), ...standIns])],
    flags: options.flags ?? {},
    ...(name === COLLECTION_ENVIRONMENT && { place: '.env' }),
    ...(options.environmentFile !== undefined && { place: options.environmentFile }),
    known: embeddedNames(options.embedded, config.environment),
  });
}

/** The first embedded server is the default; a configuration that has another one as its own is of another collection. */
function embeddedNames(embedded: readonly EmbeddedServer[], usual: string | undefined): string[] {
  const names = embedded.map(({ name }) => name);
  const [first] = names;
  return usual !== undefined && names.includes(usual) && usual !== first
    ? names.filter((name) => name !== first)
    : names;
}
