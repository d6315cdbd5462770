import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Config } from '../config/config';
import { repeatedRows } from '../engine/given';
import { interruptedReport } from '../engine/interrupted';
import { openProject, type Project } from '../engine/project';
import { recorderOf } from '../engine/recorded';
import { createRunner, planOf, prepareRunner, runContract } from '../engine/run';
import type { Widening } from '../engine/widening';
import { UsageError } from '../errors';
import { HarFile } from '../exchange/har-file';
import { historyFile } from '../history/file';
import { historyRunOf } from '../history/run';
import { placeOf } from '../learn/words';
import { orderOf } from '../plan/order';
import type { Plan } from '../plan/plan';
import type { Selection } from '../plan/selection';
import { exitCodeOf } from '../report/build';
import { visible } from '../report/escape';
import { counted } from '../report/group';
import { clearFormats } from '../report/publish';
import { type Report, withWarnings } from '../report/report';
import type { RunnerName } from '../runner/runner';
import { explainedOrder } from './explain-order';
import { StoppableRun } from './interruption';
import { type ExitCode, type Io, wrapFor } from './io';
import type { CommandContext } from './main';
import { openMemory, warn } from './memory';
import {
  collect,
  MIN_COVERAGE,
  type ProjectFlags,
  percentage,
  positive,
  projectOptions,
  refuseUncovered,
  runCommandOf,
  type SourceFlags,
  sourceOptions,
  whole,
  withProjectFlags,
  withSourceFlags,
} from './options';
import { Progress } from './progress';
import { publish } from './publish';
import { destinationsOf, type ReporterFlags, withReporterFlags } from './reporters';

interface RunFlags extends ProjectFlags, SourceFlags, ReporterFlags {
  readonly runner?: RunnerName | 'both';
  readonly only?: readonly string[];
  readonly folder?: readonly string[];
  readonly safe?: boolean;
  readonly concurrency?: number;
  readonly concurrencyPerOrigin?: number;
  readonly delayRequest?: number;
  readonly iterationCount?: number;
  readonly iterationData?: string;
  readonly explainOrder?: boolean;
  readonly bail?: boolean;
  readonly strict?: boolean;
  readonly minCoverage?: number;
  readonly har?: string;
  readonly update?: boolean;
  readonly history?: string | false;
}

/** `driftgate run`: the main job without Jest. */
export function runCommand(context: CommandContext): Command {
  const command = new Command('run')
    .description('run a collection and hold every response to its contract')
    .argument('[collection]', 'collection file, URL or published link (default: the configured pin)')
    .addOption(
      new Option('--runner <name>', 'who sends the requests (default: as configured, else typed)').choices([
        'typed',
        'newman',
        'both',
      ]),
    )
    .addOption(new Option('--only <key>', 'test this request (repeatable)').argParser(collect))
    .addOption(new Option('--folder <name>', 'test this folder (repeatable)').argParser(collect))
    .option('--safe', 'read-only requests alone')
    .addOption(
      new Option('--concurrency <n>', 'requests at the same time (default: 16; 1 is in order)').argParser(
        whole(1),
      ),
    )
    .addOption(
      new Option('--concurrency-per-origin <n>', 'of these, at one origin (default: all)').argParser(
        whole(1),
      ),
    )
    .addOption(
      new Option('--delay-request <ms>', 'wait between two requests, which then run in order').argParser(
        positive,
      ),
    )
    .addOption(
      new Option(
        '-n, --iteration-count <n>',
        'run the collection so often (default: once a row of data)',
      ).argParser(whole(1)),
    )
    .option('-d, --iteration-data <file>', 'rows of variables, JSON or CSV: one an iteration')
    .option('--explain-order', 'print what waits for what, and send nothing')
    .option('--bail', 'stop at the first failed request')
    .option('--strict', 'additive findings fail too')
    .option('--update', 'widen the schemas by what was received, and exit as if held to them')
    .option('--har <file>', 'keep the exchanges as an HTTP archive, without secrets')
    .addOption(new Option('--min-coverage <percent>', MIN_COVERAGE).argParser(percentage))
    .option(
      '--history <file>',
      'the file that runs are remembered in (default: history.jsonl beside the reports)',
    )
    .option('--no-history', 'neither remember this run nor say since when findings stand');
  return withSourceFlags(withProjectFlags(withReporterFlags(command))).action(
    (collection: string | undefined, flags: RunFlags) => run(context, collection, flags),
  );
}

