/** A command of ours in a sentence, as it is typed: it is installed in a project, and on nobody's path. */
export function commandText(words: string): string {
  return `\`npx driftgate ${words}\``;
}

/**
 * Base of everything that keeps us from testing: what happened, where, and what to do about it.
 *
 * A difference between API and contract is never an error; it is a `Finding`.
 */
export class DriftgateError extends Error {
  override readonly name: string = 'DriftgateError';

  constructor(
    readonly what: string,
    readonly where: string,
    readonly todo: string,
    options?: { cause?: unknown },
  ) {
    super([what, where, todo].filter((part) => part !== '').join(', '), options);
  }
}

/** A flag, argument or selection that we do not know or that selects nothing. */
export class UsageError extends DriftgateError {
  override readonly name = 'UsageError';
}

/** `driftgate.config.json` is missing, unreadable or says something we do not understand. */
export class ConfigError extends DriftgateError {
  override readonly name = 'ConfigError';
}

/** No such environment, or its file cannot be read. */
export class EnvironmentError extends DriftgateError {
  override readonly name = 'EnvironmentError';
}

/** A source (file, URL, published link) that could not be read. The pin, if there is one, is kept. */
export class SourceError extends DriftgateError {
  override readonly name = 'SourceError';
}

/** A document that is not a collection we can run: each fault as a JSON Pointer into the document. */
export class CollectionFormatError extends DriftgateError {
  override readonly name = 'CollectionFormatError';

  /** `faults` are all that is wrong; they are told one a line where there are too many for one. */
  constructor(
    what: string,
    where: string,
    todo: string,
    options: { cause?: unknown; readonly faults?: readonly string[] } = {},
  ) {
    const { faults = [], ...rest } = options;
    const more = faults.length - MOST_FAULTS;
    const shown = [...faults.slice(0, MOST_FAULTS), ...(more > 0 ? [`and ${more} more`] : [])];
    super(shown.length === 0 ? what : `${what}: ${shown.join('; ')}`, where, todo, rest);
    this.faults = more > 0 ? faults : [];
  }

  readonly faults: readonly string[];
}

/** As many faults as one line can tell. */
const MOST_FAULTS = 3;

/** The pinned collection and its lock file disagree. */
export class PinMismatchError extends DriftgateError {
  override readonly name = 'PinMismatchError';
}

/** One line must stay readable; the rest is named when these have a value. */
const MOST_NAMES = 10;

/** `{{names}}` that neither the environment nor an earlier request provides. */
export class UnresolvedVariableError extends DriftgateError {
  override readonly name = 'UnresolvedVariableError';

  constructor(
    readonly variables: readonly string[],
    readonly key: string,
    /** The file in which a person gives them a value. */
    place = '.env.<name>',
  ) {
    const todo = `set ${variables.length === 1 ? 'it' : 'them'} in ${place} or driftgate.config.json ("variables", "captures")`;
    const shown = variables.slice(0, MOST_NAMES).map((name) => `{{${name}}}`);
    const more = variables.length - shown.length;
    super(`unresolved ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, key, todo);
  }
}

/** A contract schema that is not valid JSON Schema, or uses what its dialect does not know. */
export class SchemaCompileError extends DriftgateError {
  override readonly name = 'SchemaCompileError';
}

/** A request that cannot be sent as it is written: no URL, an auth type we cannot sign, a foreign host. */
export class RequestError extends DriftgateError {
  override readonly name = 'RequestError';
}

/** A runner stopped, or returned fewer exchanges than were planned. */
export class RunnerError extends DriftgateError {
  override readonly name: string = 'RunnerError';
}

/** A report that cannot be read or written. */
export class ReportError extends DriftgateError {
  override readonly name = 'ReportError';
}

/** A flow asked for a body that the response does not have: its status or its shape is another. */
export class ContractError extends DriftgateError {
  override readonly name = 'ContractError';
}

/** The history of runs cannot be read or written, or a newer Driftgate wrote it. */
export class HistoryError extends DriftgateError {
  override readonly name = 'HistoryError';
}
