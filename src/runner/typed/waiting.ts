/** Shorter work of our own changes no time that anybody reads. Units: milliseconds. */
const LONG_MS = 10;

/** When the clock was read last, and how long the process had only waited by then. Units: milliseconds. */
let last = { at: performance.now(), idle: idleMs() };
let busyMs = 0;

/** How long this process has done nothing but wait so far. */
function idleMs(): number {
  return performance.eventLoopUtilization().idle;
}

/**
 * A clock that stands still while this process is busy for long at a stretch. Units: milliseconds, from any beginning.
 *
 * All that comes meanwhile is heard late, one after the other: what is done for the first answer must not be taken for slowness of the
 * last one. So it is read whenever something is sent or heard, and times by it are what an API took at least.
 */
export function waitingMs(): number {
  const now = { at: performance.now(), idle: idleMs() };
  const busy = now.at - last.at - (now.idle - last.idle);
  if (busy > LONG_MS) busyMs += busy;
  last = now;
  return now.at - busyMs;
}

/** Calls when so much time has passed by that clock. Gives what stops it. */
export function limit(ms: number, isOver: () => void): () => void {
  const start = waitingMs();
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    timer = setTimeout(() => {
      const rest = ms - (waitingMs() - start);
      // What came while the process was busy is heard after its timers.
      if (rest > 1) wait(rest);
      else isOver();
    }, left);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
