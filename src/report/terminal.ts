import { createColors } from 'picocolors';
import type { Terms } from '../findings/finding';
import { findingId } from '../findings/id';
import { type Adviser, adviserOf, hintFor } from './advice';
import { columnsOf, cutMiddle, fitsIn, measure } from './columns';
import { firstLine, forLog } from './escape';
import {
  counted,
  type FailureGroup,
  type FindingGroup,
  groupAccepted,
  groupFailures,
  groupFindings,
  groupSkips,
  SIGNS,
} from './group';
import { type Colors, type Paint, paintOf } from './paint';
import type { Report } from './report';
import { closingTable } from './terminal-table';
import { wrapCut } from './wrap';

const DEFAULT_WIDTH = 80;
/** Below this nothing can be read, so a narrower (or unknown) terminal gets the default. */
const LEAST_WIDTH = 40;
/** Units: columns of the two values of a finding together. */
const LEAST_VALUES = 12;
/** Units: columns of a command, which is never cut but where a hostile collection wrote it. */
const MOST_COMMAND_COLUMNS = 1000;
const MOST_FINDINGS = 20;
const MOST_REASONS = 10;
const MOST_ITERATIONS = 3;
function headline(colors: Colors, width: number, title: string, paint: Paint, key: string): string {
  const room = width - title.length - 2;
  // Where the title leaves no room for a key, a part of both is better than all of one.
  if (room < 12) return cutMiddle(`${title}  ${key}`, width);
  return `${paint(title)}  ${colors.bold(cutMiddle(key, room))}`;
}

function seenBy({ runners, aside, iterations }: FindingGroup | FailureGroup): string {
  const more = iterations.length - MOST_ITERATIONS;
  const named = `${iterations.slice(0, MOST_ITERATIONS).join(', ')}${more > 0 ? ` +${more}` : ''}`;
  const when = iterations.length === 0 ? '' : ` · iteration${iterations.length === 1 ? '' : 's'} ${named}`;
  return `${runners.join(', ')}${aside === null ? '' : ` (${aside})`}${when}`;
}

function findingLines(group: FindingGroup, colors: Colors, width: number, advise: Adviser): string[] {
  const title = `${SIGNS[group.severity]} ${group.severity} ${group.kind}`;
  const isPlace = group.schema !== undefined || (group.pointer !== '' && group.kind !== 'header-missing');
  return [
    headline(colors, width, title, paintOf(colors, group.severity), group.key),
    ...(isPlace ? [placeLine(group, width)] : []),
    differenceLine(group, colors, width),
    ...(isPlace ? [] : notes(group).map((note) => cutMiddle(`  ${note}`, width))),
    ...(group.expired === undefined
      ? commandLine(group, advise).map(colors.dim)
      : [cutMiddle(expiredText(group, group.expired), width)]),
  ];
}

/** What was accepted once has one command: to accept it for longer. A finding has room for one line of the two. */
function expiredText(group: FindingGroup, { until, reason }: Terms): string {
  return `  its acceptance expired on ${until}: ${reason} (accept ${findingId(group)})`;
}

/** Where to look first; before it what the network says, and where a redirect leads to instead. */
function notes(group: FindingGroup): string[] {
  const hint = hintFor(group);
  const [, redirect] = /; (it redirects to .*)$/s.exec(group.message) ?? [];
  if (redirect !== undefined) return [redirect];
  if (hint === '') return [group.message];
  return group.severity === 'down' ? [group.message, hint] : [hint];
}

function placeLine({ pointer, count, schema, schemaLine }: FindingGroup, width: number): string {
  const places = count > 1 ? ` · ${counted(count, 'place')}` : '';
  const where = pointer === '' ? 'whole body' : pointer;
  if (schema === undefined) return `  ${cutMiddle(where + places, width - 2)}`;
  const file = `${schema.split('#', 1).join()}${schemaLine === undefined ? '' : `:${schemaLine}`}`;
  const short = `…/${file.split('/').at(-1)}`;
  const line = [`  ${where}${places} · ${file}`, `  ${where}${places} · ${short}`].find((text) =>
    fitsIn(text, width),
  );
  if (line !== undefined) return forLog(line);
  const end = ` · ${cutMiddle(short, Math.floor(width / 2))}`;
  return `  ${cutMiddle(where + places, width - 2 - columnsOf(measure(end)))}${end}`;
}

