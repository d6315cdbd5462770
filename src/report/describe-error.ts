import { CollectionFormatError, DriftgateError, UnresolvedVariableError } from '../errors';
import type { Masker } from '../masking/masker';
import { forLog, visible } from './escape';
import { wrap, wrapParts } from './wrap';

/** A list of names is no wider than this, however wide the line above it may be. */
const LIST_COLUMNS = 80;
/** More names than this do not stand in the line itself. */
const MOST_INLINE = 3;
const INDENT = 2;

/**
 * An error as `driftgate: <what>, <where>, <what to do>`, broken into lines where that is wider than `columns`, and below it what
 * no line can hold: the faults of a collection, the names of variables. Under `debug` one line, and its stack.
 */
export function describeError(
  error: unknown,
  masker: Masker,
  debug: boolean,
  columns = Number.POSITIVE_INFINITY,
): string {
  const shown = (text: string): string => visible(masker.text(text).replace(/\s*\n\s*/g, ' '));
  const { parts, faults, names } = toldOf(error);
  const [what = '', ...others] = parts.map(shown);
  const lines = wrapParts(
    [`driftgate: ${what}`, ...others],
    debug ? Number.POSITIVE_INFINITY : columns,
    INDENT,
  );
  if (debug) {
    // No `instanceof Error`: an error of another realm, such as Jest's, is none.
    const { stack = '' } = (error ?? {}) as { stack?: string };
    lines.push(...masker.text(stack).split('\n'));
  } else {
    for (const fault of faults) lines.push(...wrap(`  ${shown(fault)}`, columns, 2 * INDENT));
    const list = names.map(shown).join(' ');
    if (list !== '') lines.push(...wrap(`  ${list}`, Math.min(columns, LIST_COLUMNS), INDENT));
  }
  return lines.map(forLog).join('\n');
}

/** What is told of an error: in its own order, and what is told below it. */
function toldOf(error: unknown): {
  readonly parts: readonly string[];
  readonly faults: readonly string[];
  readonly names: readonly string[];
} {
  const nothing = { faults: [], names: [] };
  if (!(error instanceof DriftgateError)) {
    const { message = String(error) } = (error ?? {}) as { message?: string };
    return { ...nothing, parts: [message, 'this is a fault of Driftgate', 'run it again with --debug'] };
  }
  const { what, where, todo } = error;
  const parts = [what, where, todo].filter((part) => part !== '');
  if (error instanceof CollectionFormatError) return { ...nothing, parts, faults: error.faults };
  if (!(error instanceof UnresolvedVariableError) || error.variables.length <= MOST_INLINE) {
    return { ...nothing, parts };
  }
  const names = error.variables.map((name) => `{{${name}}}`);
  return { ...nothing, parts: [`${names.length} variables have no value`, where, `${todo}:`], names };
}
