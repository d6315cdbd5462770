import type { RunContext } from './runner';

/** The values that an iteration begins with, by variable of the environment; `undefined` where it has none. */
export type OwnValues = Readonly<Record<string, unknown>>;

/** What each iteration of a run begins with. The first one has what the run itself begins with. */
export function ownValuesOf({ iterations, ownValues }: RunContext): OwnValues[] {
  return iterations.map((_, at) => (at === 0 ? {} : ownValues()));
}

/**
 * Begins an iteration, which is a run of its own as far as Driftgate gives it its variables: what it makes for a run is made
 * anew, and what the iteration before captured is gone. What scripts have set stays, as in Newman; the row of data wins.
 */
export function beginIteration(context: RunContext, at: number, own?: OwnValues): void {
  const { scope, iterations, onIterationEnd, ownValues } = context;
  if (at > 0) {
    onIterationEnd?.();
    for (const [name, value] of Object.entries(own ?? ownValues())) {
      if (value === undefined) scope.unset(name, 'environment');
      else scope.set(name, value);
    }
  }
  scope.useData(iterations[at] ?? {});
}
