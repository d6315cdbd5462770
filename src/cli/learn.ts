import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { Collection } from '../collection/model';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { commandText, SourceError, UsageError } from '../errors';
import { findingId } from '../findings/id';
import { type Learned, learnContracts, type Samples } from '../learn/learn';
import { Recording, type Unlearned } from '../learn/recording';
import { exampleSamples } from '../learn/samples';
import { readContracts, type Update, updateOf, writeUpdate } from '../learn/update';
import { type Change, lineOf, placeOf } from '../learn/words';
import { visible } from '../report/escape';
import { counted } from '../report/group';
import { lastReport } from '../report/read';
import type { ReportRequest } from '../report/report';
import { samplesIn } from '../report/samples';
import { answersTo } from './ask';
import { wrapFor } from './io';
import type { CommandContext } from './main';
import { collect } from './options';

interface LearnFlags {
  readonly from: string;
  readonly reports: string;
  readonly only?: readonly string[];
  readonly dryRun?: boolean;
  readonly interactive?: boolean;
  readonly json?: boolean;
}

/** `driftgate learn`: schemas that take what was answered, and lose nothing of what they say. */
export function learnCommand(context: CommandContext): Command {
  const { io } = context;
  return new Command('learn')
    .description('writes missing schemas and widens those that are there; it narrows none')
    .option(
      '--from <source>',
      '"examples" of the collection, a recording (FILE.har), or the last "report"',
      'examples',
    )
    .option('--reports <dir>', 'with --from report: where it is', 'reports')
    .option(
      '--only <key>',
      'only this request (repeatable); with --from report also the id of a finding: only the answers that it is in',
      collect,
    )
    .option('--dry-run', 'show the changes and write nothing')
    .option('--interactive', 'ask for each change')
    .option('--json', 'as JSON')
    .addHelpText('after', NOTES)
    .action(async (flags: LearnFlags) => {
      if (flags.interactive === true && (flags.json === true || flags.dryRun === true)) {
        const todo = 'leave out one of them';
        throw new UsageError('nobody can be asked together with --json or --dry-run', '--interactive', todo);
      }
      const answers = flags.interactive === true ? answersTo(io) : null;
      const { config, collection } = await loadContract({ directory: io.directory });
      context.masker = maskerFor(collection, { variables: {}, given: [] }, config.public);
      const contracts = readContracts(config.schemas, relative(config.directory, config.schemas) || '.');
      const source = sourceOf(flags, collection, io.directory);
      const learned = await learnContracts(collection, contracts, source.samples);
      if (learned.samples === 0) throw nothingToLearn(flags.from, source.unlearned());

      const say = (text: string): void => void io.stdout.write(`${shown(context, text)}\n`);
      const wanted =
        answers === null
          ? null
          : await answers.choose(changesIn(learned), (change) => shown(context, lineOf(change)));
      const update = updateOf(contracts, learned.edits, (change) => wanted?.has(change) ?? true);
      const isWritten = flags.dryRun !== true;
      if (isWritten) writeUpdate(contracts, update);
      if (flags.json === true) {
        const told = { ...toJson(update, learned, source.unlearned()), written: isWritten };
        io.stdout.write(`${JSON.stringify(context.masker.deep(told), null, 2)}\n`);
      } else {
        if (wanted === null) update.lines.forEach(say);
        for (const line of closing(update, learned, source.unlearned(), contracts.label, isWritten))
          io.stdout.write(`${wrapFor(io.stdout, shown(context, line), 2)}\n`);
      }
      // What we could not learn, we could not test either.
      if (learned.stuck.length > 0) context.exitCode = 2;
    });
}

interface Source {
  readonly samples: Samples;
  readonly unlearned: () => readonly Unlearned[];
}

