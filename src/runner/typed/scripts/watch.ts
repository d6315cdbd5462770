import { randomUUID } from 'node:crypto';
import { RunnerError } from '../../../errors';
import type { ScriptAccess } from '../../../plan/script-access';
import type { SdkObject } from '../postman-libraries';

/** How a script that touches what nobody foresaw is told from one that only writes to its console. */
export const UNFORESEEN = `driftgate:${randomUUID()}:`;

/**
 * A script that tells of every variable that it touches and the plan has not read it to touch. Lines stay where they are.
 */
export function watched(source: string, foreseen: ScriptAccess | null): string {
  if (foreseen === null) return source;
  const known = JSON.stringify([...foreseen.reads, ...foreseen.writes]);
  return `(${watch.toString()})(pm, console, ${known}, ${JSON.stringify(UNFORESEEN)});${source}`;
}

/** It runs inside the sandbox, where nothing of this module is known. */
function watch(pm: SdkObject, sink: Console, known: string[], mark: string): void {
  const tell = sink.log.bind(sink);
  for (const scope of [pm.environment, pm.globals, pm.collectionVariables, pm.variables]) {
    for (const call of ['get', 'has', 'set', 'unset']) {
      const inner = scope[call];
      const value = (...args: unknown[]) => {
        if (!known.includes(String(args[0]))) tell(mark + args[0]);
        return inner.apply(scope, args);
      };
      Object.defineProperty(scope, call, { value });
    }
  }
}

/** The error for it. */
export function unforeseen(name: string, key: string): RunnerError {
  return new RunnerError(
    `its script touches {{${name}}}, which the plan did not know of`,
    key,
    'this is a fault of Driftgate: report it, and run with --concurrency 1 meanwhile',
  );
}
