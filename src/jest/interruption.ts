import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'interrupted';
/** How often a process looks for the mark. Units: milliseconds. */
const LOOK_MS = 100;

/**
 * Marks a Jest run as interrupted, for all of its processes: a signal may reach one of them or all, and Jest itself passes none on.
 *
 * Shape: false where the run is over by then.
 */
export function markInterrupted(runDirectory: string): boolean {
  try {
    writeFileSync(join(runDirectory, MARK), '');
    return true;
  } catch {
    return false;
  }
}

/** Whether a run is marked as interrupted. */
export function wasInterrupted(runDirectory: string): boolean {
  return existsSync(join(runDirectory, MARK));
}

/** Looks for the mark of a run until it is there. It keeps no process alive. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #isThere: () => boolean;
  readonly #looking: NodeJS.Timeout;

  /** In a worker the run is over too when Jest is gone, as where somebody ends it while it watches. */
  constructor(runDirectory: string, isWorker: boolean) {
    // To listen for the end of the channel would keep the worker alive.
    this.#isThere = () => wasInterrupted(runDirectory) || (isWorker && process.connected === false);
    this.#looking = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** Aborted from when the run is interrupted; also where that was a moment ago. */
  get signal(): AbortSignal {
    this.#look();
    return this.#controller.signal;
  }

  /** Looks no more. */
  close(): void {
    clearInterval(this.#looking);
  }

  #look(): void {
    if (this.#controller.signal.aborted || !this.#isThere()) return;
    this.close();
    this.#controller.abort();
  }
}
