import { CollectionFormatError, DriftgateError } from '../errors';
import type { Masker } from '../masking/masker';
import { forLog } from './escape';

/** An error as one line (`driftgate: <what>, <where>, <what to do>`) and a list of what one line cannot hold, or with its stack under `--debug`. */
export function describeError(error: unknown, masker: Masker, debug: boolean): string {
  // No `instanceof Error`: an error of another realm, such as Jest's, is none.
  const { message = String(error), stack = '' } = (error ?? {}) as { message?: string; stack?: string };
  const hint =
    error instanceof DriftgateError ? '' : ', this is a fault of Driftgate, run it again with --debug';
  const line = `driftgate: ${forLog(masker.text(message).replace(/\s*\n\s*/g, ' '))}${hint}`;
  const faults = error instanceof CollectionFormatError ? error.faults : [];
  const list = faults.map((fault) => `\n  ${forLog(masker.text(fault))}`).join('');
  if (list !== '' && !debug) return line + list;
  return debug ? `${line}\n${masker.text(stack).split('\n').map(forLog).join('\n')}` : line;
}