/** In the order in which they run. */
function runnersOf({ runner }: RunFlags, config: Config): RunnerName[] {
  const asked = runner ?? config.runner ?? 'typed';
  return asked === 'both' ? ['newman', 'typed'] : [asked];
}

async function run(context: CommandContext, collection: string | undefined, flags: RunFlags): Promise<void> {
  const { io } = context;
  const reports = resolve(io.directory, flags.reports ?? 'reports');
  const destinations = destinationsOf(flags.reporter ?? [], io.directory, reports);
  if (flags.explainOrder !== true) clearFormats(reports, destinations.files);
  const har = flags.har === undefined || flags.explainOrder === true ? null : clearedHar(io, flags.har);
  const project = await openProject({
    ...projectOptions(io, flags, collection),
    ...runCommandOf(io, flags, { collection, besides: ownWords(flags) }),
    ...sourceOptions(context, flags),
    ...(flags.strict !== undefined && { strict: flags.strict }),
    ...(flags.safe !== undefined && { safe: flags.safe }),
    ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
    ...(flags.concurrencyPerOrigin !== undefined && { perOrigin: flags.concurrencyPerOrigin }),
    ...(flags.delayRequest !== undefined && { delayMs: flags.delayRequest }),
    ...(flags.iterationCount !== undefined && { iterationCount: flags.iterationCount }),
    ...(flags.iterationData !== undefined && { data: flags.iterationData }),
    onContract: (contract) => {
      const [first] = runnersOf(flags, contract.config);
      if (first !== undefined && flags.explainOrder !== true) prepareRunner(first, contract.collection);
    },
  });
  context.masker = project.masker;
  const names = runnersOf(flags, project.config);
  const runners = names.map(createRunner);
  const stoppable = new StoppableRun(io, 'run');
  let running: Promise<Report> | undefined;
  const widening = flags.update === true ? wideningOf(project) : null;
  let recording: HarFile | undefined;
  try {
    if (flags.explainOrder === true) {
      const { requests } = planOf(project, selectionOf(flags));
      io.stdout.write(project.masker.text(explainedOrder(orderOf(requests))));
      return;
    }
    const startedAt = new Date();
    let plan: Plan | undefined;
    const { history: configured } = project.config;
    const { directory } = io;
    const repeated = repeatedRows(project.iterations);
    if (repeated !== null) warn(context, repeated);
    const memory = openMemory(context, historyFile({ directory, asked: flags.history, configured, reports }));
    const dated = (report: Report) => withWarnings(memory.dated(report), repeated === null ? [] : [repeated]);
    running = runContract(project, {
      runners,
      selection: selectionOf(flags),
      bail: flags.bail ?? false,
      signal: stoppable.signal,
      ...(io.clock !== undefined && { now: io.clock.now }),
      onPlan: (planned) => {
        plan = planned;
        if (har !== null) recording = new HarFile(har);
        if (flags.quiet === true) return;
        const { length } = planned.requests;
        io.stdout.write(`${wrapFor(io.stdout, headline(project, length, names), 2)}\n`);
        stoppable.progress = new Progress(io, { total: length * names.length * project.iterations.length });
      },
      onRow: (row) => {
        const told = stoppable.heard(row);
        if (told !== null) widening?.row(told);
      },
      onExchange: (outcome, row, runner) => {
        widening?.exchange(outcome, row, runner);
        recording?.add(outcome.exchange, recorderOf(outcome, runner), project.masker);
      },
    });
    const places = { reports, to: destinations };
    const { report: reached, untested } = await stoppable.report(running, {
      half: () => {
        if (plan === undefined) return null;
        const { rows } = stoppable;
        return dated(interruptedReport(project, { plan, runners: names, startedAt, rows }));
      },
      before: memory.before,
      places,
    });
    const report = dated(reached);
    publish(io, report, { ...places, before: memory.before(report) });
    for (const warning of reached.warnings ?? []) warn(context, warning);
    recording?.close();
    // Neither is what was not tested whole: it is shown, and not remembered.
    if (untested !== null) throw untested;
    context.exitCode = exitCodeOf(report.verdict);
    const isPartial = [flags.only, flags.folder, flags.safe, flags.bail].some((flag) => flag !== undefined);
    memory.remember(historyRunOf(report, { command: 'run', isPartial }));
    if (widening !== null) context.exitCode = await widen(context, widening, report);
    // What drifted or is down is certain, however little was covered.
    if (context.exitCode === 0) refuseUncovered(report, flags.minCoverage);
  } finally {
    stoppable.end();
    stoppable.stop();
    // After an interruption the run still hears what is under way, and removes what it made.
    await running?.catch(() => {});
    await Promise.all(runners.map((runner) => runner.close()));
    recording?.abandon();
    await project.close();
  }
}

