import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import type { Credentials } from '../engine/credentials';
import { runHealth } from '../engine/health';
import { interruptedReport } from '../engine/interrupted';
import type { CheckedOrigin } from '../engine/preflight';
import { openProject, type Project } from '../engine/project';
import { createRunner } from '../engine/run';
import { historyFile } from '../history/file';
import { historyRunOf } from '../history/run';
import type { Plan } from '../plan/plan';
import type { Selection } from '../plan/selection';
import { exitCodeOf } from '../report/build';
import { clearFormats } from '../report/publish';
import { type Report, withWarnings } from '../report/report';
import { type RetryPolicy, SYSTEM_CLOCK } from '../runner/typed/retry';
import { historyLines, originLine } from './health-lines';
import { StoppableRun } from './interruption';
import { type Io, wantsColor, wrapFor } from './io';
import type { CommandContext } from './main';
import { openMemory, warn } from './memory';
import { metricsFor, type NotifyFlags, notifiersFor, notifyAll } from './notify';
import {
  collect,
  type ProjectFlags,
  projectOptions,
  runCommandOf,
  type SourceFlags,
  sourceOptions,
  whole,
  widthOf,
  withProjectFlags,
  withSourceFlags,
} from './options';
import { Progress } from './progress';
import { printReports, printSummary, publish, writeFiles } from './publish';
import { destinationsOf, type ReporterFlags, withReporterFlags } from './reporters';
import { headline } from './run';

interface HealthFlags extends ProjectFlags, SourceFlags, NotifyFlags, ReporterFlags {
  readonly only?: readonly string[];
  readonly folder?: readonly string[];
  readonly concurrency?: number;
  readonly strict?: boolean;
  readonly retries?: number;
  readonly history?: string;
  readonly metrics?: string;
  readonly otlp?: string;
}

/** `driftgate health`: the nightly check of an environment that others use. */
export function healthCommand(context: CommandContext): Command {
  const command = new Command('health')
    .description('check an environment without harming it: down, slow, drifted, and since when')
    .argument('[collection]', 'collection file, URL or published link (default: the configured pin)')
    .addOption(new Option('--only <key>', 'test this request (repeatable)').argParser(collect))
    .addOption(new Option('--folder <name>', 'test this folder (repeatable)').argParser(collect))
    .addOption(new Option('--concurrency <n>', 'requests at the same time (default: 16)').argParser(whole(1)))
    .option('--strict', 'additive findings fail too')
    .addOption(
      new Option(
        '--retries <n>',
        'how often what failed for the moment is sent again (default: as configured, else 2)',
      ).argParser(whole(0)),
    )
    .option(
      '--history <file>',
      'the file that runs are remembered in (default: history.jsonl beside the reports)',
    )
    .addOption(
      new Option('--notify <url>', 'post here when the verdict changes (repeatable)').argParser(collect),
    )
    .addOption(
      new Option('--notify-format <name>', 'what is posted (default: by the host, else json)').choices([
        'json',
        'slack',
        'teams',
      ]),
    )
    .addOption(
      new Option('--notify-after <n>', 'post after so many runs in a row (default: 1)').argParser(whole(1)),
    )
    .option(
      '--notify-reminder <runs or hours>',
      'post again after 7 runs (7) or a day (24h) without a change',
    )
    .option('--metrics <file>', 'write the metrics of this run for Prometheus (textfile collector)')
    .option('--otlp <url>', 'send them to an OpenTelemetry collector, such as http://host:4318/v1/metrics')
    .addHelpText('after', HELP);
  return withSourceFlags(withProjectFlags(withReporterFlags(command))).action(
    (collection: string | undefined, flags: HealthFlags) => health(context, collection, flags),
  );
}

const HELP = `
It sends only requests that read, and those of "health.allow" in driftgate.config.json. Network faults, 429, 502, 503
and 504 are tried again; a finding never is. Exit codes: 0 healthy or degraded, 1 drifted, 2 could not test, 3 down.
An address of --notify is a secret: better name its variable under "notify" in driftgate.config.json.`;

