import { relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EMBEDDED } from '../embedded';
import type { ProjectOptions } from '../engine/project';
import { RunnerError } from '../errors';
import { lineWidth } from '../report/columns';
import type { Report } from '../report/report';
import type { ReadOptions } from '../source/read';
import type { Io } from './io';
import type { CommandContext } from './main';

/** The flags that every command shares which opens a project. Names are Newman's where Newman has them. */
export interface ProjectFlags {
  readonly env?: string;
  readonly environment?: string;
  readonly globals?: string;
  readonly globalVar: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly envVar: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly timeoutRequest?: number;
  readonly insecure?: boolean;
  readonly sslExtraCaCerts?: string;
  readonly sslClientCert?: string;
  readonly sslClientKey?: string;
  readonly sslClientPassphrase?: string;
}

/** Adds those flags to a command. */
export function withProjectFlags(command: Command): Command {
  return command
    .option(
      '--env <name>',
      'environment: its variables are in .env.<name> (default: as configured, else sandbox)',
    )
    .option('-e, --environment <file>', 'environment that Postman exported, in place of --env')
    .option('-g, --globals <file>', 'globals that Postman exported')
    .addOption(
      new Option('--global-var <name=value>', 'set one global variable')
        .argParser(collectPair)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--env-var <name=value>', 'set one variable of the environment')
        .argParser(collectPair)
        .default({}, 'none'),
    )
    .option('--target <origin>', 'send everything to this origin, such as http://127.0.0.1:4000')
    .addOption(new Option('--timeout-request <ms>', 'limit for one request').argParser(positive))
    .option('--working-dir <dir>', 'where files of bodies are (default: the folder of the configuration)')
    .option('-k, --insecure', 'accept certificates that cannot be verified')
    .option('--ssl-extra-ca-certs <file>', 'trust these certificates too (PEM)')
    .option('--ssl-client-cert <file>', 'certificate to show to servers that ask for one (PEM)')
    .option('--ssl-client-key <file>', 'its key (default: in the same file)')
    .option('--ssl-client-passphrase <text>', 'passphrase of the key');
}

/** Flags → what the engine opens a project with. */
export function projectOptions(io: Io, flags: ProjectFlags, collection?: string): ProjectOptions {
  return {
    directory: io.directory,
    processEnv: io.env,
    ...(io.clock !== undefined && { now: io.clock.now }),
    embedded: EMBEDDED,
    flags: flags.envVar,
    globals: flags.globalVar,
    ...(flags.environment !== undefined && { environmentFile: flags.environment }),
    ...(flags.globals !== undefined && { globalsFile: flags.globals }),
    ...(flags.workingDir !== undefined && { workingDirectory: flags.workingDir }),
    ...(collection !== undefined && { collection }),
    ...(flags.env !== undefined && { environment: flags.env }),
    ...(flags.target !== undefined && { target: flags.target }),
    ...(flags.timeoutRequest !== undefined && { timeoutMs: flags.timeoutRequest }),
    ...(flags.insecure !== undefined && { insecure: flags.insecure }),
    ...(flags.sslExtraCaCerts !== undefined && {
      extraCaCerts: resolve(io.directory, flags.sslExtraCaCerts),
    }),
    ...(flags.sslClientCert !== undefined && { clientCert: resolve(io.directory, flags.sslClientCert) }),
    ...(flags.sslClientKey !== undefined && { clientKey: resolve(io.directory, flags.sslClientKey) }),
    ...(flags.sslClientPassphrase !== undefined && { clientPassphrase: flags.sslClientPassphrase }),
  };
}

/**
 * How a run was asked for, for who asks for it again: the words that say against what it ran. What may be a secret is VALUE.
 * `besides` are those of one command alone.
 */
