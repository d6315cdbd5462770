import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { CONFIG_FILE } from '../config/config';
import { loadContract } from '../engine/contract';
import { readEnvironment } from '../environment/environment';
import { describeRequests } from '../plan/plan';
import { FAULT_HELP, SANDBOX_VARIABLES, startSandbox } from '../sandbox';
import type { CommandContext } from './main';
import { collect, portNumber } from './options';

interface SandboxFlags {
  readonly port?: number;
  readonly fault?: readonly string[];
}

/** `driftgate sandbox`: the Starter Pack's stateful server, until it is stopped. */
export function sandboxCommand({ io }: CommandContext): Command {
  return new Command('sandbox')
    .description("start the Starter Pack's stateful sandbox on loopback")
    .addOption(new Option('--port <n>', 'port (default: a free one)').argParser(portNumber))
    .addOption(new Option('--fault <fault>', 'misbehave at one request (repeatable)').argParser(collect))
    .addHelpText('after', `\n${FAULT_HELP}`)
    .action(async ({ port, fault }: SandboxFlags) => {
      // Outside a project it is a sandbox all the same, with its own credentials.
      const names = existsSync(join(io.directory, CONFIG_FILE)) ? await namesOf(io.directory) : [];
      // The same credentials that `driftgate run` would send to it.
      const { variables } = readEnvironment({
        name: 'sandbox',
        directory: io.directory,
        defaults: SANDBOX_VARIABLES,
        processEnv: io.env,
        names,
        flags: {},
      });
      const sandbox = await startSandbox({
        variables,
        ...(port !== undefined && { port }),
        ...(fault !== undefined && { faults: fault }),
      });
      io.stdout.write(`sandbox listens at ${sandbox.origin}\n`);
      io.stdout.write(`try it with: npx driftgate run --target ${sandbox.origin}\n`);
      await io.interrupted;
      await sandbox.close();
    });
}

/** The variables that the project's collection asks for. */
async function namesOf(directory: string): Promise<string[]> {
  const { config, collection } = await loadContract({ directory });
  return describeRequests(collection, config).flatMap(({ needs }) => needs);
}
