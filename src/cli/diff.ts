import { Command, Option } from 'commander';
import { compareCollections } from '../diff/compare';
import { changeLines, summaryOf, toMarkdown } from '../diff/text';
import { loadContract } from '../engine/project';
import { maskerFor } from '../engine/secrets';
import { visible } from '../report/escape';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

interface DiffFlags extends SourceFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly json?: boolean;
}

/** `driftgate diff`: what changed between two collections. */
export function diffCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('diff'))
    .description(
      "what changed between two collections, from a consumer's view; exit 1 where something breaks",
    )
    .argument('<old>', 'file, folder, -, URL, published link or id')
    .argument('<new>', 'the same')
    .addOption(
      new Option('--format <name>', 'how to write it').choices(['text', 'json', 'markdown']).default('text'),
    )
    .option('--json', 'the same as --format json')
    .action(async (old: string, now: string, flags: DiffFlags) => {
      const options = sourceOptions(context, flags);
      const before = await loadContract({ ...options, collection: old });
      const after = await loadContract({ ...options, collection: now });
      const maskers = [before, after].map(({ collection }) =>
        maskerFor(collection, { variables: {}, given: [] }, []),
      );
      const changes = maskers.reduce(
        (masked, masker) => masker.deep(masked),
        compareCollections(before.collection, after.collection),
      );
      const format = flags.json === true ? 'json' : flags.format;
      const text =
        format === 'json'
          ? JSON.stringify(changes, null, 2)
          : format === 'markdown'
            ? toMarkdown(changes)
            : [...changeLines(changes).map(visible), summaryOf(changes)].join('\n');
      io.stdout.write(`${text}\n`);
      context.exitCode = changes.some(({ weight }) => weight === 'breaking') ? 1 : 0;
    });
}