async function health(
  context: CommandContext,
  collection: string | undefined,
  flags: HealthFlags,
): Promise<void> {
  const { io } = context;
  const reports = resolve(io.directory, flags.reports ?? 'reports');
  const to = destinationsOf(flags.reporter ?? [], io.directory, reports);
  clearFormats(reports, to.files);
  const project = await openProject({
    ...projectOptions(io, flags, collection),
    ...runCommandOf(io, flags, { collection, besides: ['--safe'] }),
    ...sourceOptions(context, flags),
    health: true,
    ...(flags.strict !== undefined && { strict: flags.strict }),
    ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
  });
  context.masker = project.masker;
  const runner = createRunner('typed');
  const stoppable = new StoppableRun(io, 'health');
  let running: Promise<Report> | undefined;
  try {
    const notifiers = notifiersFor(context, flags, project);
    const exportTo = metricsFor(flags, io);
    // Without a history there would be no change of verdict: `false` is for `driftgate run`.
    const configured = project.config.history || undefined;
    const { directory } = io;
    const file = historyFile({ directory, asked: flags.history, configured, reports });
    const memory = openMemory(context, file);
    const { runs } = memory.history();
    const colors = createColors(wantsColor(io));
    let plan: Plan | undefined;
    const origins: CheckedOrigin[] = [];
    let credentials: Credentials = new Map();
    const startedAt = new Date();
    running = runHealth(project, {
      runner,
      selection: selectionOf(flags),
      retry: retryOf(io, flags, project),
      history: runs,
      signal: stoppable.signal,
      onPlan: (planned) => {
        plan = planned;
        if (flags.quiet === true) return;
        const begin = headline(project, planned.requests.length, ['typed']);
        io.stdout.write(`${wrapFor(io.stdout, begin, 2)}\n`);
        stoppable.progress = new Progress(io, { total: planned.requests.length });
      },
      onOrigin: (origin) => {
        origins.push(origin);
        stoppable.progress?.note(originLine(origin.told, colors));
      },
      onCredentials: (seen) => {
        credentials = seen;
      },
      onRow: (row) => {
        stoppable.heard(row);
      },
    });
    const { report: reached, untested } = await stoppable.report(running, {
      half: () => {
        if (plan === undefined) return null;
        const { rows } = stoppable;
        const half = { plan, runners: ['typed' as const], startedAt, rows, origins, credentials };
        return memory.dated(interruptedReport(project, half));
      },
      before: memory.before,
      places: { reports, to },
    });
    const report = memory.dated(reached);
    const places = { reports, to, before: memory.before(report) };
    // What was not tested whole is shown, and neither remembered nor told to anybody.
    if (untested !== null) {
      publish(io, report, places);
      throw untested;
    }
    const { files, fault } = writeFiles(io, report, places);
    printSummary(io, report, files);
    for (const line of historyLines(report, runs, widthOf(io))) io.stdout.write(`${line}\n`);
    for (const warning of reached.warnings ?? []) warn(context, warning);
    context.exitCode = exitCodeOf(report.verdict);
    // A part of the requests has a verdict of its own, which is no change of the whole's.
    const isPartial = flags.only !== undefined || flags.folder !== undefined;
    const { notified, warnings } = await notifyAll(isPartial ? [] : notifiers, report, runs, project);
    memory.remember(historyRunOf(report, { command: 'health', isPartial, notified }));
    const told = [...warnings, ...(await exportTo(report))];
    for (const warning of told) warn(context, warning);
    const whole = withWarnings(report, told);
    const again = told.length > 0 ? writeFiles(io, whole, places).fault : null;
    printReports(io, whole, to);
    // Who is to be told is told first: a report that cannot be written silences nobody.
    if ((again ?? fault) !== null) throw again ?? fault;
  } finally {
    stoppable.end();
    stoppable.stop();
    await running?.catch(() => {});
    await runner.close();
    await project.close();
  }
}

function selectionOf({ only, folder }: HealthFlags): Selection {
  return { ...(only !== undefined && { only }), ...(folder !== undefined && { folders: folder }) };
}

const BACKOFF_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

function retryOf({ clock = SYSTEM_CLOCK }: Io, flags: HealthFlags, { config }: Project): RetryPolicy {
  const retries = flags.retries ?? config.health.retries;
  return { retries, backoffMs: BACKOFF_MS, longestWaitMs: LONGEST_WAIT_MS, clock };
}
