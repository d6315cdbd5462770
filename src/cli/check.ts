import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { openProject } from '../engine/project';
import { checkRecording, refuseUnmatched, type Unmatched } from '../engine/recorded';
import { SourceError } from '../errors';
import { exitCodeOf } from '../report/build';
import { cutMiddle } from '../report/columns';
import { visible } from '../report/escape';
import { counted } from '../report/group';
import { clearFormats, publishReports } from '../report/publish';
import { toTerminal } from '../report/terminal';
import { wantsColor } from './io';
import type { CommandContext } from './main';
import {
  collect,
  MIN_COVERAGE,
  percentage,
  projectOptions,
  refuseUncovered,
  runCommandOf,
  type SourceFlags,
  sourceOptions,
  widthOf,
  withSourceFlags,
} from './options';

interface CheckFlags extends SourceFlags {
  readonly collection?: string;
  readonly env?: string;
  readonly only?: readonly string[];
  readonly strict?: boolean;
  readonly reports?: string;
  readonly minCoverage?: number;
}

/** `driftgate check`: recorded traffic held to the contract, without the network. */
export function checkCommand(context: CommandContext): Command {
  const command = new Command('check')
    .description('hold recorded traffic to the schemas; nothing is sent')
    .argument('<file.har>', 'recording of a browser, a proxy or `driftgate run --har` (HAR 1.2)')
    .option('--collection <source>', 'collection file, URL or published link (default: the configured pin)')
    .option('--env <name>', 'environment whose values are secrets (default: as configured)')
    .option('--only <key>', 'check the entries of this request (repeatable)', collect)
    .option('--strict', 'additive findings fail too, and entries that belong to no request are an error')
    .addOption(new Option('--min-coverage <percent>', MIN_COVERAGE).argParser(percentage))
    .option('--reports <dir>', 'where report.json and index.html go (default: reports)')
    .addHelpText('after', NOTES);
  return withSourceFlags(command).action((file: string, flags: CheckFlags) => check(context, file, flags));
}

async function check(context: CommandContext, file: string, flags: CheckFlags): Promise<void> {
  const { io } = context;
  const reports = resolve(io.directory, flags.reports ?? 'reports');
  clearFormats(reports, []);
  const path = resolve(io.directory, file);
  if (!existsSync(path)) throw new SourceError('no such recording', file, 'give the path of a HAR file');
  const { collection, env, strict, reports: to } = flags;
  const asked = {
    envVar: {},
    globalVar: {},
    ...(env !== undefined && { env }),
    ...(to !== undefined && { reports: to }),
  };
  const project = await openProject({
    ...projectOptions(io, asked, collection),
    ...runCommandOf(io, asked, { collection }),
    ...sourceOptions(context, flags),
    offline: true,
    ...(strict !== undefined && { strict }),
  });
  context.masker = project.masker;
  const { only } = flags;
  const { report, unmatched, untested } = await checkRecording(project, {
    file: path,
    label: file,
    ...(only !== undefined && { only }),
  });
  const width = widthOf(io);
  const files = publishReports(reports, report, []).map((name) => relative(io.directory, name));
  for (const line of unmatchedLines(unmatched, width)) io.stdout.write(`${line}\n`);
  io.stdout.write(`${toTerminal(report, { color: wantsColor(io), width, reports: files })}\n`);
  context.exitCode = exitCodeOf(report.verdict);
  if (untested !== null) throw untested;
  // What drifted is certain, whatever else could not be tested.
  if (project.strict && context.exitCode === 0) refuseUnmatched(unmatched, file);
  if (context.exitCode === 0) refuseUncovered(report, flags.minCoverage);
}

const MOST_UNMATCHED = 20;

function unmatchedLines(unmatched: readonly Unmatched[], width: number): string[] {
  if (unmatched.length === 0) return [];
  const lines = unmatched
    .slice(0, MOST_UNMATCHED)
    .map(({ label, count }) =>
      cutMiddle(`? ${visible(label)}${count > 1 ? ` (${counted(count, 'time')})` : ''}`, width),
    );
  const more = unmatched.length - MOST_UNMATCHED;
  const rest = more > 0 ? [`and ${counted(more, 'more address')} in report.json`] : [];
  return ['belongs to no request of the collection:', ...lines, ...rest, ''];
}

const NOTES = `
An entry belongs to the request that its _driftgate.key names, else to the one whose method and URL template fit, the
most literal first. Any documented status and any variant of it will do; what \`run --har\` recorded is held as the run
held it. Entries that belong to no request are listed, and exit code 2 says that there are no others.`;
