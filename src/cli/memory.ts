import { join, resolve } from 'node:path';
import type { Config } from '../config/config';
import { withFirstSeen } from '../history/changes';
import { appendRun, type History, readHistory } from '../history/file';
import type { HistoryRun } from '../history/run';
import { visible } from '../report/escape';
import type { Report } from '../report/report';
import type { Io } from './io';
import type { CommandContext } from './main';

/** What a command knows of earlier runs, and where it puts its own. Without a file it knows nothing. */
export interface Memory extends History {
  /** The report with since when its findings stand, and with what was wrong with the history. */
  dated(report: Report): Report;
  /** Errors: HistoryError. */
  remember(run: HistoryRun): void;
}

/** The file that runs are remembered in: that of the flag, of the configuration, or beside the reports; null is none. */
export function historyFile(
  { directory }: Io,
  flag: string | false | undefined,
  { history }: Pick<Config, 'history'>,
  reports: string,
): string | null {
  if (flag === false) return null;
  if (flag !== undefined) return resolve(directory, flag);
  if (history === false) return null;
  return history ?? join(reports, 'history.jsonl');
}

/** Reads the history before anything is sent, and tells on standard error what is wrong with it. Errors: HistoryError. */
export function openMemory(context: CommandContext, file: string | null): Memory {
  if (file === null) return { runs: [], warnings: [], dated: (report) => report, remember: () => {} };
  const { io } = context;
  const { runs, warnings } = readHistory(file);
  for (const warning of warnings) warn(context, warning);
  return {
    runs,
    warnings,
    dated: (report) => withWarnings(withFirstSeen(report, runs), warnings),
    remember: (run) => appendRun(file, run, io.clock?.now ?? Date.now),
  };
}

/** The report with what went wrong beside the run. */
export function withWarnings(report: Report, warnings: readonly string[]): Report {
  if (warnings.length === 0) return report;
  return { ...report, warnings: [...(report.warnings ?? []), ...warnings] };
}

/** One line on standard error of something that changes neither verdict nor exit code. */
export function warn({ io, masker }: CommandContext, text: string): void {
  io.stderr.write(`driftgate: warning: ${visible(masker.text(text))}\n`);
}
