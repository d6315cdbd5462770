/** Times from when it was started last. Units: `startedAt` in milliseconds since 1970. */
export interface Timer {
  startedAt: number;
  elapsedMs(): number;
  restart(): void;
}

/** A timer that runs already. */
export function startTimer(): Timer {
  let start = performance.now();
  const timer: Timer = {
    startedAt: Date.now(),
    elapsedMs: () => performance.now() - start,
    restart: () => {
      timer.startedAt = Date.now();
      start = performance.now();
    },
  };
  return timer;
}
