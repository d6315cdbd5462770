import { resolve } from 'node:path';
import { readConfig } from '../config/config';
import { UsageError } from '../errors';
import { historyFile } from '../history/file';
import type { RunCommand } from '../report/report';
import type { RunnerName } from '../runner/runner';

/** What the main Jest process and its workers tell each other: environment variables are all they share. */
export const VARIABLES = {
  environment: 'DRIFTGATE_ENV',
  target: 'DRIFTGATE_TARGET',
  runner: 'DRIFTGATE_RUNNER',
  strict: 'DRIFTGATE_STRICT',
  concurrency: 'DRIFTGATE_CONCURRENCY',
  reports: 'DRIFTGATE_REPORTS',
  history: 'DRIFTGATE_HISTORY',
  /** Set by the global setup alone. */
  runDirectory: 'DRIFTGATE_RUN_DIR',
  embedded: 'DRIFTGATE_EMBEDDED',
} as const;

/** The settings of a Jest run, from the process. */
export interface JestSettings {
  readonly environment?: string;
  readonly target?: string;
  readonly strict?: boolean;
  readonly concurrency?: number;
  readonly isEmbedded?: boolean;
  /** How the same is asked for on the command line. */
  readonly command?: RunCommand;
  /** Null where the process does not say. */
  readonly runners: readonly RunnerName[] | null;
}

/** Errors: UsageError for a runner that does not exist, or a number that is none. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): JestSettings {
  const { environment, target, runner, strict, concurrency, embedded, reports } = VARIABLES;
  return {
    ...(env[environment] && { environment: env[environment] }),
    ...(env[target] && { target: env[target] }),
    ...(env[strict] && { strict: env[strict] === '1' || env[strict] === 'true' }),
    ...(env[concurrency] && { concurrency: concurrencyOf(env[concurrency]) }),
    ...(env[embedded] && { isEmbedded: true }),
    command: {
      flags: [
        ...(env[environment] ? ['--env', env[environment]] : []),
        // A server that was started for this run is gone when it is over.
        ...(env[target] && !env[embedded] ? ['--target', env[target]] : []),
      ],
      ...(env[reports] && { reports: env[reports] }),
    },
    runners: env[runner] ? runnersOf(env[runner]) : null,
  };
}

function concurrencyOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new UsageError(`"${text}" is no number of requests`, VARIABLES.concurrency, 'give 1 or more');
  }
  return Number(text);
}

/** The folder that reports go to, from the folder of the project. */
export function reportsDirectory(rootDir: string, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(rootDir, env[VARIABLES.reports] || 'reports');
}

/** The file that a Jest run is remembered in, or null: `DRIFTGATE_HISTORY` is a path, or `false`. Errors: ConfigError. */
export function historyOf(rootDir: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const asked = env[VARIABLES.history];
  return historyFile({
    directory: rootDir,
    asked: asked === 'false' ? false : asked || undefined,
    configured: readConfig(rootDir).history,
    reports: reportsDirectory(rootDir, env),
  });
}

/** The runners that a name stands for. Errors: UsageError. */
export function runnersOf(name: string): RunnerName[] {
  if (name === 'both') return ['newman', 'typed'];
  if (name === 'newman' || name === 'typed') return [name];
  throw new UsageError(`unknown runner "${name}"`, VARIABLES.runner, 'use typed, newman or both');
}
