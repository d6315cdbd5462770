/** What the command line takes from the process, so that tests can give their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Standard input; without it, that of the process. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** What time it is; without it, that of the process. */
  readonly now?: () => Date;
  /** Settles when the user asks to stop. */
  readonly interrupted: Promise<void>;
}

/** A stream to write text to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** 0 holds, 1 drifted, 2 could not test, 3 the environment is down. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Whether a stream should be coloured: a terminal, unless `NO_COLOR` says no or `FORCE_COLOR` says yes. */
export function wantsColor({ stdout, env }: Io): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return stdout.isTTY === true && env.TERM !== 'dumb';
}
