import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { ReportError } from '../errors';
import { makeFolder } from '../folder';
import { readReport } from '../report/read';
import { FORMATS, WRITERS, writerOf } from '../report/writers';
import type { CommandContext } from './main';

/** `driftgate report`: the report of an earlier run in another format. */
export function reportCommand({ io }: CommandContext): Command {
  return new Command('report')
    .description('write the report of a run in another format')
    .addArgument(new Argument('<format>', 'the format').choices(FORMATS))
    .argument('[file]', 'the report.json of a run', 'reports/report.json')
    .option('--output <file>', 'where it goes (default: standard output)')
    .addHelpText('after', `\nFormats:\n${formatLines()}`)
    .action((format: string, file: string, { output }: { output?: string }) => {
      const text = writerOf(format)?.write(readReport(resolve(io.directory, file))) ?? '';
      if (output === undefined) {
        io.stdout.write(text);
        return;
      }
      const path = resolve(io.directory, output);
      try {
        makeFolder(dirname(path));
        writeFileSync(path, text);
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code ?? '';
        const todo = 'give a place that can be written to';
        throw new ReportError(`a report cannot be written (${code})`, path, todo, { cause });
      }
    });
}

function formatLines(): string {
  return Object.entries(WRITERS)
    .map(([name, writer]) => `  ${name.padEnd(9)} for ${writer.for}`)
    .join('\n');
}
