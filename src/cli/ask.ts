import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { UsageError } from '../errors';
import type { Io } from './io';

/** Whom a command asks for each of several things. */
export interface Answers {
  /** Those of the things that were answered with yes; what comes after "quit" was not. */
  choose<T>(things: readonly T[], tell: (thing: T) => string): Promise<Set<T>>;
}

/** Asks at the terminal. Errors: UsageError where there is none, or nobody to answer. */
export function answersTo({ stdin, stdout }: Io): Answers {
  const input = stdin === undefined ? process.stdin : Readable.from(stdin);
  if (stdout.isTTY !== true || (stdin === undefined && !process.stdin.isTTY)) {
    throw new UsageError(
      'there is no terminal to ask at',
      '--interactive',
      'use --dry-run to see the changes',
    );
  }
  return {
    choose: async (things, tell) => {
      const chosen = new Set<(typeof things)[number]>();
      const lines = createInterface({ input })[Symbol.asyncIterator]();
      let isAll = false;
      for (const thing of things) {
        if (isAll) {
          stdout.write(`${tell(thing)}\n`);
          chosen.add(thing);
          continue;
        }
        const answer = await answerTo(`${tell(thing)}\n  take it? [y/n/a(ll)/q(uit)] `, lines, stdout);
        if (answer === 'q') break;
        isAll = answer === 'a';
        if (answer !== 'n') chosen.add(thing);
      }
      await lines.return?.();
      return chosen;
    },
  };
}

/** The first letter of an answer that we understand; no answer any more is "quit". */
async function answerTo(
  question: string,
  lines: AsyncIterator<string>,
  stdout: Io['stdout'],
): Promise<'y' | 'n' | 'a' | 'q'> {
  for (;;) {
    stdout.write(question);
    const { value, done } = await lines.next();
    if (done === true) return 'q';
    const letter = /^\s*(y|n|a|q)(es|o|ll|uit)?\s*$/i.exec(String(value))?.[1]?.toLowerCase();
    if (letter === 'y' || letter === 'n' || letter === 'a' || letter === 'q') return letter;
  }
}
