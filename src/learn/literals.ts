import { visit } from 'jsonc-parser';
import { formatPointer, setPointer } from '../json-pointer';

/** A whole number that is written with a fraction or an exponent, anywhere in a text. */
const FRACTION = /\d(\.0+(?!\d)|[eE])/;

/** The word for any number, as converters write it. */
const NUMBER = '<number>';

/**
 * A body with the word for a number in place of every whole number that is written with a fraction, such as the price `10.00`:
 * whoever writes it so does not mean that the next one is whole too. `JSON.parse` cannot tell.
 */
export function withFractions(value: unknown, text: string): unknown {
  if (!FRACTION.test(text)) return value;
  const pointers: string[] = [];
  visit(text, {
    onLiteralValue: (literal, offset, length, _line, _column, path) => {
      const isWhole = typeof literal === 'number' && Number.isInteger(literal);
      if (isWhole && /[.eE]/.test(text.slice(offset, offset + length))) pointers.push(formatPointer(path()));
    },
  });
  if (pointers.includes('')) return NUMBER;
  for (const pointer of pointers) setPointer(value, pointer, NUMBER);
  return value;
}
