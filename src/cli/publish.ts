import { relative } from 'node:path';
import type { HistoryRun } from '../report/page-data';
import { publishOnGithub, publishReports } from '../report/publish';
import type { Report } from '../report/report';
import { toTerminal } from '../report/terminal';
import { type Io, linked, wantsColor, wantsLinks } from './io';
import { widthOf } from './options';
import type { Destinations } from './reporters';

/** Where the reports of a run go, and the runs before it, which the page shows. */
export interface Places {
  readonly reports: string;
  readonly to: Destinations;
  readonly before?: readonly HistoryRun[];
}

/** The reports that were written, from the folder of the project, and why one could not be. */
export interface Written {
  readonly files: readonly string[];
  readonly fault: unknown;
}

/** Writes the files of a report, as many as can be written. */
export function writeFiles({ directory }: Io, report: Report, { reports, to, before }: Places): Written {
  try {
    const files = publishReports(reports, report, to.files, before);
    return { files: files.map((file) => relative(directory, file)), fault: null };
  } catch (fault) {
    return { files: [], fault };
  }
}

/** Prints the closing summary of a report. */
export function printSummary(io: Io, report: Report, files: readonly string[]): void {
  const link = (path: string, shown: string): string => linked(io, path, shown);
  const options = { color: wantsColor(io), width: widthOf(io), reports: files };
  io.stdout.write(`\n${toTerminal(report, { ...options, ...(wantsLinks(io) && { link }) })}\n`);
}

/** Shows a report in GitHub Actions, and prints the reports that were asked for without a file. */
export function printReports(io: Io, report: Report, { printed }: Destinations): void {
  let fault: unknown = null;
  let annotations = '';
  try {
    annotations = publishOnGithub(report, io.env);
  } catch (error) {
    fault = error;
  }
  const asked = printed.map((writer) => writer.write(report));
  for (const text of new Set([annotations, ...asked])) if (text !== '') io.stdout.write(text);
  if (fault !== null) throw fault;
}

/** Writes all reports and prints the summary; one that cannot be written fails the run when the rest is told. */
export function publish(io: Io, report: Report, places: Places): void {
  const { files, fault } = writeFiles(io, report, places);
  printSummary(io, report, files);
  printReports(io, report, places.to);
  if (fault !== null) throw fault;
}
