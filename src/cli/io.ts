import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lineWidth } from '../report/columns';
import { forLog } from '../report/escape';
import { wrap } from '../report/wrap';
import type { Clock } from '../runner/typed/retry';

/** What the command line takes from the process, so that tests can give their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Standard input; without it, that of the process. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** The time and chance of what waits and dates; without it, those of the machine. */
  readonly clock?: Clock;
  /** Settles when the user asks to stop. */
  readonly interrupted: Promise<void>;
}

/** A stream to write text to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * The text with lines that are too long for an output broken. What a line goes on with is indented by so many spaces, or as a
 * line that is indented itself, and is no command to a CI system either.
 */
export function wrapFor(output: Output, text: string, indent = 0): string {
  const broken = text.split('\n').flatMap((line) => {
    const own = /^ */.exec(line)?.[0].length ?? 0;
    return wrap(line, lineWidth(output), own === 0 ? indent : own + 2);
  });
  return broken.map(forLog).join('\n');
}

/** Prose as the source has it, with its paragraphs broken anew. What is indented stays a line of its own. */
export function proseFor(output: Output, text: string): string {
  return wrapFor(output, text.replace(/(?<=^\S.*)\n(?=\S)/gm, ' '));
}

/** 0 holds, 1 drifted, 2 could not test, 3 the environment is down. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Whether a stream should be coloured: a terminal, unless `NO_COLOR` says no or `FORCE_COLOR` says yes. */
export function wantsColor({ stdout, env }: Io): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Whether a line can be drawn again: on a terminal that moves its cursor, and not in the log of a CI system. */
export function isLive({ stdout, env }: Io): boolean {
  return stdout.isTTY === true && env.TERM !== 'dumb' && !isSet(env.CI);
}

/** Terminals that show links (OSC 8) by what they say of themselves; others would print their address twice or garbage. */
const LINKING = /^(iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio|Tabby)$/;
/** Units: version of VTE, the terminal of GNOME and others, as it writes it; 0.50 was the first. */
const LEAST_VTE = 5000;

/** Whether files can be shown as links. `FORCE_HYPERLINK` decides where the terminal does not tell. */
export function wantsLinks(io: Io): boolean {
  const { env } = io;
  if (env.FORCE_HYPERLINK !== undefined && env.FORCE_HYPERLINK !== '') return env.FORCE_HYPERLINK !== '0';
  if (!isLive(io)) return false;
  return (
    LINKING.test(env.TERM_PROGRAM ?? '') ||
    env.TERM === 'xterm-kitty' ||
    isSet(env.WT_SESSION) ||
    Number(env.VTE_VERSION ?? 0) >= LEAST_VTE
  );
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}

/** A path as a link that terminals open (OSC 8). */
export function linked({ directory }: Io, path: string, shown: string): string {
  const { href } = pathToFileURL(resolve(directory, path));
  return `\u001b]8;;${href}\u001b\\${shown}\u001b]8;;\u001b\\`;
}
