import { columnsOf, cutMiddle, measure } from './columns';

/**
 * A line → lines of at most `columns` columns, the second and later ones indented by so many spaces.
 *
 * It is broken between words alone: a path, an address or a command that is longer than a line has to stay one that can be
 * copied. Spaces between words that stay on one line are kept, so that a column of a table is.
 */
export function wrap(line: string, columns: number, indent: number): string[] {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  for (const word of line.match(/^\s*\S+|\s+\S+/g) ?? []) {
    const wordWidth = widthOf(word);
    if (current !== '' && width + wordWidth > columns) {
      lines.push(current);
      current = ' '.repeat(indent) + word.trimStart();
      width = widthOf(current);
    } else {
      current += word;
      width += wordWidth;
    }
  }
  return [...lines, current];
}

/** What is longer than any line need not be measured. */
const LONGEST_MEASURED = 4000;

function widthOf(text: string): number {
  return text.length > LONGEST_MEASURED ? text.length : columnsOf(measure(text));
}

/** Parts that follow each other with a comma, on one line where they fit; else they are broken between parts first. */
export function wrapParts(parts: readonly string[], columns: number, indent: number): string[] {
  const lines: string[] = [];
  for (const [at, part] of parts.entries()) {
    const text = at < parts.length - 1 ? `${part},` : part;
    const last = lines.at(-1);
    const joined = last === undefined ? text : `${last} ${text}`;
    if (last === undefined) lines.push(...wrap(text, columns, indent));
    else if (widthOf(joined) <= columns) lines[lines.length - 1] = joined;
    else lines.push(...wrap(' '.repeat(indent) + text, columns, indent));
  }
  return lines;
}

/** Units: full lines of a text that a collection or an API can make as long as it likes. */
const MOST_LINES = 4;

/** A text → visible lines, none wider than `columns`: broken between words, and cut in the middle where a word or all of it is too long. */
export function wrapCut(text: string, columns: number, indent: number): string[] {
  const most = columns + (MOST_LINES - 1) * (columns - indent);
  const lines = wrap(cutMiddle(text.trimEnd(), most), columns, indent);
  return lines.map((line) => cutMiddle(line, columns));
}
