import { Command, CommanderError } from 'commander';
import { Masker } from '../masking/masker';
import { credentialsIn } from '../masking/urls';
import { describeError } from '../report/describe-error';
import { diffCommand } from './diff';
import { initCommand } from './init';
import type { ExitCode, Io } from './io';
import { learnCommand } from './learn';
import { lintCommand } from './lint';
import { listCommand } from './list';
import { mockCommand } from './mock';
import { pullCommand } from './pull';
import { runCommand } from './run';
import { sandboxCommand } from './sandbox';
import { typesCommand } from './types';

/** What a command may use and must give: its masker as soon as there is one, and its exit code. */
export interface CommandContext {
  readonly io: Io;
  exitCode: ExitCode;
  masker: Masker;
}

/** The command line as a function: arguments → exit code. It never throws and never ends the process. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const context: CommandContext = { io, exitCode: 0, masker: new Masker() };
  const program = new Command('driftgate')
    .description('Holds an API to its published Postman collection and says what drifted.')
    .version((require('../../package.json') as { version: string }).version)
    .option('--debug', 'show stack traces')
    .addHelpText('after', EXIT_CODES);
  for (const command of COMMANDS) {
    program.addCommand(command(context));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text.replace(/^error: /, 'driftgate: ')),
    });
  }
  for (const secret of argv.flatMap(credentialsIn)) context.masker.add('', secret);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(`${describeError(error, context.masker, argv.includes('--debug'))}\n`);
    return 2;
  }
}

const COMMANDS = [
  initCommand,
  runCommand,
  listCommand,
  pullCommand,
  diffCommand,
  learnCommand,
  lintCommand,
  typesCommand,
  mockCommand,
  sandboxCommand,
];

const EXIT_CODES = `
Exit codes:
  0  the API holds to its contract
  1  the API drifted, or an assertion failed
  2  could not test: wrong usage, configuration or collection
  3  the environment is down`;
