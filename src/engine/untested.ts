import { CONFIG_FILE } from '../config/config';
import { RunnerError } from '../errors';
import type { Masker } from '../masking/masker';
import { type Basis, buildReport, type ReportHead, type ResultRow } from '../report/build';
import { counted } from '../report/group';
import { isAside, type Report, withWarnings } from '../report/report';
import type { SkipReason } from '../runner/runner';

/** A run of which a part could not be tested; `report` tells of all of it, and is no result. */
export class UntestedError extends RunnerError {
  override readonly name = 'UntestedError';

  constructor(
    { what, where, todo }: RunnerError,
    readonly report: Report,
  ) {
    super(what, where, todo);
  }
}

/** An error that has a report; any other is thrown on. */
export function untestedOf(error: unknown): UntestedError {
  if (error instanceof UntestedError) return error;
  throw error;
}

/** What is not as for a run: rows of a recording, and what throws a RunnerError where they are no result. */
export interface TestedOptions {
  readonly isRecording?: boolean;
  readonly refuse?: (rows: readonly ResultRow[]) => void;
}

/**
 * The report of a run's rows.
 *
 * Errors: UntestedError where a part could not be tested: its report says so (`run.untested`), and never that the API holds.
 */
export function testedReport(
  head: ReportHead,
  rows: readonly ResultRow[],
  basis: Basis,
  masker: Masker,
  { isRecording = false, refuse = refuseUntested }: TestedOptions = {},
): Report {
  const options = { basis, isRecording };
  try {
    refuse(rows);
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error;
    const run = { ...head.run, untested: masker.text(error.message) };
    throw new UntestedError(error, buildReport({ ...head, run }, rows, options));
  }
  return withWarnings(buildReport(head, rows, options), leftOut(rows));
}

/** What a read-only run has no stand-in for. */
function isLacking({ row, skip }: ResultRow): boolean {
  return !isAside(row) && skip?.cause === 'selection' && skip.variables !== undefined;
}

/** It is no gap, but whoever wants it tested has to be told how, once. */
function leftOut(rows: readonly ResultRow[]): string[] {
  const lacking = rows.filter(isLacking);
  const { size } = new Set(lacking.map(({ row }) => row.key));
  if (size === 0) return [];
  return [`${counted(size, 'request')} ${size === 1 ? 'was' : 'were'} left out: ${standInsFor(lacking)}`];
}

/**
 * Nothing passes untested: a selection of which nothing ran, or a request that waited for a variable which a passing
 * request did not yield, or that a script of the collection skipped, is no result; neither is one whose configured
 * capture found nothing.
 *
 * Errors: RunnerError.
 */
export function refuseUntested(rows: readonly ResultRow[]): void {
  const tested = rows.filter(({ row }) => !isAside(row));
  const skipped = tested.filter(({ row }) => row.outcome === 'skipped');
  const failed = rows.some(({ row }) => row.outcome === 'failed');
  if (failed) return;
  const gap = skipped.find(({ skip }) => isGap(skip));
  // What a read-only run has no stand-in for is missing wherever another read would have yielded more by it.
  const lacking = skipped.filter(isLacking);
  const isByThem =
    gap === undefined || (gap.skip?.cause === 'prerequisite' && gap.skip.variables !== undefined);
  const first = (isByThem ? lacking[0] : undefined) ?? gap ?? skipped[0];
  if (first?.skip?.cause === 'unsendable') {
    const { text, where = first.row.key, todo = '' } = first.skip;
    throw new RunnerError(text, where, todo);
  }
  if (first !== undefined && (skipped.length === tested.length || gap !== undefined)) {
    const todo = first.skip?.todo ?? (lacking.includes(first) ? standInsFor(lacking) : todoOf(first.skip));
    throw new RunnerError(`could not be tested: ${first.row.reason}`, first.row.key, todo);
  }
  refuseUncaptured(rows);
  const kept = rows.find(({ row }) => row.cleanup === true && row.outcome === 'skipped');
  if (kept !== undefined) {
    throw new RunnerError(`something was left: ${kept.row.reason}`, kept.row.key, 'remove it by hand');
  }
}

function todoOf(skip: SkipReason | undefined): string {
  switch (skip?.cause) {
    case 'script':
      return 'select the other requests with --only or --folder, or remove the skip from the collection';
    case 'selection':
      return 'select other requests';
    case 'file':
      return 'put it into the project, or select other requests';
    default:
      return 'correct the capture or give the variable a value in the environment';
  }
}

/** What to write for a read-only run. */
function standInsFor(rows: readonly ResultRow[]): string {
  const names = new Set(rows.flatMap(({ skip }) => skip?.variables ?? []));
  const values = [...names].map((name) => `"${name}": "VALUE"`).join(', ');
  return `say in ${CONFIG_FILE} what is there to be looked at: "safeVariables": {${values}}`;
}

/** Where a variable has another value already, what needs it would be tested with that one and nobody would know. */
function refuseUncaptured(rows: readonly ResultRow[]): void {
  const first = rows.find(({ uncaptured }) => uncaptured !== undefined);
  if (first?.uncaptured === undefined) return;
  const names = first.uncaptured.map((name) => `{{${name}}}`).join(', ');
  const todo = 'correct or remove the capture in driftgate.config.json';
  throw new RunnerError(`the capture of ${names} found nothing`, first.row.key, todo);
}

/** Whether a skip leaves a gap that nobody asked for and no finding tells of. */
function isGap(skip: SkipReason | undefined): boolean {
  return skip !== undefined && ['prerequisite', 'script', 'file', 'unsendable'].includes(skip.cause);
}
