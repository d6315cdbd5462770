import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AggregatedResult, Config, TestContext } from '@jest/reporters';
import { interruptedError } from '../engine/interrupted';
import { testedReport, untestedOf } from '../engine/untested';
import { RunnerError } from '../errors';
import { withFirstSeen } from '../history/changes';
import { appendRun, readHistory } from '../history/file';
import { historyRunOf, runsForPage } from '../history/run';
import { Masker } from '../masking/masker';
import { type Basis, buildReport, exitCodeOf, type ReportHead, type ResultRow } from '../report/build';
import { lineWidth } from '../report/columns';
import { mergeDocumented } from '../report/coverage';
import { describeError } from '../report/describe-error';
import { publishOnGithub, publishReports } from '../report/publish';
import { isAside, withWarnings } from '../report/report';
import { toTerminal } from '../report/terminal';
import { wasInterrupted } from './interruption';
import { type Partial, readPlanned, takePartials } from './partial';
import { historyOf, reportsDirectory, VARIABLES } from './settings';

/**
 * Makes the reports of what the test files left, prints the closing table, and gives Jest's process the exit code of
 * the verdict: Jest itself knows only 0 and 1.
 */
export default class DriftgateReporter {
  readonly #config: Config.GlobalConfig;

  constructor(globalConfig: Config.GlobalConfig) {
    this.#config = globalConfig;
  }

  onRunComplete(_contexts: Set<TestContext>, results: AggregatedResult): void {
    const runDirectory = process.env[VARIABLES.runDirectory];
    if (runDirectory === undefined) return;
    delete process.env[VARIABLES.runDirectory];
    const partials = takePartials(runDirectory);
    const isInterrupted = wasInterrupted(runDirectory);
    const planned = isFiltered(this.#config) || isInterrupted ? [] : readPlanned(runDirectory);
    rmSync(runDirectory, { recursive: true, force: true });
    try {
      if (!isInterrupted) refuseUntestedFiles(partials, planned, results, this.#config.rootDir);
      if (partials.length > 0) this.#report(partials, results, isInterrupted);
      if (isInterrupted) throw interruptedError('jest');
    } catch (error) {
      process.stderr.write(`\n${describeError(error, new Masker(), false, lineWidth(process.stderr))}\n`);
      leaveWith(2);
    }
  }

  #report(partials: readonly Partial[], results: AggregatedResult, isInterrupted: boolean): void {
    const [first] = partials;
    if (first === undefined) return;
    const rows = partials.flatMap((partial) => partial.rows);
    const names = new Set(partials.map(({ head }) => head.run.runner));
    const run = {
      ...first.head.run,
      startedAt: new Date(results.startTime).toISOString(),
      durationMs: Date.now() - results.startTime,
      runner: names.size > 1 ? 'both' : first.head.run.runner,
      ...(isInterrupted && { interrupted: true as const }),
    };
    const parts = partials.flatMap((partial) => partial.basis.documented);
    const basis = { ...first.basis, documented: mergeDocumented(parts, first.basis.keys) };
    const { built, untested } = reportOf({ ...first.head, run }, rows, basis);
    const file = historyOf(this.#config.rootDir, process.env);
    const { runs, warnings } = file === null ? { runs: [], warnings: [] } : readHistory(file);
    const report = file === null ? built : withWarnings(withFirstSeen(built, runs), warnings);
    const directory = reportsDirectory(this.#config.rootDir, process.env);
    const files = [
      ...publishReports(directory, report, [], runsForPage(runs, report)),
      join(directory, 'junit.xml'),
    ];
    const reports = files.map((file) => relative(process.cwd(), file));
    const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const width = Math.min(lineWidth(process.stdout), 120);
    process.stdout.write(`\n${toTerminal(report, { color, width, reports })}\n`);
    process.stdout.write(publishOnGithub(report, process.env));
    // What is no result is nothing to remember.
    if (untested !== null) throw untested;
    if (isInterrupted) return;
    if (file !== null) {
      const notes = { command: 'run' as const, isPartial: isFiltered(this.#config) };
      appendRun(file, historyRunOf(report, notes), Date.now);
    }
    const code = exitCodeOf(report.verdict);
    if (code === 0 && results.numFailedTests > 0) {
      process.stdout.write(
        `the contract holds, but ${results.numFailedTests} other tests failed: see above\n`,
      );
    }
    leaveWith(code);
  }
}

/** The report, and why it is none of a whole run, where it is not. */
function reportOf(head: ReportHead, rows: readonly ResultRow[], basis: Basis) {
  if (head.run.interrupted === true) return { built: buildReport(head, rows, { basis }), untested: null };
  try {
    return { built: testedReport(head, rows, basis, new Masker()), untested: null };
  } catch (error) {
    const untested = untestedOf(error);
    return { built: untested.report, untested };
  }
}

/** Whether this Jest run was asked for a part of the suite only. */
function isFiltered(config: Config.GlobalConfig): boolean {
  const { testPathPatterns, testNamePattern, onlyChanged, onlyFailures, shard } = config;
  return [testPathPatterns.patterns.length > 0, testNamePattern, onlyChanged, onlyFailures, shard].some(
    Boolean,
  );
}

/** What Jest itself calls a pass although it was not tested. Errors: RunnerError. */
function refuseUntestedFiles(
  partials: readonly Partial[],
  planned: readonly string[],
  results: AggregatedResult,
  rootDir: string,
): void {
  const error = partials.find((partial) => partial.error !== null)?.error;
  if (error != null) throw new RunnerError(error.replace(/^driftgate: /, ''), '', '');
  const broken = results.testResults.filter(({ testExecError }) => testExecError !== undefined);
  if (broken.length > 0) {
    const files = broken.map(({ testFilePath }) => relative(rootDir, testFilePath)).join(', ');
    throw new RunnerError('test files could not run', files, 'see their errors above');
  }
  // Where there are rows, they say why none was sent.
  if (results.numPassedTests + results.numFailedTests === 0 && partials.length === 0) {
    throw new RunnerError('no test ran', 'jest', 'check the names and patterns it was given');
  }
  // What ran for other requests, or to clean up after them, is nobody's test.
  const tested = new Set(
    partials.flatMap(({ rows }) => rows.flatMap(({ row }) => (isAside(row) ? [] : [row.key]))),
  );
  const missing = planned.filter((key) => !tested.has(key));
  if (missing.length > 0) {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more requests` : '';
    const todo = 'add one with describeContract({ folder }) for its folder';
    throw new RunnerError('no test file covers', `${missing[0]}${more}`, todo);
  }
}

let exitCode = 0;

/** Jest sets its own code when the process ends; this has the last word. 2 outweighs the others. */
function leaveWith(code: number): void {
  if (code === 0 || exitCode === 2) return;
  if (exitCode === 0) process.once('exit', () => process.exit(exitCode));
  exitCode = code;
}
