import { Command } from 'commander';
import { compareCollections } from '../diff/compare';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { type FormatFlags, formatOf, withFormatFlags, writeChanges } from './changes';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

/** `driftgate diff`: what changed between two collections. */
export function diffCommand(context: CommandContext): Command {
  const { io } = context;
  return withFormatFlags(withSourceFlags(new Command('diff')))
    .description(
      "what changed between two collections, from a consumer's view; exit 1 where something breaks",
    )
    .argument('<old>', 'file, folder, -, URL, published link or id')
    .argument('<new>', 'the same')
    .action(async (old: string, now: string, flags: SourceFlags & FormatFlags) => {
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
      io.stdout.write(`${writeChanges(changes, formatOf(flags))}\n`);
      context.exitCode = changes.some(({ weight }) => weight === 'breaking') ? 1 : 0;
    });
}
