import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { SchemaStore } from '../contract/store';
import { loadContract } from '../engine/contract';
import { commandText, UsageError } from '../errors';
import { describeRequests } from '../plan/plan';
import { counted } from '../report/group';
import { toDeclarations } from '../types/declarations';
import type { CommandContext } from './main';

const DEFAULT_FILE = 'tests/driftgate.d.ts';

/** `driftgate types`: the declaration file of the typed runner. */
export function typesCommand(context: CommandContext): Command {
  const { io } = context;
  return new Command('types')
    .description('writes the .d.ts by which flows know request keys, variables and bodies')
    .option('--out <file>', 'where to write it', DEFAULT_FILE)
    .option('--check', 'write nothing; exit 1 where the file is not what would be written')
    .action(async (flags: { out: string; check?: boolean }) => {
      const { config, collection } = await loadContract({ directory: io.directory });
      const store = SchemaStore.load(config.schemas);
      const text = toDeclarations(collection, describeRequests(collection, config), store);
      const file = resolve(io.directory, flags.out);
      if (flags.check !== true) {
        write(file, text, flags.out);
        io.stdout.write(`${flags.out}: ${counted(collection.requests.length, 'request')}\n`);
        return;
      }
      const isCurrent = read(file) === text;
      io.stdout.write(
        isCurrent
          ? `${flags.out} is current\n`
          : `${flags.out} is not current: run ${commandText('types')}\n`,
      );
      context.exitCode = isCurrent ? 0 : 1;
    });
}

function write(file: string, text: string, name: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(
      'cannot write the declarations',
      name,
      'give a file in a folder that exists to --out',
      {
        cause,
      },
    );
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
