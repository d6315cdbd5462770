import type { ParseError } from 'jsonc-parser';
import { CollectionFormatError } from '../errors';

/** Line and column, both from 1, of an offset into a text. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Parses strict JSON; a fault is answered with its line and column, which `JSON.parse` does not reliably give.
 *
 * Errors: CollectionFormatError with `file:line:column`.
 */
export function parseJson(text: string, file: string, todo = 'correct the file'): unknown {
  const clean = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(clean);
  } catch (cause) {
    const conflict = /^(<<<<<<<|=======$|>>>>>>>)/m.exec(clean);
    if (conflict?.[1]?.startsWith('<') === true) {
      const { line } = lineAndColumn(clean, conflict.index);
      const what = 'not JSON: a merge conflict was committed';
      throw new CollectionFormatError(what, `${file}:${line}:1`, 'resolve the conflict in the file', {
        cause,
      });
    }
    // Loaded for a text that is broken alone.
    const { parse, printParseErrorCode } = require('jsonc-parser') as typeof import('jsonc-parser');
    const errors: ParseError[] = [];
    parse(clean, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    const first = errors[0];
    const { line, column } = lineAndColumn(clean, first?.offset ?? clean.length);
    const reason = first === undefined ? 'not JSON' : `not JSON: ${words(printParseErrorCode(first.error))}`;
    throw new CollectionFormatError(reason, `${file}:${line}:${column}`, todo, { cause });
  }
}

function words(code: string): string {
  return code
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .toLowerCase();
}
