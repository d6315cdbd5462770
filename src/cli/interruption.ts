import { interruptedError, whileStopping } from '../engine/interrupted';
import { type UntestedError, untestedOf } from '../engine/untested';
import type { ResultRow } from '../report/build';
import type { HistoryRun } from '../report/page-data';
import type { Report } from '../report/report';
import type { Io } from './io';
import type { Progress } from './progress';
import { type Places, publish, writeFiles } from './publish';

/** What is told of a run that was stopped. */
export interface Telling {
  /** What there is of it by now; null where nothing was planned yet. */
  readonly half: () => Report | null;
  readonly before: (report: Report) => readonly HistoryRun[];
  readonly places: Places;
}

/** A run that the user may stop: what was heard of it, and what ends it. */
export class StoppableRun {
  readonly rows: ResultRow[] = [];
  progress: Progress | undefined;
  readonly #io: Io;
  readonly #command: 'run' | 'health';
  readonly #interrupted: Promise<null>;
  readonly #stopping = new AbortController();

  constructor(io: Io, command: 'run' | 'health') {
    this.#io = io;
    this.#command = command;
    // From here on a signal is heard: what comes next may be sent before anybody waits for the end.
    this.#interrupted = io.interrupted.then(() => {
      this.stop();
      return null;
    });
  }

  /** Says to the engine that nothing more is to be sent. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Hears of a row. Gives it as it is told, or null where it says nothing. */
  heard(row: ResultRow): ResultRow | null {
    const told = this.signal.aborted ? whileStopping(row) : row;
    if (told === null) return null;
    this.rows.push(told);
    this.progress?.heard(told);
    return told;
  }

  /**
   * Waits for the report of the run, and why it is none of a whole one, where it is not.
   *
   * Errors: those of the run; RunnerError where it was interrupted, since half a run is no verdict.
   */
  async report(
    running: Promise<Report>,
    telling: Telling,
  ): Promise<{ report: Report; untested: UntestedError | null }> {
    let untested: UntestedError | null = null;
    const whole = running.catch((error: unknown) => {
      untested = untestedOf(error);
      return untested.report;
    });
    // Once it is stopped, nobody hears how it ends.
    whole.catch(() => {});
    const report = await Promise.race([whole, this.#interrupted]);
    if (report === null) return await this.#endInterrupted(running, telling);
    this.end();
    return { report, untested };
  }

  /** Nothing more is sent. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Takes the live line away. */
  end(): void {
    this.progress?.end();
    this.progress = undefined;
  }

  /** What it had is written at once, because nobody knows how long we are let live; then what it made is removed and told, too. */
  async #endInterrupted(running: Promise<Report>, { half, before, places }: Telling): Promise<never> {
    const whole = (report: Report): Places => ({ ...places, before: before(report) });
    const first = half();
    if (first !== null) writeFiles(this.#io, first, whole(first));
    this.progress?.note('interrupted: ending what is under way, then cleaning up; once more stops at once');
    // It hears what is under way and removes what it made; what it says of its own end is nothing new.
    await running.catch(() => {});
    this.end();
    const last = half();
    if (last !== null) publish(this.#io, last, whole(last));
    throw interruptedError(this.#command);
  }
}