function sourceOf(
  { from, reports, only = [] }: LearnFlags,
  collection: Collection,
  directory: string,
): Source {
  const keys = new Set(collection.requests.map(({ key }) => key));
  const others = only.filter((key) => !keys.has(key));
  if (from !== 'report') refuseUnknown(others, collection);
  const isSelected = (key: string) => only.length === 0 || only.includes(key);
  if (from === 'examples') {
    const requests = collection.requests.filter(({ key }) => isSelected(key));
    return { samples: () => exampleSamples(requests), unlearned: () => [] };
  }
  if (from === 'report') {
    const report = lastReport(resolve(directory, reports));
    if (report.collection.sha256 !== collection.sha256) {
      const todo = 'run this collection first, then learn from its report';
      throw new SourceError(
        'the last report is of another collection, or of another state of it',
        reports,
        todo,
      );
    }
    const ids = new Set(report.requests.flatMap(idsOf));
    refuseUnknown(
      others.filter((id) => !ids.has(id)),
      collection,
    );
    const { samples, unlearned } = samplesIn(
      report,
      (row) => isSelected(row.key) || idsOf(row).some((id) => others.includes(id)),
    );
    return { samples: () => samples, unlearned: () => unlearned };
  }
  const file = resolve(directory, from);
  if (!existsSync(file))
    throw new SourceError('no such recording', from, 'give "examples", "report", or the path of a HAR file');
  const recording = new Recording(file, collection, isSelected);
  return { samples: () => recording.samples(), unlearned: () => recording.unlearned };
}

/** The ids of a row's findings, as they stand under them. */
function idsOf({ key, status, findings }: ReportRequest): string[] {
  return findings.map((found) => findingId({ ...found, key, status }));
}

function refuseUnknown(names: readonly string[], collection: Collection): void {
  if (names.length === 0) return;
  const todo = `see the keys of ${commandText('list')}`;
  throw new UsageError(`no such request: ${names.join(', ')}`, collection.name, todo);
}

function nothingToLearn(from: string, unlearned: readonly Unlearned[]): SourceError {
  const reasons = unlearned.map(({ reason, count }) => `${counted(count, 'answer')}: ${reason}`).join('; ');
  const todo =
    from === 'report'
      ? 'it keeps the answers that drifted, and there is none of a JSON body'
      : 'save examples with JSON bodies, or record the requests of this collection';
  return new SourceError(`nothing to learn from${reasons === '' ? '' : ` (${reasons})`}`, from, todo);
}

function changesIn({ edits }: Learned): Change[] {
  return edits.flatMap(({ change }) => (change === null ? [] : [change]));
}

function shown({ masker }: CommandContext, text: string): string {
  return visible(masker.text(text));
}

function toJson(update: Omit<Update, 'stuck'>, learned: Learned, unlearned: readonly Unlearned[]): object {
  return {
    samples: learned.samples,
    schemas: learned.files.size,
    changes: update.changes.map((change) => ({ ...change, line: lineOf(change) })),
    files: [...update.files.keys()].sort(),
    unlearned,
    stuck: learned.stuck,
  };
}

function closing(
  { changes, files }: Omit<Update, 'stuck'>,
  { samples, files: contracts, stuck }: Learned,
  unlearned: readonly Unlearned[],
  label: string,
  isWritten: boolean,
): string[] {
  const evidence = `${counted(samples, 'sample')} of ${counted(contracts.size, 'contract')}`;
  const would = isWritten ? '' : 'would be ';
  return [
    ...unlearned.map(
      ({ reason, count, first }) => `not learned: ${counted(count, 'answer')}, ${reason} (first: ${first})`,
    ),
    ...stuck.map((where) => `not learned: ${placeOf(where)}, where nothing could be widened`),
    changes.length === 0
      ? `nothing ${isWritten ? 'changed' : 'would change'}: ${evidence}`
      : `${counted(changes.length, 'change')} ${would}written to ${counted(files.size, 'file')} in ${label}: ${evidence}`,
  ];
}

const NOTES = `
A change is one line: <request> <status> <pointer>: <before> -> <after>. The file is named where it is a shared one.
Only what an answer contradicts is changed; the rest of a file stays byte for byte. docs/learning.md lists the rules.
A report keeps the answers that drifted, without secrets and up to 16 KiB each: \`--from report\` widens by these.`;
