import { Command, Option } from 'commander';
import { loadContract } from '../engine/contract';
import { startMock } from '../mock';
import { visible } from '../report/escape';
import type { CommandContext } from './main';
import { portNumber, type SourceFlags, sourceOptions, withSourceFlags } from './options';

interface MockFlags extends SourceFlags {
  readonly port?: number;
  readonly verbose?: boolean;
}

/** `driftgate mock`: the saved examples of a collection as a server, until it is stopped. */
export function mockCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('mock'))
    .description('serve the saved examples of a collection on loopback')
    .argument('[collection]', 'file, folder, -, URL, published link or id (default: the configured pin)')
    .addOption(new Option('--port <n>', 'port (default: a free one)').argParser(portNumber))
    .option('--verbose', 'say for every request what is served and why')
    .addHelpText('after', CHOICE)
    .action(async (source: string | undefined, flags: MockFlags) => {
      const options = sourceOptions(context, flags);
      const { collection } = await loadContract({
        ...options,
        ...(source !== undefined && { collection: source }),
      });
      const mock = await startMock(collection, {
        ...(flags.port !== undefined && { port: flags.port }),
        ...(flags.verbose === true && {
          onRequest: (line) => io.stdout.write(`${visible(context.masker.text(line))}\n`),
        }),
      });
      io.stdout.write(`mock of ${visible(collection.name)} listens at ${mock.origin}\n`);
      await io.interrupted;
      await mock.close();
    });
}

const CHOICE = `
A request is answered with an example of the request that fits it best, by path, query and body. These headers choose
another example of it:
  x-mock-response-code   by its status
  x-mock-response-name   by its name`;
