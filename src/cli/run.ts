import { rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import { openProject, type Project } from '../engine/project';
import { recorderOf } from '../engine/recorded';
import { createRunner, planOf, runContract } from '../engine/run';
import { Widening } from '../engine/widening';
import { RunnerError, UsageError } from '../errors';
import { HarFile } from '../exchange/har-file';
import { placeOf } from '../learn/words';
import { orderOf } from '../plan/order';
import type { Selection } from '../plan/selection';
import { exitCodeOf, type ResultRow } from '../report/build';
import { visible } from '../report/escape';
import { asideOf, counted } from '../report/group';
import type { Report } from '../report/report';
import { toTerminal } from '../report/terminal';
import { clearReports, writeReports } from '../report/write';
import type { RunnerName } from '../runner/runner';
import { explainedOrder } from './explain-order';
import { type ExitCode, type Io, wantsColor } from './io';
import type { CommandContext } from './main';
import {
  collect,
  MIN_COVERAGE,
  type ProjectFlags,
  percentage,
  positive,
  projectOptions,
  refuseUncovered,
  type SourceFlags,
  sourceOptions,
  widthOf,
  withProjectFlags,
  withSourceFlags,
} from './options';

interface RunFlags extends ProjectFlags, SourceFlags {
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
  readonly reports?: string;
  readonly minCoverage?: number;
  readonly har?: string;
  readonly update?: boolean;
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
        positive,
      ),
    )
    .addOption(
      new Option('--concurrency-per-origin <n>', 'of these, at one origin (default: all)').argParser(
        positive,
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
      ).argParser(positive),
    )
    .option('-d, --iteration-data <file>', 'rows of variables, JSON or CSV: one an iteration')
    .option('--explain-order', 'print what waits for what, and send nothing')
    .option('--bail', 'stop at the first failed request')
    .option('--strict', 'additive findings fail too')
    .option('--update', 'widen the schemas by what was received, and exit as if held to them')
    .option('--har <file>', 'keep the exchanges as an HTTP archive, without secrets')
    .addOption(new Option('--min-coverage <percent>', MIN_COVERAGE).argParser(percentage))
    .option('--reports <dir>', 'where report.json and index.html go (default: reports)');
  return withSourceFlags(withProjectFlags(command)).action(
    (collection: string | undefined, flags: RunFlags) => run(context, collection, flags),
  );
}

async function run(context: CommandContext, collection: string | undefined, flags: RunFlags): Promise<void> {
  const { io } = context;
  const reports = resolve(io.directory, flags.reports ?? 'reports');
  clearReports(reports);
  const har = flags.har === undefined ? null : clearedHar(io, flags.har);
  const project = await openProject({
    ...projectOptions(io, flags, collection),
    ...sourceOptions(context, flags),
    ...(flags.strict !== undefined && { strict: flags.strict }),
    ...(flags.safe !== undefined && { safe: flags.safe }),
    ...(flags.concurrency !== undefined && { concurrency: Math.ceil(flags.concurrency) }),
    ...(flags.concurrencyPerOrigin !== undefined && { perOrigin: Math.ceil(flags.concurrencyPerOrigin) }),
    ...(flags.delayRequest !== undefined && { delayMs: flags.delayRequest }),
    ...(flags.iterationCount !== undefined && { iterationCount: Math.ceil(flags.iterationCount) }),
    ...(flags.iterationData !== undefined && { data: flags.iterationData }),
  });
  context.masker = project.masker;
  const asked = flags.runner ?? project.config.runner ?? 'typed';
  const names: RunnerName[] = asked === 'both' ? ['newman', 'typed'] : [asked];
  const runners = names.map(createRunner);
  const colors = createColors(wantsColor(io));
  let running: Promise<Report> | undefined;
  const widening = flags.update === true ? new Widening(project) : null;
  const kept: { recording?: HarFile } = {};
  try {
    if (flags.explainOrder === true) {
      const { requests } = planOf(project, selectionOf(flags));
      io.stdout.write(project.masker.text(explainedOrder(orderOf(requests))));
      return;
    }
    running = runContract(project, {
      runners,
      selection: selectionOf(flags),
      bail: flags.bail ?? false,
      onPlan: ({ requests }) => {
        if (har !== null) kept.recording = new HarFile(har);
        io.stdout.write(`${headline(project, requests.length, names)}\n`);
      },
      onRow: (row) => {
        widening?.row(row);
        io.stdout.write(`${progressLine(row, colors)}\n`);
      },
      onExchange: (outcome, row, runner) => {
        widening?.exchange(outcome, row, runner);
        kept.recording?.add(outcome.exchange, recorderOf(outcome, runner), project.masker);
      },
    });
    const report = await Promise.race([running, interruption(io, running)]);
    kept.recording?.close();
    const files = writeReports(reports, report).map((file) => relative(io.directory, file));
    const told = { color: wantsColor(io), width: widthOf(io), reports: files };
    io.stdout.write(`\n${toTerminal(report, told)}\n`);
    context.exitCode = exitCodeOf(report.verdict);
    if (widening !== null) context.exitCode = await widen(context, widening, report);
    // What drifted or is down is certain, however little was covered.
    if (context.exitCode === 0) refuseUncovered(report, flags.minCoverage);
  } finally {
    await Promise.all(runners.map((runner) => runner.close()));
    // After an interruption the run still removes what it made, over new connections.
    await running?.catch(() => {});
    await Promise.all(runners.map((runner) => runner.close()));
    kept.recording?.abandon();
    await project.close();
  }
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

/** Rejects when the user asks to stop: half a run is no verdict. */
async function interruption(io: Io, running: Promise<unknown>): Promise<never> {
  await io.interrupted;
  // Its connections and processes are closed under it, and nobody hears what it says of that.
  running.catch(() => {});
  throw new RunnerError('interrupted before the end', 'run', 'run it again for a verdict');
}

function selectionOf({ only, folder, safe }: RunFlags): Selection {
  return {
    ...(only !== undefined && { only }),
    ...(folder !== undefined && { folders: folder }),
    ...(safe !== undefined && { safe }),
  };
}

function headline(
  { collection, environment, targetLabel, masker }: Project,
  requests: number,
  runners: string[],
): string {
  const to = masker.text(`${environment.name} (${targetLabel})`);
  return `${visible(masker.text(collection.name))}: ${requests} ${requests === 1 ? 'request' : 'requests'} to ${visible(to)} by ${runners.join(' and ')}`;
}

const SIGNS = { passed: '✓', failed: '✗', skipped: '-' } as const;

/** One line a request while it runs: plain text anywhere, colour on a terminal. */
function progressLine({ row }: ResultRow, colors: ReturnType<typeof createColors>): string {
  const paint = { passed: colors.green, failed: colors.red, skipped: colors.yellow }[row.outcome];
  const status = row.status === null ? '---' : String(row.status);
  const duration = row.outcome === 'skipped' ? '' : `${Math.round(row.durationMs)} ms`;
  const aside = asideOf(row);
  const mark = aside === null ? '' : ` (${aside})`;
  const text = `${row.runner.padEnd(6)} ${status} ${duration.padStart(7)}  ${visible(row.key)}${mark}`;
  return `${paint(SIGNS[row.outcome])} ${text}`;
}
