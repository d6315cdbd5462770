import { Command } from 'commander';
import { SchemaStore } from '../contract/store';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { describeRequests, type PlannedRequest } from '../plan/plan';
import { visible } from '../report/escape';
import { type Io, wrapFor } from './io';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

/** `driftgate list`: every request in collection order. */
export function listCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('list'))
    .description('every request in collection order, with what it needs and yields')
    .argument('[collection]', 'collection file, URL or published link (default: the configured pin)')
    .option('--json', 'as JSON')
    .addHelpText('after', WORDS)
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
      io.stdout.write(
        flags.json === true ? `${JSON.stringify(entries, null, 2)}\n` : `${textOf(entries, io)}\n`,
      );
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

const WORDS = `
Of the variables that a request is made of, "needs" are those that another request yields, and "given" those that only the
environment, the configuration or the collection can give.`;
const INDENT = 7;

/** A request and, below it, its facts, so that long keys stay readable on a narrow terminal. */
function textOf(entries: readonly ListEntry[], { stdout }: Io): string {
  const sources = new Map<string, Set<string>>();
  for (const { key, yields } of entries) {
    for (const name of yields) sources.set(name, (sources.get(name) ?? new Set()).add(key));
  }
  return entries
    .flatMap(({ key, method, schemas, needs, yields, safe }) => {
      const isYielded = (name: string) => [...(sources.get(name) ?? [])].some((other) => other !== key);
      const facts = [
        safe ? 'read-only' : 'changes something',
        schemas.length === 0 ? 'no schema' : `schemas ${schemas.join(' ')}`,
        ...listed('needs', needs.filter(isYielded)),
        ...listed('yields', yields),
        ...listed(
          'given',
          needs.filter((name) => !isYielded(name)),
        ),
      ];
      const below = wrapFor(stdout, `${' '.repeat(INDENT)}${visible(facts.join(' · '))}`);
      return [`${method.padEnd(INDENT - 1)} ${visible(key)}`, below];
    })
    .join('\n');
}

function listed(word: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${word} ${names.join(' ')}`];
}
