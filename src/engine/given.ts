import { resolve } from 'node:path';
import type { Collection } from '../collection/model';
import { type DisabledVariable, variableText } from '../collection/variables';
import {
  type DataRow,
  type ExportedVariables,
  readDataRows,
  readPostmanVariables,
} from '../environment/data';
import type { Environment } from '../environment/environment';
import { isCredentialName } from '../masking/masker';
import { VariableScope } from '../variables/scope';
import type { ProjectOptions } from './project';
import { collectionVariables } from './secrets';

/** What a run is given besides the collection. */
export interface Given {
  readonly globals: Readonly<Record<string, unknown>>;
  /** The variables of the collection itself. */
  readonly collection: Readonly<Record<string, unknown>>;
  /** What is disabled among environment and globals. */
  readonly disabled: readonly DisabledVariable[];
  /** Without what is switched off in a file (`enabled: false`): no host is allowed by that. */
  readonly trusted: VariableScope;
  /** A new scope with these values of the environment. */
  scope(environment: Readonly<Record<string, unknown>>): VariableScope;
}

/**
 * Environment, globals and the collection's own variables, as scopes of a run. `placeholders` stand behind all of them, and
 * nobody gave them.
 *
 * Errors: EnvironmentError.
 */
export function givenTo(
  collection: Collection,
  environment: Environment,
  exported: ExportedVariables | undefined,
  { directory, globalsFile, globals: single = {} }: ProjectOptions,
  placeholders: Readonly<Record<string, string>> = {},
): Given {
  const read =
    globalsFile === undefined ? undefined : readPostmanVariables(resolve(directory, globalsFile), 'globals');
  const globals = { ...read?.values, ...single };
  const own = collectionVariables(collection);
  const name = exported?.name;
  const shown = {
    ...(name !== undefined && { environmentName: name }),
    disabled: {
      environment: exported?.disabled ?? [],
      collection: own.disabled,
      globals: read?.disabled ?? [],
    },
  };
  const trusted = new VariableScope(
    withoutUnchecked(environment.variables, exported, environment.outright ?? []),
    own.values,
    withoutUnchecked(globals, read, Object.keys(single)),
  );
  return {
    globals,
    // Of a collection, what its author wrote is no secret, unless it is called like one.
    disabled: [
      ...shown.disabled.environment,
      ...shown.disabled.globals,
      ...own.disabled.filter(({ key }) => isCredentialName(key)),
    ],
    collection: own.values,
    trusted,
    scope: (values) => new VariableScope(values, own.values, { ...placeholders, ...globals }, {}, shown),
  };
}

/** Without what only a switched-off entry of a file gives: whoever gives it outright as well means it. */
function withoutUnchecked(
  values: Readonly<Record<string, unknown>>,
  read: ExportedVariables | undefined,
  outright: readonly string[],
): Record<string, unknown> {
  const isUnchecked = (name: string) => read?.unchecked.includes(name) === true && !outright.includes(name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isUnchecked(name)));
}

/** One row an iteration; where there are more iterations than rows, the last one serves again, as in Newman. */
export function iterationsOf({ directory, data, iterationCount }: ProjectOptions): DataRow[] {
  const rows = data === undefined ? [] : readDataRows(resolve(directory, data));
  return Array.from(
    { length: iterationCount ?? Math.max(rows.length, 1) },
    (_, at) => rows[at] ?? rows.at(-1) ?? {},
  );
}

/** What a reader should know of the iterations: that rows of data were too few for them. Null where they were not. */
export function repeatedRows(iterations: readonly DataRow[]): string | null {
  // The row itself serves again; without data each iteration has an empty one of its own.
  const rows = new Set(iterations).size;
  if (rows === iterations.length) return null;
  const of = rows === 1 ? 'one row' : `${rows} rows`;
  return `${of} of data for ${iterations.length} iterations: the last row serves again from iteration ${rows + 1} on, as in Newman`;
}

/** What each name may be in any iteration, as one text: it is asked which variables stand in it. */
export function textsOf(...rows: readonly DataRow[]): Record<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of rows.flatMap((row) => Object.entries(row))) {
    texts.set(name, `${texts.get(name) ?? ''}${variableText(value)}`);
  }
  return Object.fromEntries(texts);
}
