import { forLog } from './escape';

/** Both ends of a text this long are more than any terminal shows; the middle need not be measured. */
const LONGEST_MEASURED = 4000;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
/** One column each, and nothing to be measured: ASCII, Latin letters, and the signs and lines of our own output. */
const PLAIN =
  /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc\u2713\u2717]*$/;

/** Made when first needed: it takes longer than printing all of what most runs say. */
let segmenter: Intl.Segmenter | undefined;

/**
 * How wide lines for people may be: as the terminal is, 80 where it does not know (some say 0, a pty without a size or a CI
 * system). Units: columns.
 */
export function lineWidth({ columns }: { readonly columns?: number | undefined }): number {
  return Math.max(40, columns || 80);
}

/** One character as a reader sees it. */
export interface Character {
  readonly text: string;
  readonly columns: number;
}

/** The characters of a visible text, with the columns that each takes. */
export function measure(text: string): Character[] {
  if (PLAIN.test(text)) return Array.from(text, (character) => ({ text: character, columns: 1 }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    text: segment,
    columns: WIDE.test(segment) ? 2 : 1,
  }));
}

/** The columns of a text that was measured. */
export function columnsOf(characters: readonly Character[]): number {
  return characters.reduce((sum, character) => sum + character.columns, 0);
}

/** Whether a text is no wider than that; one that is longer than any line is not measured for it. */
export function fitsIn(text: string, columns: number): boolean {
  return text.length <= LONGEST_MEASURED && columnsOf(measure(forLog(text))) <= columns;
}

function take(from: Iterable<Character>, columns: number): Character[] {
  const taken: Character[] = [];
  let left = columns;
  for (const character of from) {
    left -= character.columns;
    if (left < 0) break;
    taken.push(character);
  }
  return taken;
}

/**
 * Visible text of at most `columns` columns, cut in the middle: both ends of a URL, a key or a pointer tell more
 * than its middle.
 */
export function cutMiddle(text: string, columns: number): string {
  const short =
    text.length <= LONGEST_MEASURED
      ? text
      : text.slice(0, LONGEST_MEASURED / 2) + text.slice(-LONGEST_MEASURED / 2);
  const all = measure(forLog(short));
  const total = columnsOf(all);
  if (total <= columns) return all.map((character) => character.text).join('');
  const end = Math.floor((columns - 1) / 2);
  const head = take(all, columns - 1 - end);
  const tail = take([...all].reverse(), end).reverse();
  return `${head.map((one) => one.text).join('')}…${tail.map((one) => one.text).join('')}`;
}
