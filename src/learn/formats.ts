import { fullFormats } from 'ajv-formats/dist/formats';
import { isRecord } from '../json';

/** Formats that a text may have by itself, the most telling first. Host names are none: any word would be one. */
export const FORMATS = ['uuid', 'date-time', 'date', 'time', 'email', 'ipv4', 'ipv6', 'uri'] as const;

/** Longer texts are prose, and checking them takes long. */
const LONGEST = 2_000;

/** By the very check that a response will be held to, so that an example never breaks its own schema. */
export function hasFormat(text: string, name: (typeof FORMATS)[number]): boolean {
  if (text.length > LONGEST) return false;
  // A word before a colon is a URI by its grammar, and most texts like that are none.
  if (name === 'uri' && !/^([a-z][a-z0-9+.-]*:\/\/|(urn|mailto|tel|data):)/i.test(text)) return false;
  const format: unknown = fullFormats[name];
  const check: unknown = isRecord(format) && 'validate' in format ? format.validate : format;
  if (check instanceof RegExp) return check.test(text);
  return typeof check === 'function' && check(text) === true;
}