function differenceLine(group: FindingGroup, colors: Colors, width: number): string {
  const places =
    group.schema === undefined && group.pointer === '' && group.count > 1
      ? ` · ${counted(group.count, 'place')}`
      : '';
  const values = width - '  expected , received '.length;
  const third = Math.floor(width / 3);
  // In which iterations is worth more room than who saw it, as far as the values leave any.
  const most = group.iterations.length === 0 ? third : Math.max(third, values - 2 * LEAST_VALUES);
  const by = cutMiddle(`${places} · ${seenBy(group)}`, most);
  const samples = group.samples === undefined ? '' : ` (${counted(group.samples, 'sample')})`;
  const whole = values - columnsOf(measure(by));
  // The values are what a narrow line must not lose.
  const evidence = whole - samples.length < LEAST_VALUES ? '' : samples;
  const room = whole - evidence.length;
  const half = Math.floor(room / 2);
  const expected = cutMiddle(
    group.expected,
    Math.max(half, room - columnsOf(measure(cutMiddle(group.actual, half)))),
  );
  const actual = cutMiddle(group.actual, room - columnsOf(measure(expected)));
  return `  expected ${expected}${evidence}, received ${actual}${colors.dim(by)}`;
}

/** The likelier command with what it is for. It is the same however wide the terminal is, which wraps it: cut it helps nobody. */
function commandLine(group: FindingGroup, advise: Adviser): string[] {
  const [command] = advise(group).commands;
  return command === undefined ? [] : [cutMiddle(`  ${command.when}: ${command.text}`, MOST_COMMAND_COLUMNS)];
}

function findingsBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupFindings(report);
  const advise = adviserOf(report);
  const lines = groups.slice(0, MOST_FINDINGS).flatMap((group) => findingLines(group, colors, width, advise));
  const more = groups.length - MOST_FINDINGS;
  return more > 0 ? [...lines, `and ${counted(more, 'more finding')} in report.json`] : lines;
}

/** What is accepted, and which acceptances nothing needs any more. */
function acceptedBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupAccepted(report);
  const lines = groups.slice(0, MOST_FINDINGS).flatMap(({ kind, key, pointer, accepted }) => {
    const where = pointer === '' ? '' : `${pointer} · `;
    const terms = `  ${where}until ${accepted?.until}: ${accepted?.reason}`;
    return [headline(colors, width, `~ accepted ${kind}`, colors.dim, key), cutMiddle(terms, width)];
  });
  const more = groups.length - MOST_FINDINGS;
  const unused = (report.unusedAcceptances ?? []).flatMap(({ kind, key, pointer, reason }) => [
    headline(colors, width, '~ accepted for nothing', colors.dim, key),
    cutMiddle(`  remove it: ${[kind, pointer].filter(Boolean).join(' ')} (${reason})`, width),
  ]);
  return [...lines, ...(more > 0 ? [`and ${more} more accepted in report.json`] : []), ...unused];
}

function failuresBlock(report: Report, colors: Colors, width: number): string[] {
  const groups = groupFailures(report);
  const lines = groups
    .slice(0, MOST_FINDINGS)
    .flatMap((group) => [
      headline(colors, width, `${SIGNS.failed} failed`, colors.red, group.key),
      `  ${cutMiddle(group.name, width - 2)}`,
      ...(group.error === undefined ? [] : [`  ${cutMiddle(firstLine(group.error), width - 2)}`]),
      colors.dim(`  ${cutMiddle(seenBy(group), width - 2)}`),
    ]);
  const more = groups.length - MOST_FINDINGS;
  return more > 0 ? [...lines, `and ${counted(more, 'more failure')} in report.json`] : lines;
}

function skipsBlock(report: Report, width: number): string[] {
  const groups = groupSkips(report);
  const lines = groups.slice(0, MOST_REASONS).flatMap((group) => {
    // Each of them was shown as failed while the run went on.
    const shown = group.failed > 0 ? ` (${group.failed} failed by it)` : '';
    const extra = `${shown}${group.besides > 0 ? ` (and ${group.besides} not counted)` : ''}`;
    // Which variable, and of which request, is what somebody has to know: neither may be lost.
    return wrapCut(`${SIGNS.skipped} skipped ${group.count}${extra}: ${group.reason}`, width, 2);
  });
  const more = groups.length - MOST_REASONS;
  return more > 0 ? [...lines, `and ${counted(more, 'more reason')} in report.json`] : lines;
}

/**
 * The closing summary of a run: findings, other failures, skipped requests by reason, a small table, the reports.
 *
 * Shape:  `link` makes a link of the path of a report. A healthy run is the table and the reports alone; there is no line break at the end.
 * Units:  `width` in columns; no line is wider, but for commands, which are not cut.
 * @default width 80
 */
export function toTerminal(
  report: Report,
  options: {
    readonly color: boolean;
    readonly width?: number;
    readonly reports: readonly string[];
    readonly link?: (path: string, shown: string) => string;
  },
): string {
  const colors = createColors(options.color);
  const link = options.link ?? ((_path, shown) => shown);
  const asked = options.width ?? DEFAULT_WIDTH;
  const width = asked >= LEAST_WIDTH ? Math.floor(asked) : DEFAULT_WIDTH;
  const blocks = [
    findingsBlock(report, colors, width),
    acceptedBlock(report, colors, width),
    failuresBlock(report, colors, width),
    skipsBlock(report, width),
    [
      ...closingTable(report, colors, width),
      ...options.reports.map((path) => link(path, cutMiddle(path, width))),
    ],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}
