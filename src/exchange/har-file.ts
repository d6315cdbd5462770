import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../errors';
import { makeFolder } from '../folder';
import type { Masker } from '../masking/masker';
import type { Exchange } from './exchange';
import { harEntry, type Recorder } from './har-entry';

const END = '\n]}}\n';

/**
 * A recording that grows with a run. Source: HAR 1.2.
 *
 * The file is a whole archive after each exchange, whatever ends the process: the next one is written over the end of the
 * file. Nothing is kept in memory.
 */
export class HarFile {
  readonly #file: string;
  readonly #descriptor: number;
  #length: number;
  #isFirst = true;
  #isOpen = true;
  #fault: UsageError | null = null;

  /** Begins a recording in place of whatever the file was. Errors: UsageError where it cannot be written. */
  constructor(file: string) {
    this.#file = file;
    const creator = {
      name: 'driftgate',
      version: (require('../../package.json') as { version: string }).version,
    };
    const head = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
    try {
      makeFolder(dirname(file));
      // What an API answers is not for everybody on this machine.
      this.#descriptor = openSync(file, 'w', 0o600);
      writeSync(this.#descriptor, head + END, 0);
    } catch (cause) {
      throw this.#unwritable(cause);
    }
    this.#length = Buffer.byteLength(head);
  }

  /** Adds an exchange. What cannot be written is told by `close`: a run must clean up after itself all the same. */
  add(exchange: Exchange, recorder: Recorder, masker: Masker): void {
    if (this.#fault !== null || !this.#isOpen) return;
    const entry = Buffer.from(
      `${this.#isFirst ? '' : ','}\n${JSON.stringify(harEntry(exchange, recorder, masker))}`,
    );
    try {
      const all = Buffer.concat([entry, Buffer.from(END)]);
      for (let done = 0; done < all.length; )
        done += writeSync(this.#descriptor, all, done, all.length - done, this.#length + done);
    } catch (cause) {
      this.#fault = this.#unwritable(cause);
      // Without what could not be written the archive is whole again: this much fitted before.
      ftruncateSync(this.#descriptor, this.#length);
      writeSync(this.#descriptor, END, this.#length);
      return;
    }
    this.#length += entry.length;
    this.#isFirst = false;
  }

  /** Ends the recording. Errors: UsageError where an exchange could not be written. */
  close(): void {
    this.abandon();
    if (this.#fault !== null) throw this.#fault;
  }

  /** Ends the recording of a run that ended with an error, which is the one to tell. */
  abandon(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }

  #unwritable(cause: unknown): UsageError {
    const { code = '' } = cause as NodeJS.ErrnoException;
    return new UsageError(`cannot write the recording (${code})`, this.#file, 'give another file', { cause });
  }
}
