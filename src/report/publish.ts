import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReportError } from '../errors';
import { makeFolder } from '../folder';
import type { HistoryRun } from './page-data';
import type { Report } from './report';
import { writeReports } from './write';
import { WRITERS, type Writer } from './writers';

/** A report that somebody asked for, and the file that it goes to. */
export interface ReportFile {
  readonly writer: Writer;
  readonly file: string;
}

/**
 * Removes what an earlier run wrote, in any format, so that a run that fails early leaves no old result behind.
 *
 * Errors: ReportError where a report could not be written either.
 */
export function clearFormats(directory: string, asked: readonly ReportFile[]): void {
  const names = Object.values(WRITERS).flatMap(({ file }) => (file === null ? [] : [join(directory, file)]));
  for (const file of [...names, ...asked.map((one) => one.file)]) {
    attempt(file, () => {
      if (isOwn(file)) rmSync(file, { force: true });
    });
  }
}

/** Whether a file can be what an earlier run left: a pipe, a device or an open stream (`/dev/stdout`) is somebody else's. */
function isOwn(file: string): boolean {
  if (/^\/(dev|proc)\//.test(file)) return false;
  const seen = statSync(file, { throwIfNoEntry: false });
  return seen === undefined || seen.isFile() || seen.isDirectory();
}

/**
 * Writes `report.json`, `index.html` and the reports that were asked for; gives their paths. `before` are the runs before this
 * one, oldest first, which the page shows.
 *
 * Errors: ReportError, when all that can be written is written: a run whose report is lost did not succeed.
 */
export function publishReports(
  directory: string,
  report: Report,
  asked: readonly ReportFile[],
  before: readonly HistoryRun[] = [],
): string[] {
  const faults: unknown[] = [];
  const tried = (file: string, write: () => string[]): string[] => {
    try {
      return attempt(file, write);
    } catch (error) {
      faults.push(error);
      return [];
    }
  };
  const files = [
    ...tried(directory, () => writeReports(directory, report, before)),
    ...asked.flatMap(({ writer, file }) =>
      tried(file, () => {
        makeFolder(dirname(file));
        writeFileSync(file, writer.write(report));
        return [file];
      }),
    ),
  ];
  if (faults.length > 0) throw faults[0];
  return [...new Set(files)];
}

/** GitHub refuses a summary of a step that is larger than 1,024 KiB, with all that is in it. */
const SUMMARY_BYTES = 1_000_000;

/**
 * Shows a report where GitHub Actions shows one: Markdown in the summary of the job (`GITHUB_STEP_SUMMARY`), after what the
 * step has written there, and annotations, which the caller prints.
 *
 * Shape: lines for standard output; empty elsewhere than in GitHub Actions. Errors: ReportError.
 */
export function publishOnGithub(report: Report, env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_ACTIONS: actions } = env;
  if (summary !== '') {
    attempt(summary, () => {
      const { toMarkdown } = require('./markdown') as typeof import('./markdown');
      const left = SUMMARY_BYTES - (statSync(summary, { throwIfNoEntry: false })?.size ?? 0);
      if (left > 0) appendFileSync(summary, toMarkdown(report, left));
    });
  }
  return actions === 'true' ? (WRITERS.github?.write(report) ?? '') : '';
}

function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    const todo = 'give a place that can be written to';
    throw new ReportError(`a report cannot be written (${code})`, file, todo, { cause: message });
  }
}
