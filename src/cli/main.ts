import { Command, CommanderError } from 'commander';
import { Masker } from '../masking/masker';
import { credentialsIn } from '../masking/urls';
import { lineWidth } from '../report/columns';
import { describeError } from '../report/describe-error';
import { type ExitCode, type Io, proseFor, wrapFor } from './io';
import { withSuggestion } from './suggestion';

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
  const args = helpAsFlag(argv);
  const asked = args.find((argument) => !argument.startsWith('-')) ?? '';
  // Help, and what to do about an unknown command, are about all of them.
  const loaders = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS);
  for (const load of loaders) if (load !== undefined) program.addCommand(load(context));
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      getOutHelpWidth: () => lineWidth(io.stdout),
      getErrHelpWidth: () => lineWidth(io.stderr),
      writeOut: (text) => io.stdout.write(proseFor(io.stdout, text)),
      writeErr: (text) =>
        io.stderr.write(wrapFor(io.stderr, withSuggestion(text.replace(/^error: /, 'driftgate: '), command))),
    });
  }
  for (const secret of argv.flatMap(credentialsIn)) context.masker.add('', secret);
  try {
    await program.parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const told = describeError(error, context.masker, argv.includes('--debug'), lineWidth(io.stderr));
    io.stderr.write(`${told}\n`);
    return 2;
  }
}

/** `help run` is `run --help`, and `help` is `--help`: the way of Commander ends as wrong usage does. */
function helpAsFlag(argv: readonly string[]): readonly string[] {
  const [first, name, ...others] = argv;
  if (first !== 'help') return argv;
  if (name === undefined) return ['--help'];
  return Object.hasOwn(COMMANDS, name) ? [name, '--help', ...others] : [name];
}

/** Each is loaded when it is asked for: the others, and what they stand on, would take longer than a small run. */
const COMMANDS: Readonly<Record<string, (context: CommandContext) => Command>> = {
  init: (context) => (require('./init') as typeof import('./init')).initCommand(context),
  run: (context) => (require('./run') as typeof import('./run')).runCommand(context),
  health: (context) => (require('./health') as typeof import('./health')).healthCommand(context),
  check: (context) => (require('./check') as typeof import('./check')).checkCommand(context),
  accept: (context) => (require('./accept') as typeof import('./accept')).acceptCommand(context),
  list: (context) => (require('./list') as typeof import('./list')).listCommand(context),
  pull: (context) => (require('./pull') as typeof import('./pull')).pullCommand(context),
  diff: (context) => (require('./diff') as typeof import('./diff')).diffCommand(context),
  learn: (context) => (require('./learn') as typeof import('./learn')).learnCommand(context),
  lint: (context) => (require('./lint') as typeof import('./lint')).lintCommand(context),
  report: (context) => (require('./report') as typeof import('./report')).reportCommand(context),
  types: (context) => (require('./types') as typeof import('./types')).typesCommand(context),
  mock: (context) => (require('./mock') as typeof import('./mock')).mockCommand(context),
  sandbox: (context) => (require('./sandbox') as typeof import('./sandbox')).sandboxCommand(context),
};

const EXIT_CODES = `
Exit codes:
  0  the API holds to its contract
  1  the API drifted, or an assertion failed
  2  could not test: wrong usage, configuration or collection
  3  the environment is down`;
