import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type Acceptance, namesRequest, patternOfPlace, untilFault } from '../config/accepted';
import { loadContract } from '../engine/contract';
import { maskerFor } from '../engine/secrets';
import { commandText, UsageError } from '../errors';
import { placeOf } from '../findings/finding';
import { findingId } from '../findings/id';
import { FINDING_KINDS, severityOf } from '../findings/kinds';
import { push, put } from '../learn/json-edit';
import { visible } from '../report/escape';
import { lastReport } from '../report/read';
import { type Io, wrapFor } from './io';
import type { CommandContext } from './main';

interface AcceptFlags {
  readonly until: string;
  readonly reason: string;
  readonly key?: string;
  readonly kind?: string;
  readonly pointer?: string;
  readonly status?: string;
  readonly reports: string;
}

const KINDS = FINDING_KINDS.flatMap(({ kind, severity }) => (severity === 'down' ? [] : [kind]));

/** `driftgate accept`: a known difference that fails nothing for a while. */
export function acceptCommand(context: CommandContext): Command {
  const { io } = context;
  return new Command('accept')
    .description('record a known difference in the configuration, for a while')
    .argument('[finding]', 'id of a finding of the last report, or its beginning')
    .requiredOption(
      '--until <date>',
      'the last day on which it is accepted: YYYY-MM-DD, at most a year ahead',
    )
    .requiredOption('--reason <text>', 'why it is accepted')
    .option('--key <pattern>', 'in place of an id: request keys, * being any text')
    .addOption(new Option('--kind <name>', 'with --key: the kind of finding').choices(KINDS))
    .option('--pointer <pattern>', 'with --key: the place; * is any name or index, ** any place')
    .option('--status <code>', 'with --key: the status (default: any)')
    .option('--reports <dir>', 'where the last report is', 'reports')
    .addHelpText('after', NOTES)
    .action(async (id: string | undefined, flags: AcceptFlags) => {
      const today = dayOf(io);
      const { until, reason } = termsOf(flags, today);
      const { config, collection } = await loadContract({ directory: io.directory });
      context.masker = maskerFor(collection, { variables: {}, given: [] }, config.public);
      const what = id === undefined ? patternIn(flags) : findingIn(id, flags, io);
      if (!collection.requests.some(({ key }) => namesRequest(what, key))) {
        const todo = `see the keys of ${commandText('list')}`;
        throw new UsageError(`no such request: ${what.key}`, collection.name, todo);
      }
      const entry: Acceptance = { ...what, until, reason };
      const isNew = write(config.file, config.accepted, entry);
      const { key, status, kind, pointer } = entry;
      const words = [key, status, kind, pointer].filter((word) => word !== undefined && word !== '');
      const did = isNew ? 'accepted' : 'accepted anew';
      const line = visible(`${did} until ${until}: ${words.join(' ')}`);
      io.stdout.write(`${wrapFor(io.stdout, line, 2)}\n`);
    });
}

function dayOf({ clock }: Io): string {
  return new Date((clock?.now ?? Date.now)()).toISOString().slice(0, 10);
}

function termsOf({ until, reason }: AcceptFlags, today: string): Pick<Acceptance, 'until' | 'reason'> {
  const fault = untilFault(until, today) ?? (until <= today ? 'must be a day to come' : null);
  if (fault !== null) throw new UsageError(`"${until}" ${fault}`, '--until', `today is ${today} (UTC)`);
  if (reason.trim() === '') {
    throw new UsageError('an empty reason', '--reason', 'say why it is accepted, and who settles it');
  }
  return { until, reason: reason.trim() };
}

type What = Omit<Acceptance, 'until' | 'reason'>;

function patternIn({ key, kind, pointer, status }: AcceptFlags): What {
  if (key === undefined || kind === undefined || pointer === undefined) {
    const missing = Object.entries({ '--key': key, '--kind': kind, '--pointer': pointer }).flatMap(
      ([flag, value]) => (value === undefined ? [flag] : []),
    );
    const isHalf = missing.length < 3 || status !== undefined;
    const what = isHalf
      ? `the pattern is not whole without ${missing.join(' and ')}`
      : 'no finding was named';
    const todo =
      'give the id that stands under a finding, or --key, --kind and --pointer ("**" is any place)';
    throw new UsageError(what, 'driftgate accept', todo);
  }
  if (status === undefined) return { key, kind, pointer };
  if (!/^[1-5]\d\d$/.test(status))
    throw new UsageError(`"${status}" is no status`, '--status', 'give it as 404');
  return { key, status: Number(status), kind, pointer };
}

/** The finding of the last report whose id begins so, as an acceptance that is for it and for no other. */
function findingIn(id: string, flags: AcceptFlags, { directory }: Io): What {
  if ([flags.key, flags.kind, flags.pointer, flags.status].some((flag) => flag !== undefined)) {
    throw new UsageError('an id and a pattern', 'accept', 'give one of them');
  }
  const report = lastReport(resolve(directory, flags.reports));
  const known = new Map(
    report.requests.flatMap(({ key, status, findings }) =>
      findings.map((found) => [findingId({ ...found, key, status }), { key, status, found }] as const),
    ),
  );
  const [first, ...more] = [...known].filter(([one]) => one.startsWith(id.toLowerCase()));
  if (first === undefined || id === '') {
    throw new UsageError(
      `no finding with the id "${id}"`,
      join(flags.reports, 'report.json'),
      'give an id that stands under a finding of that report, name its folder with --reports, or run again',
    );
  }
  if (more.length > 0) {
    const ids = [first, ...more].map(([one]) => one).join(', ');
    throw new UsageError(`several findings begin with ${id}`, flags.reports, `give one of ${ids}`);
  }
  const [, { key, status, found }] = first;
  if (severityOf(found.kind) === 'down') {
    const todo = 'only what an answer differs in can be accepted';
    throw new UsageError(`${found.kind} is the environment's trouble`, key, todo);
  }
  const pointer = patternOfPlace(placeOf(found));
  return { key, ...(status !== null && { status }), kind: found.kind, pointer };
}

/** Adds an entry, or gives the one for the same difference new terms; everything else stays byte for byte. */
function write(file: string, before: readonly Acceptance[], entry: Acceptance): boolean {
  const text = readFileSync(file, 'utf8');
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(mark.length);
  const identity = ({ key, status, kind, pointer }: Acceptance) =>
    JSON.stringify([key, status, kind, pointer]);
  const at = before.findIndex((one) => identity(one) === identity(entry));
  const hasList = isListed(json);
  const after =
    at >= 0
      ? put(json, ['accepted', at], entry)
      : hasList
        ? push(json, ['accepted'], entry)
        : put(json, ['accepted'], [entry]);
  try {
    writeFileSync(file, mark + after);
  } catch (cause) {
    throw new UsageError('cannot write the configuration', file, 'make it writable', { cause });
  }
  return at < 0;
}

function isListed(json: string): boolean {
  return Array.isArray((JSON.parse(json) as { accepted?: unknown }).accepted);
}

const NOTES = `
Name one difference by the id that stands under its finding, or many by --key, --kind and --pointer.
An accepted finding stays in the report and fails nothing until that day has passed (UTC); then it fails again. Accepting it
anew gives it another day and reason. What is down cannot be accepted. docs/accepting.md has the rest.`;