/** Loaded only where schemas are to be widened. */
function wideningOf(project: Project): Widening {
  const { Widening } = require('../engine/widening') as typeof import('../engine/widening');
  return new Widening(project);
}

/** Widens the schemas and says how; gives the exit code of the run as held to them. */
async function widen({ io, masker }: CommandContext, widening: Widening, before: Report): Promise<ExitCode> {
  const { lines, changes, files, stuck, report } = await widening.widen(before);
  const told = [
    ...lines,
    ...stuck.map((where) => `not widened: ${placeOf(where)}`),
    changes.length === 0
      ? 'no schema changed'
      : `${counted(changes.length, 'change')} written to ${counted(files.size, 'schema file')}`,
  ];
  const code = exitCodeOf(report.verdict);
  if (code !== 0) told.push(`still ${report.verdict}: what is left is nothing that a wider schema settles`);
  io.stdout.write(`\n${told.map((line) => visible(masker.text(line))).join('\n')}\n`);
  return code;
}

/** What else decides who sends the requests and with which values. */
function ownWords({ runner, safe, iterationData, iterationCount }: RunFlags): string[] {
  return [
    ...(runner === undefined ? [] : ['--runner', runner]),
    ...(safe === true ? ['--safe'] : []),
    ...(iterationData === undefined ? [] : ['-d', iterationData]),
    ...(iterationCount === undefined ? [] : ['-n', String(iterationCount)]),
  ];
}

/** The path of a recording, with what an earlier run left there removed. Errors: UsageError. */
function clearedHar(io: Io, file: string): string {
  const path = resolve(io.directory, file);
  // Another file that is named by mistake must not be lost.
  if (!path.endsWith('.har'))
    throw new UsageError(`"${file}" is no name of a recording`, '--har', 'end it in .har');
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed cannot be written either, and that says it.
  }
  return path;
}

function selectionOf({ only, folder, safe }: RunFlags): Selection {
  return {
    ...(only !== undefined && { only }),
    ...(folder !== undefined && { folders: folder }),
    ...(safe !== undefined && { safe }),
  };
}

/** What a run begins with: the collection, how many requests, and where they go. */
export function headline(
  { collection, environment, targetLabel, masker }: Project,
  requests: number,
  runners: string[],
): string {
  const to = masker.text(`${environment.name} (${targetLabel})`);
  return `${visible(masker.text(collection.name))}: ${requests} ${requests === 1 ? 'request' : 'requests'} to ${visible(to)} by ${runners.join(' and ')}`;
}
