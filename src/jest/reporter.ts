import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AggregatedResult, Config, TestContext } from '@jest/reporters';
import { refuseUntested } from '../engine/run';
import { Masker } from '../masking/masker';
import { buildReport, exitCodeOf } from '../report/build';
import { describeError } from '../report/describe-error';
import { toTerminal } from '../report/terminal';
import { writeReports } from '../report/write';
import { type Partial, readPartials } from './partial';
import { reportsDirectory, VARIABLES } from './settings';

/**
 * Makes the reports of what the test files left, prints the closing table, and gives Jest's process the exit code of
 * the verdict: Jest itself knows only 0 and 1.
 */
export default class DriftgateReporter {
  readonly #directory: string;

  constructor(globalConfig: Config.GlobalConfig) {
    this.#directory = globalConfig.rootDir;
  }

  onRunComplete(_contexts: Set<TestContext>, results: AggregatedResult): void {
    const runDirectory = process.env[VARIABLES.runDirectory];
    if (runDirectory === undefined) return;
    delete process.env[VARIABLES.runDirectory];
    const partials = readPartials(runDirectory);
    rmSync(runDirectory, { recursive: true, force: true });
    try {
      this.#report(partials, results);
    } catch (error) {
      process.stderr.write(`\n${describeError(error, new Masker(), false)}\n`);
      leaveWith(2);
    }
  }

  #report(partials: readonly Partial[], results: AggregatedResult): void {
    const error = partials.find((partial) => partial.error !== null)?.error;
    const [first] = partials;
    if (error != null) {
      process.stderr.write(`\n${error}\n`);
      leaveWith(2);
    } else if (first !== undefined) {
      const rows = partials.flatMap((partial) => partial.rows);
      refuseUntested(rows);
      const names = new Set(partials.map(({ head }) => head.run.runner));
      const runner = names.size > 1 ? 'both' : first.head.run.runner;
      const run = {
        ...first.head.run,
        startedAt: new Date(results.startTime).toISOString(),
        durationMs: Date.now() - results.startTime,
        runner,
      };
      const report = buildReport({ ...first.head, run }, rows);
      const directory = reportsDirectory(this.#directory, process.env);
      const files = [...writeReports(directory, report), join(directory, 'junit.xml')];
      const shown = files.map((file) => relative(process.cwd(), file));
      const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
      const width = Math.max(40, Math.min(process.stdout.columns ?? 80, 120));
      process.stdout.write(`\n${toTerminal(report, { color, width, reports: shown })}\n`);
      leaveWith(exitCodeOf(report.verdict));
    }
    if (results.numRuntimeErrorTestSuites > 0) {
      const files = results.testResults.filter(({ testExecError }) => testExecError !== undefined);
      const names = files.map(({ testFilePath }) => relative(this.#directory, testFilePath)).join(', ');
      process.stderr.write(`\ndriftgate: test files could not run, ${names}, see their errors above\n`);
      leaveWith(2);
    }
  }
}

let exitCode = 0;

/** Jest sets its own code when the process ends; this has the last word. 2 outweighs the others. */
function leaveWith(code: number): void {
  if (code === 0 || exitCode === 2) return;
  if (exitCode === 0) process.once('exit', () => process.exit(exitCode));
  exitCode = code;
}
