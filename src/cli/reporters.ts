import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors';
import type { ReportFile } from '../report/publish';
import { FORMATS, type Writer, writerOf } from '../report/writers';

/** A reporter as it was asked for; without `file` it goes to its usual place. */
export interface Reporter {
  readonly name: string;
  readonly writer: Writer;
  readonly file?: string;
}

/** The flags of every command that makes reports of a run. */
export interface ReporterFlags {
  readonly reports?: string;
  readonly reporter?: readonly Reporter[];
  readonly quiet?: boolean;
}

/** Adds those flags to a command. */
export function withReporterFlags(command: Command): Command {
  return command
    .option('--reports <dir>', 'where report.json and index.html go (default: reports)')
    .addOption(
      new Option(
        '--reporter <name[=file]>',
        `another report besides: ${FORMATS.join(', ')} (repeatable; default file: in the reports)`,
      ).argParser(collectReporter),
    )
    .option('--quiet', 'print the findings and the summary alone');
}

/** `name` or `name=file`, repeatable. Errors: InvalidArgumentError, before anything was sent. */
function collectReporter(text: string, before: readonly Reporter[] | undefined): readonly Reporter[] {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  const writer = writerOf(name);
  if (writer === null || (rest.length > 0 && file === '')) {
    throw new InvalidArgumentError(`Give ${FORMATS.join(', ')}, or one of them as name=file.`);
  }
  return [...(before ?? []), { name, writer, ...(file !== '' && { file }) }];
}

/** Where reports go: those of a file, and those that are printed. */
export interface Destinations {
  readonly files: readonly ReportFile[];
  readonly printed: readonly Writer[];
}

/** Errors: UsageError where two reports would be the same file. */
export function destinationsOf(
  reporters: readonly Reporter[],
  directory: string,
  reports: string,
): Destinations {
  const taken = new Map(['json', 'html'].map((name) => [join(reports, writerOf(name)?.file ?? ''), name]));
  const files: ReportFile[] = [];
  for (const { name, writer, file } of reporters) {
    const usual = writer.file === null ? null : join(reports, writer.file);
    const path = file === undefined ? usual : resolve(directory, file);
    if (path === null) continue;
    const other = taken.get(path);
    if (other !== undefined && other !== name) {
      throw new UsageError(`two reports in one file (${other}, ${name})`, path, 'give each its own');
    }
    // What is written there anyway is not written twice.
    if (other === undefined) files.push({ writer, file: path });
    taken.set(path, name);
  }
  const printed = reporters.filter(({ writer, file }) => writer.file === null && file === undefined);
  return { files, printed: printed.map(({ writer }) => writer) };
}