export function runCommandOf(
  { directory }: Io,
  flags: ProjectFlags & { readonly reports?: string },
  {
    collection,
    besides = [],
  }: { readonly collection?: string | undefined; readonly besides?: readonly string[] },
): Pick<ProjectOptions, 'command'> {
  const valued = (flag: string, value: string | number | undefined) =>
    value === undefined ? [] : [flag, String(value)];
  const named = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.keys(values).flatMap((name) => [flag, `${name}=VALUE`]);
  const words = [
    ...valued('--env', flags.env),
    ...valued('-e', flags.environment),
    ...valued('-g', flags.globals),
    ...named('--env-var', flags.envVar),
    ...named('--global-var', flags.globalVar),
    ...valued('--target', flags.target),
    ...valued('--timeout-request', flags.timeoutRequest),
    ...valued('--working-dir', flags.workingDir),
    ...(flags.insecure === true ? ['-k'] : []),
    ...valued('--ssl-extra-ca-certs', flags.sslExtraCaCerts),
    ...valued('--ssl-client-cert', flags.sslClientCert),
    ...valued('--ssl-client-key', flags.sslClientKey),
    ...valued('--ssl-client-passphrase', flags.sslClientPassphrase && 'VALUE'),
    ...besides,
  ];
  const folder = resolve(directory, flags.reports ?? USUAL_REPORTS);
  const inside = relative(directory, folder) || '.';
  const reports = inside.startsWith('..') ? folder : inside;
  const command = {
    ...(collection !== undefined && { collection }),
    ...(words.length > 0 && { flags: words }),
    ...(reports !== USUAL_REPORTS && { reports }),
  };
  return Object.keys(command).length === 0 ? {} : { command };
}

const USUAL_REPORTS = 'reports';

/** How wide the closing summary may be. Units: columns. */
export function widthOf({ stdout }: Io): number {
  return Math.min(lineWidth(stdout), 120);
}

/** The flags of every command that reads a collection from somewhere. */
export interface SourceFlags {
  readonly postmanApiKey?: string;
}

/** Adds those flags to a command. */
export function withSourceFlags(command: Command): Command {
  return command.option(
    '--postman-api-key <key>',
    'for a collection in Postman (default: POSTMAN_API_KEY of the environment)',
  );
}

/** Flags and environment → how a source is read. The key is a secret from here on. */
export function sourceOptions(
  { io, masker }: CommandContext,
  { postmanApiKey = io.env.POSTMAN_API_KEY }: SourceFlags,
): Pick<ReadOptions, 'directory' | 'postmanApiKey' | 'stdin'> {
  if (postmanApiKey !== undefined) masker.add('postman_api_key', postmanApiKey);
  return {
    directory: io.directory,
    ...(postmanApiKey !== undefined && { postmanApiKey }),
    ...(io.stdin !== undefined && { stdin: io.stdin }),
  };
}

const MAX_NUMBER = 2 ** 31 - 1;

/** A number greater than 0. Errors: InvalidArgumentError, which Commander answers with the flag's name. */
export function positive(text: string): number {
  const value = Number(text);
  // Timers of Node count up to here; a longer one would fire at once.
  if (!(value > 0 && value <= MAX_NUMBER)) {
    throw new InvalidArgumentError(`Give a number greater than 0 and at most ${MAX_NUMBER}.`);
  }
  return value;
}

/** A whole number, `least` or more. Errors: InvalidArgumentError. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`Give a whole number from ${least} on.`);
    }
    return Number(text);
  };
}

/** A port to listen on. Errors: InvalidArgumentError. */
export function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535) {
    throw new InvalidArgumentError('Give a whole number from 1 to 65535.');
  }
  return Number(text);
}

/** A percentage from 0 to 100. Errors: InvalidArgumentError. */
export function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('Give a number from 0 to 100.');
  return value;
}

/** What `--min-coverage` is, wherever it is. */
export const MIN_COVERAGE = 'percentage of the requests that must be held by a schema (docs/coverage.md)';

/**
 * That enough of the requests was held by a schema.
 *
 * Errors: RunnerError that names a request which was not.
 */
export function refuseUncovered({ coverage }: Report, least: number | undefined): void {
  if (least === undefined || coverage === undefined) return;
  const { all, covered, ratio } = coverage.requests;
  // The ratio is rounded; what was asked for is not.
  if (ratio !== null && covered * 100 >= all * least) return;
  throw new RunnerError(
    `only ${covered} of ${all} requests were held by a schema, less than ${least} %`,
    '--min-coverage',
    'see "coverage" in report.json for the others, and docs/coverage.md',
  );
}

/** A repeatable flag as a list. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function collectPair(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give it as name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
