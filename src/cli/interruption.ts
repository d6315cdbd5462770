import { interruptedError } from '../engine/interrupted';
import type { HistoryRun } from '../report/page-data';
import type { Report } from '../report/report';
import type { Io } from './io';
import { type Places, publish, writeFiles } from './publish';

/** A run that the user has stopped. */
export interface Stopped {
  readonly command: 'run' | 'health';
  /** Ends when what the run made is removed. */
  readonly running: Promise<unknown>;
  /** What there is of it by now; null where nothing was planned yet. */
  readonly report: () => Report | null;
  readonly before: (report: Report) => readonly HistoryRun[];
  readonly places: Places;
  /** Prints a line above the live one. */
  readonly note: (line: string) => void;
  /** Takes the live line away. */
  readonly end: () => void;
}

/**
 * Ends a run that was interrupted: what it had is written at once, because nobody knows how long we are let live; then what
 * it made is removed, and the report tells that too.
 *
 * Errors: RunnerError in any case, since half a run is no verdict.
 */
export async function endInterrupted(io: Io, stopped: Stopped): Promise<never> {
  const { command, running, report, before, places, note, end } = stopped;
  const whole = (half: Report): Places => ({ ...places, before: before(half) });
  const first = report();
  if (first !== null) writeFiles(io, first, whole(first));
  note('interrupted: removing what the run made; interrupt once more to stop at once');
  // It hears what is under way and removes what it made; what it says of its own end is nothing new.
  await running.catch(() => {});
  end();
  const last = report();
  if (last !== null) publish(io, last, whole(last));
  throw interruptedError(command);
}
