import { withFirstSeen } from '../history/changes';
import { appendRun, type History, latestRuns, readHistory, refuseNewer } from '../history/file';
import { type HistoryRun, isSameEnvironment, PAGE_RUNS, runsForPage } from '../history/run';
import { visible } from '../report/escape';
import type { HistoryRun as PageRun } from '../report/page-data';
import { type Report, withWarnings } from '../report/report';
import { wrapFor } from './io';
import type { CommandContext } from './main';

/** What a command knows of earlier runs, and where it puts its own. Without a file it knows nothing. */
export interface Memory {
  /** Read when it is asked for first; what is wrong with it is told on standard error. */
  history(): History;
  /** The report with since when its findings stand, and with what was wrong with the history. */
  dated(report: Report): Report;
  /** The runs before a report, as its page shows them. */
  before(report: Report): readonly PageRun[];
  /** Errors: HistoryError. */
  remember(run: HistoryRun): void;
}

/** Looks, before anything is sent, whether the history may be used. Errors: HistoryError. */
export function openMemory(context: CommandContext, file: string | null): Memory {
  const { io } = context;
  if (file !== null) refuseNewer(file);
  let known: History | null = null;
  const history = (): History => {
    if (known !== null) return known;
    known = file === null ? { runs: [], warnings: [] } : readHistory(file);
    for (const warning of known.warnings) warn(context, warning);
    return known;
  };
  return {
    history,
    dated: (report) => {
      // Years of nights need not be taken apart for a run that has nothing to date.
      const hasFindings = report.requests.some(({ findings }) => findings.length > 0);
      if (file === null || (known === null && !hasFindings)) return report;
      const { runs, warnings } = history();
      return withWarnings(withFirstSeen(report, runs), warnings);
    },
    before: (report) => {
      if (file === null) return [];
      const runs = known?.runs ?? latestRuns(file, PAGE_RUNS, (run) => isSameEnvironment(run, report));
      return runsForPage(runs, report);
    },
    remember: (run) => {
      if (file !== null) appendRun(file, run, io.clock?.now ?? Date.now);
    },
  };
}

/** One line on standard error of something that changes neither verdict nor exit code. */
export function warn({ io, masker }: CommandContext, text: string): void {
  const line = visible(`driftgate: warning: ${masker.text(text)}`);
  io.stderr.write(`${wrapFor(io.stderr, line, 2)}\n`);
}
