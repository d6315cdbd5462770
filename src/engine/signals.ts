/** npm passes a signal on to its child, which the terminal has sent there already. Units: milliseconds. */
const ECHO_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal with which a user or a machine asks to stop. */
export type StopSignal = (typeof SIGNALS)[number];

/**
 * Hears of SIGINT and SIGTERM in place of Node, which would end the process. The same signal a second time does end it, as it
 * does where nobody listens.
 *
 * Shape: `interrupted` says whether what runs here will end by itself; where it will not, the process ends at once. Gives what
 *        ends the listening.
 */
export function onInterruption(interrupted: (signal: StopSignal) => boolean): () => void {
  const first = new Map<StopSignal, number>();
  const hear = (signal: StopSignal): void => {
    const now = performance.now();
    const before = first.get(signal);
    if (before === undefined) {
      first.set(signal, now);
      if (interrupted(signal)) return;
    } else if (now - before <= ECHO_MS) return;
    leave();
    process.kill(process.pid, signal);
  };
  const leave = (): void => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return leave;
}
