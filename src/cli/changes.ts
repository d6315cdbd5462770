import { type Command, Option } from 'commander';
import type { Change } from '../diff/change';
import { changeLines, summaryOf, toMarkdown } from '../diff/text';
import { visible } from '../report/escape';

type Format = 'text' | 'json' | 'markdown';

/** The flags of every command that tells changes. */
export interface FormatFlags {
  readonly format: Format;
  readonly json?: boolean;
}

/** Adds those flags to a command. */
export function withFormatFlags(command: Command): Command {
  const format = new Option('--format <name>', 'how the changes are written');
  return command
    .addOption(format.choices(['text', 'json', 'markdown']).default('text'))
    .option('--json', 'the same as --format json');
}

/** The format that the flags ask for. */
export function formatOf({ format, json }: FormatFlags): Format {
  return json === true ? 'json' : format;
}

/** Changes in a format. */
export function writeChanges(changes: readonly Change[], format: Format): string {
  if (format === 'json') return JSON.stringify(changes, null, 2);
  if (format === 'markdown') return toMarkdown(changes);
  return [...changeLines(changes).map(visible), summaryOf(changes)].join('\n');
}
