import { DriftgateError } from '../errors';
import type { Masker } from '../masking/masker';
import { visible } from './escape';

/** An error as one line (`driftgate: <what>, <where>, <what to do>`), or with its stack under `--debug`. */
export function describeError(error: unknown, masker: Masker, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint =
    error instanceof DriftgateError ? '' : ', this is a fault of Driftgate, run it again with --debug';
  const line = `driftgate: ${visible(masker.text(message.replace(/\s*\n\s*/g, ' ')))}${hint}`;
  return debug && error instanceof Error ? `${line}\n${masker.text(error.stack ?? '')}` : line;
}
