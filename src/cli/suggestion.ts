import type { Command } from 'commander';
import { commandText } from '../errors';

/** Shorter words are the beginning of too many others. Units: characters. */
const LEAST_LENGTH = 3;

/**
 * A message of Commander's about an unknown option, with the options that are named by the same words: Commander goes by
 * letters alone, and takes `--data` for `--update`. An unknown command that is like none is told where all of them stand. Any
 * other message stays as it is.
 */
export function withSuggestion(message: string, { options }: Command): string {
  if (/unknown command '.*'\n$/.test(message)) return `${message.trimEnd()}, see ${commandText('--help')}\n`;
  const [line = '', asked] = /^.*unknown option '--([a-z-]+)(?:=[^']*)?'/i.exec(message) ?? [];
  if (asked === undefined) return message;
  const known = options.flatMap(({ long, hidden, negate }) =>
    long === undefined || long === null || hidden || negate ? [] : [{ long, words: wordsOf(long) }],
  );
  const words = wordsOf(asked);
  const wider = known.filter((option) => isAmong(words, option.words));
  const alike = wider.length > 0 ? wider : known.filter((option) => isAmong(option.words, words));
  if (alike.length === 0) return message;
  const names = alike.map(({ long }) => long);
  return `${line}\n(Did you mean ${names.length > 1 ? 'one of ' : ''}${names.join(', ')}?)\n`;
}

function wordsOf(option: string): string[] {
  return option
    .toLowerCase()
    .split('-')
    .filter((word) => word !== '');
}

/** Whether each word is one of the others, or the beginning of it, or goes on after it: `iterations` is `iteration`. */
function isAmong(words: readonly string[], others: readonly string[]): boolean {
  return words.every((word) =>
    others.some((other) => {
      const [shorter, longer] = word.length < other.length ? [word, other] : [other, word];
      return word === other || (shorter.length >= LEAST_LENGTH && longer.startsWith(shorter));
    }),
  );
}
