/** As Commander suggests options. Units: letters that differ, and their part of the longer word. */
const MOST_DIFFERENT = 3;
const MOST_OF_WORD = 0.5;

/** The one of some words that was probably meant by another; null where none is near. */
export function nearest(word: string, others: readonly string[]): string | null {
  const distance = require('leven') as (a: string, b: string) => number;
  const [best] = others
    .map((other) => ({ other, letters: distance(word.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, letters }) => {
      const length = Math.max(word.length, other.length);
      return letters <= MOST_DIFFERENT && letters < length * MOST_OF_WORD;
    })
    .sort((a, b) => a.letters - b.letters);
  return best?.other ?? null;
}
