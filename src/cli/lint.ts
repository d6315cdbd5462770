import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { SchemaStore } from '../contract/store';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { LINT_RULES, type LintLevel, lint } from '../lint/lint';
import { describeRequests } from '../plan/plan';
import { lineWidth } from '../report/columns';
import { visible } from '../report/escape';
import { counted } from '../report/group';
import { wrap } from '../report/wrap';
import { type Io, wrapFor } from './io';
import type { CommandContext } from './main';
import { type SourceFlags, sourceOptions, withSourceFlags } from './options';

/** `driftgate lint`: what weakens the contract. */
export function lintCommand(context: CommandContext): Command {
  const { io } = context;
  return withSourceFlags(new Command('lint'))
    .description('what weakens the contract of a collection; exit 1 where something is plainly wrong')
    .argument('[collection]', 'file, folder, -, URL, published link or id (default: the configured pin)')
    .option('--json', 'as JSON')
    .addHelpText('after', () => rulesFor(io))
    .action(async (source: string | undefined, flags: SourceFlags & { json?: boolean }) => {
      const options = sourceOptions(context, flags);
      const { config, collection } = await loadContract({
        ...options,
        ...(source !== undefined && { collection: source }),
      });
      const store = SchemaStore.load(config.schemas);
      const masker = maskerFor(collection, { variables: {}, given: [] }, config.public);
      const found = masker.deep(
        lint(collection, describeRequests(collection, config), store, config, documentedIn(config.directory)),
      );
      const countOf = (wanted: LintLevel) => found.filter(({ level }) => level === wanted).length;
      const [errors, hints] = [countOf('error'), countOf('hint')];
      if (flags.json === true) io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      else {
        for (const { level, rule, key, text } of found) {
          const place = key === '' ? 'collection' : key;
          const line = visible(`${MARKS[level]} ${rule.padEnd(LONGEST)} ${place}: ${text}`);
          io.stdout.write(`${wrapFor(io.stdout, line, INDENT)}\n`);
        }
        const counts = [counted(errors, 'error'), counted(countOf('warning'), 'warning')];
        if (hints > 0) counts.push(counted(hints, 'hint'));
        io.stdout.write(`${counts.join(', ')} in ${counted(collection.requests.length, 'request')}\n`);
      }
      context.exitCode = errors > 0 ? 1 : 0;
    });
}

/** What a line goes on with stands below its rule. */
const INDENT = 2;
const MARKS: Readonly<Record<LintLevel, string>> = { error: '✗', warning: '!', hint: '·' };

/** The variables that `.env.example` names, given or commented out. */
function documentedIn(directory: string): Set<string> {
  const file = join(directory, '.env.example');
  const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const text = isThere ? readFileSync(file, 'utf8') : '';
  return new Set([...text.matchAll(/^(?:# )?([^\s=#]+)=/gm)].map(([, name]) => name ?? ''));
}

const LONGEST = Math.max(...Object.keys(LINT_RULES).map((rule) => rule.length));

function rulesFor({ stdout }: Io): string {
  const lines = Object.entries(LINT_RULES).flatMap(([rule, { level, when }]) => {
    const columns = `  ${rule.padEnd(LONGEST)} ${level.padEnd('warning'.length)} `;
    return wrap(columns + when, lineWidth(stdout), columns.length);
  });
  return `\nRules:\n${lines.join('\n')}`;
}
