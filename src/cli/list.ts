import { Command } from 'commander';
import { SchemaStore } from '../contract/store';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { describeRequests, type PlannedRequest } from '../plan/plan';
import { visible } from '../report/escape';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

/** `driftgate list`: every request in collection order. */
export function listCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('list'))
    .description('every request in collection order, with what it needs and yields')
    .argument('[collection]', 'collection file, URL or published link (default: the configured pin)')
    .option('--json', 'as JSON')
    .action(async (source: string | undefined, flags: { json?: boolean } & SourceFlags) => {
      const options = {
        ...sourceOptions(context, flags),
        ...(source !== undefined && { collection: source }),
      };
      const { config, collection } = await loadContract(options);
      const store = SchemaStore.load(config.schemas);
      const masker = maskerFor(collection, { variables: {}, given: [] }, config.public);
      const entries = masker.deep(
        describeRequests(collection, config).map((planned) => entryOf(planned, store)),
      );
      io.stdout.write(flags.json === true ? `${JSON.stringify(entries, null, 2)}\n` : `${textOf(entries)}\n`);
    });
}

/** One element of `driftgate list --json`. */
interface ListEntry {
  readonly key: string;
  readonly name: string;
  readonly folder: readonly string[];
  readonly method: string;
  readonly url: string;
  readonly examples: number;
  readonly schemas: readonly number[];
  readonly needs: readonly string[];
  readonly yields: readonly string[];
  readonly safe: boolean;
}

function entryOf({ request, needs, yields, safe }: PlannedRequest, store: SchemaStore): ListEntry {
  const { key, name, folder, method, url, examples } = request;
  const schemas = store.statusesOf(key);
  return { key, name, folder, method, url: url.raw, examples: examples.length, schemas, needs, yields, safe };
}

/** Two lines a request, so that long keys stay readable on a narrow terminal. */
function textOf(entries: readonly ListEntry[]): string {
  return entries
    .map(({ key, method, schemas, yields, safe }) => {
      const facts = [
        safe ? 'read-only' : 'changes something',
        schemas.length === 0 ? 'no schema' : `schemas ${schemas.join(' ')}`,
        ...(yields.length === 0 ? [] : [`yields ${yields.join(' ')}`]),
      ];
      return `${method.padEnd(6)} ${visible(key)}\n       ${visible(facts.join(' · '))}`;
    })
    .join('\n');
}
